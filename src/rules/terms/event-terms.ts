import type { Event } from '../../evaluate/events.ts';
import type { Guard } from '../../evaluate/frame.ts';
import { join } from '../../evaluate/value.ts';
import type { Expr, Span, Stmt, TryStmt, Unit } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import { childBlocks } from '../../semantics/scope.ts';
import { classOf, expressionOfEvent, functionOf, nameOf, subjectOf, writtenImport } from '../event-parts.ts';
import { expressionName } from '../expression-name.ts';
import { swallows } from '../handlers.ts';
import { best, either, keysOfMention, keysOfName, keysOfNames, keysOfSame } from '../keys.ts';
import { compileNames, compileRegex } from '../name-match.ts';
import {
  CONDITION_SCHEMA,
  type EventTest,
  isObject,
  type Json,
  type JsonObject,
  listOfStrings,
  NAMES_SCHEMA,
  REGEX_SCHEMA,
  type Subject,
  type Term,
  type Terms,
  VALUE_SCHEMA,
  type ValueTest,
} from '../term.ts';
import { branchTerms } from './branch-terms.ts';
import { compileClass, keysOfClass } from './class-terms.ts';
import { sinkTerms } from './flow-terms.ts';
import { compileFunction } from './function-terms.ts';
import { gateOfCallee, gateOfFunction, onceFor } from './gates.ts';
import { loopTerms } from './loop-terms.ts';
import { mentions } from './mentions.ts';
import { migrationTerms } from './migration-terms.ts';
import { compileName, NAME_SCHEMA } from './name-pattern.ts';
import { passedArgument } from './passed-argument.ts';
import { routeTerms } from './route-terms.ts';
import { settingTerms } from './setting-terms.ts';

/** Characters behind a call in which `then` looks for an attribute: a line break with its indentation, and a name. */
const MAX_THEN = 120;

function valuePart(part: string, doc: string): Term<EventTest> {
  return {
    doc,
    schema: VALUE_SCHEMA,
    keys: (pattern, compiler) =>
      part === 'callee' ? gateOfCallee(pattern, compiler) : part === 'result' ? undefined : keysOfSame(pattern, compiler),
    compile: (pattern, compiler) => {
      const test = compiler.value(isObject(pattern) ? pattern : {});
      return (context) => test(subjectOf(context.event, part), context);
    },
  };
}

/** An argument of a call event, see `passedArgument`. */
export function argumentSubject(event: Event & { kind: 'call' }, key: string, params: readonly string[] | undefined): Subject {
  return passedArgument(event.args, event.node, key, params);
}

