import { describe, expect, it } from 'vitest';
import { collect } from '../../src/source/collect.ts';
import { fileKindOf } from '../../src/source/file-kind.ts';
import type { FileKind } from '../../src/source/source-file.ts';
import { makeTree } from './tree.ts';

const KINDS: Readonly<Record<FileKind, string>> = {
  python: 'app.py shop/views.pyw deploy/app.wsgi setup.py gunicorn.conf.py templates/x.py',
  template:
    'templates/base.html shop/templates/shop/list.htm page.html templates/card.jinja2 templates/hi.jinja mail/hello.txt.j2 a.djhtml ' +
    'templates/mail/body.txt templates/feed.xml templates/robots.txt templates/app.js templates/mail/body.md static/admin/templates/a.html web/page.html.j2',
  dependencies:
    'requirements.txt requirements-dev.txt requirements.in dev-requirements.txt requirements/base.txt requirements/prod.in constraints.txt ' +
    'pyproject.toml Pipfile Pipfile.lock poetry.lock uv.lock pdm.lock pylock.toml pylock.dev.toml setup.cfg environment.yml .python-version runtime.txt',
  settings: 'tox.ini pytest.ini .coveragerc .env .env.production .env.example prod.env .flaskenv .envs/.production/.django alembic.ini',
  container:
    'Dockerfile Dockerfile.dev deploy/Dockerfile-web web.dockerfile Containerfile compose.yaml docker-compose.yml docker-compose.override.yml ' +
    'compose.prod.yml .dockerignore Procfile app.json fly.toml render.yaml k8s/deploy.yaml charts/web/values.yaml',
  server:
    'nginx.conf deploy/nginx.conf nginx/conf.d/site.conf etc/nginx/sites-available/shop uwsgi.ini deploy/uwsgi.yaml supervisord.conf deploy/app.service ' +
    'Caddyfile nginx/default.conf.template deploy/site.conf deploy/nginx.conf.j2 docker/nginx/app.template docker/nginx_templates/csp.header.template',
  ci:
    '.github/workflows/ci.yml .github/dependabot.yml .gitlab-ci.yml Jenkinsfile .circleci/config.yml azure-pipelines.yml bitbucket-pipelines.yml .travis.yml ' +
    '.pre-commit-config.yaml renovate.json Makefile justfile .forgejo/workflows/test.yaml',
  shell: 'entrypoint.sh scripts/start.bash',
  other:
    'README.md a.pyi a.pyx notes.ipynb static/app.js static/index.html static/vendor/widget.html public/index.html logo.png db.sqlite3 deploy/id_rsa .gitignore ' +
    'Dockerfile.j2 charts/web/templates/deployment.yaml charts/web/templates/_helpers.tpl charts/web/templates/NOTES.txt config/logging.conf ' +
    'Dockerfile.md .github/ISSUE_TEMPLATE/bug.yml notes.txt settings.py.j2',
};

describe('the kind of a file', () => {
  it.each(Object.entries(KINDS))('is %s for its names', (kind, names) => {
    const wrong = names.split(' ').filter((name) => fileKindOf(name) !== kind);
    expect(wrong.map((name) => `${name} is ${fileKindOf(name)}`)).toEqual([]);
  });

  it('is found by the shebang where there is no extension', () => {
    const root = makeTree({
      'bin/serve': '#!/usr/bin/env python3\nprint(1)\n',
      'bin/old': '#!/usr/local/bin/python2.7 -u\n',
      'bin/single': '#!/usr/bin/env -S uv run --script\n',
      'bin/start': '#!/bin/sh\nexec serve\n',
      'bin/node': '#!/usr/bin/env node\n',
      'bin/pythonic': '#!/usr/bin/env pythonic\n',
      'bin/late': '\n#!/usr/bin/env python3\n',
      'bin/empty': '',
      LICENSE: 'Python is not enough',
      '0123456789abcdef0123456789abcdef': '#!/usr/bin/env python3\n',
    });
    const kinds = collect({ root }).files.map(({ path, kind }) => `${path} ${kind}`);
    expect(kinds.filter((line) => !line.endsWith('other'))).toEqual([
      'bin/old python',
      'bin/serve python',
      'bin/single python',
      'bin/start shell',
    ]);
    expect(kinds).toHaveLength(10);
  });
});
