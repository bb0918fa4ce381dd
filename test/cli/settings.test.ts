import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { project, ratel } from './run-cli.ts';

interface Value {
  readonly kind: string;
  readonly value?: unknown;
  readonly items?: readonly Value[];
}
interface Setting {
  readonly name: string;
  readonly set: boolean;
  readonly value: Value;
  readonly file?: string;
  readonly line?: number;
  readonly amended: readonly { readonly line: number }[];
  readonly replacedBy?: { readonly line: number };
  readonly findings: readonly string[];
}
interface Environment {
  readonly environment: string;
  readonly module: string;
  readonly because: string;
  readonly assumedDebug?: boolean;
  readonly settings: readonly Setting[];
}

const isValid = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync('schema/ratel-settings-1.schema.json', 'utf8')));

function environmentsOf(files: Readonly<Record<string, string>>, ...args: readonly string[]): readonly Environment[] {
  const run = ratel(['settings', '--json', ...args, project(files)]);
  expect(run).toMatchObject({ code: 0, err: '' });
  const document = JSON.parse(run.out);
  expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true);
  return document.environments;
}

function setting(environment: Environment | undefined, name: string): Setting | undefined {
  return environment?.settings.find((one) => one.name === name);
}

const SHOP = {
  'requirements.txt': 'Django==5.2.1\n',
  'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")\n',
  'config/__init__.py': '',
  'config/wsgi.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.live")\n',
  'config/settings/__init__.py': '',
  'config/settings/base.py': `import os
SECRET_KEY = os.environ["SECRET_KEY"]
DEBUG = False
INSTALLED_APPS = ["shop"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]
EMAIL_HOST_PASSWORD = "not-for-everybody"
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "PASSWORD": "hush-hush"}}
CACHES = {"default": {"LOCATION": "redis://user:redis-pass@cache:6379/0"}}
`,
  'config/settings/live.py': `from .base import *
ALLOWED_HOSTS = os.environ.get("HOSTS", "*").split(",")
MIDDLEWARE += ["django.middleware.csrf.CsrfViewMiddleware"]
SECURE_HSTS_SECONDS = 3600
`,
  'config/settings/dev.py': `from .base import *
DEBUG = True
INSTALLED_APPS.append("debug_toolbar")
`,
};

