import { describe, expect, it } from 'vitest';
import { project, ratel } from './run-cli.ts';

interface Listed {
  readonly methods: readonly string[];
  readonly path: string;
  readonly view: string;
  readonly name?: string;
  readonly login: { readonly state: string; readonly by: string };
  readonly csrf: { readonly state: string; readonly by: string };
  readonly mounted: boolean;
}

/** The routes of a project, each in one line: methods, path, view, name, login, CSRF. */
function routesOf(files: Readonly<Record<string, string>>): readonly string[] {
  const run = ratel(['routes', '--json', project(files)]);
  expect(run).toMatchObject({ code: 0, err: '' });
  return (JSON.parse(run.out).routes as readonly Listed[]).map(
    ({ methods, path, view, name, login, csrf, mounted }) =>
      `${methods.join(',')} ${path} ${view} ${name ?? '-'} ${login.state}:${login.by} ${csrf.state}:${csrf.by}${mounted ? '' : ' unmounted'}`,
  );
}

/** Where the names are in a list, all of them may be below each. */
const TREE = `
from django.urls import include, path
from proj import views

class Tree:
    def __init__(self):
        self.names = []
        self.lists = {}

    def branch(self, name, parent=None):
        self.names.append({"name": name, "parent": parent})

    def leaf(self, name, *patterns):
        self.lists.setdefault(name, []).extend(patterns)

    def below(self, parent):
        patterns = self.lists.get(parent, [])
        for branch in self.names:
            if branch["parent"] == parent:
                patterns.append(path(branch["name"], include((self.below(branch["name"]), branch["name"]))))
        return patterns

tree = Tree()
tree.branch("users/")
tree.branch("bans/", "users/")
tree.leaf("users/", path("", views.index))
`;

const FLASK = {
  'shop/__init__.py': `
from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect
from .admin import admin
from .views import bp
from .api import api_bp, hooks

csrf = CSRFProtect()

class Shop(Flask):
    pass

def scoped(path):
    return "/v2" + path

def pages(app):
    blueprint = Blueprint("pages", __name__)

    @blueprint.route(scoped("/about"))
    def about():
        return "about"

    return blueprint

def create_app():
    app = Shop(__name__)
    app.register_blueprint(pages(app))
    csrf.init_app(app)
    csrf.exempt(hooks)
    app.register_blueprint(bp)
    app.register_blueprint(admin, url_prefix="/manage")
    app.register_blueprint(api_bp)
    app.add_url_rule("/ping", "ping", lambda: "pong")
    return app
`,
  'shop/views.py': `
from flask import Blueprint, abort, g, render_template, request
from flask_login import current_user, login_required

bp = Blueprint("shop", __name__)

@bp.route("/")
def index():
    return render_template("index.html")

@bp.route("/orders/<int:pk>", methods=["GET", "POST"])
@login_required
def order(pk):
    return str(pk)

@bp.post("/orders/<int:pk>/cancel")
def cancel(pk):
    if not current_user.is_authenticated:
        abort(401)
    return "ok"

@bp.get("/signin")
def signin():
    if current_user.is_authenticated:
        return "you are in"
    return render_template("signin.html")
`,
  'shop/admin.py': `
from flask import Blueprint, redirect
from flask.views import MethodView
from flask_login import current_user
from .guards import staff

admin = Blueprint("admin", __name__, url_prefix="/admin")
class Section(Blueprint):
    pass

reports = Section("reports", __name__, url_prefix="/reports")
lost = Blueprint("lost", __name__)
admin.register_blueprint(reports)

admin.add_url_rule("/start", endpoint="users")

@admin.before_request
def only_members():
    if not current_user.is_authenticated:
        return redirect("/signin")

class Users(MethodView):
    def get(self):
        return "users"
    def post(self):
        return "made"

def register(blueprint, rules, view):
    for rule in rules:
        blueprint.add_url_rule(rule, view_func=view)

register(admin, ["/users", "/people"], Users.as_view("users"))

@reports.route("/daily")
def daily():
    return "…"

@lost.route("/lost")
@staff("report")
def nobody_comes_here():
    return ""
`,
  'shop/guards.py': `
from functools import wraps
from flask import g, redirect

def staff(area):
    def decorate(view):
        @wraps(view)
        def wrapper(*args, **kwargs):
            if g.user is None:
                return redirect("/signin")
            return view(*args, **kwargs)
        return wrapper
    return decorate
`,
  'shop/api.py': `
from flask import Blueprint
from flask_restful import Api, Resource

api_bp = Blueprint("api", __name__, url_prefix="/api")
api = Api(api_bp, prefix="/v1")

class Item(Resource):
    def get(self, pk):
        return {}
    def delete(self, pk):
        return {}

api.add_resource(Item, "/items/<int:pk>", endpoint="item")

class ScopedApi(Api):
    def add_scoped_resource(self, resource, *urls, **kwargs):
        urls = ["/<tenant>{}".format(url) for url in urls]
        return self.add_resource(resource, *urls, **kwargs)

scoped_api = ScopedApi(api_bp)
scoped_api.add_scoped_resource(Item, "/things/<int:pk>", "/goods/<int:pk>", endpoint="thing")
scoped_api.add_scoped_resource(Item, "/parts/<int:pk>")

@api_bp.route("/hooks", methods=["POST"])
def hooks():
    return ""
`,
  'tests/test_app.py': `
from flask import Flask
app = Flask(__name__)

@app.route("/only-in-tests")
def only():
    return ""
`,
};

