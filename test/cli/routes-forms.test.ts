import { describe, expect, it } from 'vitest';
import { project, ratel } from './run-cli.ts';

interface Listed {
  readonly methods: readonly string[];
  readonly path: string;
  readonly view: string;
  readonly name?: string;
  readonly framework: string;
}

/** The routes of a project, each in one line: methods, path, name. */
function routesOf(files: Readonly<Record<string, string>>): readonly string[] {
  const run = ratel(['routes', '--json', project(files)]);
  expect(run).toMatchObject({ code: 0, err: '' });
  return (JSON.parse(run.out).routes as readonly Listed[]).map(({ methods, path, name }) => `${methods.join(',')} ${path} ${name ?? '-'}`);
}

const URLS = 'from django.urls import include, path, re_path\nfrom shop import views\n';
const VIEWS = `from django.http import HttpResponse
def one(request): return HttpResponse("1")
def two(request): return HttpResponse("2")
`;
const SETTINGS = 'ROOT_URLCONF = "shop.urls"\nINSTALLED_APPS = ["shop"]\n';

function django(urls: string, more: Readonly<Record<string, string>> = {}): readonly string[] {
  return routesOf({ 'shop/settings.py': SETTINGS, 'shop/views.py': VIEWS, 'shop/urls.py': URLS + urls, ...more });
}

