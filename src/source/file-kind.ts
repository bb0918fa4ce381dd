import type { FileKind } from './source-file.ts';

/**
 * What a file is, from its path relative to the audited root. Name and place decide, never the content, except that collect
 * looks for a Python shebang in what has no extension (see shebang.ts). The kind makes a file a candidate: the front end that
 * reads it still judges whether it really is, say, an nginx configuration.
 *
 * Stubs (`.pyi`) are no Python here: they declare code that is elsewhere and run nowhere, so a rule has nothing to say about them.
 */
export function fileKind(path: string): FileKind {
  const directories = path.toLowerCase().split('/');
  const name = directories.pop() ?? '';
  const extension = extensionOf(name);
  if (PYTHON_EXTENSIONS.has(extension)) return 'python';
  if (isDependencies(name, directories)) return 'dependencies';
  if (isCi(name, directories)) return 'ci';
  if (isContainer(name, extension, directories)) return 'container';
  if (isTemplate(name, extension, directories)) return 'template';
  if (TEMPLATE_OF.has(extension)) return 'other';
  if (isSettings(name, extension, directories)) return 'settings';
  if (isServer(name, extension, directories)) return 'server';
  if (SHELL_EXTENSIONS.has(extension)) return 'shell';
  return 'other';
}

/** `.wsgi` is what mod_wsgi runs, `.pyw` what Windows starts without a console. */
const PYTHON_EXTENSIONS: ReadonlySet<string> = new Set(['.py', '.pyw', '.wsgi']);
const SHELL_EXTENSIONS: ReadonlySet<string> = new Set(['.sh', '.bash', '.ksh', '.zsh']);
const YAML: ReadonlySet<string> = new Set(['.yml', '.yaml']);

/** The last extension with its dot, `''` for a name without one; the dot of a hidden file starts no extension. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot);
}

function within(directories: readonly string[], names: ReadonlySet<string>): boolean {
  return directories.some((directory) => names.has(directory));
}

const DEPENDENCY_FILES: ReadonlySet<string> = new Set([
  'pyproject.toml',
  'pipfile',
  'pipfile.lock',
  'poetry.lock',
  'uv.lock',
  'pdm.lock',
  'setup.cfg',
  'environment.yml',
  'environment.yaml',
  '.python-version',
  '.tool-versions',
  'runtime.txt',
]);
/** requirements.txt, requirements-dev.in, dev-requirements.txt, constraints.txt, pylock.web.toml (PEP 751), conda-linux.yml. */
const DEPENDENCY_NAMES =
  /^(?:[\w.-]*requirements[\w.-]*\.(?:txt|in|pip)|[\w.-]*constraints[\w.-]*\.(?:txt|in)|pylock(?:\.[\w-]+)?\.toml|conda[\w.-]*\.ya?ml)$/;
const REQUIREMENTS_DIRECTORIES: ReadonlySet<string> = new Set(['requirements', 'reqs', 'constraints']);

function isDependencies(name: string, directories: readonly string[]): boolean {
  if (DEPENDENCY_FILES.has(name) || DEPENDENCY_NAMES.test(name)) return true;
  return REQUIREMENTS_DIRECTORIES.has(directories.at(-1) ?? '') && /\.(?:txt|in|pip)$/.test(name);
}

const CI_FILES: ReadonlySet<string> = new Set([
  '.travis.yml',
  '.appveyor.yml',
  'appveyor.yml',
  'bitbucket-pipelines.yml',
  'buildspec.yml',
  'cloudbuild.yaml',
  'cloudbuild.yml',
  'codecov.yml',
  '.codecov.yml',
  '.pre-commit-config.yaml',
  '.pre-commit-config.yml',
  'renovate.json',
  'renovate.json5',
  '.renovaterc',
  '.renovaterc.json',
  'pyup.yml',
  '.pyup.yml',
  'makefile',
  'gnumakefile',
  'justfile',
  '.justfile',
  'taskfile.yml',
  'taskfile.yaml',
]);
const CI_NAMES = /^(?:\.gitlab-ci[\w.-]*\.ya?ml|\.drone\.ya?ml|\.woodpecker\.ya?ml|azure-pipelines[\w.-]*\.ya?ml|jenkinsfile[\w.-]*)$/;
/** The forges whose folder of workflows has the same layout as GitHub's. */
const FORGE_DIRECTORIES: ReadonlySet<string> = new Set(['.github', '.forgejo', '.gitea']);
const CI_DIRECTORIES: ReadonlySet<string> = new Set([
  '.circleci',
  '.gitlab',
  '.gitlab-ci',
  '.woodpecker',
  '.azure-pipelines',
  '.buildkite',
]);

function isCi(name: string, directories: readonly string[]): boolean {
  if (CI_FILES.has(name) || CI_NAMES.test(name)) return true;
  const yaml = YAML.has(extensionOf(name));
  if (!yaml) return false;
  return within(directories, CI_DIRECTORIES) || (within(directories, FORGE_DIRECTORIES) && !directories.includes('issue_template'));
}

const CONTAINER_FILES: ReadonlySet<string> = new Set([
  '.dockerignore',
  '.containerignore',
  'app.json',
  'fly.toml',
  'render.yaml',
  'render.yml',
  'app.yaml',
  'app.yml',
  'railway.json',
  'railway.toml',
  'nixpacks.toml',
  'zappa_settings.json',
]);
const CONTAINER_NAMES =
  /^(?:(?:dockerfile|containerfile)(?:[.-][\w.-]+)?|[\w.-]+\.(?:dockerfile|containerfile|dockerignore)|(?:docker-)?compose[\w.-]*\.ya?ml|procfile(?:\.[\w-]+)?)$/;
