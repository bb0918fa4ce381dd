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
