import type { Frame } from '../../evaluate/frame.ts';
import type { Assumptions } from '../../evaluate/interpreter.ts';
import { environmentOf, unsetValue } from '../../evaluate/names/environment.ts';
import { truthOf } from '../../evaluate/values/truth.ts';
import type { Atom, EnvironmentAtom, Value } from '../../evaluate/values/value.ts';
import { bool } from '../../evaluate/values/value.ts';
import type { CompareExpr, Expr } from '../../ir/nodes.ts';
import type { PackageVersions } from '../package-versions.ts';
import { holdsForVersion } from './version-tests.ts';

/** As what a settings module is looked at, where the environment decides that. */
export type SeenAs = 'production' | 'development';

/** Switches of a settings module by their names: in production those are off, and these on. */
const OFF =
  /^_?(?:IS_|IN_|RUNNING_|USE_)?(?:DEBUG|DEV|DEVEL|DEVELOPMENT|LOCAL|LOCALDEV|TEST|TESTS|TESTING|UNIT_?TEST|UNIT_?TESTING|PYTEST)(?:_MODE|_ENV|_ENABLED|_SERVER)?$/i;
const ON = /^_?(?:IS_|IN_)?(?:PROD|PRODUCTION|LIVE)(?:_MODE|_ENV)?$/i;
const TEST_SWITCH = /TEST/i;

const PRODUCTION_WORDS = new Set(['prod', 'production', 'live']);
/** What stands near production: never development, but not always all of production either. */
const NEAR_WORDS = new Set(['staging', 'stage', 'uat', 'preprod']);
const DEVELOPMENT_WORDS = new Set(['dev', 'devel', 'develop', 'development', 'local', 'localhost', 'debug', 'sandbox']);
const TEST_WORDS = new Set(['test', 'tests', 'testing', 'ci', 'pytest', 'unittest', 'jenkins', 'travis']);
const TEST_PROGRAMS = new Set(['test', 'pytest', 'py.test', 'jenkins', 'testserver']);
/** Commands that make files while a release is built: settings that only they see answer no requests. */
const BUILD_PROGRAMS = new Set(['collectstatic', 'compilemessages', 'makemessages', 'makemigrations', 'compress']);
/** Commands of `manage.py` that serve developers. */
const DEVELOPMENT_PROGRAMS = new Set(['runserver', 'runserver_plus']);

/**
 * Sees a settings module as one environment does: `DEBUG` is off in production whatever variable it is read from, so of `if DEBUG:` one branch
 * runs. What a value decides itself stays: `DEBUG = True` is on.
 */
export class SettingsAssumptions implements Assumptions {
  /** Switches that were given a side, with the values that the module gives them. */
  readonly pinned = new Map<string, Value>();
  /** Conditions of `if` statements that were decided, whoever decided them. */
  readonly taken = new Map<Expr, boolean>();
  /** Conditions that a read of the environment decided by what it gives where that says nothing. */
  readonly unset = new Map<Expr, EnvironmentAtom>();
  private readonly mixed = new Set<Expr>();
  private readonly seenAs: SeenAs;
  private readonly isSilent: boolean;
  private readonly versions: PackageVersions;

  /** `isSilent`: no variable is set, so reads give their defaults. */
  constructor(seenAs: SeenAs, versions: PackageVersions, isSilent = false) {
    this.seenAs = seenAs;
    this.versions = versions;
    this.isSilent = isSilent;
  }

  bound(name: string, value: Value): Value {
    const side = this.sideOf(name);
    if (side === undefined || (name !== 'DEBUG' && this.whenUnset(value) !== undefined)) return value;
    if (truthOf(value) !== undefined || (name !== 'DEBUG' && !value.every(isSwitch))) {
      this.pinned.delete(name);
      return value;
    }
    this.pinned.set(name, value);
    return bool(side);
  }

  decide(frame: Frame, test: Expr, value: Value): boolean | undefined {
    const holds = truthOf(value) ?? this.decideUnset(test, value) ?? holdsForVersion(value, this.versions) ?? this.guess(test, frame);
    // In a loop it may go both ways.
    if (holds !== undefined && !this.mixed.has(test)) {
      if (this.taken.get(test) === !holds) this.mixed.add(test);
      this.taken.set(test, holds);
    }
    if (this.mixed.has(test)) this.taken.delete(test);
    return holds;
  }

