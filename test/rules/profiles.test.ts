import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compilePack, readPackSources } from '../../src/rules/load-pack.ts';
import { collect } from '../../src/source/collect.ts';
import { LineIndex } from '../../src/source/line-index.ts';
import { auditFiles, auditFound, RULES } from './audit-files.ts';

const MOVED = [
  'cors-wildcard-origin',
  'django-charfield-null',
  'django-modelform-exposes-all-fields',
  'django-view-missing-login',
  'email-header-injection',
  'exception-details-exposed',
  'flask-csrf-protection-missing',
  'flask-debug-enabled',
  'hardcoded-credential',
  'jinja-autoescape-disabled',
  'markup-safe-on-dynamic-value',
  'open-redirect',
  'outbound-request-without-timeout',
  'reflected-xss',
  'sensitive-data-in-log',
  'sql-injection',
  'sql-string-interpolation',
  'tls-verification-disabled',
  'trust-boundary-violation',
  'weak-hash',
];

async function places(files: Readonly<Record<string, string>>, profile: 'default' | 'strict'): Promise<readonly string[]> {
  const { findings, textOf } = await auditFiles(files, MOVED, profile);
  return findings.map(({ primary }) => `${primary.path}:${new LineIndex(textOf(primary.path) ?? '').at(primary.start).line}`);
}

const RUN = 'from flask import Flask\napp = Flask(__name__)\napp.run(debug=True)\n';