describe('routes are found where they are', () => {
  it('added under conditions, one after the other', () => {
    const parts = Array.from(
      { length: 14 },
      (_, at) => `if settings.PART_${at}:\n    ur += [path("part${at}/", views.one, name="part${at}")]\n`,
    );
    const listed = django(
      `from django.conf import settings\nur = []\n${parts.join('')}urlpatterns = []\n${parts.join('').replaceAll('ur +=', 'urlpatterns +=').replaceAll('part', 'own')}urlpatterns += [path("in/", include(ur))]\n`,
    );
    expect(listed).toHaveLength(28);
    expect(listed).toContain('* /in/part7/ part7');
  });

  it('added by a loop over what is spelled out', () => {
    expect(
      django(
        'urlpatterns = []\nfor name, view in [("one", views.one), ("two", views.two)]:\n    urlpatterns.append(path(f"{name}/", view, name=name))\n',
      ),
    ).toEqual(['* /one/ one', '* /two/ two']);
    expect(django('urlpatterns = []\nurlpatterns += [path(f"{name}/", views.one, name=name) for name in ("a", "b", "c")]\n')).toEqual([
      '* /a/ a',
      '* /b/ b',
      '* /c/ c',
    ]);
    expect(
      routesOf({
        'app.py': `from flask import Flask
app = Flask(__name__)
def one(): return "1"
def two(): return "2"
for path, view in [("/one", one), ("/two", two)]:
    app.add_url_rule(path, view_func=view)
PAGES = {"/terms": "terms", "/imprint": "imprint"}
for path, endpoint in PAGES.items():
    app.add_url_rule(path, endpoint, one, methods=["GET", "POST"])
`,
      }),
    ).toEqual(['GET,POST /imprint imprint', 'GET /one one', 'GET,POST /terms terms', 'GET /two two']);
  });

  it('in lists that are put into one another, and in long ones', () => {
    expect(
      django(
        'from rest_framework.routers import DefaultRouter\nfrom shop import api\nrouter = DefaultRouter()\nrouter.register("goods", api.Everything)\n' +
          'extra = [path("one/", views.one)]\nurlpatterns = [path("api/", include([*extra, path("two/", views.two), *router.urls]))]\n',
        {
          'shop/models.py': 'from django.db import models\nclass Item(models.Model):\n    name = models.CharField(max_length=9)\n',
          'shop/api.py':
            'from rest_framework.viewsets import ReadOnlyModelViewSet\nfrom shop.models import Item\nclass Everything(ReadOnlyModelViewSet):\n    queryset = Item.objects.all()\n',
        },
      ),
    ).toEqual(['GET /api/ api-root', 'GET /api/goods/ item-list', 'GET /api/goods/<pk>/ item-detail', '* /api/one/ -', '* /api/two/ -']);
    const many = Array.from({ length: 400 }, (_, at) => `    path("page-${at}/", views.one, name="page-${at}"),`).join('\n');
    expect(django(`urlpatterns = [\n${many}\n]\n`)).toHaveLength(400);
  });

  it('of a router that puts its patterns together itself', () => {
    expect(
      django(
        `from rest_framework.routers import DefaultRouter
from shop import api
class Router(DefaultRouter):
    def __init__(self):
        super().__init__()
        self.more = []
    def add(self, url, view):
        self.more.append(path(url, view))
    @property
    def urls(self):
        return super().urls + self.more
router = Router()
router.register("goods", api.Goods, basename="good")
urlpatterns = [path("api/", include(router.urls))]
`,
        {
          'shop/api.py':
            'from rest_framework.viewsets import ReadOnlyModelViewSet\nclass Goods(ReadOnlyModelViewSet):\n    queryset = None\n',
        },
      ),
    ).toEqual(['GET /api/ api-root', 'GET /api/goods/ good-list', 'GET /api/goods/<pk>/ good-detail']);
  });

  it('in URLconfs that include each other, with the views of each once', () => {
    expect(
      django('urlpatterns = [path("one/", views.one), path("shop/", include("shop.more"))]\n', {
        'shop/more.py': `${URLS}urlpatterns = [path("two/", views.two), path("back/", include("shop.urls"))]\n`,
      }),
    ).toEqual(['* /one/ -', '* /shop/two/ -']);
  });

  it('of both frameworks in one repository', () => {
    expect(
      routesOf({
        'site/shop/settings.py': SETTINGS,
        'site/shop/views.py': VIEWS,
        'site/shop/urls.py': `${URLS}urlpatterns = [path("one/", views.one)]\n`,
        'hooks/app.py': 'from flask import Flask\napp = Flask(__name__)\n@app.post("/hook")\ndef hook(): return "ok"\n',
      }),
    ).toEqual(['POST /hook hook', '* /one/ -']);
  });

  it('of resources that an API calls by their class and namespace', () => {
    expect(
      routesOf({
        'app.py': `from flask import Blueprint, Flask
from flask_restx import Api, Namespace, Resource
users = Namespace("users")
@users.route("")
class UserList(Resource):
    def get(self): return []
class Health(Resource):
    def get(self): return {}
bp = Blueprint("api", __name__, url_prefix="/api")
api = Api(bp)
api.add_namespace(users, "/users")
api.add_resource(Health, "/health")
app = Flask(__name__)
app.register_blueprint(bp)
`,
      }),
    ).toEqual(['GET /api/ api.doc', 'GET /api/health api.health', 'GET /api/swagger.json api.specs', 'GET /api/users api.users_user_list']);
  });

  it('where a helper registers them, but not where tests call the helper', () => {
    expect(
      routesOf({
        'shop/plugins.py':
          'def assets(app, base):\n    def send(): return ""\n    app.add_url_rule(rule="/" + base, endpoint=base, view_func=send)\n',
        'shop/plugin.py': 'from shop.plugins import assets\ndef load(app):\n    assets(app, "logos")\n',
        'tests/test_plugins.py':
          'from flask import Flask\nfrom shop.plugins import assets\ndef test_assets():\n    assets(Flask(__name__), "of-the-test")\n',
      }),
    ).toEqual(['GET /logos logos']);
  });
});

describe('what a view asks of who calls', () => {
  it('is asked by the decorators below its route alone', () => {
    const run = ratel([
      'routes',
      '--json',
      project({
        'app.py': `from flask import Flask
from flask_login import login_required
app = Flask(__name__)

@login_required
@app.route("/above")
def above(): return "1"

@app.route("/below")
@login_required
@app.route("/between")
def below(): return "2"
`,
      }),
    ]);
    const listed = JSON.parse(run.out).routes as readonly { readonly path: string; readonly login: { readonly state: string } }[];
    expect(listed.map(({ path, login }) => `${path} ${login.state}`)).toEqual(['/above none', '/below required', '/between none']);
  });
});