  program(test: CompareExpr): boolean | undefined {
    const [only, ...more] = test.rest;
    return only && more.length === 0 && isProgram(only.right) ? this.compared(test.first, only.op, only.right) : undefined;
  }

  private decideUnset(test: Expr, value: Value): boolean | undefined {
    const read = environmentOf(value);
    const holds = this.whenUnset(value);
    if (read && holds !== undefined) this.unset.set(test, read);
    return holds;
  }

  private whenUnset(value: Value): boolean | undefined {
    const read = this.isSilent ? environmentOf(value) : undefined;
    const given = read && unsetValue(read);
    return given && truthOf(given);
  }

  private sideOf(name: string): boolean | undefined {
    const isProduction = this.seenAs === 'production';
    if (OFF.test(name)) return TEST_SWITCH.test(name) ? false : !isProduction;
    return ON.test(name) ? isProduction : undefined;
  }

  /** What a condition says by its words where its value says nothing: `ENVIRONMENT == "production"`, `"test" in sys.argv`. */
  private guess(test: Expr, frame: Frame): boolean | undefined {
    switch (test.kind) {
      case 'name':
        return this.sideOf(test.id);
      case 'attribute':
        return this.sideOf(test.name);
      case 'unary': {
        const inner = test.op === 'not' ? this.guess(test.operand, frame) : undefined;
        return inner === undefined ? undefined : !inner;
      }
      case 'boolean': {
        const sides = test.operands.map((operand) => this.guess(operand, frame));
        const stop = test.op === 'or';
        if (sides.includes(stop)) return stop;
        return sides.every((side) => side === !stop) ? !stop : undefined;
      }
      case 'compare': {
        const [only, ...more] = test.rest;
        return only && more.length === 0 ? this.compared(test.first, only.op, only.right) : undefined;
      }
      default:
        return undefined;
    }
  }

  private compared(left: Expr, op: string, right: Expr): boolean | undefined {
    if (op === '==' || op === '!=') {
      const word = wordOf(right) ?? wordOf(left);
      const holds = word === undefined ? undefined : this.isCalled(word);
      return holds === undefined ? undefined : holds === (op === '==');
    }
    if (op !== 'in' && op !== 'not in') return undefined;
    const word = wordOf(left);
    if (word !== undefined && isProgram(right)) {
      const runs =
        TEST_PROGRAMS.has(word) || BUILD_PROGRAMS.has(word)
          ? false
          : DEVELOPMENT_PROGRAMS.has(word)
            ? this.seenAs === 'development'
            : undefined;
      return runs === undefined ? undefined : runs === (op === 'in');
    }
    if (right.kind !== 'list' && right.kind !== 'tuple' && right.kind !== 'set') return undefined;
    const sides = right.elements.map((element) => {
      const one = wordOf(element);
      return one === undefined ? undefined : this.isCalled(one);
    });
    const holds = sides.includes(true) ? true : sides.length > 0 && sides.every((side) => side === false) ? false : undefined;
    return holds === undefined ? undefined : holds === (op === 'in');
  }

  /** Whether the environment that is seen may be called so. */
  private isCalled(word: string): boolean | undefined {
    const isProduction = this.seenAs === 'production';
    if (PRODUCTION_WORDS.has(word)) return isProduction;
    if (DEVELOPMENT_WORDS.has(word)) return !isProduction;
    if (TEST_WORDS.has(word)) return false;
    return NEAR_WORDS.has(word) && !isProduction ? false : undefined;
  }
}

/** What may be a switch: read from the environment, or true or false. */
function isSwitch(atom: Atom): boolean {
  if (atom.kind === 'environment') return true;
  if (atom.kind === 'constant') return atom.literal.type === 'bool' || atom.literal.type === 'none';
  return atom.kind === 'opaque' && (atom.type === undefined || atom.type === 'builtins.bool');
}

function wordOf(node: Expr): string | undefined {
  return node.kind === 'literal' && node.literal.type === 'str' ? node.literal.value.toLowerCase() : undefined;
}

/** `sys.argv`, `sys.argv[1:]`, `sys.modules`. */
function isProgram(node: Expr): boolean {
  if (node.kind === 'subscript') return isProgram(node.object);
  return node.kind === 'attribute' && (node.name === 'argv' || node.name === 'modules');
}