const DOCUMENTS: ReadonlySet<string> = new Set(['.md', '.rst', '.html']);
const KUBERNETES_DIRECTORIES: ReadonlySet<string> = new Set(
  'k8s .k8s kubernetes kube manifests kustomize helm charts chart deploy deployment deployments infra infrastructure ops'.split(' '),
);

function isContainer(name: string, extension: string, directories: readonly string[]): boolean {
  if (CONTAINER_FILES.has(name)) return !TEMPLATE_DIRECTORIES.has(directories.at(-1) ?? '');
  if (CONTAINER_NAMES.test(name)) return !TEMPLATE_OF.has(extension) && !DOCUMENTS.has(extension);
  // A chart's templates are Go templates, no YAML yet.
  return YAML.has(extension) && within(directories, KUBERNETES_DIRECTORIES) && !within(directories, TEMPLATE_DIRECTORIES);
}

/** Extensions that say “this is the template of something”. */
const TEMPLATE_OF: ReadonlySet<string> = new Set(['.j2', '.jinja', '.jinja2', '.djhtml', '.djt']);
const MARKUP: ReadonlySet<string> = new Set(['.html', '.htm', '.xhtml']);
/** What web projects render besides HTML, when it stands in a folder of templates. */
const RENDERED: ReadonlySet<string> = new Set(
  '.txt .xml .rss .atom .svg .js .css .csv .json .md .rst .eml .mjml .ics .vcf .tex .sql .tpl .tmpl .subject .body'.split(' '),
);
const TEMPLATE_DIRECTORIES: ReadonlySet<string> = new Set(['templates', 'template', 'jinja', 'jinja2', 'jinja_templates']);
/** Served as they are, so braces in them belong to a framework in the browser. */
const STATIC_DIRECTORIES: ReadonlySet<string> = new Set([
  'static',
  'staticfiles',
  'static_files',
  'public',
  'media',
  'assets',
  'htmlcov',
  'bower_components',
]);

function isTemplate(name: string, extension: string, directories: readonly string[]): boolean {
  const place = directories.findLastIndex((directory) => TEMPLATE_DIRECTORIES.has(directory));
  if (TEMPLATE_OF.has(extension)) {
    // `nginx.conf.j2` is the template of a configuration file, which no rule about pages can judge.
    const inner = extensionOf(name.slice(0, -extension.length));
    return inner === '' || MARKUP.has(inner) || RENDERED.has(inner) || /^\.\d/.test(inner);
  }
  if (MARKUP.has(extension)) return place >= directories.findLastIndex((directory) => STATIC_DIRECTORIES.has(directory));
  // `_helpers.tpl` and `NOTES.txt` are the two names that Helm keeps in its own `templates`.
  return place >= 0 && RENDERED.has(extension) && name !== 'notes.txt' && !(name.startsWith('_') && extension === '.tpl');
}

const SETTINGS_FILES: ReadonlySet<string> = new Set([
  'tox.ini',
  'pytest.ini',
  '.pytest.ini',
  '.coveragerc',
  '.flaskenv',
  'alembic.ini',
  '.flake8',
  '.pylintrc',
]);

function isSettings(name: string, extension: string, directories: readonly string[]): boolean {
  if (SETTINGS_FILES.has(name)) return true;
  // .env, .env.production, prod.env, .envs/.production/.django
  if (name === '.env' || name.startsWith('.env.') || name.startsWith('.env-') || extension === '.env') return true;
  if (/\.env\.(?:example|sample|template|dist|tpl)$/.test(name)) return true;
  return directories.includes('.envs');
}

const SERVER_NAMES =
  /^(?:[\w.-]*nginx[\w.-]*\.conf(?:\.[\w-]+)?|nginx[\w-]*|[\w.-]+\.nginx|[\w.-]+\.conf\.template|[\w.-]*uwsgi[\w.-]*\.(?:ini|ya?ml|json|xml)|[\w.-]*supervisor[\w.-]*\.(?:conf|ini)|caddyfile|\.htaccess|gunicorn[\w.-]*\.(?:conf|ini|toml))$/;
const SERVER_DIRECTORIES: ReadonlySet<string> = new Set([
  'nginx',
  'sites-available',
  'sites-enabled',
  'conf.d',
  'supervisor',
  'supervisord',
  'uwsgi',
  'apache',
  'apache2',
  'httpd',
]);
const SYSTEMD: ReadonlySet<string> = new Set(['.service', '.socket', '.timer']);
/** `.conf` files of programs that serve no pages. */
const OTHER_CONF =
  /^(?:[\w.-]*(?:logging|logrotate|redis|postgres|postgresql|pgbouncer|pg_hba|mysql|rsyslog|fluent|promtail|telegraf|sshd?|sysctl|babel|celery|kafka)[\w.-]*)\.conf$/;

function isServer(name: string, extension: string, directories: readonly string[]): boolean {
  if (SERVER_NAMES.test(name)) return !DOCUMENTS.has(extension);
  if (SYSTEMD.has(extension)) return true;
  if (extension === '.conf') return !OTHER_CONF.test(name);
  return SERVER_DIRECTORIES.has(directories.at(-1) ?? '') && (extension === '' || extension === '.ini' || extension === '.vhost');
}
