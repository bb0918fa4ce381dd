import { describe, expect, it } from 'vitest';
import { LibraryModel } from '../../src/evaluate/calls/library-model.ts';
import { evaluateProject } from '../../src/evaluate/evaluate-project.ts';
import { settingsModules } from '../../src/frameworks/django-settings/settings-modules.ts';
import { frameworkHooks } from '../../src/frameworks/frameworks.ts';
import { loadLanguages } from '../../src/languages/registry.ts';
import type { Module } from '../../src/semantics/module.ts';
import { importableNames, importLayout } from '../../src/semantics/module-index.ts';
import { fileRoleOf } from '../../src/source/file-role.ts';

/** The settings modules of a project and what each is for. */
async function rolesIn(files: Readonly<Record<string, string>>, isOther = false): Promise<Readonly<Record<string, string>>> {
  const { python } = await loadLanguages();
  const layout = importLayout(Object.keys(files), 'project');
  const modules = Object.entries(files).map(([path, text]): Module => {
    const isPackage = path.endsWith('/__init__.py');
    const role = fileRoleOf(path, 'python', () => true);
    const file = { path, absolutePath: `/${path}`, kind: 'python', role, size: text.length } as const;
    return { file, path, name: importableNames(path, isPackage, layout)[0] ?? '', isPackage, unit: python.lower(text), text };
  });
  const { interpreter } = evaluateProject({
    modules,
    layout,
    library: new LibraryModel([]),
    hooks: frameworkHooks(modules),
    listener: { wanted: new Set(), on: () => undefined },
  });
  return Object.fromEntries(settingsModules(interpreter, isOther).map(({ state, role }) => [state.module.path, role]));
}

const names = (module: string): string => `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${module}")\n`;

describe('what settings modules are for', () => {
  it('takes a lone module for production', async () => {
    expect(await rolesIn({ 'shop/settings.py': 'ROOT_URLCONF = "shop.urls"\n' })).toEqual({ 'shop/settings.py': 'production' });
  });

  it('takes a module for development where another of its name is deployed in its place', async () => {
    const whole = 'SECRET_KEY = "x"\nINSTALLED_APPS = []\nROOT_URLCONF = "urls"\n';
    const files = { 'settings.py': whole, 'deploy/settings.py': whole, 'wsgi.py': names('settings') };
    expect(await rolesIn(files)).toEqual({ 'settings.py': 'development', 'deploy/settings.py': 'production' });
    expect(await rolesIn({ 'shop/settings.py': whole, 'deploy/settings.py': whole, 'wsgi.py': names('shop.settings') })).toMatchObject({
      'shop/settings.py': 'production',
    });
    expect(await rolesIn({ 'shop/cypress_settings.py': whole })).toEqual({ 'shop/cypress_settings.py': 'test' });
    expect(await rolesIn({ 'shop/settings/testmysql.py': whole })).toEqual({ 'shop/settings/testmysql.py': 'test' });
  });

  it('leaves out parts that whole settings beside them put in', async () => {
    const whole = 'SECRET_KEY = "x"\nINSTALLED_APPS = []\nROOT_URLCONF = "shop.urls"\n';
    const part = 'DATABASES = {"default": {}}\n';
    expect(await rolesIn({ 'shop/settings/env.py': part, 'shop/settings/prod.py': whole, 'shop/settings/staging.py': part })).toEqual({
      'shop/settings/prod.py': 'production',
      'shop/settings/staging.py': 'production',
    });
  });

  it('takes a package for what it takes over where another module is for production', async () => {
    const whole = 'SECRET_KEY = "x"\nINSTALLED_APPS = []\nROOT_URLCONF = "shop.urls"\n';
    const files = (init: string, other: string) => ({
      'shop/settings/__init__.py': init,
      'shop/settings/base.py': whole,
      'shop/settings/local.py': 'from .base import *\n',
      [`shop/settings/${other}.py`]: 'from .base import *\n',
      'shop/wsgi.py': names('shop.settings'),
    });
    const roleOf = async (init: string, other: string) => (await rolesIn(files(init, other)))['shop/settings/__init__.py'];
    expect(await roleOf('from .local import *\n', 'production')).toBe('development');
    expect(await roleOf('from .local import *\n', 'extra')).toBe('production');
    expect(await roleOf('from .base import *\nfrom .local import *\n', 'production')).toBe('production');
    expect(await roleOf('from .base import *\n', 'production')).toBe('production');
  });

  it('goes by names, and by what the server names', async () => {
    expect(
      await rolesIn({
        'shop/settings/base.py': 'INSTALLED_APPS = []\n',
        'shop/settings/dev.py': 'from .base import *\n',
        'shop/settings/sphinx.py': 'from .base import *\n',
        'shop/settings/test.py': 'from .base import *\n',
        'shop/settings/onsite.py': 'from .base import *\n',
        'shop/wsgi.py': names('shop.settings.onsite'),
      }),
    ).toEqual({
      'shop/settings/base.py': 'base',
      'shop/settings/dev.py': 'development',
      'shop/settings/onsite.py': 'production',
      'shop/settings/sphinx.py': 'development',
      'shop/settings/test.py': 'test',
    });
  });

  it('keeps for production what only developers build upon', async () => {
    expect(
      await rolesIn({
        'shop/settings.py': 'INSTALLED_APPS = []\n',
        'shop/settings_dev.py': 'from shop.settings import *\n',
        'manage.py': names('shop.settings'),
      }),
    ).toEqual({ 'shop/settings.py': 'production', 'shop/settings_dev.py': 'development' });
  });

  it('knows settings by their content, whatever the file is called', async () => {
    const text = 'INSTALLED_APPS = []\nMIDDLEWARE = []\nDATABASES = {}\nROOT_URLCONF = "a.urls"\n';
    expect(await rolesIn({ 'a/live.py': text })).toEqual({ 'a/live.py': 'production' });
  });

  it('leaves alone what other frameworks and applications call settings', async () => {
    expect(await rolesIn({ 'settings.py': 'DEBUG = True\n' }, true)).toEqual({});
    expect(await rolesIn({ 'shop/settings.py': 'LANGUAGES = {}\nX_FRAME_OPTIONS = "DENY"\nDEBUG = False\n' }, true)).toEqual({});
    expect(await rolesIn({ 'shop/settings.py': 'INSTALLED_APPS = []\nDEBUG = False\n' }, true)).toEqual({
      'shop/settings.py': 'production',
    });
    expect(
      await rolesIn({ 'polls/settings.py': 'from django.conf import settings\nLOGIN_URL = getattr(settings, "POLLS_LOGIN", "/")\n' }),
    ).toEqual({});
  });

  it('ends on settings that import each other', async () => {
    expect(
      Object.keys(
        await rolesIn({
          'a/settings.py': 'from b.settings import *\nUSE_TZ = True\n',
          'b/settings.py': 'from a.settings import *\nDATABASES = {}\n',
        }),
      ),
    ).toEqual(['a/settings.py', 'b/settings.py']);
  });
});
