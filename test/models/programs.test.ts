import { describe, expect, it } from 'vitest';
import { evaluateProgram } from './evaluate-program.ts';

/** A program, names that its calls must have, and values that its variables must have. */
interface Case {
  readonly program: string;
  readonly calls?: readonly string[];
  readonly values?: Readonly<Record<string, string>>;
}

const cases: Readonly<Record<string, Case>> = {
  'Flask’s request, whatever it is imported as': {
    program: `
import flask as f
from flask.globals import request as r
def view():
    term = r.args.get("q")
    upload = f.request.files["doc"]
    name = upload.filename
    size = f.request.content_length
    upload.save("x")
`,
    calls: ['werkzeug.datastructures.MultiDict.get', 'werkzeug.datastructures.FileStorage.save'],
    values: { term: '<builtins.str>', upload: '<werkzeug.datastructures.FileStorage>', name: '<builtins.str>', size: '<builtins.int>' },
  },
  'an application through current_app and its test client': {
    program: `
from flask import Flask, current_app
app = Flask(__name__)
key = current_app.config["SECRET_KEY"]
answer = app.test_client().get("/")
app.run(debug=True)
`,
    calls: ['flask.Flask', 'flask.testing.FlaskClient.get', 'flask.Flask.run'],
    values: { app: '<flask.Flask>', answer: '<werkzeug.test.TestResponse>' },
  },
  'code behind abort is not reached': {
    program: `
from flask import abort
def view(user):
    if user is None:
        abort(404)
        dead = 1
    alive = 1
`,
    values: { alive: '1' },
  },
  'managers of a project, also those that a model inherits': {
    program: `
from django.db import models
class LiveQuerySet(models.QuerySet):
    def recent(self):
        return self.filter(old=False)
class LiveManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(gone=False)
    def mine(self, user):
        return self.get_queryset().filter(user=user)
class Base(models.Model):
    objects = LiveManager()
    class Meta:
        abstract = True
class Note(Base):
    recent = LiveQuerySet.as_manager()
class Page(Base):
    pass
def view(user, pk):
    note = Note.objects.get(pk=pk)
    page = Page.objects.filter(pk=pk).first()
    own = Note.objects.mine(user).get(pk=pk)
    other = Page.objects.mine(user).get(pk=pk)
    new = Note.recent.get(pk=pk)
    note.save()
`,
    calls: ['django.db.models.Manager.get', 'django.db.models.Model.save'],
    values: { note: '<app.Note>', page: '<app.Page>', own: '<app.Note>', other: '<app.Page>', new: '<app.Note>' },
  },
  'models, managers and querysets of Django': {
    program: `
from django.contrib.auth import get_user_model
from django.db import models
from django.shortcuts import get_object_or_404
User = get_user_model()
class Book(models.Model):
    title = models.CharField(max_length=20)
def view(request):
    first = Book.objects.filter(title=request.GET["t"]).order_by("title").first()
    rows = Book.objects.raw("SELECT 1")
    one = get_object_or_404(Book, pk=1)
    made, created = Book.objects.get_or_create(title="x")
    admin = User.objects.create_superuser("a", "b", "c")
    count = Book.objects.count()
`,
    calls: [
      'django.db.models.Manager.filter',
      'django.db.models.QuerySet.filter',
      'django.db.models.QuerySet.order_by',
      'django.db.models.QuerySet.raw',
      'django.contrib.auth.models.UserManager.create_superuser',
    ],
    values: {
      User: 'symbol django.contrib.auth.models.User',
      first: '<app.Book>',
      rows: '<django.db.models.RawQuerySet[class app.Book]>',
      one: '<app.Book>',
      made: '<app.Book>',
      admin: '<django.contrib.auth.models.User>',
      count: '<builtins.int>',
    },
  },
  'cursors of all databases answer to PEP 249': {
    program: `
import sqlite3, psycopg2, pymysql
from django.db import connection, connections
sqlite3.connect("x").cursor().execute("a")
psycopg2.connect("x").cursor().execute("b")
with connection.cursor() as cursor:
    cursor.execute("c")
connections["other"].cursor().execute("d")
def helper(conn):
    conn.cursor().execute("e")
`,
    calls: [
      'sqlite3.Cursor.execute',
      'psycopg2.extensions.cursor.execute',
      'django.db.backends.utils.CursorWrapper.execute',
      'pep249.Cursor.execute',
      '@conn.cursor',
    ],
    values: { cursor: '<django.db.backends.utils.CursorWrapper>' },
  },
  'generic views of Django know their request': {
    program: `
from django.views.generic import ListView
class Books(ListView):
    def get_queryset(self):
        books = super().get_queryset()
        term = self.request.GET.get("q")
        return books.filter(title=term)
`,
    calls: ['django.http.QueryDict.get', 'django.db.models.QuerySet.filter'],
    values: { books: '<django.db.models.QuerySet>', term: '<builtins.str>' },
  },
  'the request of Django REST framework': {
    program: `
from rest_framework.views import APIView
class Search(APIView):
    def post(self, request):
        term = request.query_params.get("q")
        user = request.user
        agent = request.META.get("HTTP_USER_AGENT")
`,
    calls: ['django.http.QueryDict.get'],
    values: { term: '<builtins.str>', user: '<django.contrib.auth.models.User>' },
  },
  'environment reads with default and cast': {
    program: `
import os, environ
from decouple import config
env = environ.Env()
a = os.environ.get("A", "1")
b = os.getenv("B")
c = os.environ["C"]
d = env.bool("D", default=True)
e = env("E", default="x")
f = config("F", default=False, cast=bool)
`,
    values: {
      a: 'env A default "1"',
      b: 'env B',
      c: 'env C',
      d: 'env D as bool default True',
      e: 'env E default "x"',
      f: 'env F as bool default False',
    },
  },
  'SQLAlchemy and Flask-SQLAlchemy': {
    program: `
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import sessionmaker
db = SQLAlchemy()
class User(db.Model):
    name = db.Column(db.String(20))
def view(name):
    user = User.query.filter_by(name=name).first_or_404()
    same = db.session.get(User, 1)
    db.session.execute(text("SELECT 1"))
    for each in db.session.scalars(select(User)):
        found = each
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        connection.execute(text("x"))
    Session = sessionmaker(bind=engine)
    session = Session()
`,
    calls: [
      'sqlalchemy.Column',
      'sqlalchemy.orm.Session.execute',
      'sqlalchemy.text',
      'sqlalchemy.engine.Connection.execute',
      'flask_sqlalchemy.query.Query.filter_by',
    ],
    values: { user: '<app.User>', same: '<app.User>', found: '<app.User>', session: '<sqlalchemy.orm.Session>' },
  },
  'modules that are not at hand': {
    program: `
from shop.extensions import db
from shop.models import Thing
class Order(db.Model):
    total = db.Column(db.Integer)
def view():
    db.session.commit()
    thing = Thing.objects.filter(a=1).first()
`,
    calls: ['sqlalchemy.orm.Session.commit', 'sqlalchemy.Column', 'django.db.models.QuerySet.filter'],
    values: { thing: '<shop.models.Thing>' },
  },
  'old and other names': {
    program: `
import urllib2, cPickle, Cryptodome.Hash.MD5 as md5
from Crypto.Hash import MD5
from flask.ext.login import login_required
from django.core.urlresolvers import reverse
from django.utils.http import is_safe_url
from yaml.loader import SafeLoader
urllib2.urlopen("x")
cPickle.loads(b"")
md5.new(b"")
reverse("x")
loader = SafeLoader
is_safe_url("x")
`,
    calls: [
      'urllib.request.urlopen',
      'pickle.loads',
      'Crypto.Hash.MD5.new',
      'django.urls.reverse',
      'django.utils.http.url_has_allowed_host_and_scheme',
    ],
    values: { loader: 'symbol yaml.SafeLoader' },
  },
  'what is put into markup is escaped': {
    program: `
from flask import Markup
from django.utils.html import format_html
def view(name):
    a = Markup("<b>{}</b>").format(name)
    b = format_html("<b>{}</b>", name)
`,
    calls: ['markupsafe.Markup.format', 'django.utils.html.format_html'],
    values: { a: '<markupsafe.Markup>', b: '"<b>{<django.utils.safestring.SafeString>}</b>"' },
  },
  'members of enumerations': {
    program: `
from django.db import models
from enum import Enum
class Colour(Enum):
    RED = "r"
class Size(models.TextChoices):
    SMALL = "s", "Small"
colour = Colour("r")
`,
    values: { colour: '"r"' },
  },
  'files, paths and processes': {
    program: `
import os, pathlib, subprocess, tempfile
def view(name):
    where = os.path.join("/srv/files", name)
    text = (pathlib.Path("/srv") / name).read_text()
    with open(where) as file:
        data = file.read()
    with tempfile.TemporaryDirectory() as folder:
        inside = os.path.join(folder, "a")
    code = subprocess.run(["ls"]).returncode
`,
    calls: ['builtins.open', 'io.IOBase.read', 'pathlib.Path.read_text', 'subprocess.run'],
    values: { text: '<builtins.str>', folder: '<builtins.str>', code: '<builtins.int>' },
  },
  'class methods and metaclasses of library classes': {
    program: `
import six
from django.db import models
from django.views.generic import TemplateView
class Page(TemplateView):
    pass
class BookQuerySet(models.QuerySet):
    pass
class Book(six.with_metaclass(type, models.Model)):
    manager = BookQuerySet.as_manager()
view = Page.as_view()
first = Book.objects.first()
rows = Book.manager.raw("SELECT 1")
`,
    calls: ['django.views.generic.View.as_view', 'django.db.models.QuerySet.as_manager', 'django.db.models.QuerySet.raw'],
    values: { first: '<app.Book>' },
  },
  'forms give typed fields': {
    program: `
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
class Login(FlaskForm):
    name = StringField()
    age = IntegerField()
def view():
    form = Login()
    name = form.name.data
    age = form.age.data
`,
    values: { name: '<builtins.str>', age: '<builtins.int>' },
  },
};

describe('programs evaluated with the models', () => {
  it.each(Object.entries(cases))('%s', async (_title, { program, calls = [], values = {} }) => {
    const facts = await evaluateProgram(program);
    expect(
      calls.filter((name) => !facts.calls.has(name)),
      `calls: ${[...facts.calls].join(', ')}`,
    ).toEqual([]);
    expect(Object.fromEntries(Object.keys(values).map((name) => [name, facts.values.get(name)]))).toEqual(values);
    expect(facts.values.has('dead')).toBe(false);
  });
});
