import type { CallArguments } from '../calls/arguments.ts';
import { fromOutside } from '../classes/validated-model.ts';
import { remember, remembered } from '../expressions/subscripts.ts';
import { container, copyInto, isContainer, listOf, orderedElements, sequence, slotOfKey } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { reachesSource } from '../values/taint.ts';
import { elementOf } from '../values/types.ts';
import { type Atom, bool, int, join, NONE, NOTHING, type OpaqueAtom, opaque, opaqueAtom, str, type Value } from '../values/value.ts';
import type { Behaviour, BehaviourCall } from './behaviour.ts';
import { appendPiece } from './buffer-behaviours.ts';
import { indexOf } from './list-methods.ts';
import { writtenTo } from './saved-files.ts';

/**
 * Objects of libraries into which values are put and from which they are taken again: queues, streams in memory, configuration parsers,
 * namespaces, context variables. What is in one is a heap object, its `content`: attributes by `a:name`, entries as in a dict.
 */
export const storeBehaviours: Readonly<Record<string, Behaviour>> = {
  /** An object that holds the keyword arguments as attributes: `SimpleNamespace(a=1)`. What it is made from, it leads back to anyhow. */
  'make-store': (call) => {
    const content = new HeapObject(call.origin.site, call.frame.branch);
    for (const { name, value } of call.args.keywords) content.write(attributeSlot(name), value, call.frame.branch);
    return [opaqueAtom(call.origin, call.row.returns ?? call.row.name, undefined, content)];
  },
  /** `Item.model_validate(data)`: an instance whose fields come from what is passed. */
  'make-model': (call) => {
    let result: Value = NOTHING;
    for (const atom of call.receiver ?? NOTHING)
      result = join(result, atom.kind === 'class' ? fromOutside(call.interpreter, atom.info, call.origin) : opaque(call.origin));
    return result.length > 0 ? result : undefined;
  },
  /** Puts all arguments into the receiver. */
  put: (call) => {
    const put = given(call.args);
    for (const store of stores(call.receiver)) if (!appendPiece(store.content, put, call)) putInto(call, store.content, put);
    writtenTo(call.interpreter, call.receiver ?? NOTHING, given(call.args));
    return undefined;
  },
  /** Gives what was put into the receiver; as long as nothing was, it may be put there by what is looked at later. */
  take: (call) => {
    let taken: Value = NOTHING;
    for (const content of readContents(call)) taken = join(taken, content.everything(call.frame.branch));
    return taken.length > 0 ? join(taken, opaque(call.origin)) : undefined;
  },
  /** `CURRENT.set(value)` of a context variable: what it had before is gone for who comes behind. */
  'put-value': (call) => {
    const value = call.args.positional[0]?.value ?? NOTHING;
    for (const { content } of stores(call.receiver)) {
      if (reachesSource(call.interpreter, value)) call.interpreter.shared.contentMarked(content);
      content.write(CURRENT, value, call.frame.branch);
    }
    return undefined;
  },
  'take-value': (call) => {
    let taken: Value = NOTHING;
    for (const content of readContents(call)) {
      taken = join(taken, content.read(CURRENT, call.frame.branch) ?? NOTHING);
      if (!content.isWrittenFor(CURRENT, call.frame.branch)) taken = join(taken, call.args.positional[0]?.value ?? opaque(call.origin));
    }
    return taken.length > 0 ? taken : undefined;
  },
  /** `CURRENT.reset(token)`: it has what it had before, which is taken to be its default. */
  'reset-value': (call) => {
    for (const { content, origin } of stores(call.receiver)) {
      const first = origin.via === 'call' ? origin.args.keywords.find(({ name }) => name === 'default')?.value : undefined;
      content.write(CURRENT, first ?? opaque(call.origin), call.frame.branch);
    }
    return NONE;
  },
  /** `print(text, file=stream)`: puts the text into the stream. */
  'put-into-file': (call) => {
    const named = call.args.keywords.find(({ name }) => name === 'file')?.value;
    const file = named ?? call.interpreter.output;
    const text = call.args.positional.reduce<Value>((all, { value }) => join(all, value), call.args.spread);
    for (const store of stores(file)) {
      const [only, ...others] = call.args.positional;
      const isPlain = only !== undefined && others.length === 0 && call.args.keywords.length === (named ? 1 : 0);
      // It ends the line: nothing else was passed that says so.
      if (!isPlain || !appendPiece(store.content, text, call)) putInto(call, store.content, text);
      else appendPiece(store.content, str('\n'), call);
    }
    if (named) writtenTo(call.interpreter, named, text);
    return undefined;
  },
  /** `set(section, option, value)`, `add_section(section)`. */
  'put-nested': (call) => {
    const [section, option, value] = call.args.positional.map((passed) => passed.value);
    for (const { content } of stores(call.receiver)) {
      const entries = entriesOf(call, content, section);
      if (!entries || !option) continue;
      const slot = slotOfKey(option);
      const put = value ?? NONE;
      if (reachesSource(call.interpreter, put)) call.interpreter.shared.contentMarked(content);
      if (slot === undefined) entries.writeAnywhere(put);
      else entries.write(slot, put, call.frame.branch);
    }
    return NONE;
  },
  /** `get(section, option)`. */
  'take-nested': (call) => {
    const [section, option] = call.args.positional.map((passed) => passed.value);
    const slot = section && slotOfKey(section);
    const inner = option && slotOfKey(option);
    let taken: Value = NOTHING;
    for (const content of readContents(call)) {
      if (slot === undefined || inner === undefined || content.open) return undefined;
      for (const atom of content.read(slot, call.frame.branch) ?? NOTHING) {
        if (!isContainer(atom, 'dict') || atom.object.open) return undefined;
        taken = join(taken, atom.object.read(inner, call.frame.branch) ?? NOTHING);
      }
    }
    return taken.length > 0 ? taken : undefined;
  },
  /** `items(section)`. */
  'take-items': (call) => {
    const slot = call.args.positional[0] && slotOfKey(call.args.positional[0].value);
    let taken: Value = NOTHING;
    for (const content of readContents(call)) {
      if (slot === undefined || content.open) return undefined;
      for (const atom of content.read(slot, call.frame.branch) ?? NOTHING)
        if (isContainer(atom, 'dict')) taken = join(taken, atom.object.everything(call.frame.branch));
    }
    if (taken.length === 0) return undefined;
    const { site } = call.origin;
    return listOf(sequence('tuple', [opaque({ via: 'element', of: NOTHING, site }, 'builtins.str'), taken], site, call.frame.branch), site);
  },
  /** `session.get(key, default)`: what it holds under that key, or other code put there, and the default, which may be changed and put back. */
  'take-entry': (call) => {
    const [key, fallback] = call.args.positional.map((passed) => passed.value);
    const slot = key && slotOfKey(key);
    let taken: Value = opaque(call.origin);
    for (const atom of call.receiver ?? NOTHING) {
      if (atom.kind !== 'opaque') continue;
      taken = join(taken, remembered(call.interpreter, atom, key) ?? NOTHING);
      if (slot !== undefined) taken = join(taken, atom.content?.read(slot, call.frame.branch) ?? NOTHING);
    }
    return join(
      taken,
      (fallback ?? NOTHING).filter((atom) => isContainer(atom)),
    );
  },
  /** `cache.set(key, value)`. */
  'put-entry': (call) => {
    const [key, value] = call.args.positional.map((passed) => passed.value);
    for (const atom of call.receiver ?? NOTHING) if (atom.kind === 'opaque' && key && value) remember(call.interpreter, atom, key, value);
    return undefined;
  },
  /** Puts the entries of a dict into the receiver. */
  'put-entries': (call) => {
    for (const { content } of stores(call.receiver))
      for (const atom of call.args.positional[0]?.value ?? NOTHING) {
        if (isContainer(atom, 'dict')) copyInto(content, atom.object, call.frame.branch);
        else content.writeAnywhere([atom]);
      }
    return NONE;
  },
  /** `heappush(heap, item)`: the second argument becomes an element of the first. */
  'put-into': (call) => {
    const [collection, item] = call.args.positional.map((passed) => passed.value);
    for (const atom of collection ?? NOTHING) if (isContainer(atom)) atom.object.writeAnywhere(item ?? NOTHING);
    return NONE;
  },
  /** `defaultdict(factory, entries)`. */
  'make-default-dict': (call) => {
    const object = new HeapObject(call.origin.site, call.frame.branch);
    for (const atom of call.args.positional[1]?.value ?? NOTHING) {
      if (isContainer(atom, 'dict')) copyInto(object, atom.object, call.frame.branch);
      else object.writeAnywhere([atom]);
    }
    for (const { name, value } of call.args.keywords) object.write(`s:${name}`, value, call.frame.branch);
    const factory = call.args.positional[0]?.value[0];
    if (factory) object.missing = () => made(call, factory);
    return container('dict', object);
  },
  /** `chain(a, b)`: one element of any of them. */
  chain: (call) => {
    const known = call.args.openPositional
      ? [undefined]
      : call.args.positional.map(({ value }) => orderedElements(value, call.frame.branch));
    return known.includes(undefined)
      ? listOf(elementsOf(call, given(call.args)), call.origin.site)
      : sequence(
          'list',
          known.flatMap((elements) => elements ?? []),
          call.origin.site,
          call.frame.branch,
        );
  },
  /** `islice(values, 1, 3)`: those of a list that is known. */
  'slice-elements': (call) => {
    const [values, ...bounds] = call.args.positional.map(({ value }) => value);
    const elements = values && orderedElements(values, call.frame.branch);
    const numbers = bounds.map((bound) => indexOf(bound));
    if (!elements || bounds.length === 0 || bounds.length > 2 || numbers.includes(undefined)) return undefined;
    const [start, end] = bounds.length === 1 ? [0, numbers[0]] : numbers;
    return sequence('list', elements.slice(start, end), call.origin.site, call.frame.branch);
  },
  /** `chain.from_iterable(lists)`. */
  'chain-nested': (call) => {
    const [passed] = call.args.positional;
    const lists = passed && orderedElements(passed.value, call.frame.branch)?.map((list) => orderedElements(list, call.frame.branch));
    const known = lists?.includes(undefined) ? undefined : lists?.flatMap((list) => list ?? []);
    if (known) return sequence('list', known, call.origin.site, call.frame.branch);
    return listOf(elementsOf(call, elementsOf(call, given(call.args))), call.origin.site);
  },
};

