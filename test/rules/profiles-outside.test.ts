import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../src/source/line-index.ts';
import { auditFiles } from './audit-files.ts';

type Files = Readonly<Record<string, string>>;

async function places(files: Files, rule: string, profile: 'default' | 'strict'): Promise<readonly string[]> {
  const { findings, textOf } = await auditFiles(files, [rule], profile);
  return findings.map(({ primary }) => `${primary.path}:${new LineIndex(textOf(primary.path) ?? '').at(primary.start).line}`);
}

const SETTINGS = 'SECRET_KEY = open("/etc/key").read()\nDEBUG = False\nROOT_URLCONF = "shop.urls"\n';

describe('what the profile strict tells where something else decides', () => {
  it('is a redirect to HTTPS that is left out where there are sessions', async () => {
    const files = (apps: string) => ({ 'shop/settings.py': `${SETTINGS}INSTALLED_APPS = [${apps}]\n` });
    const rule = 'django-ssl-redirect-off';
    expect(await places(files('"shop"'), rule, 'default')).toEqual(['shop/settings.py:2']);
    expect(await places(files('"shop", "django.contrib.sessions"'), rule, 'default')).toEqual([]);
    expect(await places(files('"shop", "django.contrib.sessions"'), rule, 'strict')).toEqual(['shop/settings.py:2']);
    expect(await places(files('"shop", "django.contrib.sessions"'), 'django-session-cookie-secure-missing', 'default')).toHaveLength(1);
    const off = { 'shop/settings.py': `${SETTINGS}INSTALLED_APPS = ["django.contrib.sessions"]\nSECURE_SSL_REDIRECT = False\n` };
    expect(await places(off, rule, 'default')).toEqual(['shop/settings.py:5']);
  });

  it('is a header for HTTPS that is left out where others speak TLS', async () => {
    const files = (more: string) => ({ 'shop/settings.py': `${SETTINGS}INSTALLED_APPS = ["shop"]\n${more}\n` });
    const rule = 'django-hsts-missing';
    expect(await places(files('SESSION_COOKIE_SECURE = True'), rule, 'default')).toEqual([]);
    expect(await places(files('SESSION_COOKIE_SECURE = True'), rule, 'strict')).toEqual(['shop/settings.py:2']);
    expect(await places(files('SECURE_SSL_REDIRECT = True'), rule, 'default')).toEqual(['shop/settings.py:2']);
  });

  it('is a check of certificates that an option switches off', async () => {
    const set = (condition: string) =>
      `import ldap\n\n\ndef connect(options):\n    if ${condition}:\n        ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_NEVER)\n`;
    const rule = 'tls-verification-disabled';
    expect(await places({ 'shop/ldap_login.py': set('options.ignore_cert_errors') }, rule, 'default')).toEqual([]);
    expect(await places({ 'shop/ldap_login.py': set('options.ignore_cert_errors') }, rule, 'strict')).toEqual(['shop/ldap_login.py:6']);
    expect(await places({ 'shop/ldap_login.py': set('options.server') }, rule, 'default')).toEqual(['shop/ldap_login.py:6']);
  });

  it('is a file of a known name in a folder that the environment names', async () => {
    const keep = (folder: string) => `import os
import tempfile

FOLDER = ${folder}


def keep(name, data):
    with open(os.path.join(FOLDER, f"cache-{name}"), "wb") as file:
        file.write(data)
`;
    const rule = 'insecure-temporary-file';
    const named = keep('os.getenv("TMP_DIR", os.path.join(tempfile.gettempdir(), "shop"))');
    expect(await places({ 'shop/store.py': named }, rule, 'default')).toEqual([]);
    expect(await places({ 'shop/store.py': named }, rule, 'strict')).toEqual(['shop/store.py:8']);
    expect(await places({ 'shop/store.py': keep('tempfile.gettempdir()') }, rule, 'default')).toEqual(['shop/store.py:8']);
  });

  it('is the debug toolbar where nothing shows it outside of DEBUG', async () => {
    const files = (more: string) => ({ 'shop/settings.py': `${SETTINGS}INSTALLED_APPS = ["shop", "debug_toolbar"]\n${more}\n` });
    const rule = 'django-debug-tooling-in-production';
    expect(await places(files(''), rule, 'default')).toEqual([]);
    expect(await places(files(''), rule, 'strict')).toEqual(['shop/settings.py:4']);
    const shown = files('DEBUG_TOOLBAR_CONFIG = {"SHOW_TOOLBAR_CALLBACK": lambda request: request.user.is_staff}');
    expect(await places(shown, rule, 'default')).toEqual(['shop/settings.py:4']);
  });

  it('is HMAC with MD5, which collisions do not break', async () => {
    const sign = 'import hashlib\nimport hmac\n\n\ndef sign(key, text):\n    return hmac.new(key, text, hashlib.md5).hexdigest()\n';
    const plain = 'import hashlib\n\n\ndef sign(secret, text):\n    return hashlib.md5(secret + text).hexdigest()\n';
    expect(await places({ 'shop/sign.py': sign }, 'weak-hash', 'default')).toEqual([]);
    expect(await places({ 'shop/sign.py': sign }, 'weak-hash', 'strict')).toEqual(['shop/sign.py:6']);
    expect(await places({ 'shop/sign.py': plain }, 'weak-hash', 'default')).toEqual(['shop/sign.py:5']);
  });

  it('is an open view that only adds, and only so many times, and an action that reads by POST', async () => {
    const view = (scope: string) => `from rest_framework import generics, permissions

from shop.serializers import TransportSerializer


class Transports(generics.CreateAPIView):
    permission_classes = (permissions.AllowAny,)
    serializer_class = TransportSerializer
${scope}
    def perform_create(self, serializer):
        serializer.save()
`;
    const rule = 'drf-view-open-permissions';
    expect(await places({ 'shop/api.py': view('    throttle_scope = "public"\n') }, rule, 'default')).toEqual([]);
    expect(await places({ 'shop/api.py': view('    throttle_scope = "public"\n') }, rule, 'strict')).toEqual(['shop/api.py:7']);
    expect(await places({ 'shop/api.py': view('') }, rule, 'default')).toEqual(['shop/api.py:7']);
    const action = (body: string) => `from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from shop.models import Item


class Items(GenericViewSet):
    @action(detail=False, methods=["get", "post"], permission_classes=())
    def reconcile(self, request):
        ${body}
        return Response({})
`;
    expect(await places({ 'shop/api.py': action('rows = Item.objects.filter(name=request.data["q"])') }, rule, 'default')).toEqual([]);
    expect(await places({ 'shop/api.py': action('Item.objects.create(name=request.data["q"])') }, rule, 'default')).toEqual([
      'shop/api.py:9',
    ]);
  });
});

