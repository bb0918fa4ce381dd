import { describe, expect, it } from 'vitest';
import { project, ratel } from './run-cli.ts';

interface Listed {
  readonly methods: readonly string[];
  readonly path: string;
  readonly view: string;
  readonly name?: string;
  readonly login: { readonly state: string; readonly by: string };
  readonly csrf: { readonly state: string };
}

/** The routes of a program, each in one line: methods, path, view, name, login, CSRF. */
function routesOf(files: Readonly<Record<string, string>>): readonly string[] {
  const run = ratel(['routes', '--json', project(files)]);
  expect(run).toMatchObject({ code: 0, err: '' });
  return (JSON.parse(run.out).routes as readonly Listed[]).map(
    ({ methods, path, view, name, login, csrf }) =>
      `${methods.join(',')} ${path} ${view} ${name ?? '-'} ${login.state}:${login.by} ${csrf.state}`,
  );
}

/** Each of these programs was run; what `app.url_map` held is what stands below, where `/*` stands for what the library adds for a model or a folder. */
const ADMIN = `
from flask import Flask
from flask.views import MethodView
from flask_admin import Admin, AdminIndexView, BaseView, expose, expose_plugview
from flask_admin.contrib.fileadmin import FileAdmin
from flask_admin.contrib.sqla import ModelView
from flask_admin.form import SecureForm
from flask_admin.menu import MenuLink
from flask_login import current_user, login_required
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)

class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)

class Post(db.Model):
    id = db.Column(db.Integer, primary_key=True)

class Home(AdminIndexView):
    @expose("/")
    def index(self):
        return "home"

    @expose("/stats", methods=["GET", "POST"])
    @login_required
    def stats(self):
        return "stats"

class Guarded:
    def is_accessible(self):
        return current_user.is_authenticated

class UserAdmin(Guarded, ModelView):
    form_base_class = SecureForm

    @expose("/import/", methods=("POST",))
    def import_users(self):
        return "done"

class Reports(Guarded, BaseView):
    @expose("/")
    def index(self):
        return "reports"

    @expose("/<kind>/run", methods=["POST"])
    def run(self, kind):
        return "ran"

class Everybody(Reports):
    def is_accessible(self):
        return True

    def run(self, kind):
        return "no route of its own any more"

    @expose_plugview("/api")
    class Api(MethodView):
        def get(self):
            return "api"

admin = Admin(app, index_view=Home(url="/manage"))
admin.add_view(UserAdmin(User, db.session))
admin.add_view(ModelView(Post, db.session, endpoint="articles"))
admin.add_views(Reports(endpoint="reports"), Everybody(name="o", url="open-pages"))
admin.add_view(FileAdmin("/tmp", "/files/", name="Files"))
admin.add_link(MenuLink(name="Home", url="/"))
`;

const BUILDER = {
  'shop/__init__.py': `
from flask import Flask
from .extensions import appbuilder
from .views import AskView, ContactApi, ContactView, GroupView, PlainApi, Tools

def create_app():
    app = Flask(__name__)
    appbuilder.init_app(app)
    appbuilder.add_view(GroupView, "Groups", category="c")
    appbuilder.add_view(Tools(), "Tools")
    appbuilder.add_view_no_menu(AskView)
    appbuilder.add_api(ContactApi)
    appbuilder.add_api(PlainApi)
    appbuilder.add_link("x", href="/x")
    return app
`,
  'shop/extensions.py': 'from flask_appbuilder import AppBuilder\nappbuilder = AppBuilder()\n',
  'run.py': 'from shop import create_app\napp = create_app()\n',
  'shop/views.py': `
from flask_appbuilder import BaseView, ModelRestApi, ModelView, SimpleFormView, expose, has_access
from flask_appbuilder.api import BaseApi, protect, safe
from . import appbuilder

class ContactView(ModelView):
    @expose("/export/<fmt>", methods=["POST"])
    @has_access
    def export(self, fmt):
        return "exported"

class GroupView(ModelView):
    route_base = "/groups"
    related_views = [ContactView]
    include_route_methods = {"list", "show"}

class ContactApi(ModelRestApi):
    resource_name = "contact"
    allow_browser_login = True

class PlainApi(BaseApi):
    @expose("/greeting")
    def greeting(self):
        return self.response(200, message="Hello")

    @expose("/private", methods=["GET", "POST"])
    @protect()
    @safe
    def private(self):
        return self.response(200)

class Tools(BaseView):
    exclude_route_methods = {"three"}

    @expose("/one/")
    @has_access
    def one(self):
        return "1"

    @expose("/two/<string:p>")
    def two(self, p):
        return "2"

    @expose("/three/")
    def three(self):
        return "3"

class AskView(SimpleFormView):
    pass
`,
};