describe('what only the profile strict tells', () => {
  it('is what stands in examples beside an application', async () => {
    const files = { 'shop.py': 'from flask import Flask\nshop = Flask(__name__)\n', 'examples/basic/main.py': RUN };
    expect(await places(files, 'default')).toEqual([]);
    expect(await places(files, 'strict')).toEqual(['examples/basic/main.py:3']);
  });

  it('is an identity that a view keeps in the session behind a password, and what is kept for its own sake', async () => {
    const views = `from flask import Flask, request, session
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField, ValidationError

app = Flask(__name__)


@app.post("/become")
def become():
    session["user"] = request.form["name"]
    return "ok"


@app.post("/count")
def count():
    session[request.form["page"]] = "seen"
    return "ok"


@app.post("/login")
def login():
    name = request.form["name"]
    if PASSWORDS[name] == request.form["password"]:
        session["user"] = name
    return "ok"


@app.post("/later")
def later():
    session["next"] = request.form["next"]
    session["user_timezone"] = request.form["zone"]
    session[f"seen_{request.form['page']}"] = True
    return "ok"


class Enter(FlaskForm):
    name = StringField()
    password = PasswordField()

    def validate_password(self, field):
        if PASSWORDS[self.name.data] != field.data:
            raise ValidationError("no")


@app.post("/enter")
def enter():
    form = Enter()
    if form.validate_on_submit():
        session["user"] = form.name.data
    return "ok"
`;
    expect(await places({ 'views.py': views }, 'default')).toEqual(['views.py:10', 'views.py:16']);
    expect(await places({ 'views.py': views }, 'strict')).toEqual([
      'views.py:10',
      'views.py:16',
      'views.py:24',
      'views.py:30',
      'views.py:31',
      'views.py:32',
      'views.py:49',
    ]);
  });

  it('is not an application that consists of an example', async () => {
    expect(await places({ 'examples/basic/main.py': RUN }, 'default')).toEqual(['examples/basic/main.py:3']);
  });

  it('is SQL of a function whose calls are all followed, where none passes what could do harm', async () => {
    const find = `import sqlite3


def find(name):
    return sqlite3.connect("shop.db").execute(f"SELECT id FROM item WHERE name = '{name}'").fetchall()
`;
    const known = 'from shop import find\n\nrows = find("nut") + find("bolt")\n';
    const unknown = 'from shop import find\nfrom settings_of_server import NAME\n\nrows = find(NAME)\n';
    expect(await places({ 'shop.py': find }, 'default')).toEqual(['shop.py:5']);
    expect(await places({ 'shop.py': find, 'report.py': known }, 'default')).toEqual([]);
    expect(await places({ 'shop.py': find, 'report.py': known }, 'strict')).toEqual(['shop.py:5']);
    expect(await places({ 'shop.py': find, 'report.py': known, 'other.py': unknown }, 'default')).toEqual(['shop.py:5']);
  });

  it('is who gets a mail, where its headers are checked', async () => {
    const app = `import smtplib

from django.core.mail import send_mail
from flask import Flask, request

app = Flask(__name__)


@app.post("/raw")
def raw():
    message = "Subject: %s\\r\\n\\r\\nThanks" % request.form["subject"]
    smtplib.SMTP("localhost", timeout=10).sendmail("shop@example.org", ["team@example.org"], message)
    return "sent"


@app.post("/thanks")
def thanks():
    send_mail("Thanks", "We got it.", "shop@example.org", [request.form["mail"]])
    return "sent"
`;
    expect(await places({ 'app.py': app }, 'default')).toEqual(['app.py:12']);
    expect(await places({ 'app.py': app }, 'strict')).toEqual(['app.py:12', 'app.py:18']);
  });

  it('is a setting that nothing sets where something outside the tree may set it', async () => {
    const settings =
      'SECRET_KEY = open("/etc/key").read()\nDEBUG = False\nROOT_URLCONF = "shop.urls"\nINSTALLED_APPS = ["shop"]\nSECURE_SSL_REDIRECT = True\n';
    const local = 'import os\nif os.path.exists("local_settings.py"):\n    exec(open("local_settings.py").read())\n';
    const told = async (text: string, profile: 'default' | 'strict') =>
      (await auditFiles({ 'shop/settings.py': text }, ['django-hsts-missing'], profile)).findings.length;
    expect(await told(settings + local, 'default')).toBe(0);
    expect(await told(settings + local, 'strict')).toBe(1);
    expect(await told(settings, 'default')).toBe(1);
  });

  it('is a value by which a row was found, as it may have been stored', async () => {
    const files = {
      'views.py': `from django.contrib.auth.models import User
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from shop.models import Form


def find_form(filters):
    filters["active"] = True
    return get_object_or_404(Form, **filters)


def profile(request):
    name = request.GET["name"]
    try:
        user = User.objects.get(username=name)
    except User.DoesNotExist:
        raise Http404
    return HttpResponse(f"<b>{name}</b> joined {user.date_joined}")


def form(request):
    owner = request.GET["owner"]
    found = find_form({"owner__username__iexact": owner})
    return HttpResponse(f"<b>{owner}</b>: {found.pk}")


def guest(request):
    name = request.GET["name"]
    try:
        user = User.objects.get(username=name)
    except User.DoesNotExist:
        user = None
    return HttpResponse(f"<b>{name}</b> {user is None}")


def similar(request):
    name = request.GET["name"]
    user = User.objects.get(username__contains=name)
    return HttpResponse(f"<b>{name}</b> {user.pk}")


def perhaps(request):
    name = request.GET["name"]
    user = User.objects.filter(username=name).first()
    return HttpResponse(f"<b>{name}</b> {user is None}")


def numbered(request):
    name = request.GET["name"]
    user = get_object_or_404(User, pk=int(name.split("-")[0]))
    return HttpResponse(f"<b>{name}</b> {user.pk}")
`,
    };
    expect(await places(files, 'default')).toEqual(['views.py:34', 'views.py:40', 'views.py:46', 'views.py:52']);
    expect(await places(files, 'strict')).toEqual([
      'views.py:19',
      'views.py:25',
      'views.py:34',
      'views.py:40',
      'views.py:46',
      'views.py:52',
    ]);
  });

  it('is a password of made-up accounts', async () => {
    const made = 'User.objects.create_user(username="ann", password="Lemon-42-tree")\n';
    expect(await places({ 'shop/management/commands/seed_demo_data.py': made }, 'default')).toEqual([]);
    expect(await places({ 'shop/management/commands/seed_demo_data.py': made }, 'strict')).toEqual([
      'shop/management/commands/seed_demo_data.py:1',
    ]);
    expect(await places({ 'shop/management/commands/first_run.py': made }, 'default')).toEqual(['shop/management/commands/first_run.py:1']);
    expect(await places({ 'shop/a.py': 'DEMO_PASSWORD = "Lemon-42-tree"\n' }, 'default')).toEqual([]);
  });

  it('is SQL that whoever runs a command puts together', async () => {
    const query = `def count(part):\n    return connection.cursor().execute(f"SELECT * FROM t WHERE a = '{part}'")\n`;
    expect(await places({ 'shop/management/commands/count.py': query }, 'default')).toEqual([]);
    expect(await places({ 'shop/management/commands/count.py': query }, 'strict')).toEqual(['shop/management/commands/count.py:2']);
    expect(await places({ 'shop/count.py': query }, 'default')).toEqual(['shop/count.py:2']);
  });

  it('is a hash that chooses a partition', async () => {
    const files = (name: string) => ({ 'a.py': `import hashlib\ndef ${name}(number):\n    return hashlib.sha1(number).hexdigest()\n` });
    expect(await places(files('partition_key'), 'default')).toEqual([]);
    expect(await places(files('partition_key'), 'strict')).toEqual(['a.py:3']);
    expect(await places(files('signing_key'), 'default')).toEqual(['a.py:3']);
  });

  it('is HSTS where the project does not redirect to HTTPS either', async () => {
    const told = async (more: string, profile: 'default' | 'strict') =>
      (await auditFiles({ 'shop/settings.py': `DEBUG = False\n${more}` }, ['django-hsts-missing'], profile)).findings.length;
    expect(await told('', 'default')).toBe(0);
    expect(await told('', 'strict')).toBe(1);
    expect(await told('SESSION_COOKIE_SECURE = True\n', 'default')).toBe(0);
    expect(await told('SECURE_SSL_REDIRECT = True\n', 'default')).toBe(1);
    expect(await told('SECURE_HSTS_SECONDS = 0\n', 'default')).toBe(1);
  });

  it('is text of SQL whose quotes were doubled inside a literal, which databases that know backslashes do not respect', async () => {
    const query = (text: string) =>
      `import sqlite3\nfrom flask import request\ndef f():\n    q = request.args["q"].replace("'", "''")\n    sqlite3.connect("a").execute(${text})\n`;
    expect(await places({ 'shop.py': query(`f"select * from t where a = '{q}'"`) }, 'default')).toEqual([]);
    expect(await places({ 'shop.py': query(`f"select * from t where a = '{q}'"`) }, 'strict')).toEqual(['shop.py:5']);
    expect(await places({ 'shop.py': query('f"select * from t where a = {q}"') }, 'default')).toEqual(['shop.py:5']);
  });

  it('is text of SQL whose quotes and backslashes were escaped by a pattern inside a literal', async () => {
    const query = (pattern: string, text: string): string =>
      `import re, sqlite3\nfrom flask import request\nQUOTES = re.compile(${pattern})\ndef f():\n    q = QUOTES.sub(r"\\\\\\1", request.args["q"])\n    sqlite3.connect("a").execute(${text})\n`;
    const quoted = `f"select * from t where a = '{q}'"`;
    expect(await places({ 'shop.py': query(`r"(['\\\\])"`, quoted) }, 'default')).toEqual([]);
    expect(await places({ 'shop.py': query(`r"(['])"`, quoted) }, 'default')).toEqual(['shop.py:6']);
    expect(await places({ 'shop.py': query(`r"(['\\\\])"`, 'f"select * from t where a = {q}"') }, 'default')).toEqual(['shop.py:6']);
  });

  it('is null on a text that forms do not leave empty, or that is seldom looked for, and that does not contradict itself', async () => {
    const field = (kind: string, options: string) =>
      `from django.db import models\nclass Item(models.Model):\n    sku = models.${kind}(null=True, ${options})\n`;
    const files = {
      'short/models.py': field('CharField', 'max_length=20, blank=True'),
    };
    expect(await places(files, 'default')).toEqual(['short/models.py:3']);
    expect(await places({ 'a.py': field('CharField', 'default=""') }, 'default')).toEqual(['a.py:3']);
    for (const [kind, options] of [
      ['TextField', 'blank=True'],
      ['CharField', 'max_length=20, blank=True, choices=SIZES'],
      ['CharField', 'max_length=20, blank=True, default=None'],
      ['CharField', 'max_length=20'],
      ['ImageField', 'blank=True'],
    ] as const) {
      expect(await places({ 'a.py': field(kind, options) }, 'default')).toEqual([]);
      expect(await places({ 'a.py': field(kind, options) }, 'strict')).toEqual(['a.py:3']);
    }
  });

  it('is the second text of a model with two empty values', async () => {
    const texts = ['sku', 'code'].map((name) => `    ${name} = models.CharField(max_length=9, null=True, default="")\n`).join('');
    const files = { 'models.py': `from django.db import models\nclass Item(models.Model):\n${texts}class Box(models.Model):\n${texts}` };
    expect(await places(files, 'default')).toEqual(['models.py:3', 'models.py:6']);
    expect(await places(files, 'strict')).toEqual(['models.py:3', 'models.py:4', 'models.py:6', 'models.py:7']);
  });

  it('is a habit of the project, once it was told', async () => {
    const fields = ['sku', 'code', 'size'].map((name) => `    ${name} = models.CharField(max_length=9, null=True, blank=True)\n`);
    const files = { 'models.py': `from django.db import models\nclass Item(models.Model):\n${fields.join('')}` };
    expect(await places(files, 'default')).toEqual(['models.py:3']);
    expect(await places(files, 'strict')).toEqual(['models.py:3', 'models.py:4', 'models.py:5']);
  });

  it('is what a comment for another linter accepts by its name', async () => {
    const asked = (comment: string) => `import requests\ndef ask(url):\n    return requests.get(  # ${comment}\n        url\n    )\n`;
    expect(await places({ 'a.py': asked('noqa: E501, S113') }, 'default')).toEqual([]);
    expect(await places({ 'a.py': asked('nosec B113 inside the cluster') }, 'default')).toEqual([]);
    expect(await places({ 'a.py': asked('noqa: S113') }, 'strict')).toEqual(['a.py:3']);
    expect(await places({ 'a.py': asked('pylint: disable=missing-timeout') }, 'default')).toEqual([]);
    const query = (comment: string) =>
      `def count(part):\n    sql = f"SELECT * FROM t WHERE a = '{part}'"  # ${comment}\n    return connection.cursor().execute(sql)\n`;
    expect(await places({ 'a.py': query('noqa: S608') }, 'default')).toEqual([]);
    expect(await places({ 'a.py': query('noqa: E501') }, 'default')).toEqual(['a.py:3']);
    expect(await places({ 'a.py': asked('noqa: E501') }, 'default')).toEqual(['a.py:3']);
    expect(await places({ 'a.py': asked('noqa') }, 'default')).toEqual(['a.py:3']);
  });

  it('is markup around what the program itself puts in', async () => {
    const files = {
      'tags.py': `from django.utils.safestring import mark_safe
def badge(article):
    colour = pick(article)
    return mark_safe(f"<b class='{colour}'>x</b>")
def title(article):
    return mark_safe(f"<b>{article.title}</b>")
`,
    };
    expect(await places(files, 'default')).toEqual(['tags.py:6']);
    expect(await places(files, 'strict')).toEqual(['tags.py:4', 'tags.py:6']);
  });

  it('is an environment of Jinja without a loader where nothing answers requests or makes HTML', async () => {
    const made =
      'from jinja2.sandbox import SandboxedEnvironment\ndef fill(text):\n    return SandboxedEnvironment(autoescape=False).from_string(text)\n';
    const files = { 'names.py': made, 'pages.py': `from flask import request\n${made}` };
    expect(await places(files, 'default')).toEqual(['pages.py:4']);
    expect(await places(files, 'strict')).toEqual(['names.py:3', 'pages.py:4']);
  });

  it('is a certificate that an option of the program says not to check', async () => {
    const files = {
      'client.py': `import requests
def asked(url, insecure):
    options = {"timeout": 5}
    if insecure:
        options["verify"] = False
    return requests.get(url, **options)
def never(url):
    return requests.get(url, timeout=5, verify=False)
`,
    };
    expect(await places(files, 'default')).toEqual(['client.py:8']);
    expect(await places(files, 'strict')).toEqual(['client.py:6', 'client.py:8']);
  });

  it('is a header for every origin that one answer gets', async () => {
    const files = {
      'app.py': `from flask import Flask, jsonify
app = Flask(__name__)
@app.after_request
def open_to_all(response):
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
@app.get("/widget")
def widget():
    response = jsonify([])
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
`,
    };
    expect(await places(files, 'default')).toEqual(['app.py:5']);
    expect(await places(files, 'strict')).toEqual(['app.py:5', 'app.py:10']);
  });

  it('is the text of a further exception in a file that answers with such texts, but no stack trace', async () => {
    const view = (name: string, answer: string) =>
      `@app.get("/${name}")\ndef ${name}():\n    try:\n        return work()\n    except Exception as error:\n        return ${answer}\n`;
    const answers = [
      'jsonify(error=str(error))',
      'str(error), 500',
      'traceback.format_exc(), 500',
      'jsonify(trace=traceback.format_exc())',
    ];
    const views = answers.map((answer, index) => view(`view_${index}`, answer)).join('');
    const files = { 'app.py': `import traceback\nfrom flask import Flask, jsonify\napp = Flask(__name__)\n${views}` };
    expect(await places(files, 'default')).toEqual(['app.py:9', 'app.py:21', 'app.py:27']);
    expect(await places(files, 'strict')).toEqual(['app.py:9', 'app.py:15', 'app.py:21', 'app.py:27']);
    const [first] = (await auditFiles(files, MOVED, 'default')).findings;
    expect(first?.related.map(({ message }) => message)).toEqual(['the same here']);
  });

  it('is a secret that a script prints for whoever started it', async () => {
    const token = 'def show(user):\n    print("token:", user.access_token)\n';
    const files = {
      'tool.py': `import argparse\n${token}`,
      'other.py': `from argparse import ArgumentParser\n${token}`,
      'start.py': 'from app import new_token\nif __name__ == "__main__":\n    token = new_token()\n    print("api_token", token)\n',
      'views.py': token,
    };
    expect(await places(files, 'default')).toEqual(['views.py:2']);
    expect(await places(files, 'strict')).toEqual(['other.py:3', 'start.py:4', 'tool.py:3', 'views.py:2']);
  });

  it('is a request without a timeout in a script that runs by itself', async () => {
    const fetch = 'import requests\ndef fetch(url):\n    return requests.get(url)\n';
    const files = { 'fetch.py': `${fetch}if __name__ == "__main__":\n    print(fetch("https://example.org"))\n`, 'library.py': fetch };
    expect(await places(files, 'default')).toEqual(['library.py:3']);
    expect(await places(files, 'strict')).toEqual(['fetch.py:3', 'library.py:3']);
  });

  it('is a name of a table in a statement', async () => {
    const files = {
      'store.py': `import sqlite3
def read(table, who):
    connection = sqlite3.connect("a.db")
    connection.execute(f"SELECT * FROM {table}")
    connection.execute(f"SELECT * FROM item WHERE owner = '{who}'")
`,
    };
    expect(await places(files, 'default')).toEqual(['store.py:5']);
    expect(await places(files, 'strict')).toEqual(['store.py:4', 'store.py:5']);
  });

  it('is what a check cleared whose code is loaded by its name', async () => {
    const files = {
      'views.py': `import importlib
from django.conf import settings
from django.http import HttpResponseRedirect
def adapter(request):
    module, name = settings.ADAPTER.rsplit(".", 1)
    return getattr(importlib.import_module(module), name)(request)
def checked(request):
    target = request.GET["next"]
    if not adapter(request).is_safe_url(target):
        target = None
    return HttpResponseRedirect(target)
def shown(request):
    target = request.GET["next"]
    if not adapter(request).announce(target):
        target = None
    return HttpResponseRedirect(target)
`,
    };
    expect(await places(files, 'default')).toEqual(['views.py:16']);
    expect(await places(files, 'strict')).toEqual(['views.py:11', 'views.py:16']);
  });

  it('is a view of an application of Django none of whose views asks for a login', async () => {
    const view = (decorator: string): string => `from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from shop.models import Item
${decorator}def remove(request, pk):
    if request.method == "POST":
        Item.objects.filter(pk=pk).update(gone=True)
    return redirect("/")
`;
    const files = {
      'shop/__init__.py': '',
      'shop/models.py': 'from django.db import models\nclass Item(models.Model):\n    gone = models.BooleanField(default=False)\n',
      'shop/views.py': `${view('@login_required\n')}${view('').replace('def remove', 'def discard')}`,
      'public/__init__.py': '',
      'public/apps.py': '',
      'public/views.py': view(''),
      'urls.py': `from django.urls import path
from shop import views
from public.views import remove
urlpatterns = [path("a/<int:pk>", views.remove), path("b/<int:pk>", views.discard), path("c/<int:pk>", remove)]
`,
    };
    expect(await places(files, 'default')).toEqual(['shop/views.py:12']);
    expect(await places(files, 'strict')).toEqual(['public/views.py:4', 'shop/views.py:12']);
  });

  it('is a change without a token that takes JSON alone', async () => {
    const view = (name: string, sent: string): string =>
      `@app.post("/${name}")\n@login_required\ndef ${name}():\n    db.session.add(Card(${sent}))\n    db.session.commit()\n    return "done"\n`;
    const files = {
      'app.py': `from flask import Flask, request\nfrom flask_login import login_required\nfrom models import Card, db\napp = Flask(__name__)\n${view('json', 'request.get_json()["x"]')}${view('form', 'request.form["x"]')}`,
    };
    expect(await places(files, 'default')).toEqual(['app.py:13']);
    expect(await places(files, 'strict')).toEqual(['app.py:7', 'app.py:13']);
  });

  it('is a form that leaves something out', async () => {
    const form = (name: string, more: string): string =>
      `class ${name}(forms.ModelForm):\n    class Meta:\n        model = Item\n        fields = "__all__"\n${more}`;
    const files = {
      'shop/models.py':
        'from django.db import models\nclass Item(models.Model):\n    name = models.TextField()\n    owner = models.TextField()\n',
      'shop/forms.py': `from django import forms\nfrom shop.models import Item\n${form('Part', '        exclude = ["name"]\n')}${form('Whole', '')}`,
    };
    expect(await places(files, 'default')).toEqual(['shop/forms.py:11']);
    expect(await places(files, 'strict')).toEqual(['shop/forms.py:7', 'shop/forms.py:11']);
  });
});

describe('the profile that a rule names', async () => {
  const { rules } = compilePack([await readPackSources(RULES)]);
  const plainest = rules.flatMap(({ source: { description } }) => {
    const family = readdirSync(RULES).find((one) => existsSync(join(RULES, one, description.id, 'rule.json'))) ?? '';
    const fixtures = join(RULES, family, description.id, 'fixtures');
    const name = readdirSync(fixtures).find((one) => /^bad[-_]1/.test(one));
    return name === undefined ? [] : [{ description, fixtures, name }];
  });
  it.each(plainest)('tells the plainest example of $description.id', async ({ description: { id, profile }, fixtures, name }) => {
    const isFile = name.endsWith('.py');
    const root = isFile ? fixtures : join(fixtures, name);
    const found = collect({ root, respectGitignore: false });
    const collected = isFile ? { ...found, files: found.files.filter((file) => file.path === name) } : found;
    const { findings } = await auditFound(collected, root, [id], profile);
    expect(findings.map((finding) => finding.ruleId)).toContain(id);
  });
});