/** Every word with which a rule can describe an event. All words of one condition must hold. */
export const eventTerms: Terms<EventTest> = {
  ...sinkTerms,
  ...settingTerms,
  ...routeTerms,
  ...branchTerms,
  ...loopTerms,
  ...migrationTerms,
  callee: {
    doc: 'call: what is called has one of these qualified names.',
    schema: NAMES_SCHEMA,
    keys: keysOfNames('callee'),
    compile: (patterns) => {
      const matches = compileNames(listOfStrings(patterns));
      return ({ event }) => event.kind === 'call' && matches(event.names);
    },
  },
  arg: {
    doc: 'call: these arguments are such values. Keys: `verify` by keyword or modelled position, `1` by position, `debug@2` by either.',
    schema: { type: 'object', additionalProperties: VALUE_SCHEMA },
    keys: (entries, compiler) =>
      best(Object.values(isObject(entries) ? entries : {}).map((pattern) => compiler.keysOfValue(isObject(pattern) ? pattern : {}))),
    compile: (entries, compiler) => {
      const tests = Object.entries(isObject(entries) ? entries : {}).map(([key, pattern]) => ({
        key,
        test: compiler.value(isObject(pattern) ? pattern : {}),
      }));
      return (context) => {
        const { event, interpreter } = context;
        if (event.kind !== 'call') return false;
        const params = event.names.map((name) => interpreter.library.row(name)?.params).find((row) => row !== undefined);
        return tests.every(({ key, test }) => test(argumentSubject(event, key, params), context));
      };
    },
  },
  written: {
    doc: 'Its source text (of a call: what is called) matches this regular expression (RE2).',
    schema: REGEX_SCHEMA,
    compile: (pattern) => {
      const matches = compileRegex(typeof pattern === 'string' ? pattern : '');
      return ({ event }) => {
        const node = event.kind === 'call' ? event.node.callee : event.node;
        return matches(event.frame.state.module.text.slice(node.start, node.end));
      };
    },
  },
  'any-arg': {
    doc: 'call: one of the arguments is such a value.',
    schema: VALUE_SCHEMA,
    keys: keysOfSame,
    compile: (pattern, compiler) => {
      const test = compiler.value(isObject(pattern) ? pattern : {});
      return (context) => {
        const { event } = context;
        if (event.kind !== 'call') return false;
        const { positional, keywords, spread } = event.args;
        const spreads = spread.length > 0 ? event.node.args.filter((one) => one.star !== undefined) : [];
        return (
          [...positional, ...keywords].some((passed) => test({ value: passed.value, node: passed.node, absent: 'no' }, context)) ||
          spreads.some((node) => test({ value: spread, node, absent: 'no' }, context))
        );
      };
    },
  },
  spread: {
    doc: 'call: it passes `**` of names that are not known, and what gives these names is such a value.',
    schema: VALUE_SCHEMA,
    keys: keysOfSame,
    compile: (pattern, compiler) => {
      const test = compiler.value(isObject(pattern) ? pattern : {});
      return (context) => {
        const { event } = context;
        if (event.kind !== 'call' || !event.args.openKeywords) return false;
        const node = event.node.args.find((one) => one.star === '**');
        return test({ value: join(event.args.names ?? [], event.args.keys ?? []), node, absent: 'no' }, context);
      };
    },
  },
  arguments: {
    doc: 'call: so many arguments are passed, positional and keywords.',
    schema: { type: 'object', additionalProperties: false, properties: { min: { type: 'number' }, max: { type: 'number' } } },
    compile: (bounds) => {
      const { min, max } = isObject(bounds) ? bounds : {};
      return ({ event }) => {
        if (event.kind !== 'call' || event.args.openKeywords || event.args.openPositional) return false;
        const count = event.args.positional.length + event.args.keywords.length;
        return !(typeof min === 'number' && count < min) && !(typeof max === 'number' && count > max);
      };
    },
  },
  keywords: {
    doc: 'call: it passes keywords, and each has such a name.',
    schema: NAME_SCHEMA,
    compile: (pattern) => {
      const test = compileName(pattern);
      return ({ event }) => event.kind === 'call' && event.args.keywords.length > 0 && event.args.keywords.every(({ name }) => test(name));
    },
  },
  called: valuePart('callee', 'call: what is called is such a value.'),
  receiver: valuePart('receiver', 'call: the object whose method is called is such a value.'),
  result: valuePart('result', 'call: the result is such a value.'),
  awaited: {
    doc: 'call: it stands directly behind `await` (or not).',
    schema: { type: 'boolean' },
    keys: (wanted) => [{ in: 'gate', id: `awaited ${wanted}`, test: ({ event }) => event.kind === 'call' && event.awaited === wanted }],
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'call' && event.awaited === wanted,
  },
  then: {
    doc: 'call: such an attribute of its result is taken right there, as in `Markup(text).unescape()`.',
    schema: NAME_SCHEMA,
    compile: (pattern) => {
      const test = compileName(pattern);
      return ({ event }) => {
        if (event.kind !== 'call') return false;
        const { text } = event.frame.state.module;
        return test(/^\s*\.\s*(\w+)/.exec(text.slice(event.node.end, event.node.end + MAX_THEN))?.[1]);
      };
    },
  },
  unused: {
    doc: 'call: it stands alone, and nothing uses its result (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'call' && (event.statement?.kind === 'expression' && event.statement.value === event.node) === wanted,
  },
  value: valuePart('value', 'store, test, iterate, assert, return: the value is such a value.'),
  object: valuePart('object', 'store: the object whose attribute, item or argument is set is such a value.'),
  key: valuePart('key', 'store: the key of the item that is set is such a value.'),
  left: valuePart('left', 'compare: the left side is such a value.'),
  right: valuePart('right', 'compare: the right side is such a value.'),
  types: valuePart('types', 'handler: what it catches is such a value.'),
  decorator: valuePart('decorator', 'decorator: it is such a value.'),
  returned: valuePart('returned', 'body: what the function returns is such a value.'),
  sides: {
    doc: 'compare: one side is such a value and the other side such a one, in either order.',
    schema: { type: 'array', items: VALUE_SCHEMA, minItems: 2, maxItems: 2 },
    keys: (patterns, compiler) =>
      best((Array.isArray(patterns) ? patterns : []).filter(isObject).map((pattern) => compiler.keysOfValue(pattern))),
    compile: (patterns, compiler) => {
      const [one, other] = (Array.isArray(patterns) ? patterns : []).map((pattern: Json) =>
        compiler.value(isObject(pattern) ? pattern : {}),
      );
      return (context) => {
        const left = subjectOf(context.event, 'left');
        const right = subjectOf(context.event, 'right');
        return !!one && !!other && ((one(left, context) && other(right, context)) || (one(right, context) && other(left, context)));
      };
    },
  },
  op: {
    doc: 'compare: the operator is one of these.',
    schema: { type: 'array', items: { enum: ['==', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'is', 'is not'] } },
    compile: (operators) => {
      const wanted = new Set(listOfStrings(operators));
      return ({ event }) => event.kind === 'compare' && wanted.has(event.op);
    },
  },
  form: {
    doc: 'store: it is one of these.',
    schema: { type: 'array', items: { enum: ['variable', 'class-variable', 'attribute', 'item', 'entry', 'keyword', 'default'] } },
    compile: (forms) => {
      const wanted = new Set(listOfStrings(forms));
      return ({ event }) => event.kind === 'store' && wanted.has(event.form);
    },
  },
  augmented: {
    doc: 'store: it is `+=` and the like (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'store' && event.augmented === wanted,
  },
  name: {
    doc: 'The name set, defined, decorated or called (a method’s own name) is such a name.',
    schema: NAME_SCHEMA,
    keys: keysOfName,
    compile: (pattern) => {
      const test = compileName(pattern);
      return ({ event }) => test(nameOf(event));
    },
  },
  import: {
    doc: 'import: it imports one of these qualified names, or the name as it is written (removed names have a newer one).',
    schema: NAMES_SCHEMA,
    keys: keysOfNames('callee'),
    compile: (patterns) => {
      const matches = compileNames(listOfStrings(patterns));
      return ({ event }) => event.kind === 'import' && matches([event.name, writtenImport(event)]);
    },
  },
  'imported-from': {
    doc: 'import: the module is written as one of these (aliases of the library are not looked through).',
    schema: NAMES_SCHEMA,
    compile: (names) => {
      const wanted = new Set(listOfStrings(names));
      return ({ event }) =>
        event.kind === 'import' &&
        event.statement?.kind === 'import-from' &&
        event.statement.level === 0 &&
        wanted.has(event.statement.module);
    },
  },
  local: {
    doc: 'import: it leads into the project (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'import' && event.local === wanted,
  },
  fallback: {
    doc: 'import: it is tried, or stands in for another, under `try` … `except ImportError` (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'import' && isFallbackImport(event) === wanted,
  },
  above: decoratorNeighbour('above', 'decorator: above it stands a decorator that is such a value.'),
  below: decoratorNeighbour('below', 'decorator: below it, nearer to the function, stands a decorator that is such a value.'),
  target: {
    doc: 'decorator: what it decorates.',
    schema: { enum: ['function', 'class'] },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'decorator' && ('defaults' in event.target ? 'function' : 'class') === wanted,
  },
  narrows: {
    doc: 'test, compare: a later part of the same `and`, or of the `or` behind its negation, is about the same value (of a comparison, its left side), as in `user and user.name` (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        (event.kind === 'test' || event.kind === 'compare') && narrows(event) === wanted,
  },
  async: {
    doc: 'iterate: it is `async for` (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'iterate' && event.async === wanted,
  },
  annotation: {
    doc: 'store: the variable is annotated with a type whose text matches this regular expression (RE2).',
    schema: REGEX_SCHEMA,
    compile: (pattern) => {
      const matches = compileRegex(typeof pattern === 'string' ? pattern : '');
      return ({ event }) => {
        const annotation = event.kind === 'store' && event.statement?.kind === 'assign' ? event.statement.annotation : undefined;
        return annotation !== undefined && matches(event.frame.state.module.text.slice(annotation.start, annotation.end));
      };
    },
  },
  swallows: {
    doc: 'handler: its body does nothing about the exception: `pass`, `continue`, logging.',
    schema: { const: true },
    compile:
      () =>
      ({ event }) =>
        event.kind === 'handler' && swallows(event.node.body),
  },
  attempts: {
    doc: 'handler, call in the head of a `with`: the body of the `try` or `with` ends, logging apart, with a call of a function with such a name whose result nothing uses, and more follows after it.',
    schema: NAME_SCHEMA,
    compile: (pattern) => {
      const test = compileName(pattern);
      return ({ event }) => {
        const outer = event.kind === 'handler' ? event.attempt : event.kind === 'call' ? event.statement : undefined;
        if (outer?.kind !== 'try' && outer?.kind !== 'with') return false;
        const around = event.frame.info?.node.kind === 'function' ? event.frame.info.node.body : event.frame.state.module.unit.body;
        const statement = outer.body.findLast((one) => !swallows([one]));
        if (!statement || !isFollowed(around, outer)) return false;
        // `continue` leaves out the rest of the loop, which is what the check protects.
        const continues = event.kind === 'handler' && event.node.body.some((one) => one.kind === 'continue');
        if (continues && !standsLast(around, outer)) return false;
        if (statement.kind === 'expression') return statementCalls(statement.value, test);
        return (
          statement.kind === 'assign' &&
          statement.value !== undefined &&
          statementCalls(statement.value, test) &&
          statement.targets.every((target) => target.kind === 'name' && !namedOutside(around, statement, target.id))
        );
      };
    },
  },
  function: {
    doc: 'It is about, or stands in, such a function (`false`: it stands in none).',
    schema: { oneOf: [{ const: false }, { $ref: '#/$defs/function' }] },
    keys: gateOfFunction,
    compile: (pattern, compiler) => {
      if (pattern === false) return ({ event }) => functionOf(event) === undefined;
      const test = compileFunction(isObject(pattern) ? pattern : {}, compiler);
      return (context) => {
        const info = functionOf(context.event);
        return info !== undefined && test(info, context);
      };
    },
  },
  class: {
    doc: 'It is about, or stands in (a method of), such a class (`false`: in none).',
    schema: { oneOf: [{ const: false }, { $ref: '#/$defs/class' }] },
    keys: (pattern, compiler) => (isObject(pattern) ? keysOfClass(pattern, compiler) : undefined),
    compile: (pattern, compiler) => {
      if (pattern === false) return ({ event }) => classOf(event) === undefined;
      const test = compileClass(isObject(pattern) ? pattern : {}, compiler);
      return (context) => {
        const info = classOf(context.event);
        return info !== undefined && test(info, context);
      };
    },
  },
  role: {
    doc: 'It stands in a file of one of these roles. Rules have `roles` for this; here it tells variants apart.',
    schema: { type: 'array', items: { enum: ['app', 'test', 'migration', 'settings', 'script', 'docs', 'example'] } },
    keys: (roles) => {
      const wanted = new Set(listOfStrings(roles));
      // Most files are the application's.
      if (wanted.has('app')) return undefined;
      return [{ in: 'gate', id: `role ${JSON.stringify(roles)}`, test: ({ event }) => wanted.has(event.frame.state.module.file.role) }];
    },
    compile: (roles) => {
      const wanted = new Set(listOfStrings(roles));
      return ({ event }) => wanted.has(event.frame.state.module.file.role);
    },
  },
  path: {
    doc: 'Its file’s path, relative to the audited root, matches this regular expression (RE2).',
    schema: REGEX_SCHEMA,
    keys: (pattern) => {
      const matches = compileRegex(typeof pattern === 'string' ? pattern : '');
      return [{ in: 'gate', id: `path ${pattern}`, test: onceFor(({ event }) => event.frame.state.module.path, matches) }];
    },
    compile: (pattern) => {
      const matches = compileRegex(typeof pattern === 'string' ? pattern : '');
      return ({ event }) => matches(event.frame.state.module.path);
    },
  },
  'main-guard': {
    doc: 'It stands under `if __name__ == "__main__"` (or not).',
    schema: { type: 'boolean' },
    keys: (wanted) => (wanted === true ? [{ in: 'gate', id: 'main guard', test: underMainGuard() }] : undefined),
    compile: (wanted) => {
      const test = underMainGuard();
      return (context) => test(context) === wanted;
    },
  },
  guard: {
    doc: 'It is reached, or the function around it defined, only where a test of such a value was taken as `holds` (default true).',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['mentions'],
      properties: { mentions: NAME_SCHEMA, holds: { type: 'boolean' } },
    },
    keys: (argument) => [{ in: 'gate', id: `guard ${JSON.stringify(argument)}`, test: compileGuard(argument) }],
    compile: compileGuard,
  },
  mentions: {
    doc: 'compare, test, assert, return: a name, attribute or constant key in its expression has such a name.',
    schema: NAME_SCHEMA,
    keys: keysOfMention,
    compile: (pattern) => {
      const test = compileName(pattern);
      return ({ event }) => {
        const node = expressionOfEvent(event);
        return node !== undefined && mentions(node, test);
      };
    },
  },
  any: {
    doc: 'One of these conditions holds.',
    schema: { type: 'array', items: CONDITION_SCHEMA, minItems: 1 },
    keys: (conditions, compiler) =>
      either((Array.isArray(conditions) ? conditions : []).filter(isObject).map((condition) => compiler.keysOfCondition(condition))),
    compile: (conditions, compiler) => {
      const tests = (Array.isArray(conditions) ? conditions : [])
        .filter(isObject)
        .map((condition: JsonObject) => compiler.condition(condition));
      return (context) => tests.some((test) => test(context));
    },
  },
  like: {
    doc: 'The conditions hold that the rule names so under `patterns`.',
    schema: { oneOf: [{ type: 'string' }, CONDITION_SCHEMA] },
    keys: (condition, compiler) => (isObject(condition) ? compiler.keysOfCondition(condition) : undefined),
    compile: (condition, compiler) => compiler.condition(isObject(condition) ? condition : {}),
  },
  all: {
    doc: 'All of these conditions hold.',
    schema: { type: 'array', items: CONDITION_SCHEMA, minItems: 1 },
    keys: (conditions, compiler) =>
      best((Array.isArray(conditions) ? conditions : []).filter(isObject).map((condition) => compiler.keysOfCondition(condition))),
    compile: (conditions, compiler) => {
      const tests = (Array.isArray(conditions) ? conditions : [])
        .filter(isObject)
        .map((condition: JsonObject) => compiler.condition(condition));
      return (context) => tests.every((test) => test(context));
    },
  },
  not: {
    doc: 'The condition does not hold.',
    schema: CONDITION_SCHEMA,
    compile: (condition, compiler) => {
      const test = compiler.condition(isObject(condition) ? condition : {});
      return (context) => !test(context);
    },
  },
};

