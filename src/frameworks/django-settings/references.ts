import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Module } from '../../semantics/module.ts';
import type { ProjectText, ProjectTexts } from '../project-texts.ts';

/** A file that names a module as the settings to use, and what the file is for. */
export interface Reference {
  readonly path: string;
  /** What it calls it. */
  readonly name: string;
  /** `server`: a WSGI or ASGI module · `deployment`: a container or process · `starter`: `manage.py` and other programs. */
  readonly by: 'server' | 'deployment' | 'starter' | 'tests' | 'developers';
}

/** `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")` and the same as an item. */
const IN_PYTHON = /DJANGO_SETTINGS_MODULE["']\s*(?:,|\]\s*=)\s*["']([A-Za-z_][\w.]*)["']/g;
/** `DJANGO_SETTINGS_MODULE=shop.settings`, the same in YAML, TOML and INI, `ENV DJANGO_SETTINGS_MODULE shop.settings`, `--settings shop.settings`, `--ds=…`. */
const IN_TEXT =
  /(?:DJANGO_SETTINGS_MODULE["']?\s*[=:]?\s*|DJANGO_SETTINGS_MODULE["']?\s*\n\s*(?:-\s*)?value:\s*|--settings[= ]|--ds[= ])["']?([A-Za-z_]\w*(?:\.\w+)+|[A-Za-z_]\w*settings)\b/g;
const FOR_DEVELOPERS = /(?:^|[/._-])(?:dev|devel|development|local|override|devcontainer|vagrant|example|sample)(?:[/._-]|$)/i;
const FOR_PRODUCTION = /(?:^|[/._-])(?:prod|production|live|deploy|deployment|staging)(?:[/._-]|$)/i;
const FOR_TESTS = /(?:^|[/._-])(?:tests?|testing|ci|pytest|tox|e2e)(?:[/._-]|$)/i;

/** The files that name modules as the settings to use. */
export function referencesTo(interpreter: Interpreter, texts: ProjectTexts): ReadonlyMap<Module, readonly Reference[]> {
  const references = new Map<Module, Reference[]>();
  const add = (name: string, from: Module | undefined, reference: Omit<Reference, 'name'>): void => {
    const named = interpreter.modules.find(name, from);
    if (named) references.set(named, [...(references.get(named) ?? []), { ...reference, name }]);
  };
  for (const { module } of interpreter.states.values()) {
    const { path, text } = module;
    if (!text.includes('DJANGO_SETTINGS_MODULE')) continue;
    const by = /(^|[/_])(wsgi|asgi)\.py$|\.wsgi$/.test(path) ? 'server' : module.file.role === 'test' ? 'tests' : 'starter';
    for (const [, name = ''] of text.matchAll(IN_PYTHON)) add(name, module, { path, by });
  }
  for (const one of texts('container', 'server', 'ci', 'settings', 'dependencies', 'shell')) {
    if (!/DJANGO_SETTINGS_MODULE|--settings|--ds/.test(one.text)) continue;
    for (const [, name = ''] of one.text.matchAll(IN_TEXT)) add(name, undefined, { path: one.path, by: purposeOf(one) });
  }
  return references;
}

function purposeOf({ path, kind }: ProjectText): Reference['by'] {
  if (kind === 'container' || kind === 'server')
    return FOR_TESTS.test(path) ? 'tests' : FOR_DEVELOPERS.test(path) ? 'developers' : 'deployment';
  // `pytest.ini`, `[tool.pytest]`, a job of continuous integration.
  if (kind === 'ci') return /makefile|justfile|taskfile/i.test(path) ? 'developers' : 'tests';
  if (kind === 'dependencies' || /(?:pytest|tox)\.ini$/.test(path)) return 'tests';
  if (FOR_TESTS.test(path)) return 'tests';
  if (FOR_PRODUCTION.test(path)) return 'deployment';
  return FOR_DEVELOPERS.test(path) || kind === 'settings' ? 'developers' : 'starter';
}
