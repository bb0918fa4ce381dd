import { argument } from '../calls/arguments.ts';
import { container, copyInto, isContainer, listOf, slotOfKey } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { constantText } from '../values/text.ts';
import { type Atom, join, NONE, NOTHING, opaque, opaqueAtom, type Value } from '../values/value.ts';
import { type Behaviour, type BehaviourCall, firstPassed } from './behaviour.ts';
import { attributeSlot, putInto, readContents, stores } from './stores.ts';

/**
 * Elements of XML that the program makes itself: their attributes are entries of a dict, their children are found by their tags.
 * https://docs.python.org/3/library/xml.etree.elementtree.html#building-xml-documents
 */
export const elementBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `Element(tag, attributes, **more)` */
  'make-element': (call) => [newElement(call, 0)],
  /** `SubElement(parent, tag, attributes, **more)` */
  'make-child': (call) => {
    const child = newElement(call, 1);
    for (const { content } of stores(firstPassed(call)))
      addChild(call, content, constantText(argument(call.args, 1, 'tag')?.value), [child]);
    return [child];
  },
  /** `append(child)` */
  'add-child': (call) => {
    for (const { content } of stores(call.receiver))
      for (const child of firstPassed(call) ?? NOTHING) addChild(call, content, tagOf(child), [child]);
    return NONE;
  },
  /** `find(tag)`: a child that was added under this tag. */
  'find-child': (call) => {
    const tag = constantText(firstPassed(call));
    let found: Value = NOTHING;
    for (const content of readContents(call)) {
      const child = tag === undefined || content.open ? undefined : content.read(childSlot(tag), call.frame.branch);
      if (!child) return undefined;
      found = join(found, child);
    }
    return found.length > 0 ? found : undefined;
  },
  /** `findall(tag)`, `iter(tag)` */
  'find-children': (call) => {
    const child = elementBehaviours['find-child']?.(call);
    return child && listOf(child, call.origin.site);
  },
  /** `findtext(tag)` */
  'find-text': (call) => {
    const child = elementBehaviours['find-child']?.(call);
    let text: Value = NOTHING;
    for (const { content } of stores(child)) text = join(text, content.read(attributeSlot('text'), call.frame.branch) ?? NOTHING);
    return text.length > 0 ? text : undefined;
  },
  /** `set(key, value)` */
  'set-own-attribute': (call) => {
    const [key, value = NOTHING] = call.args.positional.map((passed) => passed.value);
    const slot = key && slotOfKey(key);
    for (const attributes of attributesOf(call)) {
      if (slot === undefined) attributes.writeAnywhere(value);
      else attributes.write(slot, value, call.frame.branch);
    }
    return NONE;
  },
  /** `get(key, default)` */
  'get-own-attribute': (call) => {
    const [key, fallback = NONE] = call.args.positional.map((passed) => passed.value);
    const slot = key && slotOfKey(key);
    let found: Value = NOTHING;
    for (const attributes of attributesOf(call)) {
      if (slot === undefined || attributes.open) return undefined;
      found = join(found, attributes.read(slot, call.frame.branch) ?? fallback);
    }
    return found.length > 0 ? found : undefined;
  },
};

const ATTRIBUTES = attributeSlot('attrib');

function newElement(call: BehaviourCall, at: number): Atom {
  const { frame, origin, row } = call;
  const attributes = new HeapObject(origin.site, frame.branch);
  for (const atom of argument(call.args, at + 1, 'attrib')?.value ?? NOTHING) {
    if (isContainer(atom, 'dict')) copyInto(attributes, atom.object, frame.branch);
    else attributes.writeAnywhere([atom]);
  }
  for (const { name, value } of call.args.keywords) if (name !== 'attrib') attributes.write(`s:${name}`, value, frame.branch);
  if (call.args.openKeywords) attributes.writeAnywhere(call.args.spread);
  const content = new HeapObject(origin.site, frame.branch);
  content.write(ATTRIBUTES, container('dict', attributes), frame.branch);
  const tag = argument(call.args, at, 'tag')?.value;
  if (tag) content.write(attributeSlot('tag'), tag, frame.branch);
  return opaqueAtom({ via: 'operation', operands: [], site: origin.site }, row.returns ?? row.name, undefined, content);
}

function attributesOf(call: BehaviourCall): readonly HeapObject[] {
  return readContents(call).flatMap((content) =>
    (content.read(ATTRIBUTES, call.frame.branch) ?? NOTHING).flatMap((atom) => (isContainer(atom, 'dict') ? [atom.object] : [])),
  );
}

function addChild(call: BehaviourCall, content: HeapObject, tag: string | undefined, child: Value): void {
  if (tag === undefined) putInto(call, content, child);
  else content.widen(childSlot(tag), child, call.frame.branch);
}

function childSlot(tag: string): string {
  return `child:${tag}`;
}

function tagOf(child: Atom): string | undefined {
  if (child.kind !== 'opaque') return undefined;
  return constantText(child.content?.read(attributeSlot('tag'), child.content.branch) ?? opaque(child.origin));
}