const NO_GUARDS: readonly Guard[] = [];
function compileGuard(argument: Json): EventTest {
  const { mentions: name = [], holds } = isObject(argument) ? argument : {};
  const test = compileName(name);
  const isUnder = (guards: readonly Guard[]): boolean =>
    guards.some((guard) => (holds === undefined || guard.holds === holds) && mentions(guard.test, test));
  const here = onceFor(({ event }) => event.frame.guards, isUnder);
  const around = onceFor(({ event }) => event.frame.info?.guards ?? NO_GUARDS, isUnder);
  return (context) => here(context) || around(context);
}

function decoratorNeighbour(side: 'above' | 'below', doc: string): Term<EventTest> {
  return {
    doc,
    schema: VALUE_SCHEMA,
    compile: (pattern, compiler) => {
      const test: ValueTest = compiler.value(isObject(pattern) ? pattern : {});
      return (context) => {
        const { event } = context;
        if (event.kind !== 'decorator') return false;
        const others = side === 'above' ? event.all.slice(0, event.index) : event.all.slice(event.index + 1);
        return others.some((other) => test({ value: other.value, node: other.node.expression, absent: 'no' }, context));
      };
    },
  };
}

function underMainGuard(): EventTest {
  return onceFor(
    ({ event }) => event.frame.guards,
    (guards) => guards.some((guard) => guard.holds && isMainGuard(guard.test)),
  );
}

