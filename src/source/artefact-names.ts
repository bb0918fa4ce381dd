/**
 * Names by which the files around a program are known: dependencies, continuous integration, containers, settings, servers.
 * Names and extensions are in lower case.
 */
import type { Place } from './place.ts';

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

const YAML = words('.yml .yaml');
const DOCUMENTS = words('.md .rst .html');
/** Extensions that say “this is the template of something”. */
const TEMPLATE_OF = words('.j2 .jinja .jinja2 .djhtml .djt');

export function isTemplateOfAnything(extension: string): boolean {
  return TEMPLATE_OF.has(extension);
}

const DEPENDENCY_FILES = words(
  'pyproject.toml pipfile pipfile.lock poetry.lock uv.lock pdm.lock setup.cfg environment.yml environment.yaml .python-version .tool-versions runtime.txt',
);
/** requirements.txt, requirements-dev.in, dev-requirements.txt, constraints.txt, pylock.web.toml (PEP 751), conda-linux.yml. */
const DEPENDENCY_NAMES =
  /^(?:[\w.-]*requirements[\w.-]*\.(?:txt|in|pip)|[\w.-]*constraints[\w.-]*\.(?:txt|in)|pylock(?:\.[\w-]+)?\.toml|conda[\w.-]*\.ya?ml)$/;
const REQUIREMENTS_DIRECTORIES = words('requirements reqs constraints');

export function isDependencies(name: string, place: Place): boolean {
  if (DEPENDENCY_FILES.has(name) || DEPENDENCY_NAMES.test(name)) return true;
  return REQUIREMENTS_DIRECTORIES.has(place.name) && /\.(?:txt|in|pip)$/.test(name);
}

const CI_FILES = words(
  '.travis.yml .appveyor.yml appveyor.yml bitbucket-pipelines.yml buildspec.yml cloudbuild.yaml cloudbuild.yml codecov.yml .codecov.yml ' +
    '.pre-commit-config.yaml .pre-commit-config.yml renovate.json renovate.json5 .renovaterc .renovaterc.json pyup.yml .pyup.yml ' +
    'makefile gnumakefile justfile .justfile taskfile.yml taskfile.yaml',
);
const CI_NAMES = /^(?:\.gitlab-ci[\w.-]*\.ya?ml|\.drone\.ya?ml|\.woodpecker\.ya?ml|azure-pipelines[\w.-]*\.ya?ml|jenkinsfile[\w.-]*)$/;

export function isCi(name: string, extension: string, place: Place): boolean {
  return CI_FILES.has(name) || CI_NAMES.test(name) || (place.ci && YAML.has(extension));
}

const CONTAINER_FILES = words(
  '.dockerignore .containerignore app.json fly.toml render.yaml render.yml app.yaml app.yml railway.json railway.toml nixpacks.toml zappa_settings.json',
);
const CONTAINER_NAMES =
  /^(?:(?:dockerfile|containerfile)(?:[.-][\w.-]+)?|[\w.-]+\.(?:dockerfile|containerfile|dockerignore)|(?:docker-)?compose[\w.-]*\.ya?ml|procfile(?:\.[\w-]+)?)$/;

export function isContainer(name: string, extension: string, place: Place): boolean {
  if (CONTAINER_FILES.has(name)) return !place.templates;
  if (CONTAINER_NAMES.test(name)) return !TEMPLATE_OF.has(extension) && !DOCUMENTS.has(extension);
  // A chart's templates are Go templates, no YAML yet.
  return place.kubernetes && !place.templates && YAML.has(extension);
}

const SETTINGS_FILES = words('tox.ini pytest.ini .pytest.ini .coveragerc .flaskenv alembic.ini .flake8 .pylintrc');

export function isSettings(name: string, extension: string, place: Place): boolean {
  if (SETTINGS_FILES.has(name) || place.envs) return true;
  // .env, .env.production, prod.env, web.env.example
  return name === '.env' || extension === '.env' || /^\.env[.-]/.test(name) || /\.env\.(?:example|sample|template|dist|tpl)$/.test(name);
}

const SERVER_NAMES =
  /^(?:[\w.-]*nginx[\w.-]*\.conf(?:\.[\w-]+)?|nginx[\w-]*|[\w.-]+\.nginx|[\w.-]+\.conf\.template|[\w.-]*uwsgi[\w.-]*\.(?:ini|ya?ml|json|xml)|[\w.-]*supervisor[\w.-]*\.(?:conf|ini)|caddyfile|\.htaccess|gunicorn[\w.-]*\.(?:conf|ini|toml))$/;
const SERVER_DIRECTORIES = words('nginx sites-available sites-enabled conf.d supervisor supervisord uwsgi apache apache2 httpd');
/** `nginx_templates`, `docker-nginx`: what the images of nginx fill in lies there under names of its own, such as `csp.header.template`. */
const NGINX_DIRECTORY = /(?:^|[_-])nginx(?:[_-]|$)/;
/** What stands in a folder of a server under a name of its own; templates are filled in when the container starts. */
const SERVER_EXTENSIONS = new Set(['', '.ini', '.vhost', '.template', '.tmpl', '.tpl']);
const SYSTEMD = words('.service .socket .timer');
/** `.conf` files of programs that serve no pages. */
const OTHER_CONF =
  /(?:logging|logrotate|redis|postgres|pgbouncer|pg_hba|mysql|rsyslog|fluent|promtail|telegraf|ssh|sysctl|babel|celery|kafka)[\w.-]*\.conf$/;

/** `nginx.conf.j2` counts: what it redirects or sends is written there, too. */
export function isServerByName(name: string, extension: string): boolean {
  return SERVER_NAMES.test(name) && !DOCUMENTS.has(extension);
}

export function isServer(name: string, extension: string, place: Place): boolean {
  if (SYSTEMD.has(extension)) return true;
  if (extension === '.conf') return !OTHER_CONF.test(name);
  return (SERVER_DIRECTORIES.has(place.name) || NGINX_DIRECTORY.test(place.name)) && SERVER_EXTENSIONS.has(extension);
}

const SHELL = words('.sh .bash .ksh .zsh');

export function isShell(extension: string): boolean {
  return SHELL.has(extension);
}