describe('what the profile strict tells where a deployment or an option decides', () => {
  it('is a folder for static files that is left out where a server in the repository serves them', async () => {
    const settings = `${SETTINGS}INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_URL = "/static/"\n`;
    const rule = 'django-static-root-missing';
    const nginx = 'server {\n  location /static/ {\n    alias /usr/share/nginx/static/;\n  }\n}\n';
    expect(await places({ 'shop/settings.py': settings }, rule, 'default')).toHaveLength(1);
    expect(await places({ 'shop/settings.py': settings, 'docker/nginx.conf': nginx }, rule, 'default')).toEqual([]);
    expect(await places({ 'shop/settings.py': settings, 'docker/nginx.conf': nginx }, rule, 'strict')).toHaveLength(1);
  });

  it('is a check of certificates that the opposite of an option sets', async () => {
    const ask = (verify: string) =>
      `import requests\n\n\nclass Config:\n    SANDBOX = True\n\n\ndef ask(url):\n    return requests.get(url, timeout=3, verify=${verify})\n`;
    const rule = 'tls-verification-disabled';
    expect(await places({ 'shop/pay.py': ask('not Config.SANDBOX') }, rule, 'default')).toEqual([]);
    expect(await places({ 'shop/pay.py': ask('not Config.SANDBOX') }, rule, 'strict')).toEqual(['shop/pay.py:9']);
    expect(await places({ 'shop/pay.py': ask('False') }, rule, 'default')).toEqual(['shop/pay.py:9']);
  });

  it('is a server for developers where production has another one', async () => {
    const run = (condition: string) => `from flask import Flask
from shop.config import settings

app = Flask(__name__)


def main():
    if ${condition}:
        serve(app)
    else:
        app.run(host="0.0.0.0", debug=True)
`;
    const rule = 'flask-dev-server-exposed';
    expect(await places({ 'run.py': run('settings.IS_PRODUCTION') }, rule, 'default')).toEqual([]);
    expect(await places({ 'run.py': run('settings.IS_PRODUCTION') }, rule, 'strict')).toEqual(['run.py:11']);
    expect(await places({ 'run.py': run('settings.QUIET') }, rule, 'default')).toEqual(['run.py:11']);
  });

  it('is a hash in a function that is named after a token', async () => {
    const hashing = (name: string) => `from hashlib import md5\n\n\ndef ${name}(text):\n    return md5(text).hexdigest()\n`;
    expect(await places({ 'shop/a.py': hashing('auth_token') }, 'weak-hash', 'default')).toEqual([]);
    expect(await places({ 'shop/a.py': hashing('auth_token') }, 'weak-hash', 'strict')).toEqual(['shop/a.py:5']);
    expect(await places({ 'shop/a.py': hashing('sign') }, 'weak-hash', 'default')).toEqual(['shop/a.py:5']);
  });

  it('is each further setting of Flask that was removed', async () => {
    const app =
      'from flask import Flask\n\napp = Flask(__name__)\napp.config["JSON_AS_ASCII"] = False\napp.config["JSON_SORT_KEYS"] = False\n';
    const files = { 'app.py': app, 'requirements.txt': 'flask==3.1.1\n' };
    expect(await places(files, 'flask-removed-api', 'default')).toEqual(['app.py:4']);
    expect(await places(files, 'flask-removed-api', 'strict')).toEqual(['app.py:4', 'app.py:5']);
  });
});
