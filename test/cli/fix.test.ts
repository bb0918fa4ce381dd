import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project, ratel } from './run-cli.ts';

const BASE = `import os

SECRET_KEY = os.environ.get("KEY", "hunter2-hunter2")  # see the wiki
INSTALLED_APPS = ["django.contrib.sessions"]
MIDDLEWARE = [
    # what comes first
    "django.contrib.sessions.middleware.SessionMiddleware",
    'django.middleware.common.CommonMiddleware',  # slashes
    "django.contrib.auth.middleware.AuthenticationMiddleware"  # who
]
ROOT_URLCONF = "shop.urls"
SESSION_COOKIE_HTTPONLY = False  # scripts read it
`;
const PRODUCTION = 'from .base import *\n\nDEBUG = False\nSESSION_COOKIE_SECURE = False\n';
const SHOP = { 'shop/settings/base.py': BASE, 'shop/settings/production.py': PRODUCTION };

const read = (cwd: string, file: string): string => readFileSync(join(cwd, file), 'utf8');

describe('--fix', () => {
  it('mends settings as their author would, and reports what is left', () => {
    const cwd = project(SHOP);
    const run = ratel(['--fix', '--format', 'concise'], { cwd });
    expect(run.err).toContain('7 findings mended in 2 files: shop/settings/base.py, shop/settings/production.py');
    expect(read(cwd, 'shop/settings/base.py')).toBe(`import os

SECRET_KEY = os.environ["KEY"]  # see the wiki
INSTALLED_APPS = ["django.contrib.sessions"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # what comes first
    "django.contrib.sessions.middleware.SessionMiddleware",
    'django.middleware.common.CommonMiddleware',  # slashes
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",  # who
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "shop.urls"
`);
    expect(read(cwd, 'shop/settings/production.py')).toBe(
      'from .base import *\n\nDEBUG = False\nCSRF_COOKIE_SECURE = True\nSESSION_COOKIE_SECURE = True\n',
    );
    expect(run.out).not.toContain('django-session-cookie-secure-missing');
    expect(run.out).toContain('django-allowed-hosts-empty');
    expect(readdirSync(join(cwd, 'shop/settings')).sort()).toEqual(['base.py', 'production.py']);
    expect(ratel(['--fix', '--quiet', '--exit-zero'], { cwd }).code).toBe(0);
    expect(ratel(['--fix', '--exit-zero'], { cwd }).err).toContain('there is nothing that can be mended safely');
  });

  it('keeps line ends, the byte order mark and the rights of a file', () => {
    const cwd = project({ 'shop/settings.py': 'ROOT_URLCONF = "shop.urls"\r\nX_FRAME_OPTIONS = \'SAMEORIGIN\'\r\nDEBUG = False' });
    const file = join(cwd, 'shop/settings.py');
    writeFileSync(file, `\uFEFF${readFileSync(file, 'utf8')}`);
    chmodSync(file, 0o640);
    ratel(['--fix', '--profile', 'strict', '--select', 'django-x-frame-options-weak'], { cwd });
    expect(readFileSync(file, 'utf8')).toBe('\uFEFFROOT_URLCONF = "shop.urls"\r\nX_FRAME_OPTIONS = \'DENY\'\r\nDEBUG = False');
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it('leaves what is computed, amended or suppressed as it is', () => {
    const text = `from .plan import MORE, SECURE

ROOT_URLCONF = "shop.urls"
INSTALLED_APPS = ["django.contrib.sessions"]
DEBUG = False
OFF = False
SESSION_COOKIE_SECURE = OFF
X_FRAME_OPTIONS = "SAMEORIGIN"  # ratel: ignore[django-x-frame-options-weak] -- the shop is shown in frames of its own
`;
    const cwd = project({ 'shop/settings.py': text, 'shop/plan.py': 'MORE = []\nSECURE = False\n' });
    const run = ratel(['--fix', '--select', 'django-session-cookie-secure-missing,django-x-frame-options-weak'], { cwd });
    expect(run.err).toContain('nothing that can be mended safely');
    expect(read(cwd, 'shop/settings.py')).toBe(text);
  });

  it('lets developers in where the environment turns DEBUG on', () => {
    const text =
      'import os\n\nROOT_URLCONF = "shop.urls"\nINSTALLED_APPS = ["django.contrib.sessions"]\nDEBUG = os.environ.get("DEBUG") == "1"\n';
    const cwd = project({ 'shop/settings.py': text });
    ratel(['--fix', '--select', 'django-session-cookie-secure-missing'], { cwd });
    expect(read(cwd, 'shop/settings.py')).toBe(`${text}SESSION_COOKIE_SECURE = not DEBUG\n`);
  });

  it('refuses a change after which the finding is still there', () => {
    const text = 'from .base import *\n\nSESSION_COOKIE_HTTPONLY = False\n';
    const cwd = project({
      'shop/settings/base.py': 'ROOT_URLCONF = "shop.urls"\nSESSION_COOKIE_HTTPONLY = False\n',
      'shop/settings/live.py': text,
    });
    const run = ratel(['--fix', '--select', 'django-session-cookie-httponly-off'], { cwd });
    expect(run.err).toContain(
      'not mended: shop/settings/live.py:3 django-session-cookie-httponly-off, as the finding would still be there',
    );
    expect(read(cwd, 'shop/settings/live.py')).toBe(text);
  });

  it('takes unused suppressions out, too', () => {
    const cwd = project({ 'app.py': 'x = 1  # ratel: ignore[flask-debug-enabled] -- gone\n' });
    expect(ratel(['--fix'], { cwd }).code).toBe(0);
    expect(read(cwd, 'app.py')).toBe('x = 1\n');
  });
});

describe('--diff', () => {
  it('shows what would change, hides secrets, and changes nothing', () => {
    const cwd = project(SHOP);
    const run = ratel(['--diff'], { cwd });
    expect(run.code).toBe(1);
    expect(run.out).toContain('--- a/shop/settings/base.py\n+++ b/shop/settings/base.py\n@@ -1,12 +1,14 @@\n');
    expect(run.out).toContain('+SECRET_KEY = os.environ["KEY"]  # see the wiki\n');
    expect(run.out).not.toContain('hunter2');
    expect(run.err).toContain('7 findings would be mended in 2 files');
    expect(read(cwd, 'shop/settings/base.py')).toBe(BASE);
  });

  it('prints a patch', () => {
    const cwd = project({ 'shop/settings/production.py': 'ROOT_URLCONF = "shop.urls"\nX_FRAME_OPTIONS = "SAMEORIGIN"' });
    const run = ratel(['--diff', '--profile', 'strict', '--select', 'django-x-frame-options-weak'], { cwd });
    expect(run.out).toBe(`--- a/shop/settings/production.py
+++ b/shop/settings/production.py
@@ -1,2 +1,2 @@
 ROOT_URLCONF = "shop.urls"
-X_FRAME_OPTIONS = "SAMEORIGIN"
\\ No newline at end of file
+X_FRAME_OPTIONS = "DENY"
\\ No newline at end of file
`);
  });

  it('does not go with a report or a baseline', () => {
    const cwd = project(SHOP);
    expect(ratel(['--diff', '--format', 'json'], { cwd }).code).toBe(2);
    expect(ratel(['--fix', '--write-baseline'], { cwd }).code).toBe(2);
  });
});
