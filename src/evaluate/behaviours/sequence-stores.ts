import { NO_ARGUMENTS, positional } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import { callPassed } from '../calls/calls.ts';
import { findInClass, getAttribute } from '../classes/attributes.ts';
import { getItem } from '../expressions/subscripts.ts';
import { anyElement, append, container, isContainer, knownElements, listOf, sequence } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { constantText } from '../values/text.ts';
import { elementOf } from '../values/types.ts';
import { type Atom, type ContainerAtom, join, NOTHING, opaque, opaqueAtom, symbol, type Value } from '../values/value.ts';
import { type Behaviour, type BehaviourCall, firstPassed } from './behaviour.ts';
import { indexOf, takeElement } from './list-methods.ts';
import { makeSequence } from './make-sequence.ts';
import { putInto, readContents, stores } from './stores.ts';

/**
 * Objects that give their elements in an order: queues, iterators, and functions that pick elements. As long as one is filled and emptied on the
 * way on which it was made, what it gives next is known; else it may be anything in it.
 */
export const sequenceBehaviours: Readonly<Record<string, Behaviour>> = {
  'make-queue': (call) => {
    const content = new HeapObject(call.origin.site, call.frame.branch);
    content.length = 0;
    return [opaqueAtom(call.origin, call.row.returns ?? call.row.name, undefined, content)];
  },
  enqueue: (call) => {
    const item = firstPassed(call) ?? NOTHING;
    for (const { content } of stores(call.receiver)) {
      if (isOnItsWay(call, content)) append(asList(content), item, call.frame.branch, true);
      else putInto(call, content, item);
    }
    return undefined;
  },
  'take-first': (call) => takeAt(call, 0),
  'take-last': (call) => takeAt(call, -1),
  'take-any': (call) => takeAt(call, undefined),
  /** `deque(elements, maxlen)`: what is too much falls out at the other end. */
  'make-deque': (call) => {
    const made = makeSequence(call, 'list');
    const [only] = made;
    const limit = call.args.positional[1]?.value ?? call.args.keywords.find(({ name }) => name === 'maxlen')?.value;
    const isLimited = limit?.some((atom) => atom.kind !== 'constant' || atom.literal.type !== 'none') ?? false;
    if (!isLimited || only?.kind !== 'container') return made;
    const capacity = limit && indexOf(limit);
    const elements = knownElements(only, call.frame.branch);
    // What it was made from may be another's: it gets a list of its own.
    if (capacity === undefined || !elements || elements.length > capacity)
      return listOf(anyElement(only, call.frame.branch), call.origin.site);
    only.object.capacity = capacity;
    return made;
  },
  /** `next(iterator, default)`: an iterator over elements that are known is a list that only it has. */
  'next-element': (call) => {
    const value = firstPassed(call);
    const [only, ...others] = value ?? NOTHING;
    const fallback = call.args.positional[1]?.value;
    const own = only && others.length === 0 ? ownNext(call, only) : undefined;
    if (own) return fallback ? join(own, fallback) : own;
    const known = only && others.length === 0 && isContainer(only) ? knownElements(only, call.frame.branch) : undefined;
    if (!value || (fallback && value.some((atom) => atom.kind === 'function' || atom.kind === 'object'))) return undefined;
    if (only && known && known.length > 0 && isContainer(only) && only.object.branch === call.frame.branch)
      return takeElement(only, 0, call.frame.branch);
    if (known?.length === 0 && fallback) return fallback;
    const element = elementOf(call.interpreter, value, { via: 'element', of: value, site: call.origin.site });
    return fallback ? join(element, fallback) : element;
  },
  /** `itemgetter(1)`: a function that is passed what it picks from. */
  'make-getter': (call) => [{ kind: 'partial', callee: symbol(`${call.row.name}()`), args: call.args }],
  'get-items': (call) => {
    const passed = call.args.positional.map(({ value }) => value);
    const object = passed.at(-1);
    const keys = passed.slice(0, -1);
    if (!object || keys.length === 0) return undefined;
    const items = keys.map((key) => getItem(call.interpreter, call.frame, object, key, call.node, undefined));
    return items.length === 1 ? items[0] : sequence('tuple', items, call.origin.site, call.frame.branch);
  },
  /** `attrgetter("user.name")(object)` */
  'get-attributes': (call) => {
    const passed = call.args.positional.map(({ value }) => value);
    const object = passed.at(-1);
    const names = passed.slice(0, -1).map(constantText);
    if (!object || names.length === 0 || !names.every((name) => name !== undefined)) return undefined;
    const { interpreter, frame, node } = call;
    const read = (path: string): Value =>
      path.split('.').reduce((value, name) => getAttribute(interpreter, frame, value, name, node), object);
    const [first, ...others] = names.map(read);
    return first && (others.length === 0 ? first : sequence('tuple', [first, ...others], call.origin.site, frame.branch));
  },
  /** `methodcaller("get", "name")(object)` */
  'call-method': (call) => {
    const [name, ...passed] = call.args.positional;
    const object = passed.pop();
    const method = name && constantText(name.value);
    if (!object || method === undefined) return undefined;
    const { interpreter, frame, node } = call;
    if (method === '__len__' && passed.length === 0)
      return callPassed(interpreter, frame, symbol('builtins.len'), positional(object), node);
    const callee = getAttribute(interpreter, frame, object.value, method, node);
    return callPassed(interpreter, frame, callee, { ...call.args, positional: passed }, node);
  },
};

/** The elements of an iterator over a list: taking from it leaves the list as it is. */
export function iteratorOver(call: BehaviourCall, value: Value): Value {
  const [only, ...others] = value;
  const known = only && others.length === 0 && isContainer(only) ? knownElements(only, call.frame.branch) : undefined;
  return known ? sequence('list', known, call.origin.site, call.frame.branch) : value;
}

/** @param index any element where it is `undefined`: they stay, as which one is taken is not known */
function takeAt(call: BehaviourCall, index: number | undefined): Value | undefined {
  let taken: Value = NOTHING;
  let isSure = true;
  for (const content of readContents(call)) {
    const known = isOnItsWay(call, content) && (content.length ?? 0) > 0;
    if (!known) isSure = false;
    taken = join(
      taken,
      known && index !== undefined ? takeElement(asList(content), index, call.frame.branch) : content.everything(call.frame.branch),
    );
    if (!known) spoil(content);
  }
  if (taken.length === 0) return undefined;
  return isSure ? taken : join(taken, opaque(call.origin));
}

/** What `__next__` of an object of the project gives. https://docs.python.org/3/reference/datamodel.html#object.__next__ */
function ownNext({ interpreter, frame, node }: BehaviourCall, atom: Atom): Value | undefined {
  const step = atom.kind === 'object' ? findInClass(atom.info, '__next__', frame)?.value[0] : undefined;
  if (step?.kind !== 'function') return undefined;
  const given = callFunction(interpreter, frame, step.info, NO_ARGUMENTS, [atom], node);
  interpreter.ended = false;
  return given;
}

/** Whether all that is in it, and in which order, was put there on this very way. */
function isOnItsWay({ frame }: BehaviourCall, content: HeapObject): boolean {
  return content.length !== undefined && !content.open && content.branch === frame.branch;
}

/** From here on the order is not known. */
function spoil(content: HeapObject): void {
  content.length = undefined;
  content.writeAnywhere(NOTHING);
}

function asList(content: HeapObject): ContainerAtom {
  const [list] = container('list', content);
  if (list?.kind !== 'container') throw new Error('a container is made of one atom');
  return list;
}
