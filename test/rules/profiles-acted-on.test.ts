import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/source/line-index.ts';
import { auditFiles } from './audit-files.ts';

/** Lines of findings of these rules, by profile: `path:line`. */
async function told(files: Readonly<Record<string, string>>, rule: string, profile: 'default' | 'strict'): Promise<readonly string[]> {
  const { findings, textOf } = await auditFiles(files, [rule], profile);
  return findings.map(({ primary }) => `${primary.path}:${new LineIndex(textOf(primary.path) ?? '').at(primary.start).line}`);
}

describe('what the default profile leaves to those who ask for more', () => {
  it('is a view by GET that shows something after it wrote', async () => {
    const view = (name: string, answer: string): string =>
      `\n\ndef ${name}(request, pk):\n    exam = get_object_or_404(Exam, pk=pk)\n    exam.done = True\n    exam.save()\n    return ${answer}\n`;
    const files = {
      'manage.py': '',
      'exams/models.py': 'from django.db import models\n\n\nclass Exam(models.Model):\n    done = models.BooleanField(default=False)\n',
      'exams/urls.py':
        'from django.urls import path\nfrom exams import views\n\nurlpatterns = [path("a/<pk>", views.exams), path("b/<pk>", views.approve), path("c/<pk>", views.go)]\n',
      'exams/views.py': `from django.shortcuts import get_object_or_404, redirect, render\nfrom exams.models import Exam${view('exams', 'render(request, "exams.html")')}${view('approve', 'render(request, "exams.html")')}${view('go', 'redirect("home")')}`,
    };
    expect(await told(files, 'django-state-change-on-get', 'default')).toEqual(['exams/views.py:14', 'exams/views.py:21']);
    expect(await told(files, 'django-state-change-on-get', 'strict')).toEqual([
      'exams/views.py:7',
      'exams/views.py:14',
      'exams/views.py:21',
    ]);
  });

  it('is an application in what was set aside, or among scripts, beside another one', async () => {
    const rule = 'flask-debug-enabled';
    const app =
      'from flask import Flask\nfrom werkzeug.debug import DebuggedApplication\napp = Flask(__name__)\nsite = DebuggedApplication(app, True)\n';
    const files = {
      'shop.py': 'from flask import Flask\n\nshop = Flask(__name__)\n',
      'old/app.py': app,
      'app_old.py': app,
      'scripts/try.py': app,
    };
    expect(await told(files, rule, 'default')).toEqual([]);
    expect(await told(files, rule, 'strict')).toEqual(['app_old.py:4', 'old/app.py:4', 'scripts/try.py:4']);
    expect(await told({ 'old/app.py': app, 'scripts/try.py': app }, rule, 'default')).toEqual(['old/app.py:4', 'scripts/try.py:4']);
  });

  it('is a fallback for the password of a database next door', async () => {
    const settings = (host: string): string => `import os
DEBUG = False
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["shop"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "PASSWORD": os.getenv("DB_PASSWORD", "seashell42"),
        "HOST": os.getenv("DB_HOST", "${host}"),
    }
}
`;
    const rule = 'django-settings-credentials-hardcoded';
    expect(await told({ 'shop/settings.py': settings('localhost') }, rule, 'default')).toEqual([]);
    expect(await told({ 'shop/settings.py': settings('localhost') }, rule, 'strict')).toEqual(['shop/settings.py:8']);
    expect(await told({ 'shop/settings.py': settings('db.example.org') }, rule, 'default')).toEqual(['shop/settings.py:8']);
  });

  it('is a view exempt from CSRF checks that only names the session', async () => {
    const view = (name: string, who: string): string =>
      `\n\n@csrf_exempt\ndef ${name}(request):\n    Song.objects.create(by=request.${who})\n    return HttpResponse("ok")\n`;
    const files = {
      'music/models.py': 'from django.db import models\n\n\nclass Song(models.Model):\n    by = models.TextField()\n',
      'music/views.py': `from django.http import HttpResponse\nfrom django.views.decorators.csrf import csrf_exempt\nfrom music.models import Song${view('ask', 'session.session_key')}${view('own', 'user')}`,
    };
    expect(await told(files, 'django-csrf-exempt-view', 'default')).toEqual(['music/views.py:11']);
    expect(await told(files, 'django-csrf-exempt-view', 'strict')).toEqual(['music/views.py:5', 'music/views.py:11']);
  });

  it('is the second secret of a function with random values', async () => {
    const files = {
      'mail.py': `import random


def text():
    return "".join(random.choices("abcdef", k=20))


def confirm(user):
    user.confirmation_key = text()
    user.reset_key = text()


def reset(user):
    user.reset_key = text()


def invite(user):
    user.invite_code = random.randint(0, 9)
    user.access_key = random.randint(0, 9)
`,
    };
    expect(await told(files, 'insecure-random-for-secret', 'default')).toEqual(['mail.py:9', 'mail.py:18']);
    expect(await told(files, 'insecure-random-for-secret', 'strict')).toEqual([
      'mail.py:9',
      'mail.py:10',
      'mail.py:14',
      'mail.py:18',
      'mail.py:19',
    ]);
  });

  it('is a form for a model without fields that matter', async () => {
    const form = (model: string): string =>
      `\n\nclass ${model}Form(forms.ModelForm):\n    class Meta:\n        model = ${model}\n        exclude = []\n`;
    const files = {
      'shop/models.py':
        'from django.db import models\n\n\nclass Table(models.Model):\n    name = models.TextField()\n\n\nclass Note(models.Model):\n    owner = models.TextField()\n',
      'shop/forms.py': `from django import forms\nfrom shop.models import Note, Table\nfrom shop.other import Unknown${['Table', 'Note', 'Unknown'].map(form).join('')}`,
      // A form set is about the model that belongs to the other one.
      'shop/sets.py':
        'from django import forms\nfrom shop.models import Note, Table\n\nTables = forms.inlineformset_factory(Note, Table, fields="__all__")\nNotes = forms.inlineformset_factory(Table, Note, fields="__all__")\n',
    };
    expect(await told(files, 'django-modelform-exposes-all-fields', 'default')).toEqual([
      'shop/forms.py:14',
      'shop/forms.py:20',
      'shop/sets.py:5',
    ]);
    expect(await told(files, 'django-modelform-exposes-all-fields', 'strict')).toEqual([
      'shop/forms.py:8',
      'shop/forms.py:14',
      'shop/forms.py:20',
      'shop/sets.py:4',
      'shop/sets.py:5',
    ]);
  });

  it('is a secret that is printed for developers, and the name of an owner', async () => {
    const files = {
      'shop/models.py':
        'from django.db import models\n\nclass House(models.Model):\n    owner = models.TextField()\n\nclass Flat(models.Model):\n    owner = models.ForeignKey("auth.User", on_delete=models.CASCADE)\n',
      'shop/serializers.py': `from rest_framework import serializers
from shop.models import Flat, House
class HouseSerializer(serializers.ModelSerializer):
    class Meta:
        model = House
        fields = "__all__"
class FlatSerializer(serializers.ModelSerializer):
    class Meta:
        model = Flat
        fields = "__all__"
`,
      'shop/otp.py': `from django.conf import settings
def send(otp, sms):
    if settings.USE_SMS:
        sms.send(otp)
        print(otp)
    elif settings.DEBUG:
        print(otp)
`,
    };
    expect(await told(files, 'drf-serializer-exposes-fields', 'default')).toEqual(['shop/serializers.py:10']);
    expect(await told(files, 'sensitive-data-in-log', 'default')).toEqual(['shop/otp.py:5']);
    expect(await told(files, 'sensitive-data-in-log', 'strict')).toEqual(['shop/otp.py:5', 'shop/otp.py:7']);
  });

  it('is a hash of what is sent to the service that prescribes it', async () => {
    const sign = (name: string, more: string): string =>
      `\n\ndef ${name}(data, api_secret):\n    signature = hashlib.md5(data + api_secret).hexdigest()\n    ${more}\n`;
    const text = `import hashlib\n\nimport requests${sign('sign', 'return signature')}${sign('sign_and_send', 'return requests.post("https://pay.example.org", data={"s": signature}, timeout=5)')}`;
    expect(await told({ 'pay.py': text }, 'weak-hash', 'default')).toEqual(['pay.py:6']);
    expect(await told({ 'pay.py': text }, 'weak-hash', 'strict')).toEqual(['pay.py:6', 'pay.py:11']);
  });

  it('is an exempt view that does nothing but by GET', async () => {
    const view = (name: string, body: string): string => `\n\n@csrf_exempt\ndef ${name}(request):\n${body}    return HttpResponse("no")\n`;
    const get = '    if request.method == "GET":\n        Visit.objects.create(by=request.user)\n';
    const post = '    if request.method == "POST":\n        Visit.objects.create(by=request.user)\n';
    const files = {
      'shop/models.py': 'from django.db import models\n\n\nclass Visit(models.Model):\n    by = models.TextField()\n',
      'shop/views.py': `from django.http import HttpResponse\nfrom django.views.decorators.csrf import csrf_exempt\nfrom shop.models import Visit${view('one', get)}${view('two', get + post)}${view('three', post)}`,
    };
    expect(await told(files, 'django-csrf-exempt-view', 'default')).toEqual(['shop/views.py:12', 'shop/views.py:21']);
    expect(await told(files, 'django-csrf-exempt-view', 'strict')).toEqual(['shop/views.py:5', 'shop/views.py:12', 'shop/views.py:21']);
  });

  it('is CORS that lets other sites read alone, and a header that the proxy of a platform sets', async () => {
    const settings = (more: string): string => `DEBUG = False\nROOT_URLCONF = "shop.urls"\nINSTALLED_APPS = ["corsheaders"]\n${more}`;
    const cors = (methods: string) => ({
      'shop/settings.py': settings(`CORS_ALLOW_ALL_ORIGINS = True\nCORS_ALLOW_METHODS = [${methods}]\n`),
    });
    expect(await told(cors('"GET", "OPTIONS"'), 'django-cors-allow-all', 'default')).toEqual([]);
    expect(await told(cors('"GET", "OPTIONS"'), 'django-cors-allow-all', 'strict')).toEqual(['shop/settings.py:4']);
    expect(await told(cors('"GET", "POST"'), 'django-cors-allow-all', 'default')).toEqual(['shop/settings.py:4']);
    const proxied = (name: string) => ({
      [`shop/settings/${name}.py`]: settings('SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n'),
      'deploy/nginx.conf': 'server { listen 80; location / { proxy_pass http://127.0.0.1:8000; } }\n',
    });
    expect(await told(proxied('render'), 'django-proxy-ssl-header-misconfigured', 'default')).toEqual([]);
    expect(await told(proxied('render'), 'django-proxy-ssl-header-misconfigured', 'strict')).toEqual(['shop/settings/render.py:4']);
    expect(await told(proxied('production'), 'django-proxy-ssl-header-misconfigured', 'default')).toEqual([
      'shop/settings/production.py:4',
    ]);
  });

  it('is the second request of a function without a check of certificates', async () => {
    const text =
      'import requests\n\n\ndef load(url):\n    first = requests.get(url, verify=False, timeout=5)\n    return first, requests.get(url, verify=False, timeout=5)\n';
    expect(await told({ 'load.py': text }, 'tls-verification-disabled', 'default')).toEqual(['load.py:5']);
    expect(await told({ 'load.py': text }, 'tls-verification-disabled', 'strict')).toEqual(['load.py:5', 'load.py:6']);
  });

  it('is the debug toolbar where production runs without DEBUG', async () => {
    const urls =
      'import debug_toolbar\nfrom django.urls import include, path\n\nurlpatterns = [path("__debug__/", include(debug_toolbar.urls))]\n';
    const files = (debug: string) => ({
      'shop/settings.py': `DEBUG = ${debug}\nROOT_URLCONF = "shop.urls"\nINSTALLED_APPS = ["debug_toolbar"]\n`,
      'shop/urls.py': urls,
    });
    expect(await told(files('False'), 'django-debug-urls-unguarded', 'default')).toEqual([]);
    expect(await told(files('False'), 'django-debug-urls-unguarded', 'strict')).toEqual(['shop/urls.py:4']);
    expect(await told(files('True'), 'django-debug-urls-unguarded', 'default')).toEqual(['shop/urls.py:4']);
  });

  it('is a shell of a program of its own, which nothing of the application is in', async () => {
    const tool = (first: string): string =>
      `${first}import os\n\n\ndef run(command):\n    os.system(f"docker {command}")\n\n\nif __name__ == "__main__":\n    run(input())\n`;
    const rule = 'subprocess-shell-dynamic';
    const app = { 'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n' };
    expect(await told({ ...app, 'toolbox.py': tool('') }, rule, 'default')).toEqual([]);
    expect(await told({ ...app, 'toolbox.py': tool('') }, rule, 'strict')).toEqual(['toolbox.py:5']);
    expect(await told({ ...app, 'toolbox.py': tool('import app\n') }, rule, 'default')).toEqual(['toolbox.py:6']);
    expect(await told({ ...app, 'toolbox.py': tool('import django.conf\n') }, rule, 'default')).toEqual(['toolbox.py:6']);
  });

  it('is an assert that a key was sent', async () => {
    const view = (name: string, check: string): string =>
      `\n\n\ndef ${name}(request):\n    assert ${check}\n    return HttpResponse(request.GET["id"])`;
    const files = {
      'shop/urls.py':
        'from django.urls import path\nfrom shop import views\n\nurlpatterns = [path("a", views.one), path("b", views.two)]\n',
      'shop/views.py': `from django.http import HttpResponse${view('one', '"id" in request.GET')}${view('two', 'request.GET["kind"] == "open"')}\n`,
    };
    expect(await told(files, 'assert-used-for-access-control', 'default')).toEqual(['shop/views.py:10']);
    expect(await told(files, 'assert-used-for-access-control', 'strict')).toEqual(['shop/views.py:5', 'shop/views.py:10']);
  });

  it('is a placeholder of a key beside a file that is not there', async () => {
    const key = (text: string) => ({
      'shop/defaults.py': `SECRET_KEY = "${text}"\n`,
      'shop/app.py':
        'from flask import Flask\n\napp = Flask(__name__)\napp.config.from_object("shop.defaults")\napp.config.from_envvar("SHOP_CONFIG")\n',
    });
    const rule = 'flask-secret-key-hardcoded';
    expect(await told(key('<insert here your own key>'), rule, 'default')).toEqual([]);
    expect(await told(key('<insert here your own key>'), rule, 'strict')).toEqual(['shop/defaults.py:1']);
    expect(await told(key('tide-4711-pelican'), rule, 'default')).toEqual(['shop/defaults.py:1']);
  });

  it('is a made-up name of a temporary file that is opened only where none is', async () => {
    const save = (name: string, flags: string): string =>
      `\n\n\ndef ${name}(data):\n    path = tempfile.mktemp()\n    handle = os.open(path, ${flags})\n    os.write(handle, data)`;
    const text = `import os\nimport tempfile${save('one', 'os.O_WRONLY | os.O_CREAT | os.O_EXCL')}${save('two', 'os.O_WRONLY | os.O_CREAT')}\n`;
    expect(await told({ 'save.py': text }, 'insecure-temporary-file', 'default')).toEqual(['save.py:12']);
    expect(await told({ 'save.py': text }, 'insecure-temporary-file', 'strict')).toEqual(['save.py:6', 'save.py:12']);
  });

  it('is a salt, a server for development and a shell behind a command that people type', async () => {
    const made = (name: string): string => `${name} = "".join(random.choices("abcdef", k=6))\n`;
    expect(
      await told({ 'made.py': `import random\n${made('salt')}${made('salt_secret')}` }, 'insecure-random-for-secret', 'default'),
    ).toEqual(['made.py:3']);
    const serve = (name: string): string => `\n\ndef ${name}(host):\n    app.run(host=host, debug=True)\n`;
    const app = `from flask import Flask\n\napp = Flask(__name__)\n${serve('dev')}${serve('start')}`;
    expect(await told({ 'app.py': app }, 'flask-debug-enabled', 'default')).toEqual(['app.py:11']);
    const start = (decorator: string, name: string): string =>
      `\n\n${decorator}def ${name}(port):\n    os.system(f"gunicorn app:app -b :{port}")\n`;
    const commands = `import os\n\nimport click\nfrom flask import Flask\n${start('@click.command()\n', 'one')}${start('', 'two')}`;
    expect(await told({ 'commands.py': commands }, 'subprocess-shell-dynamic', 'default')).toEqual(['commands.py:13']);
    expect(await told({ 'commands.py': commands }, 'subprocess-shell-dynamic', 'strict')).toEqual(['commands.py:9', 'commands.py:13']);
  });

  it('is SQL that a command puts together of what people type', async () => {
    const command = (decorator: string): string =>
      `import sqlite3\n\nimport click\n\n\n${decorator}def remove(name):\n    sqlite3.connect("shop.db").execute(f"DELETE FROM item WHERE name = '{name}'")\n`;
    const rule = 'sql-string-interpolation';
    expect(await told({ 'shop.py': command('@click.command()\n') }, rule, 'default')).toEqual([]);
    expect(await told({ 'cli.py': command('') }, rule, 'default')).toEqual([]);
    expect(await told({ 'shop.py': command('') }, rule, 'default')).toEqual(['shop.py:7']);
    expect(await told({ 'shop.py': command('@click.command()\n'), 'cli.py': command('') }, rule, 'strict')).toEqual([
      'cli.py:7',
      'shop.py:8',
    ]);
  });

  it('is a hash by which a service knows an address of mail', async () => {
    const view = (name: string): string =>
      `import hashlib\n\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.post("/")\ndef subscribe():\n    digest = hashlib.md5()\n    digest.update(str(request.form["${name}"]).encode())\n    return digest.hexdigest()\n`;
    expect(await told({ 'app.py': view('email') }, 'weak-hash', 'default')).toEqual([]);
    expect(await told({ 'app.py': view('email') }, 'weak-hash', 'strict')).toEqual(['app.py:10']);
    expect(await told({ 'app.py': view('answer') }, 'weak-hash', 'default')).toEqual(['app.py:10']);
  });

  it('is an environment of Jinja whose templates the project reads as data', async () => {
    const rule = 'jinja-autoescape-disabled';
    const environment =
      'from jinja2 import Environment, FileSystemLoader\n\n\ndef devices():\n    return Environment(loader=FileSystemLoader("devices"), autoescape=False)\n';
    const reader =
      'from yaml import safe_load\nfrom environment import devices\n\n\ndef device(name):\n    return safe_load(devices().get_template(name).render())\n';
    expect(await told({ 'environment.py': environment, 'reader.py': reader }, rule, 'default')).toEqual([]);
    expect(await told({ 'environment.py': environment, 'reader.py': reader }, rule, 'strict')).toEqual(['environment.py:5']);
    expect(await told({ 'environment.py': environment }, rule, 'default')).toEqual(['environment.py:5']);
  });
});
