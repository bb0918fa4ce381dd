import type { Interpreter } from '../interpreter.ts';
import { isContainer } from '../values/container.ts';
import { reachesSource } from '../values/taint.ts';
import { type Atom, type CallOrigin, join, NOTHING, opaque, opaqueAtom, type Value } from '../values/value.ts';
import { withArguments } from '../values/with-arguments.ts';
import { type CallArguments, NO_ARGUMENTS, positional } from './arguments.ts';
import type { FunctionInfo } from './function-info.ts';

/** Library functions whose results a function may give; one that gives more is no helper for answers. */
const MAX_GIVEN = 8;

/**
 * What a call gives that is not followed any more. Where all that is known of the function are constants and what library functions give, this call
 * gives that too, made of its own arguments: a project's `send_result()` that ends in `jsonify()` or `redirect()` is called in each of its views.
 * Otherwise it is what the function gives when looked at on its own (`open`), with what was passed in place of its parameters.
 */
export function likeOthers(
  interpreter: Interpreter,
  info: FunctionInfo,
  open: Value | undefined,
  bound: ReadonlyMap<string, Value>,
  origin: CallOrigin,
): Value | undefined {
  const like = ofSameKind(interpreter, [...info.results.values()].flat(), origin);
  if (like) return like;
  const made = open && withArguments(open, info, bound);
  // It never returns.
  if (made?.length === 0) return NOTHING;
  return made?.flatMap((atom) => (isContainer(atom) || !reachesSource(interpreter, [atom]) ? [atom] : [asGiven(atom, origin)]));
}

/** `Note.get(id)` gives a note, also where `get()` stands in a base of all models, and gives any instance of that when looked at on its own. */
export function ofReceiver(open: Value, info: FunctionInfo, receiver: Value | undefined): Value {
  const { owner } = info;
  const heirs = (receiver ?? NOTHING).flatMap((atom) => (atom.kind === 'class' && atom.info !== owner ? [atom.info] : []));
  if (!owner || info.binding !== 'class' || heirs.length === 0 || heirs.length < (receiver?.length ?? 0)) return open;
  return open.flatMap((atom): readonly Atom[] =>
    atom.kind === 'object' && atom.object === owner.anyInstance
      ? heirs.map((heir): Atom => ({ ...atom, info: heir, object: heir.anyInstance }))
      : [atom],
  );
}

/** The step through the call stays in sight, since conditions in the function are not all known. */
function asGiven(atom: Atom, { names, args, site }: CallOrigin): Atom {
  const passed = positional({ value: [atom], node: args.positional[0]?.node ?? site.node });
  return opaqueAtom({ via: 'call', names, receiver: undefined, args: passed, site }, atom.kind === 'opaque' ? atom.type : undefined);
}

function ofSameKind(interpreter: Interpreter, given: Value, origin: CallOrigin): Value | undefined {
  const byFunction = new Map<string, Value>();
  let constants: Value = NOTHING;
  for (const atom of given) {
    if (atom.kind === 'constant') constants = join(constants, [atom]);
    else if (atom.kind !== 'opaque' || atom.origin.via !== 'call' || !isMade(interpreter, atom.origin.names)) return undefined;
    else {
      const { names, receiver: asked, args } = atom.origin;
      // `self.users.find_one(name)` asks the same table; what a text method was called on is what another call passed.
      const receiver = asked && !reachesSource(interpreter, asked) ? asked : undefined;
      const passed = receiver && takesNothing(interpreter, receiver, args) ? NO_ARGUMENTS : origin.args;
      byFunction.set(`${names.join()} ${atom.type ?? ''}`, opaque({ ...origin, names, receiver, args: passed }, atom.type));
    }
  }
  if (given.length === 0 || byFunction.size > MAX_GIVEN) return undefined;
  return [...byFunction.values()].reduce(join, constants);
}

/** `session.execute(query).scalar()`: nothing is passed, and what it is called on holds nothing that was: the answer of a database. */
function takesNothing({ library }: Interpreter, receiver: Value, { positional: passed, keywords, spread }: CallArguments): boolean {
  return (
    passed.length + keywords.length + spread.length === 0 &&
    receiver.every(
      (atom) =>
        atom.kind === 'opaque' &&
        library.row(atom.type ?? '')?.class === true &&
        library.order(atom.type ?? '').every((name) => library.row(name)?.carries !== true && !name.startsWith('builtins.')),
    )
  );
}

/** What `json.loads()` gives is read out of something, and that need not be what the function was passed: an answer to a request that it made. */
function isMade({ library }: Interpreter, names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => library.row(name)?.reads === undefined);
}