/** Under this a context variable keeps what it has. */
const CURRENT = 'current';

export function attributeSlot(name: string): string {
  return `a:${name}`;
}

type StoreAtom = OpaqueAtom & { readonly content: HeapObject };

/** The alternatives of a value that keep what is put into them. */
export function stores(value: Value | undefined): readonly StoreAtom[] {
  return (value ?? NOTHING).filter((atom): atom is StoreAtom => atom.kind === 'opaque' && atom.content !== undefined);
}

/** What the receiver keeps; who reads it is looked at again when more is put there. */
export function readContents(call: BehaviourCall): readonly HeapObject[] {
  const { shared, running } = call.interpreter;
  const contents = stores(call.receiver).map(({ content }) => content);
  for (const content of contents) shared.contentRead(content, running);
  return contents;
}

/** Puts a value somewhere into an object; who read it is looked at again. */
export function putInto(call: BehaviourCall, content: HeapObject, value: Value): void {
  if (reachesSource(call.interpreter, value)) call.interpreter.shared.contentMarked(content);
  content.writeAnywhere(value);
}

function given(args: CallArguments): Value {
  let value: Value = args.spread;
  for (const passed of [...args.positional, ...args.keywords]) value = join(value, passed.value);
  return value;
}

function elementsOf(call: BehaviourCall, value: Value): Value {
  return value.reduce<Value>(
    (all, atom) => join(all, elementOf(call.interpreter, [atom], { via: 'element', of: [atom], site: call.origin.site })),
    NOTHING,
  );
}