const DJANGO = {
  'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")\n',
  'config/__init__.py': '',
  'config/settings.py': `
ROOT_URLCONF = "config.urls"
INSTALLED_APPS = ["django.contrib.admin", "rest_framework", "shop"]
MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"]}
`,
  'config/urls.py': `
from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.urls import include, path, re_path
from rest_framework.routers import DefaultRouter
from shop import api, views
from shop.guards import members

router = DefaultRouter()
router.register("items", api.ItemViewSet)

extra = [re_path(r"^(?P<year>[0-9]{4})/(?P<slug>[\\\\w-]+)/$", views.archive, name="archive")]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("shop/", include("shop.urls", namespace="store")),
    path("archive/", include(extra)),
    path("wrapped/", login_required(views.open_page)),
    path("m1/", members(views.one)), path("m2/", members(views.two)), path("m3/", members(views.three)), path("m4/", members(views.four)),
    path("m5/", members(views.five)), path("m6/", members(views.six)), path("m7/", members(views.seven)), path("m8/", members(views.eight)),
    re_path(r"^sheet/[^/]+/$", views.archive),
    path("api/", include(router.urls)),
]
urlpatterns += [path("status/", api.status)]
if settings.DEBUG:
    urlpatterns += static("/media/", document_root="media")
if settings.URL_PREFIX.strip("/"):
    urlpatterns = [path("{0}/".format(settings.URL_PREFIX.strip("/")), include(urlpatterns))]
`,
  'shop/__init__.py': '',
  'shop/urls.py': `
from django.urls import include, path
from . import views

app_name = "shop"
urlpatterns = [
    path("", views.ItemList.as_view(), name="list"),
    path("<int:pk>/edit/", views.ItemEdit.as_view(), name="edit"),
    path("<int:pk>/buy/", views.buy, name="buy"),
    path("hook/", views.hook, name="hook"),
    path("again/", include("shop.urls")),
]
`,
  'shop/views.py': `
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.generic import ListView, UpdateView
from django.shortcuts import render

class ItemList(ListView):
    pass

class ItemEdit(LoginRequiredMixin, UpdateView):
    pass

def member_or_deny(request):
    if not request.user.is_authenticated:
        raise PermissionDenied

@require_POST
def buy(request, pk):
    member_or_deny(request)
    return render(request, "bought.html")

@csrf_exempt
def hook(request):
    return render(request, "ok.html")

def archive(request, year, slug):
    return render(request, "archive.html")

def open_page(request):
    return render(request, "open.html")

def one(request): return render(request, "1.html")
def two(request): return render(request, "2.html")
def three(request): return render(request, "3.html")
def four(request): return render(request, "4.html")
def five(request): return render(request, "5.html")
def six(request): return render(request, "6.html")
def seven(request): return render(request, "7.html")
def eight(request): return render(request, "8.html")
`,
  'shop/guards.py': `
from django.shortcuts import redirect

def members(view):
    def inner(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect("/login/")
        return view(request, *args, **kwargs)
    return inner
`,
  'shop/api.py': `
from rest_framework import viewsets
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.permissions import AllowAny

class ItemViewSet(viewsets.ReadOnlyModelViewSet):
    @action(detail=True, methods=["post"], permission_classes=[AllowAny])
    def publish(self, request, pk=None):
        pass

@api_view(["GET"])
@permission_classes([AllowAny])
def status(request):
    pass
`,
};

