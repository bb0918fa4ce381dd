import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect } from '../../src/source/collect.ts';
import { fileKindOf } from '../../src/source/file-kind.ts';
import { fileRoleOf } from '../../src/source/file-role.ts';
import type { FileRole } from '../../src/source/source-file.ts';
import { makeTree } from './tree.ts';

const ROLES: Readonly<Record<FileRole, string>> = {
  app:
    'app.py shop/views.py config/urls.py config/wsgi.py config/celery.py manage.py wsgi.py shop/tasks.py tasks.py deploy.py latest.py contest.py ' +
    'shop/settings/views.py templates/base.html Dockerfile deploy/nginx.conf requirements.txt .github/workflows/ci.yml bin/entrypoint.sh .env templates/mail/body.md',
  test:
    'tests/conftest.py conftest.py test_app.py shop/tests.py shop/test.py shop/tests/test_views.py shop/views_test.py shop/tests/factories.py tests/settings.py ' +
    'tests/migrations/0001_initial.py tests_smoke/common.py testing/helpers.py tests/templates/a.html e2e/login.py test_settings.py',
  migration:
    'shop/migrations/0001_initial.py shop/migrations/__init__.py migrations/env.py migrations/versions/abc_add.py db/core/versions/2021-07-22_c0bc938b058e.py db/versions/1b5f3c21a9de_add_note.py alembic/versions/1_x.py alembic/env.py',
  settings:
    'settings.py config/settings.py config/settings/base.py config/settings/test.py settings/production.py settings_dev.py local_settings.py config.py ' +
    'config/default.py config/prod.py config/__init__.py config/test.py shop/conf.py gunicorn.conf.py settings/tests.py',
  script:
    'setup.py fabfile.py noxfile.py scripts/load.py bin/run.py tools/pack.py custom_scripts/load.py shop/management/commands/import_items.py .github/check.py',
  docs: 'README.md docs/conf.py docs/index.rst CHANGELOG.rst doc/x.html docs/settings.py',
  example:
    'examples/shop/app.py examples/settings.py samples/a.py demo/manage.py .env.example settings.example.py settings_example.py local_settings.py.sample .env.template example.env sandbox/settings.py cms/project_template/project_name/settings/base.py old/views.py shop/views_old.py shop/app.bak.py',
};

const noPackages = (): boolean => false;

describe('the role of a file', () => {
  it.each(Object.entries(ROLES))('is %s for its names', (role, names) => {
    const roleOf = (name: string): FileRole => fileRoleOf(name, fileKindOf(name), noPackages);
    const wrong = names.split(' ').filter((name) => roleOf(name) !== role);
    expect(wrong.map((name) => `${name} is ${roleOf(name)}`)).toEqual([]);
  });

  it('is app in a package that only has the name of documentation, an example or tools', () => {
    const root = makeTree({
      'demo/__init__.py': '',
      'demo/views.py': '',
      'docs/__init__.py': '',
      'docs/views.py': '',
      'tools/__init__.py': '',
      'tools/pdf.py': '',
      'examples/one/views.py': '',
      'doc/conf.py': '',
      'documentation/forms.py': '',
      'documentation/urls.py': '',
      'example/__init__.py': '',
      'example/manage.py': '',
      'example/urls.py': '',
    });
    const roles = collect({ root }).files.map(({ path, role }) => `${path} ${role}`);
    expect(roles.filter((line) => !line.includes('__init__'))).toEqual([
      'demo/views.py app',
      'doc/conf.py docs',
      'docs/views.py app',
      'documentation/forms.py app',
      'documentation/urls.py app',
      'example/manage.py example',
      'example/urls.py example',
      'examples/one/views.py example',
      'tools/pdf.py app',
    ]);
  });

  it('does not depend on what stands above the audited root', () => {
    const root = makeTree({ 'tests/examples/docs/scripts/shop/views.py': '', 'tests/examples/docs/scripts/shop/test_a.py': '' });
    const roles = (directory: string): string[] =>
      collect({ root: join(root, directory) }).files.map(({ path, role }) => `${path} ${role}`);
    expect(roles('tests/examples/docs/scripts/shop')).toEqual(['test_a.py test', 'views.py app']);
    expect(roles('tests/examples/docs/scripts')).toEqual(['shop/test_a.py test', 'shop/views.py app']);
    expect(roles('tests/examples/docs')).toEqual(['scripts/shop/test_a.py test', 'scripts/shop/views.py script']);
    expect(roles('.').every((line) => line.endsWith(' test'))).toBe(true);
  });
});
