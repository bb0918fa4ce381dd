import { attributeSlot } from '../behaviours/stores.ts';
import { type CallArguments, positional } from '../calls/arguments.ts';
import type { FunctionInfo } from '../calls/function-info.ts';
import { ancestors } from '../classes/class-info.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { libraryAncestors } from '../names/names.ts';
import { ROOT_BRANCH } from '../values/branch.ts';
import { isContainer, knownElements, sequence } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { reachesSource } from '../values/taint.ts';
import { type Atom, join, NOTHING, type ObjectAtom, type OpaqueAtom, opaque, opaqueAtom, type Site, type Value } from '../values/value.ts';

/** An exception that was raised. */
export interface Raised {
  readonly atom: OpaqueAtom | ObjectAtom;
  /** What a handler is given for it, as it was there: its text is made of what the exception was made with. */
  readonly given: Atom;
}

/** Exceptions kept for one `try` or function; more say no more. */
const MAX_RAISED = 16;

/** Keeps an exception that holds something from outside for the handlers around: `raise ValueError("no " + name)`. */
export function noteRaised(interpreter: Interpreter, frame: Frame, value: Value, site: Site): void {
  for (const atom of value) {
    if (interpreter.raised.length >= MAX_RAISED || (atom.kind !== 'opaque' && atom.kind !== 'object')) continue;
    const operands = [passedTo(frame, atom)];
    const origin = { via: 'operation', operands, site } as const;
    const given =
      atom.kind === 'opaque'
        ? opaqueAtom(origin, atom.type, undefined, withArgs(atom, site))
        : opaqueAtom(origin, libraryAncestors(interpreter, atom.info)[0], undefined, withArgs(atom, site, attributesOf(frame, atom, site)));
    if (!reachesSource(interpreter, [given])) continue;
    interpreter.raised.push({ atom, given });
    if (atom.kind === 'object') keepForHandlers(interpreter, atom, given);
  }
}

/** What a framework hands to the functions that are registered for such errors. */
function keepForHandlers({ shared }: Interpreter, { info }: ObjectAtom, given: Atom): void {
  for (const one of ancestors(info)) if (one.kind === 'class') shared.write(RAISED, one.info.qualifiedName, [given], true, undefined);
}

/** Errors of these classes of the project that held something from outside when they were raised; `handler` is what they are handed to. */
export function raisedOf({ shared }: Interpreter, types: Value, handler: FunctionInfo): Value {
  return types.reduce<Value>((all, atom) => {
    const found = atom.kind === 'class' ? shared.read(RAISED, atom.info.qualifiedName, handler) : undefined;
    return found ? join(all, found) : all;
  }, NOTHING);
}
const RAISED = 'raised';

/** Keeps what is raised for what comes from outside and cannot be read or found, for the text shows it: `int(request.GET["page"])`, `NAMES[key]`. */
export function noteRefused(interpreter: Interpreter, type: string, args: CallArguments, site: Site): void {
  const [passed] = args.positional;
  if (!passed || interpreter.raised.length >= MAX_RAISED || !reachesSource(interpreter, passed.value)) return;
  const shown = opaque({ via: 'call', names: ['builtins.repr'], receiver: undefined, args: positional(passed), site }, 'builtins.str');
  const given = opaqueAtom({ via: 'operation', operands: [shown], site }, type);
  interpreter.raised.push({ atom: given, given });
}

/** What was raised in a part of the program goes on to the handlers around it. */
export function passOnRaised({ raised }: Interpreter, more: readonly Raised[]): void {
  for (const one of more) if (raised.length < MAX_RAISED && !raised.includes(one)) raised.push(one);
}

/** Runs a part of the program and gives what it raised and nothing in it handled. */
export function raisedIn(interpreter: Interpreter, work: () => void): readonly Raised[] {
  const around = interpreter.raised;
  const own: Raised[] = [];
  interpreter.raised = own;
  work();
  interpreter.raised = around;
  return own;
}

/** Those that handlers of these types get. */
export function caughtBy(interpreter: Interpreter, raised: readonly Raised[], types: Value): readonly Raised[] {
  return raised.filter(({ atom }) => types.some((type) => isOf(interpreter, atom, type)));
}

function isOf(interpreter: Interpreter, raised: Raised['atom'], type: Atom): boolean {
  if (isContainer(type)) return (knownElements(type, ROOT_BRANCH) ?? []).some((one) => one.some((each) => isOf(interpreter, raised, each)));
  if (type.kind === 'class')
    return raised.kind === 'object' && ancestors(raised.info).some((one) => one.kind === 'class' && one.info === type.info);
  if (type.kind !== 'symbol') return false;
  if (type.name === 'builtins.Exception' || type.name === 'builtins.BaseException') return true;
  if (raised.kind === 'object') return libraryAncestors(interpreter, raised.info).includes(type.name);
  return raised.type !== undefined && interpreter.library.isSubclass(raised.type, type.name);
}

function attributesOf(frame: Frame, { info, object }: ObjectAtom, site: Site): HeapObject {
  const content = new HeapObject(site, ROOT_BRANCH);
  for (const ancestor of ancestors(info).toReversed())
    for (const name of ancestor.kind === 'class' ? ancestor.info.namespace.keyNames() : []) {
      const value = ancestor.kind === 'class' ? ancestor.info.namespace.read(name, frame.branch) : undefined;
      if (value?.every((atom) => atom.kind === 'constant')) content.write(attributeSlot(name), value, ROOT_BRANCH);
    }
  for (const name of object.keyNames()) content.write(attributeSlot(name), object.read(name, frame.branch) ?? NOTHING, ROOT_BRANCH);
  return content;
}

/** `error.args`: what it was made with, one by one. https://docs.python.org/3/library/exceptions.html#BaseException.args */
function withArgs(atom: Raised['atom'], site: Site, content?: HeapObject): HeapObject | undefined {
  const args = argumentsOf(atom);
  if (!args || args.openPositional) return content;
  const result = content ?? new HeapObject(site, ROOT_BRANCH);
  const values = args.positional.map(({ value }) => value);
  result.write(attributeSlot('args'), sequence('tuple', values, site, ROOT_BRANCH), ROOT_BRANCH);
  return result;
}

function argumentsOf(atom: Raised['atom']): CallArguments | undefined {
  return atom.kind === 'object' ? atom.object.madeWith : atom.origin.via === 'call' ? atom.origin.args : undefined;
}

/** What the exception, or the library base of its class, was given; else all that it holds. */
function passedTo(frame: Frame, atom: Raised['atom']): Value {
  if (atom.kind === 'object' && !atom.object.madeWith) return atom.object.everything(frame.branch);
  const args = argumentsOf(atom);
  return [...(args?.positional ?? []), ...(args?.keywords ?? [])].reduce<Value>((all, { value }) => join(all, value), NOTHING);
}