const NESTED = {
  'manage.py': DJANGO['manage.py'],
  'config/__init__.py': '',
  'config/settings.py': 'ROOT_URLCONF = "config.urls"\nINSTALLED_APPS = ["rest_framework", "shop"]\n',
  'config/urls.py': `
from django.urls import include, path
from rest_framework.routers import SimpleRouter
from rest_framework_extensions.routers import ExtendedDefaultRouter
from rest_framework_nested.routers import NestedSimpleRouter
from shop.api import Lines, Orders, Parcels, Start

router = SimpleRouter(trailing_slash=False)
router.register("", Start, basename="start")

orders = SimpleRouter()
orders.register("orders", Orders)
lines = NestedSimpleRouter(orders, "orders", lookup="order")
lines.register("lines", Lines, basename="order-lines")
parcels = NestedSimpleRouter(lines, "lines", lookup="line")
parcels.register("parcels", Parcels, basename="line-parcels")

extended = ExtendedDefaultRouter()
extended.register("orders", Orders).register("lines", Lines, "lines-of", parents_query_lookups=["order"]).register(
    "parcels", Parcels, "parcels-of", parents_query_lookups=["line__order", "line"]
)

urlpatterns = [
    path("start/", include(router.urls)),
    path("a/", include(orders.urls)),
    path("a/", include(lines.urls)),
    path("a/", include(parcels.urls)),
    path("b/", include(extended.urls)),
]
`,
  'shop/__init__.py': '',
  'shop/api.py': `
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

class Orders(ListModelMixin, GenericViewSet):
    lookup_field = "number"

class Lines(ListModelMixin, GenericViewSet):
    pass

class Parcels(RetrieveModelMixin, GenericViewSet):
    pass

class Start(ReadOnlyModelViewSet):
    pass
`,
};

