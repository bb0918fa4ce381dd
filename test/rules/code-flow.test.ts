import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { auditFiles, RULES } from './audit-files.ts';

async function findings(files: Readonly<Record<string, string>>, rule: string): Promise<readonly Finding[]> {
  return (await auditFiles(files, [rule], 'default')).findings;
}

const VIEWS = `from flask import Flask, request
from store import remove
app = Flask(__name__)

@app.get("/remove")
def view():
    name = request.args["name"].strip()
    remove(name)
    return "done"
`;
const STORE = `import os

def remove(name):
    path = os.path.join("/srv/files", name)
    if os.path.exists(path):
        os.chmod(path, 0o600)
        os.remove(path)
`;

describe('the code flow of a finding', () => {
  it('goes from the source through the calls to the sink', async () => {
    const [finding] = await findings({ 'views.py': VIEWS, 'store.py': STORE }, 'path-traversal');
    expect(finding?.codeFlow.map((step) => `${step.location.path} ${step.message}`)).toEqual([
      'views.py request.args["name"] comes from the request',
      'views.py passes through strip()',
      'views.py goes into remove()',
      'store.py becomes part of a string',
      'store.py reaches os.chmod()',
    ]);
  });

  it('is told once for one value in one function, the other sinks beside it', async () => {
    const all = await findings({ 'views.py': VIEWS, 'store.py': STORE }, 'path-traversal');
    expect(all).toHaveLength(1);
    expect(all[0]?.related.map((place) => place.message)).toEqual(['it also reaches os.remove()']);
  });

  it('names beside it what else the template prints unprotected', async () => {
    const app = `from flask import Flask, render_template, request
app = Flask(__name__)
@app.get("/")
def page():
    return render_template("page.html", a=request.args["a"], b=request.args["b"], c=request.args["c"])
`;
    const page = '<p>{{ a|safe }}</p>\n<p>{{ b|safe }} {{ b|safe }}</p>\n<p>{{ c }}</p>\n';
    const all = await findings({ 'app.py': app, 'templates/page.html': page }, 'template-context-xss');
    expect(all).toHaveLength(1);
    expect(all[0]?.related.map(({ location, message }) => `${location.path} ${message}`)).toEqual([
      'templates/page.html is printed unescaped, too',
      'templates/page.html is printed unescaped, too',
    ]);
  });

  it('is told for each sink where the source is in the same function', async () => {
    const app = `import os
from flask import Flask, request
app = Flask(__name__)
@app.get("/remove")
def view():
    name = request.args["name"]
    os.chmod("/srv/" + name, 0o600)
    os.remove("/srv/" + name)
    return "done"
`;
    expect(await findings({ 'app.py': app }, 'path-traversal')).toHaveLength(2);
  });

  it('goes into the `__setitem__` of an instance where the entry is set, not where the instance was made', async () => {
    const files = {
      'store.py': 'class Store:\n    def __setitem__(self, name, text):\n        open("/srv/" + name, "w").write(text)\n',
      'shared.py': `# ${'-'.repeat(400)}\nfrom store import Store\nstore = Store()\n`,
      'views.py': `from flask import Flask, request
from shared import store
app = Flask(__name__)

@app.post("/save")
def save():
    store[request.form["name"]] = "x"
    return "done"
`,
    };
    const [finding] = await findings(files, 'path-traversal');
    const step = finding?.codeFlow.find(({ message }) => message === 'goes into __setitem__()');
    expect(step?.location.path).toBe('views.py');
    expect(files['views.py'].slice(step?.location.start, step?.location.end)).toBe('store[request.form["name"]]');
  });

  it('stays in the program where a template is put together from its texts', async () => {
    const app = `from flask import Flask, render_template_string, request
from texts import TABLE
app = Flask(__name__)
HEAD = "<html><body>"
TAIL = "</body></html>"

@app.get("/")
def index():
    name = request.args["name"]
    return render_template_string(HEAD + "<p>{% set loud = name|trim %}{{ loud|safe }}</p>" + TAIL, name=name)

@app.get("/table")
def table():
    name = request.args["name"]
    return render_template_string(HEAD + TABLE + TAIL, name=name)
`;
    const texts = 'TABLE = "<table>{{ name|upper|safe }}</table>"\n';
    const all = await findings({ 'app.py': app, 'texts.py': texts }, 'template-context-xss');
    const written = all.map(({ codeFlow }) =>
      codeFlow.map(({ location, message }) => `${message}: ${app.slice(location.start, location.end).replace(/\(HEAD.*/, '(…')}`),
    );
    expect(written).toEqual([
      [
        'request.args["name"] comes from the request: request.args["name"]',
        'passes through trim(): name|trim',
        'passes through safe(): loud|safe',
        'reaches render_template_string(): render_template_string(…',
        'is printed unescaped: loud|safe',
      ],
      [
        'request.args["name"] comes from the request: request.args["name"]',
        'passes through upper(): render_template_string(…',
        'passes through safe(): render_template_string(…',
        'reaches render_template_string(): render_template_string(…',
        'is printed unescaped: render_template_string(…',
      ],
    ]);
    expect(all[1]?.message).toContain('line 15 prints `name|upper|safe` unescaped');
  });

  it('is left out of the default profile where validators of the project looked at the value', async () => {
    const folder = join(RULES, 'taint/path-traversal/fixtures/form_validators/shop/');
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    const found = await findings({ 'forms.py': read('forms.py'), 'views.py': read('views.py') }, 'path-traversal');
    expect(found.map((finding) => finding.confidence)).toEqual(['high']);
    expect(found[0]?.message).toContain('form.cleaned_data["label"]');
  });
});
