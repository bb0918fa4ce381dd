import type { CallExpr } from '../../ir/nodes.ts';
import { behaviours } from '../behaviours/behaviours.ts';
import { getAttribute } from '../classes/attributes.ts';
import { ancestors } from '../classes/class-info.ts';
import { makeRecord, RECORD_CLASS } from '../classes/records.ts';
import { iterated } from '../expressions/iterate.ts';
import { remembered } from '../expressions/subscripts.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { noteRefused } from '../statements/raised.ts';
import { ROOT_BRANCH } from '../values/branch.ts';
import { isContainer, knownElements } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { typedValue } from '../values/types.ts';
import { type Atom, type CallOrigin, join, NOTHING, type Origin, opaque, type Value } from '../values/value.ts';
import { argument, type CallArguments } from './arguments.ts';
import { castDefault } from './cast-default.ts';
import type { ModelRow } from './library-model.ts';
import { instanceOfSuper } from './super-receiver.ts';

/** The result of calling something of a library: what its model says, else an unknown value that remembers the call. */
export function callLibrary(
  interpreter: Interpreter,
  frame: Frame,
  callee: Atom,
  names: readonly string[],
  args: CallArguments,
  node: CallExpr,
): Value {
  const receiver = receiverOf(interpreter, callee);
  const called = callee.kind === 'opaque' && callee.origin.via === 'call' ? { called: callee.origin } : {};
  const origin: CallOrigin = { via: 'call', names, receiver, args, site: site(frame, node), ...called };
  const name = names[0];
  if (name !== undefined) tellHooks(interpreter, frame, name, origin);
  if (callee.kind === 'opaque' && callee.type === RECORD_CLASS && callee.of) {
    const record = makeRecord(frame, callee.of, args, origin);
    if (record) return record;
  }
  if (names.some((one) => one.endsWith('.__init__'))) passOn(frame, receiver, args);
  const made = name?.endsWith('.__new__')
    ? args.positional[0]?.value.flatMap((atom) => (atom.kind === 'class' ? [atom.info] : []))
    : undefined;
  if (made && made.length > 0) return made.map((info) => ({ kind: 'object', info, object: new HeapObject(origin.site, frame.branch) }));
  const row = rowOf(interpreter, names);
  // What has a behaviour goes through what it is given itself: `next(ring)` takes one step.
  if (row?.behaves === undefined) goThrough(interpreter, frame, args, node);
  if (row) {
    if (row.raises !== undefined) noteRefused(interpreter, row.raises, args, origin.site);
    if (row.environment)
      return join(environmentRead(interpreter, frame, row, args, origin, receiver, node), putThere(interpreter, receiver, args));
    if (row.behaves !== undefined) {
      const behaviour = behaviours[row.behaves];
      const value = behaviour?.({ interpreter, frame, args, origin, node, receiver, row });
      if (value) return value;
    }
    if (row.gives !== undefined && receiver) return getAttribute(interpreter, frame, instanceOfSuper(frame, receiver), row.gives, node);
    if (row.returns === '$never' || (row.refuses === true && interpreter.asksValidators)) {
      interpreter.ended = true;
      return NOTHING;
    }
    if (row.returns !== undefined)
      return join(typedValue(interpreter, row.returns, { receiver, args }, origin), ofOwnClass(row.returns, receiver));
    if (row.class === true) return opaque(origin, row.name);
  }
  // Calling what is named like a class gives an instance of it.
  if (callee.kind === 'symbol' && name !== undefined && looksLikeClass(name)) return opaque(origin, name);
  return opaque(origin);
}

/** Methods that give another of what they are called on give one of a project's class where it descends from theirs: `PostQuerySet.filter()`. */
function ofOwnClass(returns: string, receiver: Value | undefined): Value {
  if (!returns.endsWith('[$held]')) return NOTHING;
  const type = returns.slice(0, -'[$held]'.length);
  return (receiver ?? NOTHING).filter(
    (atom) => atom.kind === 'object' && ancestors(atom.info).some((one) => one.kind === 'library' && one.name === type),
  );
}

/** A response or writer goes through the object of the project that it is given. */
function goThrough(interpreter: Interpreter, frame: Frame, args: CallArguments, node: CallExpr): void {
  for (const { value } of args.positional)
    if (value.some((atom) => atom.kind === 'object' && atom.object !== atom.info.anyInstance)) iterated(interpreter, frame, value, node);
}

