/**
 * What the directories above a file say about it. Computed once per directory and handed down, from the audited root only:
 * what stands above the root never counts, so a project that happens to lie in `/tmp/tests/` is not all tests.
 */
export interface Place {
  /** Name of the directory in lower case, `''` for the root. */
  readonly name: string;
  /** Name of the directory above in lower case. */
  readonly parent: string;
  readonly tests: boolean;
  readonly example: boolean;
  readonly docs: boolean;
  readonly migrations: boolean;
  readonly scripts: boolean;
  /** Below a folder of templates. */
  readonly templates: boolean;
  /** Below a folder whose files are served as they are, with no folder of templates in between: braces there belong to a framework in the browser. */
  readonly served: boolean;
  /** Its YAML files belong to a continuous integration service or a code forge. */
  readonly ci: boolean;
  /** Its YAML files are likely to be Kubernetes manifests. */
  readonly kubernetes: boolean;
  /** Below `.envs`, where every file sets environment variables. */
  readonly envs: boolean;
}

/** The audited root. */
export const ROOT_PLACE: Place = {
  name: '',
  parent: '',
  tests: false,
  example: false,
  docs: false,
  migrations: false,
  scripts: false,
  templates: false,
  served: false,
  ci: false,
  kubernetes: false,
  envs: false,
};

/**
 * The place of a directory below another. A folder named `docs`, `demo` or `tools` that holds `__init__.py`, or models and views, can be imported:
 * then it is an application called so, not documentation, an example or a box of scripts. No application is called `examples`.
 */
export function placeBelow(outer: Place, directoryName: string, isPackage: boolean): Place {
  const name = directoryName.toLowerCase();
  const plain = !isPackage;
  const templates = TEMPLATES.has(name);
  return {
    name,
    parent: outer.name,
    tests: outer.tests || TESTS.has(name) || /^tests_|_tests$|(?:^|[_-])mocks?(?:$|[_-])/.test(name),
    example:
      outer.example ||
      name === 'examples' ||
      SKELETONS.has(name) ||
      name.startsWith('{{') ||
      (plain && (EXAMPLES.has(name) || ASIDE.has(name))),
    docs: outer.docs || (plain && DOCS.has(name)),
    migrations: outer.migrations || MIGRATIONS.has(name) || (name === 'versions' && outer.name.includes('alembic')),
    scripts: outer.scripts || SCRIPTS.has(name) || name.endsWith('_scripts') || (plain && TOOLS.has(name)),
    templates: outer.templates || templates,
    served: !templates && (outer.served || SERVED.has(name)),
    ci: (outer.ci || CI.has(name)) && name !== 'issue_template',
    kubernetes: outer.kubernetes || KUBERNETES.has(name),
    envs: outer.envs || name === '.envs',
  };
}

/** The place of a file, from its path relative to the root. `isPackage` gets directories relative to the root. */
export function placeOf(path: string, isPackage: (directory: string) => boolean): Place {
  let place = ROOT_PLACE;
  let start = 0;
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', start)) {
    place = placeBelow(place, path.slice(start, end), isPackage(path.slice(0, end)));
    start = end + 1;
  }
  return place;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

const TESTS = words(
  'test tests _test _tests .semgrep testing __tests__ unit_tests integration_tests functional_tests e2e_tests e2e test_utils test_helpers testdata test_data testapp ' +
    'testproject test_project unittests api_tests ui_tests acceptance_tests system_tests smoke_tests regression_tests browser_tests ' +
    'playwright_tests selenium_tests cypress_tests load_tests performance_tests',
);
const EXAMPLES = words('example examples sample samples demo demos example_project example_app sandbox');
/** What `startproject --template` and cookiecutter copy: whoever starts a project fills in the rest. */
const SKELETONS = words('project_template project_templates project_name app_template');
/** What was set aside: like an example it is there to be looked up, and does not run. */
const ASIDE = words('old _old backup backups bak _bak attic archived obsolete');
const DOCS = words('doc docs documentation');
const MIGRATIONS = words('migrations south_migrations');
const SCRIPTS = words('scripts script bin sbin .github .circleci .ci');
const TOOLS = words('tools tool devtools dev-tools hack ci');
const TEMPLATES = words('templates template jinja jinja2 jinja_templates');
const SERVED = words('static staticfiles static_files public media assets bower_components');
const CI = words('.github .forgejo .gitea .circleci .gitlab .gitlab-ci .woodpecker .azure-pipelines .buildkite');
const KUBERNETES = words(
  'k8s .k8s kubernetes kube manifests kustomize helm charts chart deploy deployment deployments infra infrastructure ops',
);