describe('settings', () => {
  it('of each environment, with their lines, and what the environment decides', () => {
    const [production, development, ...more] = environmentsOf(SHOP);
    expect(more).toEqual([]);
    expect(production).toMatchObject({ environment: 'production', module: 'config.settings.live', because: 'it is named “live”' });
    expect(development).toMatchObject({ environment: 'development', module: 'config.settings.dev' });
    expect(setting(production, 'DEBUG')).toMatchObject({
      value: { kind: 'known', value: false },
      set: true,
      file: 'config/settings/base.py',
      line: 3,
    });
    expect(setting(development, 'DEBUG')).toMatchObject({ value: { kind: 'known', value: true }, file: 'config/settings/dev.py', line: 2 });
    expect(setting(production, 'SECRET_KEY')?.value).toEqual({ kind: 'environment', variable: 'SECRET_KEY' });
    expect(setting(production, 'ALLOWED_HOSTS')).toMatchObject({
      value: { kind: 'environment', variable: 'HOSTS', cast: 'list', default: { kind: 'list', items: [{ kind: 'known', value: '*' }] } },
      findings: ['django-allowed-hosts-wildcard'],
    });
    expect(setting(production, 'MIDDLEWARE')).toMatchObject({ line: 5, amended: [{ line: 3 }] });
    expect(setting(production, 'MIDDLEWARE')?.value.items).toHaveLength(2);
    expect(setting(development, 'INSTALLED_APPS')?.value.items?.map(({ value }) => value)).toEqual(['shop', 'debug_toolbar']);
    expect(setting(production, 'INSTALLED_APPS')?.value.items?.map(({ value }) => value)).toEqual(['shop']);
    expect(setting(production, 'SESSION_COOKIE_SECURE')).toMatchObject({ set: false, value: { kind: 'known', value: false } });
    expect(setting(development, 'SESSION_COOKIE_SECURE')?.findings).toEqual([]);
  });

  it('says what is made with variables of the environment, as it is where none is set', () => {
    const [production] = environmentsOf(
      {
        'shop/settings.py': `import os
from pathlib import Path
from dynaconf import LazySettings
from environs import FileAwareEnv

env = FileAwareEnv()
conf = LazySettings()
HERE = Path(__file__).resolve().parent
DATA = os.environ.get("DATA_DIR", "/srv/data/")
SECRET_KEY = f"{os.environ.get('KEY_START', 'abc')}-known-to-many"
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = [f"www.{env('DOMAIN', 'shop.example')}"]
MEDIA_ROOT = os.path.join(DATA, "media")
STATIC_ROOT = os.path.join(HERE, env.str("STATIC", "static").lower())
MEDIA_URL = f"https://{env('DOMAIN', 'shop.example')}:{env('PORT', '443')}/media/"
LOGGING = conf.get("LOGGING", {"version": 1}).to_dict()
`,
      },
      '--all',
    );
    const shown = (name: string): unknown => setting(production, name)?.value;
    expect(shown('DEBUG')).toMatchObject({ kind: 'environment', default: { value: false } });
    expect(shown('MEDIA_ROOT')).toEqual({
      kind: 'environment',
      variable: 'DATA_DIR',
      default: { kind: 'known', value: '/srv/data/media' },
      part: true,
    });
    expect(shown('STATIC_ROOT')).toMatchObject({ variable: 'STATIC', default: { kind: 'path', path: 'shop/static' } });
    expect(shown('MEDIA_URL')).toEqual({
      kind: 'environment',
      default: { kind: 'known', value: 'https://shop.example:443/media/' },
      part: true,
    });
    expect(shown('ALLOWED_HOSTS')).toMatchObject({ items: [{ variable: 'DOMAIN', default: { value: 'www.shop.example' } }] });
    expect(shown('LOGGING')).toMatchObject({ kind: 'environment', default: { kind: 'dict', entries: [{ key: 'version' }] } });
    expect(JSON.stringify(shown('SECRET_KEY'))).not.toContain('known');
  });

  it('hides secrets', () => {
    const root = project(SHOP);
    for (const args of [
      ['--only', '*'],
      ['--all', '--json'],
    ]) {
      const { out } = ratel(['settings', ...args, root]);
      expect(out).toContain('DATABASES');
      for (const secret of ['not-for-everybody', 'hush-hush', 'redis-pass']) expect(out).not.toContain(secret);
    }
  });

  it('reads well: production in full, of the others what differs', () => {
    const root = project(SHOP);
    const { out, err } = ratel(['settings', root]);
    expect(err).toBe('');
    expect(out).toMatch(/^PRODUCTION {2}config\.settings\.live\nit is named “live” · defaults of Django 5\.2$/m);
    expect(out).toMatch(/^SECRET_KEY +from environment SECRET_KEY, no default +base\.py:2$/m);
    expect(out).toMatch(/^SESSION_COOKIE_SECURE +False +default$/m);
    expect(out).toMatch(/^ +▲ django-allowed-hosts-wildcard$/m);
    const [, development = ''] = out.split('DEVELOPMENT');
    expect(development).toContain('are as in production (config/settings/live.py); these are not:');
    expect(development).toMatch(/^DEBUG +True +dev\.py:2$/m);
    expect(development).not.toContain('SECRET_KEY');
    for (const line of ratel(['settings', root], { env: { COLUMNS: '90' } }).out.split('\n')) expect(line.length).toBeLessThanOrEqual(90);
  });

  it('filters by name, module and environment, and says what is not there', () => {
    expect(environmentsOf(SHOP, '--only', 'secure_hsts*,DEBUG', '--module', 'config/settings/live.py')).toMatchObject([
      {
        settings: [
          { name: 'DEBUG' },
          { name: 'SECURE_HSTS_SECONDS' },
          { name: 'SECURE_HSTS_INCLUDE_SUBDOMAINS' },
          { name: 'SECURE_HSTS_PRELOAD' },
        ],
      },
    ]);
    expect(environmentsOf(SHOP, '--environment', 'base')).toMatchObject([{ module: 'config.settings.base' }]);
    const root = project(SHOP);
    const wrong = ratel(['settings', '--module', 'config.settings.prod', root]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('There are config.settings.live, config.settings.dev, config.settings.base.');
    expect(ratel(['settings', '--environment', 'prod', root]).code).toBe(2);
    expect(ratel(['settings', `${root}/manage.py`]).err).toContain('give its directory');
    expect(ratel(['settings', project({ 'a.py': 'DEBUG = True\n' })]).out).toBe('No settings modules were found here.\n');
  });

  it('takes the way of production where the environment decides', () => {
    const [production, debugging] = environmentsOf({
      'shop/settings.py': `import os
import sys
DEBUG = os.environ.get("DEBUG", "") == "1"
TESTING = "test" in sys.argv
INSTALLED_APPS = ["shop"]
SECURE_SSL_REDIRECT = not DEBUG
SESSION_COOKIE_SECURE = False if DEBUG or TESTING else True
if DEBUG:
    INSTALLED_APPS += ["debug_toolbar"]
elif os.environ.get("STAGE") == "production":
    SECURE_HSTS_SECONDS = 60
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
`,
    });
    expect(production).toMatchObject({ environment: 'production', assumedDebug: false });
    expect(debugging).toMatchObject({ environment: 'development', assumedDebug: true });
    const values = (environment: Environment | undefined): readonly unknown[] =>
      ['SECURE_SSL_REDIRECT', 'SESSION_COOKIE_SECURE', 'SECURE_HSTS_SECONDS'].map((name) => setting(environment, name)?.value.value);
    expect(values(production)).toEqual([true, true, 60]);
    expect(values(debugging)).toEqual([false, false, 0]);
    expect(setting(production, 'DEBUG')?.value).toMatchObject({ kind: 'environment', variable: 'DEBUG', cast: 'bool' });
    expect(setting(production, 'INSTALLED_APPS')?.value.items).toHaveLength(1);
    expect(setting(debugging, 'INSTALLED_APPS')?.value.items).toHaveLength(2);
    expect(setting(production, 'PASSWORD_HASHERS')?.set).toBe(false);
  });

  it('knows places in the project, and what Django itself sets', () => {
    const [production] = environmentsOf(
      {
        'shop/settings.py': `import os
from contextlib import suppress
from pathlib import Path
from django.conf.global_settings import *
BASE_DIR = Path(__file__).resolve().parent.parent
INSTALLED_APPS = ["shop"]
STATIC_ROOT = BASE_DIR / "static"
MEDIA_ROOT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "..", "media")
TEMPLATE_DIR = str(Path(__file__).parents[1] / "templates")
SECURE_SSL_REDIRECT = "runserver" not in sys.argv
DATABASES = {"default": {"ENGINE": "a"}}
if os.environ.get("REPLICA"):
    DATABASES["replica"] = {"ENGINE": "b"}
with suppress(FileNotFoundError):
    LOGIN_URL = open("login").read()
`,
        'requirements.txt': 'Django==3.2.25\n',
      },
      '--all',
    );
    const value = (name: string): unknown => setting(production, name)?.value;
    expect(value('STATIC_ROOT')).toEqual({ kind: 'path', path: 'static' });
    expect(value('MEDIA_ROOT')).toEqual({ kind: 'path', path: '../media' });
    expect(value('TEMPLATE_DIR')).toEqual({ kind: 'path', path: 'templates' });
    expect(setting(production, 'INTERNAL_IPS')).toMatchObject({ set: false, value: { kind: 'list', items: [] } });
    expect(setting(production, 'SECURE_CROSS_ORIGIN_OPENER_POLICY')).toBeUndefined();
    expect(value('SECURE_SSL_REDIRECT')).toEqual({ kind: 'known', value: true });
    expect(value('DATABASES')).toMatchObject({ entries: [{ key: 'default' }, { key: 'replica', optional: true }] });
    expect(value('LOGIN_URL')).toMatchObject({ kind: 'any' });
  });

  it('keeps what stands before a file that is not there', () => {
    const [production] = environmentsOf({
      'shop/settings.py':
        'INSTALLED_APPS = []\nALLOWED_HOSTS = ["*"]\ntry:\n    from .local_settings import *\nexcept ImportError:\n    pass\nUSE_TZ = True\n',
    });
    expect(setting(production, 'ALLOWED_HOSTS')).toMatchObject({ replacedBy: { line: 4 }, findings: ['django-allowed-hosts-wildcard'] });
    expect(setting(production, 'USE_TZ')?.replacedBy).toBeUndefined();
    // `if not NAME` keeps what the file set.
    const [own] = environmentsOf({
      'shop/settings.py':
        'INSTALLED_APPS = []\nSTATIC_ROOT = ""\ntry:\n    from .local_settings import *\nexcept ImportError:\n    pass\nif not STATIC_ROOT:\n    STATIC_ROOT = "/srv"\n',
    });
    expect(setting(own, 'STATIC_ROOT')).toMatchObject({ value: { value: '/srv' }, replacedBy: { line: 4 } });
  });

  it('ends on settings that import each other, are long, or import what is not there', () => {
    const entries = Array.from({ length: 5000 }, (_, at) => `    "K${at}": ${at},`).join('\n');
    const [production] = environmentsOf(
      {
        'a/settings/__init__.py': '',
        'a/settings/one.py': 'from .two import *\nINSTALLED_APPS = ["a"]\nDEBUG = lost.debug()\n',
        'a/settings/two.py': 'from .one import *\nfrom .nowhere import *\nROOT_URLCONF = "a.urls"\n',
        'b/settings.py': `INSTALLED_APPS = []\nTABLE = {\n${entries}\n}\n`,
      },
      '--module',
      'a.settings.one',
    );
    expect(setting(production, 'INSTALLED_APPS')).toMatchObject({ file: 'a/settings/one.py', line: 2 });
    expect(setting(production, 'DEBUG')?.value.kind).toBe('computed');
  });

  it('lists what is known where unknown calls and long lists are in it', () => {
    const apps = Array.from({ length: 5000 }, (_, at) => `    "app_${at}",`).join('\n');
    const entries = Array.from({ length: 5000 }, (_, at) => `    "app_${at}": "migrations_${at}",`).join('\n');
    const [production] = environmentsOf(
      {
        'shop/settings.py': `from missing.pkg import compute
import missing.other
ROOT_URLCONF = "shop.urls"
DEBUG = missing.other.flag("debug", default=compute)()
ALLOWED_HOSTS = [host for host in compute()]
INSTALLED_APPS = [
${apps}
]
INSTALLED_APPS += ["last"]
for app in compute():
    INSTALLED_APPS.append(app)
MIGRATION_MODULES = {
${entries}
}
DATABASES = {"default": compute(lambda: 1)[0].x["y"]}
`,
      },
      '--all',
    );
    expect(setting(production, 'DEBUG')?.value).toEqual({ kind: 'computed', code: 'missing.other.flag("debug", default=compute)()' });
    expect(setting(production, 'ALLOWED_HOSTS')?.value).toMatchObject({ kind: 'list', complete: false });
    const installed = setting(production, 'INSTALLED_APPS')?.value;
    expect(installed).toMatchObject({ kind: 'list', complete: false });
    expect(installed?.items?.slice(0, 2)).toEqual([
      { kind: 'known', value: 'app_0' },
      { kind: 'known', value: 'app_1' },
    ]);
    expect(setting(production, 'MIGRATION_MODULES')?.value).toMatchObject({ kind: 'dict', complete: false });
    expect(setting(production, 'DATABASES')?.value).toMatchObject({ entries: [{ key: 'default', value: { kind: 'computed' } }] });
  });

  it('follows names that are taken over from other modules, or set by their texts', () => {
    const defaults = 'import os\nDEBUG = True\nSECRET_KEY = "known-to-many-people"\nALLOWED_HOSTS = ["*"]\nlower = 1\n';
    const start = 'from shop import defaults\nROOT_URLCONF = "shop.urls"\n';
    for (const code of [
      'globals().update(vars(defaults))\n',
      'globals().update({key: value for key, value in vars(defaults).items() if key.isupper()})\n',
      'for name in dir(defaults):\n    if name.isupper():\n        globals()[name] = getattr(defaults, name)\n',
      'for name, value in vars(defaults).items():\n    if name.isupper():\n        globals()[name] = value\n',
      'import sys\nfor key, value in {"DEBUG": True, "ALLOWED_HOSTS": ["*"]}.items():\n    setattr(sys.modules[__name__], key, value)\n',
      'import sys\nown = sys.modules[__name__]\nown.DEBUG = True\nsetattr(own, "ALLOWED_HOSTS", ["*"])\n',
      'def configure(ns):\n    ns.update(DEBUG=True, ALLOWED_HOSTS=["*"])\nconfigure(globals())\n',
    ]) {
      const [production] = environmentsOf({
        'shop/__init__.py': '',
        'shop/defaults.py': defaults,
        'shop/settings.py': start + code,
        'shop/wsgi.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      });
      expect(setting(production, 'DEBUG'), code).toMatchObject({
        set: true,
        value: { kind: 'known', value: true },
        file: 'shop/settings.py',
      });
      expect(setting(production, 'ALLOWED_HOSTS')?.value.items, code).toEqual([{ kind: 'known', value: '*' }]);
    }
  });
});