function tellHooks(interpreter: Interpreter, frame: Frame, name: string, call: CallOrigin): void {
  for (const hook of interpreter.hooks)
    if (hook.observe && hook.observed?.has(name.slice(name.lastIndexOf('.') + 1))) hook.observe(name, call.args, call, frame);
}

/** The object that a method is called on; an instance that is called itself is the receiver of its `__call__`. */
function receiverOf(interpreter: Interpreter, callee: Atom): Value | undefined {
  if (callee.kind !== 'opaque') return undefined;
  if (callee.type !== undefined && interpreter.library.member(callee.type, '__call__')) return [callee];
  return callee.origin.via === 'attribute' ? callee.origin.of : undefined;
}

/** `super().__init__(text)` in `__init__`, or `dict.__init__(self, text)`: what the library base of the class gets. */
function passOn(frame: Frame, receiver: Value | undefined, args: CallArguments): void {
  const [first, ...others] = args.positional;
  const given = receiver ? args : { ...args, positional: others };
  for (const self of instanceOfSuper(frame, receiver ?? first?.value ?? NOTHING))
    if (self.kind === 'object') self.object.madeWith ??= given;
}

/** The first row among the names, or one that is assumed of names with this ending. */
function rowOf(interpreter: Interpreter, names: readonly string[]): ModelRow | undefined {
  for (const name of names) {
    const row = interpreter.library.row(name);
    if (row) return row;
  }
  for (const name of names) {
    const row = interpreter.library.assumed(name);
    if (row) return row;
  }
  return undefined;
}

/** `CamelCase`, but not a `CONSTANT`. */
export function looksLikeClass(name: string): boolean {
  return /^_?[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/.test(name.slice(name.lastIndexOf('.') + 1));
}

function environmentRead(
  interpreter: Interpreter,
  frame: Frame,
  row: ModelRow,
  args: CallArguments,
  origin: Origin,
  reader: Value | undefined,
  node: CallExpr,
): Value {
  const reads = row.environment;
  // By position, or by the keyword that all these libraries have for it.
  const pick = (at: number | string | undefined, keyword?: string): Value | undefined =>
    at === undefined ? undefined : argument(args, typeof at === 'number' ? at : undefined, typeof at === 'string' ? at : keyword)?.value;
  // The name of the variable has no keyword that all have: `dj_database_url.config(env=…)`.
  const named = pick(reads?.name) ?? argument(args, undefined, 'env')?.value;
  const name = named?.[0];
  const variable = named ? (name?.kind === 'constant' && name.literal.type === 'str' ? name.literal.value : undefined) : reads?.unnamed;
  const declared = variable === undefined ? undefined : declaration(reader, variable);
  const given = pick(reads?.default, 'default');
  const by = pick(reads?.cast, 'cast') ?? declared?.cast;
  const cast = by?.[0];
  const to = cast?.kind === 'symbol' ? cast.name.replace(/^builtins\./, '') : reads?.as;
  const own = given && reads?.castsDefault ? castDefault(interpreter, frame, given, by, to, node) : { value: given, cast: to };
  return [
    {
      kind: 'environment',
      variable,
      fallback: own.value ?? declared?.fallback,
      ...(reads?.optional ? { optional: true as const } : {}),
      cast: own.cast,
      origin,
    },
  ];
}

/** What other code put into the environment under that name. */
function putThere(interpreter: Interpreter, reader: Value | undefined, args: CallArguments): Value {
  return (reader ?? NOTHING).flatMap((atom) =>
    atom.kind === 'opaque' ? (remembered(interpreter, atom, args.positional[0]?.value) ?? NOTHING) : NOTHING,
  );
}

/** What was said of a variable where its reader was made: `Env(DEBUG=bool)` or `Env(DEBUG=(bool, False))`. */
function declaration(reader: Value | undefined, variable: string): { readonly cast?: Value; readonly fallback?: Value } | undefined {
  const made = reader?.length === 1 && reader[0]?.kind === 'opaque' && reader[0].origin.via === 'call' ? reader[0].origin.args : undefined;
  const value = made?.keywords.find((keyword) => keyword.name === variable)?.value;
  const only = value?.[0];
  if (value?.length !== 1 || !only) return undefined;
  if (!isContainer(only, 'tuple')) return { cast: value };
  const [cast, fallback] = knownElements(only, ROOT_BRANCH) ?? [];
  return { ...(cast ? { cast } : {}), ...(fallback ? { fallback } : {}) };
}