const CLASSFUL = `
from flask import Flask
from flask_classful import FlaskView, route

app = Flask(__name__)

class Shared(FlaskView):
    trailing_slash = False

    def ping(self):
        return "pong"

class QuotesView(FlaskView):
    def index(self):
        return "all"

    def get(self, id: int):
        return "one"

    def post(self):
        return "made"

    def search(self, term, page=1):
        return "found"

    @route("/special/<name>", methods=["POST", "PUT"])
    def special(self, name):
        return "special"

    def _hidden(self):
        pass

    def before_request(self, name):
        pass

class UserGroupsView(Shared):
    route_prefix = "/api/"

    def patch(self, id):
        return "changed"

class RootView(FlaskView):
    route_base = "/"
    method_dashified = True
    excluded_methods = ["no"]

    def index(self):
        return "home"

    def about_us(self):
        return "about"

    def no(self):
        return "no"

QuotesView.register(app)
UserGroupsView.register(app)
RootView.register(app)
`;

describe('ratel routes', () => {
  it('lists what Flask-Admin makes of classes, and what lets people in', () => {
    expect(routesOf({ 'shop.py': ADMIN })).toEqual([
      'GET /manage/ shop.Home.index admin.index none: not-needed',
      'GET,POST /manage/articles/* flask_admin.contrib.sqla.ModelView articles.index_view none: off',
      'GET,POST /manage/fileadmin/* flask_admin.contrib.fileadmin.FileAdmin fileadmin.index_view none: off',
      'GET /manage/open-pages/ shop.Reports.index everybody.index none: not-needed',
      'GET /manage/open-pages/api shop.Everybody.Api everybody.Api none: not-needed',
      'GET /manage/reports/ shop.Reports.index reports.index required:is_accessible() not-needed',
      'POST /manage/reports/<kind>/run shop.Reports.run reports.run required:is_accessible() off',
      'GET,POST /manage/stats shop.Home.stats admin.stats required:@login_required off',
      'GET,POST /manage/user/* shop.UserAdmin user.index_view required:is_accessible() on',
      'POST /manage/user/import/ shop.UserAdmin.import_users user.import_users required:is_accessible() off',
    ]);
  });

  it('lists what Flask-AppBuilder makes of classes, also where modules import each other in a circle', () => {
    expect(routesOf(BUILDER).filter((line) => !line.includes(' flask_appbuilder.'))).toEqual([
      'GET,POST,PUT,DELETE /api/v1/contact/* shop.views.ContactApi ContactApi.get_list required:@protect off',
      'GET /api/v1/plainapi/greeting shop.views.PlainApi.greeting PlainApi.greeting none: not-needed',
      'GET,POST /api/v1/plainapi/private shop.views.PlainApi.private PlainApi.private required:@protect not-needed',
      'GET,POST /askview/form shop.views.AskView AskView.this_form_get required:@has_access off',
      'GET,POST /contactview/* shop.views.ContactView ContactView.list required:@has_access off',
      'POST /contactview/export/<fmt> shop.views.ContactView.export ContactView.export required:@has_access off',
      'GET /groups/* shop.views.GroupView GroupView.list required:@has_access not-needed',
      'GET /tools/one/ shop.views.Tools.one Tools.one required:@has_access not-needed',
      'GET /tools/two/<string:p> shop.views.Tools.two Tools.two none: not-needed',
    ]);
  });

  it('lists the own pages of Flask-AppBuilder, as the configuration has them', () => {
    const own = (config: string): readonly string[] =>
      routesOf({ ...BUILDER, 'config.py': config })
        .filter((line) => line.includes(' flask_appbuilder.'))
        .map((line) => line.split(' ').slice(0, 2).join(' '));
    const plain = own('SECRET_KEY = "x"\n');
    expect(plain).toEqual([
      'GET /',
      'GET /api/v1/menu/',
      'POST /api/v1/security/login',
      'POST /api/v1/security/refresh',
      'GET /back',
      'GET /lang/<string:locale>',
      'GET,POST /login/',
      'GET /logout/',
      'GET,POST /permissions/*',
      'GET,POST /permissionviews/*',
      'GET,POST /resetmypassword/form',
      'GET,POST /resetpassword/form',
      'GET,POST /roles/*',
      'GET,POST /userinfoeditview/form',
      'GET,POST /users/*',
      'GET /userstatschartview/*',
      'GET,POST /viewmenus/*',
    ]);
    const others = own(
      'from flask_appbuilder.const import AUTH_OAUTH\nAUTH_TYPE = AUTH_OAUTH\nAUTH_USER_REGISTRATION = True\nFAB_ADD_SECURITY_VIEW_MENU_VIEW = False\nFAB_API_SWAGGER_UI = True\n',
    );
    expect(others.filter((line) => !plain.includes(line))).toEqual([
      'GET /api/<version>/_openapi',
      'GET /login/',
      'GET /login/<provider>',
      'GET /oauth-authorized/<provider>',
      'GET /register/activation/<string:activation_hash>',
      'GET,POST /register/form',
      'GET,POST /registeruser/*',
      'GET /swagger/<version>',
    ]);
    expect(plain.filter((line) => !others.includes(line))).toEqual([
      'GET,POST /login/',
      'GET,POST /resetmypassword/form',
      'GET,POST /resetpassword/form',
      'GET,POST /viewmenus/*',
    ]);
    expect(own('FAB_ADD_SECURITY_VIEWS = False\n')).toEqual(['GET /', 'GET /api/v1/menu/', 'GET /back', 'GET /lang/<string:locale>']);
  });

  it('lists what blueprints of libraries answer, and the pages that describe an API, with the paths of settings', () => {
    const written = (files: Readonly<Record<string, string>>): readonly string[] =>
      routesOf(files).map((line) => line.split(' ').slice(1, 5).join(' '));
    expect(
      written({
        'config.py':
          'class Config:\n    DOCS = "/docs"\n    SPEC = "swagger"\nclass Other(Config):\n    UNSURE = "/a"\nclass Third(Config):\n    UNSURE = "/b"\n',
        'shop.py': `
from flask import Flask, Blueprint
from flask_dance.contrib.github import make_github_blueprint
from flask_dance.contrib.google import make_google_blueprint
from flask_restx import Api
from flask_swagger_ui import get_swaggerui_blueprint
app = Flask(__name__)
app.config.from_object("config.Config")
pages = get_swaggerui_blueprint(app.config["DOCS"], "/docs/swagger")
@pages.route(app.config["SPEC"])
def spec():
    return ""
@app.get(app.config["UNSURE"])
def unsure():
    return ""
app.register_blueprint(pages)
app.register_blueprint(make_github_blueprint(client_id="x"), url_prefix="/login")
app.register_blueprint(make_google_blueprint(authorized_url="/back"))
first = Blueprint("first", __name__, url_prefix="/api/v1")
Api(first, doc="/doc/")
app.register_blueprint(first)
second = Blueprint("second", __name__, url_prefix="/api/v2")
Api(second, doc=False, add_specs=False)
app.register_blueprint(second)
`,
      }),
    ).toEqual([
      '/api/v1/doc/ flask_restx.Api.render_doc first.doc none:',
      '/api/v1/swagger.json flask_restx.Swagger first.specs none:',
      '/back flask_dance.authorized google.authorized none:',
      '/docs/* flask_swagger_ui.show swagger_ui.show none:',
      '/docs/swagger shop.spec swagger_ui.spec none:',
      '/google flask_dance.login google.login none:',
      '/login/github flask_dance.login github.login none:',
      '/login/github/authorized flask_dance.authorized github.authorized none:',
      '{UNSURE} shop.unsure unsure none:',
    ]);
    const flask = 'from apiflask import APIFlask\n';
    expect(written({ 'shop.py': `${flask}app = APIFlask(__name__, docs_path="/help", docs_oauth2_redirect_path=None)\n` })).toEqual([
      '/help apiflask.docs openapi.docs none:',
      '/openapi.json apiflask.spec openapi.spec none:',
    ]);
    expect(written({ 'shop.py': `${flask}app = APIFlask(__name__, enable_openapi=False)\n` })).toEqual([]);
  });

  it('lists every public method of a class of Flask-Classful', () => {
    expect(routesOf({ 'shop.py': CLASSFUL })).toEqual([
      'GET / shop.RootView.index RootView:index none: not-needed',
      'GET /about-us/ shop.RootView.about_us RootView:about_us none: not-needed',
      'PATCH /api/user-groups/<id> shop.UserGroupsView.patch UserGroupsView:patch none: off',
      'GET /api/user-groups/ping shop.Shared.ping UserGroupsView:ping none: not-needed',
      'GET /quotes/ shop.QuotesView.index QuotesView:index none: not-needed',
      'POST /quotes/ shop.QuotesView.post QuotesView:post none: off',
      'GET /quotes/<int:id>/ shop.QuotesView.get QuotesView:get none: not-needed',
      'GET /quotes/search/<term>/ shop.QuotesView.search QuotesView:search none: not-needed',
      'POST,PUT /quotes/special/<name> shop.QuotesView.special QuotesView:special none: off',
    ]);
  });

  it('has one slash where a pattern of Django leaves one out', () => {
    const urls = `
from django.urls import re_path

def home(request):
    return None

urlpatterns = [re_path(r"^/?$", home), re_path(r"^about/?$", home)]
`;
    expect(
      routesOf({ 'site/urls.py': urls, 'site/settings.py': 'ROOT_URLCONF = "site.urls"\nSECRET_KEY = "x"\nINSTALLED_APPS = []\n' }).map(
        (one) => one.split(' ')[1],
      ),
    ).toEqual(['/', '/about/']);
  });
});