describe('routes', () => {
  it('of Flask: blueprints, classes, resources, helpers, hooks', () => {
    expect(routesOf(FLASK)).toEqual([
      'GET / shop.views.index shop.index none: not-needed:',
      'GET,DELETE /api/<tenant>/goods/<int:pk> shop.api.Item api.thing none: on:CSRFProtect',
      'GET,DELETE /api/<tenant>/parts/<int:pk> shop.api.Item api.item none: on:CSRFProtect',
      'GET,DELETE /api/<tenant>/things/<int:pk> shop.api.Item api.thing none: on:CSRFProtect',
      'POST /api/hooks shop.api.hooks api.hooks none: off:csrf.exempt',
      'GET,DELETE /api/v1/items/<int:pk> shop.api.Item api.item none: on:CSRFProtect',
      'GET /lost shop.admin.nobody_comes_here lost.nobody_comes_here required:@staff not-needed: unmounted',
      'GET,POST /manage/people shop.admin.Users admin.users required:before_request: only_members on:CSRFProtect',
      'GET /manage/reports/daily shop.admin.daily admin.reports.daily required:before_request: only_members not-needed:',
      'GET /manage/start users admin.users unknown:not in the project not-needed:',
      'GET,POST /manage/users shop.admin.Users admin.users required:before_request: only_members on:CSRFProtect',
      'GET,POST /orders/<int:pk> shop.views.order shop.order required:@login_required on:CSRFProtect',
      'POST /orders/<int:pk>/cancel shop.views.cancel shop.cancel required:checked in the view on:CSRFProtect',
      'GET /ping shop.create_app.<lambda> ping none: not-needed:',
      'GET /signin shop.views.signin shop.signin none: not-needed:',
      'GET /v2/about shop.pages.about pages.about none: not-needed:',
    ]);
  });

  it('of Django: includes, namespaces, wrappers, routers, the admin site; a circle of includes ends', () => {
    expect(routesOf(DJANGO)).toEqual([
      '* /admin/* django.contrib.admin - required:staff only (admin site) on:admin site',
      'GET /api/ rest_framework.routers.APIRootView api-root required:IsAuthenticated (REST_FRAMEWORK) not-needed:',
      'GET /api/items/ shop.api.ItemViewSet item-list required:IsAuthenticated (REST_FRAMEWORK) not-needed:',
      'GET /api/items/<pk>/ shop.api.ItemViewSet item-detail required:IsAuthenticated (REST_FRAMEWORK) not-needed:',
      'POST /api/items/<pk>/publish/ shop.api.ItemViewSet item-publish none:AllowAny on:SessionAuthentication',
      '* /archive/<year>/<slug>/ shop.views.archive archive none: on:CsrfViewMiddleware',
      '* /m1/ shop.views.one - required:@members on:CsrfViewMiddleware',
      '* /m2/ shop.views.two - required:@members on:CsrfViewMiddleware',
      '* /m3/ shop.views.three - required:@members on:CsrfViewMiddleware',
      '* /m4/ shop.views.four - required:@members on:CsrfViewMiddleware',
      '* /m5/ shop.views.five - required:@members on:CsrfViewMiddleware',
      '* /m6/ shop.views.six - required:@members on:CsrfViewMiddleware',
      '* /m7/ shop.views.seven - required:@members on:CsrfViewMiddleware',
      '* /m8/ shop.views.eight - required:@members on:CsrfViewMiddleware',
      '* /sheet/[^/]+/ shop.views.archive - none: on:CsrfViewMiddleware',
      'GET /shop/ shop.views.ItemList store:list none: not-needed:',
      'POST /shop/<int:pk>/buy/ shop.views.buy store:buy required:checked in member_or_deny() on:CsrfViewMiddleware',
      'GET,POST /shop/<int:pk>/edit/ shop.views.ItemEdit store:edit required:LoginRequiredMixin on:CsrfViewMiddleware',
      '* /shop/hook/ shop.views.hook store:hook none: off:@csrf_exempt',
      'GET /status/ shop.api.status - none:AllowAny not-needed:',
      '* /wrapped/ shop.views.open_page - required:@login_required on:CsrfViewMiddleware',
    ]);
  });

  it('of routers inside one another, and of those without a prefix or a slash at the end', () => {
    expect(routesOf(NESTED).map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
      'GET /a/orders/ shop.api.Orders orders-list',
      'GET /a/orders/<order_number>/lines/ shop.api.Lines order-lines-list',
      'GET /a/orders/<order_number>/lines/<line_pk>/parcels/<pk>/ shop.api.Parcels line-parcels-detail',
      'GET /b/ rest_framework.routers.APIRootView api-root',
      'GET /b/orders/ shop.api.Orders orders-list',
      'GET /b/orders/<parent_lookup_line__order>/lines/<parent_lookup_line>/parcels/<pk>/ shop.api.Parcels parcels-of-detail',
      'GET /b/orders/<parent_lookup_order>/lines/ shop.api.Lines lines-of-list',
      'GET /start/ shop.api.Start start-list',
      'GET /start/<pk> shop.api.Start start-detail',
    ]);
  });

  it('of routers that answer with a format behind the path', () => {
    const { out } = ratel(['routes', '--json', project(NESTED)]);
    const { routes } = JSON.parse(out) as { routes: readonly { path: string; alsoAt?: readonly string[] }[] };
    expect(routes.filter(({ alsoAt }) => alsoAt).map(({ path, alsoAt }) => `${path} ${alsoAt}`)).toEqual([
      '/b/ /b/.<format>',
      '/b/orders/ /b/orders.<format>',
      '/b/orders/<parent_lookup_line__order>/lines/<parent_lookup_line>/parcels/<pk>/ /b/orders/<parent_lookup_line__order>/lines/<parent_lookup_line>/parcels/<pk>.<format>',
      '/b/orders/<parent_lookup_order>/lines/ /b/orders/<parent_lookup_order>/lines.<format>',
    ]);
    expect(ratel(['routes', project(NESTED)]).out).toMatch(/\n4 of them answer with \.<format> behind their path as well\n$/);
  });

  it('a tree of patterns that its own method puts together is followed once', () => {
    const root = project({
      'proj/__init__.py': '',
      'proj/settings.py': 'ROOT_URLCONF = "proj.urls"\n',
      'proj/views.py': 'def index(request): ...\n',
      'proj/tree.py': TREE,
      'proj/urls.py': `
from django.urls import include, path
from proj.tree import tree
urlpatterns = [path("admin/", include(tree.below(None)))]
`,
    });
    const run = ratel(['routes', root]);
    expect(run).toMatchObject({ code: 0, err: expect.stringContaining('not followed: patterns that hold themselves, proj/tree.py') });
    expect(run.out).toContain('/admin/users/bans/');
  });

  it('the table is for reading, and filters', () => {
    const root = project(FLASK);
    const all = ratel(['routes', root]);
    expect(all).toMatchObject({ code: 0, err: '' });
    expect(all.out).toMatch(/^METHODS {3,}PATH +VIEW +LOGIN +CSRF +FINDINGS$/m);
    expect(all.out).toMatch(/^GET POST +\/orders\/<int:pk> +shop\.views\.order +@login_required +on +–$/m);
    expect(all.out).toContain('16 routes: 6 need a login');
    const some = ratel(['routes', root, '--no-login', '--method', 'post,delete'], { env: { COLUMNS: '90' } });
    expect(some.out).toContain('5 of 16 routes');
    for (const line of some.out.split('\n')) expect(line.length).toBeLessThanOrEqual(90);
  });

  it('says that there are none, and that a file is no project', () => {
    const root = project({ 'a.py': 'print(1)\n' });
    expect(ratel(['routes', root])).toMatchObject({ code: 0, out: 'No routes were found here.\n' });
    const run = ratel(['routes', 'a.py'], { cwd: root });
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain('give its directory');
  });
});
