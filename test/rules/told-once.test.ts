import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/source/line-index.ts';
import { auditFiles } from './audit-files.ts';

const TOLD_ONCE = [
  'flask-removed-api',
  'flask-state-change-on-get',
  'markup-safe-on-dynamic-value',
  'outbound-request-without-timeout',
  'server-side-template-injection',
];

async function told(files: Readonly<Record<string, string>>, profile: 'default' | 'strict'): Promise<readonly string[]> {
  const { findings, textOf } = await auditFiles(files, TOLD_ONCE, profile);
  return findings.map(({ primary }) => `${primary.path}:${new LineIndex(textOf(primary.path) ?? '').at(primary.start).line}`);
}

describe('what has one cause', () => {
  it('is an old way to import, in the whole project', async () => {
    const files = {
      'a.py': 'from flask.ext.mail import Mail\nfrom flask.ext.login import login_user\n',
      'b.py': 'from flask.ext.wtf import Form\n',
    };
    expect(await told(files, 'default')).toEqual(['a.py:1']);
    expect(await told(files, 'strict')).toEqual(['a.py:1', 'a.py:2', 'b.py:1']);
  });

  it('is requests of one module', async () => {
    const files = {
      'views.py': `import requests
from flask import Flask
app = Flask(__name__)
@app.get("/a")
def a():
    requests.get("https://example.org/1")
    return requests.get("https://example.org/2").text
@app.get("/b")
def b():
    return requests.get("https://example.org/3").text
`,
    };
    expect(await told(files, 'default')).toEqual(['views.py:6']);
    expect(await told(files, 'strict')).toEqual(['views.py:6', 'views.py:7', 'views.py:10']);
  });

  it('is one text of which several branches make a template', async () => {
    const files = {
      'views.py': `from flask import Flask, request
from jinja2 import Template
app = Flask(__name__)
@app.post("/mail")
def mail():
    body = request.form["body"]
    if request.form.get("html"):
        return {"mail": Template(body).render(kind="html")}
    return {"mail": Template(body).render(kind="text"), "subject": Template(request.form["subject"]).render()}
`,
    };
    expect(await told(files, 'default')).toEqual(['views.py:8', 'views.py:9']);
    expect(await told(files, 'strict')).toEqual(['views.py:8', 'views.py:9', 'views.py:9']);
  });

  it('is markup of one function; what a field is named is up to the program', async () => {
    const files = {
      'fields.py': `from markupsafe import Markup, escape
class TextField:
    def __init__(self, name, value):
        self.name = name
        self.value = value
    def __call__(self):
        return Markup(f'<input name="{self.name}" value="{escape(self.value)}">')
    def plain(self):
        return Markup(f'<p>{self.value}</p>')
class Card:
    def __init__(self, title):
        self.title = title
    def show(self, wide):
        if wide:
            return Markup(f"<h1>{self.title}</h1>")
        return Markup(f"<h2>{self.title}</h2>")
`,
    };
    expect(await told(files, 'default')).toEqual(['fields.py:9', 'fields.py:15']);
    expect(await told(files, 'strict')).toEqual(['fields.py:7', 'fields.py:9', 'fields.py:15', 'fields.py:16']);
  });
});

describe('what is put together at one place', () => {
  it('is told at the first place that it reaches', async () => {
    const text = `import os
from flask import Flask, request
app = Flask(__name__)

def path_of(name):
    return os.path.join("/srv/files", name)

def store(path, content):
    with open(path, "wb") as file:
        file.write(content)

@app.post("/files")
def upload():
    name = request.form["name"]
    store(path_of(name), request.data)
    if not request.data:
        os.remove(path_of(name))
    os.makedirs(f"/srv/folders/{name}")
    return "ok"
`;
    const { findings } = await auditFiles({ 'app.py': text }, ['path-traversal'], 'default');
    const lines = findings.map(({ primary }) => new LineIndex(text).at(primary.start).line);
    expect(lines).toEqual([9, 18]);
    expect(findings[0]?.related.map(({ message }) => message)).toEqual(['it also reaches os.remove()']);
  });
});

describe('what a request that reads runs', () => {
  it('is no setter where a property is read', async () => {
    const files = {
      'app.py': `from flask import Flask, redirect, request
from flask_sqlalchemy import SQLAlchemy
app = Flask(__name__)
db = SQLAlchemy(app)
class Grant(db.Model):
    group_id = db.Column(db.Integer, primary_key=True)
class Group(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    @property
    def grants(self):
        return Grant.query.filter_by(group_id=self.id).all()
    @grants.setter
    def grants(self, names):
        Grant.query.filter_by(group_id=self.id).delete()
@app.route("/group/<int:id>", methods=["GET", "POST"])
def group(id):
    found = Group.query.get_or_404(id)
    if request.method == "POST":
        found.grants = []
    return str(found.grants)
`,
    };
    expect(await told(files, 'default')).toEqual([]);
  });
});
