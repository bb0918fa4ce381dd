import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/source/line-index.ts';
import { auditFiles } from './audit-files.ts';

/** Lines of a file on which a rule finds something. */
async function lines(rule: string, text: string, profile: 'default' | 'strict'): Promise<readonly number[]> {
  const { findings } = await auditFiles({ 'views.py': text }, [rule], profile);
  return findings.map(({ primary }) => new LineIndex(text).at(primary.start).line);
}

describe('flows of which only the profile strict tells', () => {
  it('pass a function that is not at hand, and end in a page or an address', async () => {
    const text = `import elsewhere
from flask import Flask, redirect, request
app = Flask(__name__)

@app.get("/go")
def go():
    return redirect(elsewhere.link_of(request.args["name"]))

@app.get("/page")
def page():
    return elsewhere.page_of(request.args["name"])

@app.get("/text")
def text():
    return elsewhere.b64decode_text(request.args["name"])
`;
    expect(await lines('open-redirect', text, 'default')).toEqual([]);
    expect(await lines('open-redirect', text, 'strict')).toEqual([7]);
    expect(await lines('reflected-xss', text, 'default')).toEqual([15]);
    expect(await lines('reflected-xss', text, 'strict')).toEqual([11, 15]);
  });

  it('were compared with a regular expression that is not at hand', async () => {
    const text = `import os
import re
from django.conf import settings
from django.http import HttpResponse
from names import USER_RE, users

def home(request):
    name = request.GET["name"]
    if re.match(settings.USERNAME_REGEX, name) is None:
        return HttpResponse(status=400)
    os.mkdir("/home/" + name)

def mail(request):
    name = request.GET["name"]
    if USER_RE.fullmatch(name):
        os.mkdir("/mail/" + name)

def own(request):
    name = request.GET["name"]
    if re.match(request.GET["pattern"], name):
        os.mkdir("/own/" + name)

def found(request):
    name = request.GET["name"]
    if users.search(name):
        os.mkdir("/found/" + name)
`;
    expect(await lines('path-traversal', text, 'default')).toEqual([21, 26]);
    expect(await lines('path-traversal', text, 'strict')).toEqual([11, 16, 21, 26]);
  });

  it('fill a template that is not known, and choose a host', async () => {
    const text = `import requests
from django.conf import settings
from django.http import HttpResponse

def profile(request):
    return HttpResponse(requests.get(settings.PROFILES.format(number=request.GET["number"]), timeout=5), content_type="text/plain")

def host(request):
    return HttpResponse(requests.get("https://{host}/".format(host=request.GET["host"]), timeout=5), content_type="text/plain")

def template(request):
    return HttpResponse(requests.get(request.GET["url"].format(number=1), timeout=5), content_type="text/plain")
`;
    expect(await lines('ssrf', text, 'default')).toEqual([9, 12]);
    expect(await lines('ssrf', text, 'strict')).toEqual([6, 9, 12]);
  });

  it('end in a model behind a schema that may let other names through', async () => {
    const text = `from flask import Flask, request
from jsonschema import Draft7Validator, ValidationError
from flask_sqlalchemy import SQLAlchemy
app = Flask(__name__)
db = SQLAlchemy(app)
BRAND = {"type": "object", "properties": {"name": {"type": "string"}}}

class Brand(db.Model):
    owner_id = db.Column(db.Integer, primary_key=True)

def validate(sent, schema):
    errors = list(Draft7Validator(schema).iter_errors(sent))
    if errors:
        raise ValidationError(str(errors))

@app.post("/checked")
def checked():
    data = request.get_json()
    validate(data, BRAND)
    return str(Brand(**data).id)

@app.post("/any")
def any_names():
    data = request.get_json()
    return str(Brand(**data).id)
`;
    expect(await lines('mass-assignment', text, 'default')).toEqual([25]);
    expect(await lines('mass-assignment', text, 'strict')).toEqual([20, 25]);
  });

  it('pass one and end in a statement: these are told', async () => {
    const text = `import elsewhere
from django.db import connection
from django.http import HttpRequest

def rows(request: HttpRequest):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM shop WHERE name = '%s'" % elsewhere.name_of(request.GET["name"]))

def one(request: HttpRequest):
    return open("/srv/shop/" + elsewhere.name_of(request.GET["name"])).read()
`;
    expect(await lines('sql-injection', text, 'default')).toEqual([7]);
    expect(await lines('path-traversal', text, 'default')).toEqual([]);
    expect(await lines('path-traversal', text, 'strict')).toEqual([10]);
  });

  it('end in a page, and are the name of a file that was sent', async () => {
    const text = `from django.http import HttpRequest, HttpResponse
from flask import Flask, request as asked
app = Flask(__name__)

def picture(request: HttpRequest):
    return HttpResponse("<p>" + request.FILES["picture"].name)

def sent(request: HttpRequest):
    return HttpResponse("<p>" + request.POST["text"])

@app.post("/upload")
def upload():
    return "<p>" + asked.files["picture"].filename

@app.post("/form")
def form():
    return "<p>" + asked.form["text"]
`;
    expect(await lines('reflected-xss', text, 'default')).toEqual([9, 17]);
    expect(await lines('reflected-xss', text, 'strict')).toEqual([6, 9, 13, 17]);
  });

  it('end in a page that is given to scripts of the own pages', async () => {
    const text = `from django.http import HttpRequest, HttpResponse

def edited(request: HttpRequest):
    if request.method == "POST" and request.is_ajax():
        return HttpResponse(request.POST["value"])
    return HttpResponse(request.GET["value"])

def refused(request: HttpRequest):
    if not request.is_ajax():
        return HttpResponse(status=400)
    return HttpResponse(request.GET["value"])
`;
    expect(await lines('reflected-xss', text, 'default')).toEqual([6]);
    expect(await lines('reflected-xss', text, 'strict')).toEqual([5, 6, 11]);
  });

  it('end in a page, and are of a part of the URL that something was looked up by', async () => {
    const text = `import logging
from flask import Flask, abort
from .store import find_lesson
app = Flask(__name__)

@app.get("/lesson/<key>")
def lesson(key):
    found = find_lesson(key)
    return f"<h1>{key}</h1>{found.count}"

@app.get("/checked/<key>")
def checked(key):
    if not find_lesson(key):
        abort(404)
    return "<h1>" + key

@app.get("/hello/<name>")
def hello(name):
    logging.info("hello %s", name)
    return f"<h1>{name[:30].title()}</h1>"

@app.get("/greet/<name>")
def greet(name):
    text = "hello {}".format(name)
    return text + str(len(name))
`;
    expect(await lines('reflected-xss', text, 'default')).toEqual([20, 25]);
    expect(await lines('reflected-xss', text, 'strict')).toEqual([9, 15, 20, 25]);
  });

  it('are sure where nothing was found by that part of the URL', async () => {
    const text = `from flask import Flask
from .store import find_lesson, lessons
app = Flask(__name__)

@app.get("/lesson/<key>")
def lesson(key):
    found = find_lesson(key)
    if found is None:
        return f"<h1>No {key}</h1>", 404
    return f"<h1>{key}</h1>{found.count}"

@app.get("/caught/<key>")
def caught(key):
    try:
        found = lessons.pick(key)
    except LookupError:
        return f"<h1>No {key}</h1>", 404
    return "<h1>" + key

@app.get("/otherwise/<key>")
def otherwise(key):
    if found := lessons.pick(key):
        return f"<h1>{key}</h1>{found.count}"
    else:
        return f"<h1>No {key}</h1>", 404
`;
    expect(await lines('reflected-xss', text, 'default')).toEqual([9, 17, 25]);
    expect(await lines('reflected-xss', text, 'strict')).toEqual([9, 10, 17, 18, 23, 25]);
  });

  it('are secrets that stand in the address, or that nobody has', async () => {
    const text = `import logging
from django.contrib.auth.models import User
from django.urls import path

def confirm(request, reset_token):
    logging.warning("no reset for %s", reset_token)

def login(request):
    logging.warning("no login with %s", request.POST["reset_token"])

def key(request):
    api_key = request.POST["api_key"]
    try:
        User.objects.get(key=api_key)
    except User.DoesNotExist:
        logging.warning("no user with api_key %s" % api_key)
    logging.warning("user with api_key %s" % api_key)

urlpatterns = [path("confirm/<str:reset_token>", confirm), path("login", login), path("key", key)]
`;
    expect(await lines('sensitive-data-in-log', text, 'default')).toEqual([9, 17]);
    expect(await lines('sensitive-data-in-log', text, 'strict')).toEqual([6, 9, 16, 17]);
  });

  it('are templates that are only compiled', async () => {
    const text = `from django.http import HttpRequest, HttpResponse
from jinja2 import Environment, TemplateSyntaxError
env = Environment()

def store(request: HttpRequest):
    compiles = env.from_string
    try:
        compiles(request.GET["template"])
    except TemplateSyntaxError:
        return HttpResponse("no template")

def show(request: HttpRequest):
    return HttpResponse(env.from_string(request.GET["template"]).render())
`;
    expect(await lines('server-side-template-injection', text, 'default')).toEqual([13]);
    expect(await lines('server-side-template-injection', text, 'strict')).toEqual([8, 13]);
  });

  it('have many steps between the source and where they do harm', async () => {
    const text = (count: number): string =>
      `from flask import Flask, request\napp = Flask(__name__)\n\n@app.get("/")\ndef view():\n    name = request.args["name"]\n${'    name = name.strip()\n'.repeat(count)}    return open(f"/srv/{name}").read()\n`;
    expect(await lines('path-traversal', text(5), 'default')).toHaveLength(1);
    expect(await lines('path-traversal', text(12), 'default')).toEqual([]);
    expect(await lines('path-traversal', text(12), 'strict')).toHaveLength(1);
  });

  it('stand behind a base of which it is not known how it ends', async () => {
    const text = `import requests
from flask import Flask, current_app, request
app = Flask(__name__)

@app.get("/behind")
def behind():
    return requests.get(current_app.config["BASE"] + request.args["rest"], timeout=3).text

@app.get("/whole")
def whole():
    return requests.get(request.args["url"] + current_app.config["SUFFIX"], timeout=3).text
`;
    expect(await lines('ssrf', text, 'default')).toEqual([11]);
    expect(await lines('ssrf', text, 'strict')).toEqual([7, 11]);
  });

  it('start where those alone get who run the application', async () => {
    const text = `from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import login_required, user_passes_test
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.utils.decorators import method_decorator
from django.views import View

@staff_member_required
def by_staff(request: HttpRequest):
    return FileResponse(open(request.GET["path"], "rb"))

@user_passes_test(lambda user: user.is_superuser)
def by_superuser(request: HttpRequest):
    return FileResponse(open(request.GET["path"], "rb"))

def tested(request: HttpRequest):
    if not request.user.is_staff:
        raise PermissionDenied
    return FileResponse(open(request.GET["path"], "rb"))

@method_decorator(staff_member_required, name="dispatch")
class ByClass(View):
    def get(self, request):
        return FileResponse(open(request.GET["path"], "rb"))

@method_decorator(name="get", decorator=staff_member_required)
class ByMethod(View):
    def get(self, request):
        return FileResponse(open(request.GET["path"], "rb"))

@login_required
def by_anybody(request: HttpRequest):
    return FileResponse(open(request.GET["path"], "rb"))

def org_admin_required(view):
    return view

@org_admin_required
def by_org_admin(request: HttpRequest):
    return FileResponse(open(request.GET["path"], "rb"))

@user_passes_test(lambda user: user.is_active)
def by_active(request: HttpRequest):
    return FileResponse(open(request.GET["path"], "rb"))

def is_repo_admin(view):
    return view

@is_repo_admin
def by_repo_admin(request: HttpRequest):
    return FileResponse(open(request.GET["path"], "rb"))
`;
    expect(await lines('path-traversal', text, 'default')).toEqual([33, 40, 44, 51]);
    expect(await lines('path-traversal', text, 'strict')).toEqual([10, 14, 19, 24, 29, 33, 40, 44, 51]);
  });

  it('start there with Flask, FastAPI and Django REST framework as well; what harms the staff itself is told', async () => {
    const text = `from fastapi import APIRouter, Depends, HTTPException
from flask import Blueprint, redirect, request, send_file
from rest_framework.permissions import IsAdminUser, IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView
from .auth import admin_required, get_current_superuser, get_current_user, roles_required

pages = Blueprint("pages", __name__)
router = APIRouter()

@pages.get("/file")
@admin_required
def file():
    return send_file(request.args["path"])

@pages.get("/role")
@roles_required("admin")
def role():
    return send_file(request.args["path"])

@pages.get("/roles")
@roles_required("user")
def roles():
    return send_file(request.args["path"])

@pages.get("/next")
@admin_required
def following():
    return redirect(request.args["next"])

@router.get("/log")
def log(path: str, user=Depends(get_current_superuser)):
    with open(f"/var/log/{path}") as opened:
        return opened.read()

@router.get("/mine/{path:path}")
def mine(path: str, user=Depends(get_current_user)):
    with open(f"/home/{path}") as opened:
        return opened.read()

@router.get("/config/{path:path}", dependencies=[Depends(require_role(["admin"]))])
def config(path: str):
    with open(f"/etc/{path}") as opened:
        return opened.read()

@router.get("/shared/{path:path}", dependencies=[Depends(require_role(["admin", "member"]))])
def shared(path: str):
    with open(f"/shared/{path}") as opened:
        return opened.read()

@router.get("/scan")
def scan(current_user: AdminUserOrDefault, path: str):
    with open(path) as opened:
        return opened.read()

class Logs(APIView):
    permission_classes = [IsAuthenticated, IsAdminUser]

    def get(self, request):
        return Response(open(request.query_params["path"]).read())

class Notes(APIView):
    permission_classes = [IsAuthenticated]

    def get(self, request):
        return Response(open(request.query_params["path"]).read())
`;
    expect(await lines('path-traversal', text, 'default')).toEqual([24, 38, 48, 66]);
    expect(await lines('open-redirect', text, 'default')).toEqual([29]);
  });
});