function isMainGuard(test: Expr): boolean {
  return (
    test.kind === 'compare' &&
    [test.first, ...test.rest.map((rest) => rest.right)].some((side) => side.kind === 'name' && side.id === '__name__')
  );
}

function statementCalls(node: Expr, test: (name: string | undefined) => boolean): boolean {
  if (node.kind === 'await') return statementCalls(node.value, test);
  return node.kind === 'call' && test(expressionName(node.callee));
}

/** Whether a later operand of the `and` around a test or comparison, or of the `or` behind its negation, spells the tested expression again. */
function narrows(event: Event & { kind: 'test' | 'compare' }): boolean {
  const { info, state } = event.frame;
  const around = info?.node.kind === 'lambda' ? info.node : event.statement;
  if (!around) return false;
  const { text } = state.module;
  const source = (node: Expr): string => text.slice(node.start, node.end);
  const subject = source(event.kind === 'test' ? event.node : event.leftNode);
  const isTested = ({ start, end }: Expr): boolean => start === event.node.start && end === event.node.end;
  const asksForNothing = event.kind === 'compare' && (event.op === 'is' || event.op === '==');
  const isRefused = (node: Expr): boolean =>
    (node.kind === 'unary' && node.op === 'not' && isTested(node.operand)) || (asksForNothing && isTested(node));
  let found = false;
  walk(around, (node) => {
    if (node.kind === 'boolean') {
      const at = node.operands.findIndex(node.op === 'and' ? isTested : isRefused);
      found ||= at >= 0 && node.operands.slice(at + 1).some((operand) => source(operand).includes(subject));
    }
    return !found;
  });
  return found;
}