/** The entries of a section; `undefined` where the section is not known, and everything may be anywhere. */
function entriesOf(call: BehaviourCall, content: HeapObject, section: Value | undefined): HeapObject | undefined {
  const slot = section && slotOfKey(section);
  if (slot === undefined) {
    putInto(call, content, given(call.args));
    return undefined;
  }
  const known = content.read(slot, call.frame.branch)?.find((atom) => isContainer(atom, 'dict'));
  if (known?.kind === 'container') return known.object;
  const entries = new HeapObject(call.origin.site, call.frame.branch);
  content.write(slot, container('dict', entries), call.frame.branch);
  return entries;
}

/** What a factory of default values gives, where it is a type. */
function made(call: BehaviourCall, factory: Atom): Value {
  if (factory.kind !== 'symbol') return opaque(call.origin);
  switch (factory.name) {
    case 'builtins.list':
    case 'builtins.set':
      return sequence(factory.name === 'builtins.list' ? 'list' : 'set', [], call.origin.site, call.frame.branch);
    case 'builtins.dict':
      return container('dict', new HeapObject(call.origin.site, call.frame.branch));
    case 'builtins.str':
      return str('');
    case 'builtins.int':
      return int(0);
    case 'builtins.bool':
      return bool(false);
    default:
      return opaque(call.origin, factory.name);
  }
}