describe('flows behind a test of how the value begins, of which only the profile strict tells', () => {
  it('lead to an address of the settings, which may end behind its host', async () => {
    const text = `from flask import Flask, redirect, request
app = Flask(__name__)

def is_own(url):
    own = app.config["SITE"]
    if not own.endswith("/"):
        own = own + "/"
    return url.startswith(own)

@app.get("/own")
def own():
    target = request.args["next"]
    return redirect(target if is_own(target) else "/")

@app.get("/known")
def known():
    target = request.args["next"]
    return redirect(target if target.startswith("https://example.org") else "/")

@app.get("/said")
def said():
    target = request.args["next"]
    return redirect(target if target.startswith(request.args["site"] + "/") else "/")
`;
    expect(await lines('open-redirect', text, 'default')).toEqual([18, 23]);
    expect(await lines('open-redirect', text, 'strict')).toEqual([13, 18, 23]);
  });

  it('stay in a folder, but for those whose names begin as it does', async () => {
    const text = `import os
from flask import Flask, abort, request, send_file
app = Flask(__name__)
FILES = os.path.abspath("files")

@app.get("/normalised")
def normalised():
    path = os.path.normpath(os.path.join(FILES, request.args["name"]))
    if not path.startswith(FILES):
        abort(404)
    return send_file(path)

@app.get("/as-it-is")
def as_it_is():
    path = os.path.join(FILES, request.args["name"])
    if not path.startswith(FILES):
        abort(404)
    return send_file(path)
`;
    expect(await lines('path-traversal', text, 'default')).toEqual([18]);
    expect(await lines('path-traversal', text, 'strict')).toEqual([11, 18]);
  });
});