/** Whether something runs after a statement, in its block or in a block around it. */
function isFollowed(statements: readonly Stmt[], wanted: Stmt): boolean {
  return statements.some(
    (statement, at) =>
      statement.start <= wanted.start &&
      wanted.end <= statement.end &&
      (at + 1 < statements.length || (statement !== wanted && childBlocks(statement).some((block) => isFollowed(block, wanted)))),
  );
}

/** Whether a statement is the last one of the block that it stands in. */
function standsLast(statements: readonly Stmt[], wanted: Stmt): boolean {
  return statements.some((statement, at) =>
    statement === wanted
      ? at + 1 === statements.length
      : statement.start <= wanted.start && wanted.end <= statement.end && childBlocks(statement).some((block) => standsLast(block, wanted)),
  );
}

/** Whether a variable is named anywhere in these statements outside one of them. */
function namedOutside(statements: readonly Stmt[], own: Stmt, name: string): boolean {
  let found = false;
  for (const statement of statements)
    walk(statement, (child) => {
      if (child === own) return false;
      if (child.kind === 'name' && child.id === name) found = true;
      return !found;
    });
  return found;
}

/** Whether an import stands in a `try` statement that handles its failure. */
function isFallbackImport(event: Event & { kind: 'import' }): boolean {
  const { unit } = event.frame.state.module;
  let attempts = importAttempts.get(unit);
  if (!attempts) {
    attempts = triesOf(unit.body).filter(({ handlers }) =>
      handlers.some(({ types }) => types === undefined || mentions(types, (name) => IMPORT_ERRORS.has(name ?? ''))),
    );
    importAttempts.set(unit, attempts);
  }
  return attempts.some((attempt) => attempt.start <= event.node.start && event.node.end <= attempt.end);
}
function triesOf(statements: readonly Stmt[]): readonly TryStmt[] {
  return statements.flatMap((statement) => [
    ...(statement.kind === 'try' ? [statement] : []),
    ...(statement.kind === 'function' || statement.kind === 'class' ? triesOf(statement.body) : childBlocks(statement).flatMap(triesOf)),
  ]);
}
const IMPORT_ERRORS = new Set(['ImportError', 'ModuleNotFoundError', 'AttributeError', 'Exception']);
/** `try` statements of a file that handle a failing import. */
const importAttempts = new WeakMap<Unit, readonly Span[]>();
