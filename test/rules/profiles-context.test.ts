import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/source/line-index.ts';
import { auditFiles } from './audit-files.ts';

type Files = Readonly<Record<string, string>>;

async function places(files: Files, rule: string, profile: 'default' | 'strict'): Promise<readonly string[]> {
  const { findings, textOf } = await auditFiles(files, [rule], profile);
  return findings.map(({ primary }) => `${primary.path}:${new LineIndex(textOf(primary.path) ?? '').at(primary.start).line}`);
}

describe('what the profile strict tells for the code around it', () => {
  it('is a server for developers that a condition keeps to development', async () => {
    const run = (name: string) => `import os
from flask import Flask
app = Flask(__name__)
if __name__ == "__main__":
    if os.getenv("ENVIRONMENT") == "${name}":
        app.run(host="0.0.0.0", port=5005)
`;
    const rule = 'flask-dev-server-exposed';
    expect(await places({ 'app.py': run('DEV') }, rule, 'default')).toEqual([]);
    expect(await places({ 'app.py': run('DEV') }, rule, 'strict')).toEqual(['app.py:6']);
    expect(await places({ 'app.py': run('PROD') }, rule, 'default')).toEqual(['app.py:6']);
  });

  it('is PROPAGATE_EXCEPTIONS beside an extension that answers errors', async () => {
    const app = (extension: string) =>
      `from flask import Flask\n${extension}\napp = Flask(__name__)\napp.config["PROPAGATE_EXCEPTIONS"] = True\n`;
    const rule = 'flask-testing-config-in-production';
    expect(await places({ 'app.py': app('from flask_smorest import Api') }, rule, 'default')).toEqual([]);
    expect(await places({ 'app.py': app('from flask_smorest import Api') }, rule, 'strict')).toEqual(['app.py:4']);
    expect(await places({ 'app.py': app('') }, rule, 'default')).toEqual(['app.py:4']);
  });

  it('is a template of a visitor for an engine that the settings put into a sandbox', async () => {
    const files = (environment: string) => ({
      'settings.py': `ROOT_URLCONF = "urls"
TEMPLATES = [{"NAME": "jinja", "BACKEND": "django_jinja.backend.Jinja2", "OPTIONS": {"environment": "${environment}"}}]
`,
      'views.py': `from django.http import JsonResponse
from django.template import engines
def preview(request):
    template = engines["jinja"].from_string(request.POST["text"])
    return JsonResponse({"text": template.render({})})
`,
    });
    const rule = 'server-side-template-injection';
    expect(await places(files('jinja2.sandbox.SandboxedEnvironment'), rule, 'default')).toEqual([]);
    expect(await places(files('jinja2.sandbox.SandboxedEnvironment'), rule, 'strict')).toEqual(['views.py:4']);
    expect(await places(files('shop.jinja2.environment'), rule, 'default')).toEqual(['views.py:4']);
  });

  it('is a command that is put together of what operators set', async () => {
    const run = (command: string) => `import os
from django.conf import settings
def report(name):
    os.system(${command})
`;
    const rule = 'subprocess-shell-dynamic';
    for (const set of ['settings.REPORT_COMMAND + " /tmp"', 'os.environ["REPORT_COMMAND"] + " /tmp"']) {
      expect(await places({ 'report.py': run(set) }, rule, 'default')).toEqual([]);
      expect(await places({ 'report.py': run(set) }, rule, 'strict')).toEqual(['report.py:4']);
    }
    expect(await places({ 'report.py': run('settings.REPORT_COMMAND + " " + name') }, rule, 'default')).toEqual(['report.py:4']);
  });

  it('is an open view that writes nothing', async () => {
    const view = (body: string) => `from django.contrib.auth.models import User
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView


class Phones(APIView):
    permission_classes = [AllowAny]

    def post(self, request):
        ${body}
        return Response({})
`;
    const rule = 'drf-view-open-permissions';
    const asks = view('User.objects.filter(phone=request.data["phone"]).exists()');
    expect(await places({ 'shop/api.py': asks }, rule, 'default')).toEqual([]);
    expect(await places({ 'shop/api.py': asks }, rule, 'strict')).toEqual(['shop/api.py:8']);
    const writes = view('User.objects.create(phone=request.data["phone"])');
    expect(await places({ 'shop/api.py': writes }, rule, 'default')).toEqual(['shop/api.py:8']);
  });

  it('is a password that no validator would check where the settings name none: the settings are told', async () => {
    const view = `from django.contrib.auth.models import User
from django.http import HttpResponse


def make(request):
    User.objects.create_user("ann", password=request.POST["password"])
    return HttpResponse()
`;
    const settings = (validators: string) => `SECRET_KEY = open("/etc/key").read()
DEBUG = False
ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.auth", "shop"]
${validators}
`;
    const none = { 'shop/views.py': view, 'shop/settings.py': settings('') };
    const some = {
      'shop/views.py': view,
      'shop/settings.py': settings(
        'AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]',
      ),
    };
    const rule = 'django-password-set-without-validation';
    expect(await places(none, rule, 'default')).toEqual([]);
    expect(await places(none, rule, 'strict')).toEqual(['shop/views.py:6']);
    expect(await places(some, rule, 'default')).toEqual(['shop/views.py:6']);
    expect(await places({ 'shop/views.py': view }, rule, 'default')).toEqual(['shop/views.py:6']);
    expect(await places(none, 'django-password-validators-missing', 'default')).toHaveLength(1);
    expect(await places(some, 'django-password-validators-missing', 'default')).toEqual([]);
  });

  it('is each further application without migrations', async () => {
    const models = 'from django.db import models\n\n\nclass Row(models.Model):\n    title = models.CharField(max_length=9)\n';
    const files = {
      'shop/settings.py':
        'SECRET_KEY = open("/etc/key").read()\nDEBUG = False\nROOT_URLCONF = "shop.urls"\nINSTALLED_APPS = ["orders", "stock"]\n',
      'orders/__init__.py': '',
      'orders/models.py': models,
      'stock/__init__.py': '',
      'stock/models.py': models,
    };
    expect(await places(files, 'django-app-missing-migrations', 'default')).toEqual(['orders/models.py:1']);
    expect(await places(files, 'django-app-missing-migrations', 'strict')).toEqual(['orders/models.py:1', 'stock/models.py:1']);
  });

  it('is yaml.load() with a FullLoader that makes no objects of the sender’s choice', async () => {
    const load = (loader: string) => `import yaml\n\n\ndef read(file):\n    return yaml.load(file, Loader=yaml.${loader})\n`;
    const rule = 'unsafe-serializer-configured';
    expect(await places({ 'shop/read.py': load('FullLoader') }, rule, 'default')).toEqual([]);
    expect(await places({ 'shop/read.py': load('FullLoader') }, rule, 'strict')).toEqual(['shop/read.py:5']);
    expect(await places({ 'shop/read.py': load('Loader') }, rule, 'default')).toEqual(['shop/read.py:5']);
    const old = { 'shop/read.py': load('FullLoader'), 'requirements.txt': 'PyYAML==5.1\n' };
    expect(await places(old, rule, 'default')).toEqual(['shop/read.py:5']);
  });

  it('is a shell that runs when a program starts', async () => {
    const start = 'import os\n\nname = os.environ["NAME"]\nos.system("useradd %s" % name)\n';
    const later = 'import os\n\n\ndef add(name):\n    os.system("useradd %s" % name)\n';
    const rule = 'subprocess-shell-dynamic';
    expect(await places({ 'core/start.py': start }, rule, 'default')).toEqual([]);
    expect(await places({ 'core/start.py': start }, rule, 'strict')).toEqual(['core/start.py:4']);
    expect(await places({ 'core/start.py': later }, rule, 'default')).toEqual(['core/start.py:5']);
  });

  it('is a hash of what only has a key of its own', async () => {
    const hashing = (name: string) =>
      `from hashlib import md5\n\n\ndef number(course):\n    return md5(f"{course.uuid} {course.${name}}".encode()).hexdigest()\n`;
    expect(await places({ 'shop/number.py': hashing('key') }, 'weak-hash', 'default')).toEqual([]);
    expect(await places({ 'shop/number.py': hashing('api_key') }, 'weak-hash', 'default')).toEqual(['shop/number.py:5']);
  });

  it('is the debugger of a file that is for development by its name', async () => {
    const run = 'from flask import Flask\n\napp = Flask(__name__)\napp.run(debug=True)\n';
    const rule = 'flask-debug-enabled';
    expect(await places({ 'run_dev.py': run }, rule, 'default')).toEqual([]);
    expect(await places({ 'run_dev.py': run }, rule, 'strict')).toEqual(['run_dev.py:4']);
    expect(await places({ 'run_devices.py': run }, rule, 'default')).toEqual(['run_devices.py:4']);
    const set = 'import os\n\nfrom flask import Flask\n\nos.environ.setdefault("FLASK_DEBUG", "1")\napp = Flask(__name__)\n';
    expect(await places({ 'devserver.py': set }, rule, 'default')).toEqual([]);
    expect(await places({ 'devserver.py': set }, rule, 'strict')).toEqual(['devserver.py:5']);
    expect(await places({ 'server.py': set }, rule, 'default')).toEqual(['server.py:5']);
  });

  it('is a password in the example of a request', async () => {
    const told = (key: string) => `def describe():\n    return {"${key}": {"user": "ann", "password": "blueSparrow12"}}\n`;
    const rule = 'hardcoded-credential';
    expect(await places({ 'shop/api.py': told('example_request') }, rule, 'default')).toEqual([]);
    expect(await places({ 'shop/api.py': told('example_request') }, rule, 'strict')).toEqual(['shop/api.py:2']);
    expect(await places({ 'shop/api.py': told('account') }, rule, 'default')).toEqual(['shop/api.py:2']);
  });

  it('is a token of PyJWT 1 whose algorithm is left open, where a secret is shared', async () => {
    const read = (key: string) => `import jwt\n\n\ndef read(token, ${key}):\n    return jwt.decode(token, ${key})\n`;
    const files = (key: string) => ({ 'shop/tokens.py': read(key), 'requirements.txt': 'PyJWT==1.7.1\n' });
    const rule = 'jwt-verification-disabled';
    expect(await places(files('secret_key'), rule, 'default')).toEqual([]);
    expect(await places(files('secret_key'), rule, 'strict')).toEqual(['shop/tokens.py:5']);
    expect(await places(files('public_key'), rule, 'default')).toEqual(['shop/tokens.py:5']);
  });
});

describe('rules about both frameworks', () => {
  it('are asked in a project of Flask alone: money in a column of floats', async () => {
    const text = `from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Order(db.Model):
    price = db.Column(db.Float)
    weight = db.Column(db.Float)
`;
    const { findings } = await auditFiles({ 'app.py': text }, ['django-money-in-float'], 'default');
    expect(findings).toHaveLength(1);
  });
});