describe('flows that are told with less confidence', () => {
  it('come from a header that no link sets, and harm whoever follows one', async () => {
    const text = `from django.http import HttpResponse

def agent(request):
    return HttpResponse("<p>" + request.headers["X-Name"])

def query(request):
    return HttpResponse("<p>" + request.META["QUERY_STRING"])

def kind(request):
    return HttpResponse("<p>" + request.META["CONTENT_TYPE"])
`;
    const { findings } = await auditFiles({ 'views.py': text }, ['reflected-xss'], 'strict');
    expect(findings.map(({ confidence }) => confidence)).toEqual(['medium', 'high', 'medium']);
  });

  it('choose among the templates of one directory', async () => {
    const text = `from django.shortcuts import render

KINDS = {"a": "first", "b": "second"}

def page(request, model):
    name = "pages/" + request.GET["name"]
    if request.GET.get("all"):
        name += "/index"
    return render(request, f"{name}.html")

def portal(request, model):
    return render(request, f"{model._meta.app_label}/portal_{request.GET['portal']}/{model._meta.model_name}.html")

def anywhere(request, model):
    name = request.GET["name"]
    if request.GET.get("all"):
        name += "/index"
    return render(request, f"{name}.html")

def under_any(request, model):
    return render(request, f"{request.GET['app']}/{request.GET['name']}.html")
`;
    expect(await lines('template-name-injection', text, 'default')).toEqual([18, 21]);
    expect(await lines('template-name-injection', text, 'strict')).toEqual([9, 12, 18, 21]);
  });

  it('pass a method of what a dict holds, of which nothing is known', async () => {
    const text = `from flask import Flask, abort, request

app = Flask(__name__)
STEPS = dict()

@app.get("/step")
def step():
    return STEPS["first"].render(request.args["name"])

@app.get("/upper")
def upper():
    return " ".join([request.args["name"].upper()])
`;
    expect(await lines('reflected-xss', text, 'default')).toEqual([12]);
  });

  it('stand behind the start of the name of a file', async () => {
    const text = `import os
from flask import Flask, request
app = Flask(__name__)

@app.get("/config")
def config():
    return open(f"config/config.{request.args['env']}.yaml").read()

@app.get("/folded")
def folded():
    return open(os.path.abspath(f"config/config.{request.args['env']}.yaml")).read()

@app.get("/folder")
def folder():
    return open("/srv/files" + request.args["name"]).read()

@app.get("/name")
def name():
    return open(f"/srv/files/{request.args['name']}.conf").read()
`;
    const { findings } = await auditFiles({ 'views.py': text }, ['path-traversal'], 'strict');
    expect(findings.map(({ confidence }) => confidence)).toEqual(['medium', 'high', 'high', 'high']);
  });

  it('end in a page that no form on another site asks for, where the view takes JSON alone', async () => {
    const text = `import json
from django.http import HttpRequest, HttpResponse

def hook(request: HttpRequest):
    if request.content_type != "application/json":
        return HttpResponse(status=415)
    event = json.loads(request.body)
    return HttpResponse(f"unknown: {event['name']}")

def form(request: HttpRequest):
    if request.content_type != "application/x-www-form-urlencoded":
        return HttpResponse(status=415)
    return HttpResponse(f"unknown: {request.POST['name']}")
`;
    const { findings } = await auditFiles({ 'views.py': text }, ['reflected-xss'], 'strict');
    const said = findings.map(({ primary, confidence }) => [new LineIndex(text).at(primary.start).line, confidence]);
    expect(said).toEqual([
      [8, 'medium'],
      [13, 'high'],
    ]);
  });

  it('start where what went wrong is kept for those alone who run the application', async () => {
    const text = `import traceback
from flask import Flask, jsonify
from flask_login import current_user
app = Flask(__name__)

@app.errorhandler(500)
def failed(error):
    stack = ""
    if current_user.is_authenticated and current_user.role_admin():
        stack = traceback.format_exc()
    return jsonify(stack=stack)

@app.errorhandler(503)
def gone(error):
    stack = ""
    if current_user.is_authenticated or current_user.role_admin():
        stack = traceback.format_exc()
    return jsonify(stack=stack)
`;
    expect(await lines('exception-details-exposed', text, 'default')).toEqual([18]);
    expect(await lines('exception-details-exposed', text, 'strict')).toEqual([11, 18]);
  });

  it('are quoted by doubling, also behind a path that was joined before', async () => {
    const text = `import os
import sqlite3
from flask import Flask, request
app = Flask(__name__)

@app.get("/attach")
def attach():
    path = os.path.join("/data", request.args["name"] + ".db")
    database = sqlite3.connect("app.db")
    database.execute("ATTACH DATABASE '{}' AS other".format(path.replace("'", "''")))
    database.execute('ATTACH DATABASE "{}" AS other'.format(path.replace("'", "''")))
`;
    expect(await lines('sql-injection', text, 'default')).toEqual([11]);
    expect(await lines('sql-injection', text, 'strict')).toEqual([10, 11]);
  });

  it('end in what no browser shows as a page, as programs alone send such requests', async () => {
    const text = `from flask import Flask, request
from flask.views import MethodView
app = Flask(__name__)

@app.route("/files/<path:path>", methods=["DELETE"])
def delete(path):
    return f"{path} is gone"

@app.route("/files/<path:path>", methods=["DELETE", "GET"])
def file(path):
    return f"{path} is here"

class Folder(MethodView):
    def get(self):
        return f"{request.args['name']} is here"

    def put(self):
        return f"{request.args['name']} was made"

@app.before_request
def accept():
    if request.content_encoding:
        return f"not accepted: {request.content_encoding}"
`;
    const { findings } = await auditFiles({ 'views.py': text }, ['reflected-xss'], 'strict');
    const said = findings.map(({ primary, confidence }) => [new LineIndex(text).at(primary.start).line, confidence]);
    expect(said).toEqual([
      [7, 'medium'],
      [11, 'high'],
      [15, 'high'],
      [18, 'medium'],
      [23, 'medium'],
    ]);
  });
});

describe('names that are copied to a model without anything to protect', () => {
  it('are told by the profile strict alone', async () => {
    const text = `from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from elsewhere import Elsewhere
app = Flask(__name__)
db = SQLAlchemy(app)

class Job(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    status = db.Column(db.String)

class Note(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    owner_id = db.Column(db.Integer)

class Profile(db.Model):
    id = db.Column(db.Integer, primary_key=True)

@app.post("/made")
def made():
    db.session.add(Job(**request.json))
    db.session.add(Note(**request.json))
    db.session.add(Profile(**request.json))

@app.post("/set")
def changed():
    job, note = Job(), Note()
    for key, value in request.json.items():
        setattr(job, key, value)
        setattr(note, key, value)
        setattr(Elsewhere(), key, value)
`;
    expect(await lines('mass-assignment', text, 'default')).toEqual([21, 22, 29]);
    expect(await lines('mass-assignment', text, 'strict')).toEqual([20, 21, 22, 28, 29, 30]);
  });
});
