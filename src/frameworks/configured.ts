import type { FrameworkHooks, Interpreter } from '../evaluate/interpreter.ts';
import { ROOT_BRANCH } from '../evaluate/values/branch.ts';
import { signatureOf } from '../evaluate/values/signature.ts';
import type { Atom, Value } from '../evaluate/values/value.ts';
import { isDjangoName, SHARED_NAMES } from './django-settings/names.ts';
import { classEntries } from './flask-config/class-entries.ts';
import { TELLING } from './flask-config/defaults.ts';
import { isForDevelopers, roleOfClass, roleOfModule } from './flask-config/roles.ts';
import { applicationClasses } from './routes/functions.ts';

/** The objects that hand out the configuration of a project. */
const STORES: ReadonlySet<string> = new Set(['django.conf.LazySettings', 'flask.Config']);
const NAME = /^[A-Z][A-Z0-9_]*$/;
/** What may be a secret, by its name: it is told where it stands, and not where it is used. */
const MAY_BE_SECRET = /KEY|SECRET|TOKEN|PASS|SALT|CREDENTIAL/;
/** Modules and classes that hold it, by a word of their names or the folder they stand in. */
const HOLDS = /(?:^|[/_.])(?:settings?|config|configuration|conf|constants|defaults?|base|common|prod|production)(?:[/_.]|$)/i;
const CLASS_HOLDS = /(?:Config|Configuration|Settings)$|^(?:Config|Settings)/;

/**
 * What a project configures under names of its own, for the code that reads it of `settings` or `app.config`. Names that a framework gives a
 * meaning have rules of their own, and secrets are told where they stand.
 */
export function configuredHooks(): FrameworkHooks {
  let known: ReadonlyMap<string, readonly Value[]> | undefined;
  return {
    parameterType: () => undefined,
    parameterSource: () => undefined,
    attributeType: () => undefined,
    configured: (interpreter, store, name) => {
      // Settings are whole when all modules have run.
      if (!STORES.has(store) || !interpreter.modulesDone || !isOwnName(name)) return undefined;
      known ??= configured(interpreter);
      return agreed(known.get(name) ?? []);
    },
  };
}

function isOwnName(name: string): boolean {
  return NAME.test(name) && !isDjangoName(name) && !SHARED_NAMES.has(name) && !TELLING.test(name) && !MAY_BE_SECRET.test(name);
}

/** What all of them say: which of them production runs with need not be known then. */
function agreed([first, ...others]: readonly Value[]): Value | undefined {
  if (!first?.every(isPlain)) return undefined;
  return others.every((other) => signatureOf([other]) === signatureOf([first])) ? first : undefined;
}

/**
 * Texts, numbers and what is made of them. A switch that is off here may be on where the site runs: what it guards counts, and so does what
 * a dict of switches, or what is still empty, does.
 */
function isPlain(atom: Atom): boolean {
  if (atom.kind === 'constant') return isTold(atom);
  if (atom.kind !== 'container' || atom.object.open || atom.object.size === 0) return false;
  const held = atom.object.everything(ROOT_BRANCH);
  return held.some((one) => one.kind === 'container' || (one.kind === 'constant' && isTold(one)));
}

function isTold({ literal }: Atom & { kind: 'constant' }): boolean {
  return (literal.type === 'str' || literal.type === 'int' || literal.type === 'float') && Boolean(literal.value);
}

function configured(interpreter: Interpreter): ReadonlyMap<string, readonly Value[]> {
  const found = new Map<string, Value[]>();
  const add = (name: string, value: Value): void => {
    if (NAME.test(name)) found.set(name, [...(found.get(name) ?? []), value]);
  };
  for (const { module, frame } of interpreter.states.values())
    if (!isForDevelopers(roleOfModule(module)) && HOLDS.test(module.path)) for (const [name, value] of frame.vars) add(name, value);
  for (const info of applicationClasses(interpreter))
    if (CLASS_HOLDS.test(info.name) && !isForDevelopers(roleOfClass(info)))
      for (const [name, { value }] of classEntries(interpreter, info)) add(name, value);
  return found;
}
