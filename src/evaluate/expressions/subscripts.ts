import type { SliceExpr, Span } from '../../ir/nodes.ts';
import { putSlice } from '../behaviours/list-methods.ts';
import { entryOf, putEntry } from '../behaviours/own-entries.ts';
import { NO_ARGUMENTS, positional } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import { configured, findInClass, getAttribute } from '../classes/attributes.ts';
import { declaredFields, enumMembers } from '../classes/validated-model.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { namesOfModule } from '../names/lookup.ts';
import { libraryAncestors, namesOf } from '../names/names.ts';
import { noteRefused } from '../statements/raised.ts';
import { asCalled } from '../values/as-called.ts';
import { isContainer, keyOfSlot, knownElements, slotOfKey } from '../values/container.ts';
import { numberOf } from '../values/fold.ts';
import { reachesSource } from '../values/taint.ts';
import { constantText } from '../values/text.ts';
import { elementOf, typedValue } from '../values/types.ts';
import {
  type Atom,
  type ClassAtom,
  type ContainerAtom,
  join,
  NOTHING,
  type ObjectAtom,
  type OpaqueAtom,
  type Origin,
  opaque,
  type SymbolAtom,
  str,
  symbol,
  type Value,
} from '../values/value.ts';
import { readOwn, setOwn } from './instance-dict.ts';
import { boundOf, boundsOf, literalSlice, sliceOf, sliceText } from './slices.ts';

/** `object[key]`; `slice` is given instead of `key` for `object[a:b]`. */
export function getItem(
  interpreter: Interpreter,
  frame: Frame,
  object: Value,
  key: Value | undefined,
  node: Span,
  slice: SliceExpr | undefined,
): Value {
  const having = key && object.length > 1 ? object.filter((atom) => !lacksKey(frame, atom, key)) : object;
  let result: Value = NOTHING;
  for (const atom of having.length > 0 ? having : object) result = join(result, itemOf(interpreter, frame, atom, key, node, slice));
  return result;
}

/** A dict that is known as a whole and has no such key: reading it raises, so what is read came from another one. */
function lacksKey(frame: Frame, atom: Atom, key: Value): boolean {
  if (atom.kind !== 'container' || atom.form !== 'dict') return false;
  const { object } = atom;
  const slot = slotOfKey(key);
  if (slot === undefined || object.open || object.size === 0 || object.missing) return false;
  return object.read(slot, frame.branch) === undefined && object.rest.length === 0;
}

function itemOf(
  interpreter: Interpreter,
  frame: Frame,
  atom: Atom,
  key: Value | undefined,
  node: Span,
  slice: SliceExpr | undefined,
): Value {
  const origin = {
    via: 'item',
    of: [atom],
    key: key ?? NOTHING,
    site: site(frame, node),
    ...(slice && { slice: boundsOf(interpreter, frame, slice) }),
  } as const;
  switch (atom.kind) {
    case 'container':
      if (slice) return sliceOf(interpreter, frame, atom, slice, node);
      // There it raises, and gives nothing.
      if (isBeyond(frame, atom, key ?? NOTHING)) return NOTHING;
      if (key && atom.form === 'dict' && !atom.object.missing)
        noteRefused(interpreter, 'builtins.KeyError', positional({ value: key, node }), origin.site);
      return (
        itemAsCalled(interpreter, frame, atom, key ?? NOTHING)?.flatMap((one) => ownPart(atom, one, origin)) ??
        missingItem(frame, atom, key ?? NOTHING) ??
        opaque(origin)
      );
    case 'constant': {
      if (atom.literal.type !== 'str') return opaque(origin);
      const only = key?.[0];
      if (key?.length === 1 && only?.kind === 'constant' && only.literal.type === 'int' && typeof only.literal.value === 'number') {
        const character = atom.literal.value.at(only.literal.value);
        if (character !== undefined) return str(character);
      }
      if (slice) return sliceText(interpreter, frame, atom.literal.value, slice) ?? opaque(origin, 'builtins.str');
      return opaque(origin, 'builtins.str');
    }
    case 'text':
      return literalSlice(interpreter, frame, atom, slice, node) ?? opaque(origin, atom.bytes ? 'builtins.bytes' : 'builtins.str');
    case 'opaque':
      if (key && isGlobals(atom) && slotOfKey(key) !== undefined)
        return getItem(interpreter, frame, namesOfModule(frame.state, origin.site), key, node, undefined);
      return (
        (key && readOwn(frame, atom, key)) ??
        storedItem(frame, atom, key, () => opaqueItem(interpreter, atom, origin, slice !== undefined)) ??
        configuredItem(interpreter, atom, key) ??
        join(opaqueItem(interpreter, atom, origin, slice !== undefined), remembered(interpreter, atom, key) ?? NOTHING)
      );
    case 'symbol':
      return moduleNamed(interpreter, frame, atom, key) ?? nameOfLibrary(interpreter, frame, atom, key, node) ?? [atom];
    case 'class':
      // `list[int]`, `Generic[T]`: the class itself.
      return memberNamed(interpreter, frame, atom, key) ?? [atom];
    case 'object':
      return (
        ownItem(interpreter, frame, atom, key, node) ??
        recordItem(interpreter, frame, atom, key) ??
        (key && entryOf(interpreter, frame, atom, key, node)) ??
        opaque(origin)
      );
    case 'environment':
    case 'function':
    case 'bound':
    case 'module':
    case 'super':
    case 'partial':
      return opaque(origin);
  }
}

/** What `__getitem__` of a project's class gives. https://docs.python.org/3/reference/datamodel.html#object.__getitem__ */
function ownItem(interpreter: Interpreter, frame: Frame, atom: ObjectAtom, key: Value | undefined, node: Span): Value | undefined {
  const own = findInClass(atom.info, '__getitem__', frame)?.value[0];
  if (!key || own?.kind !== 'function') return undefined;
  const value = callFunction(interpreter, frame, own.info, positional({ value: key, node }), [atom], node);
  interpreter.ended = false;
  return value;
}

/** `row[0]` of a class made of `NamedTuple`: a field by its position. https://docs.python.org/3/library/typing.html#typing.NamedTuple */
function recordItem(interpreter: Interpreter, frame: Frame, atom: ObjectAtom, key: Value | undefined): Value | undefined {
  const [only, ...others] = key ?? NOTHING;
  const index = only?.kind === 'constant' && others.length === 0 ? numberOf(only.literal) : undefined;
  return index === undefined ? undefined : recordFields(interpreter, frame, atom)?.at(index);
}

/** The fields of an instance of a class made of `NamedTuple`, in their order. */
export function recordFields(interpreter: Interpreter, frame: Frame, atom: ObjectAtom): readonly Value[] | undefined {
  if (!libraryAncestors(interpreter, atom.info).includes('typing.NamedTuple')) return undefined;
  const here = { via: 'item', of: [atom], key: NOTHING, site: atom.object.site } as const;
  return [...declaredFields(interpreter, atom.info, () => here).keys()].map(
    (name) => atom.object.read(name, frame.branch) ?? findInClass(atom.info, name, frame)?.value ?? opaque(here),
  );
}

/** `sys.modules[__name__]` and `sys.modules["shop.settings"]`: a module of the project. */
function moduleNamed(interpreter: Interpreter, frame: Frame, atom: SymbolAtom, key: Value | undefined): Value | undefined {
  const [only, ...others] = key ?? NOTHING;
  if (atom.name !== 'sys.modules' || !only || others.length > 0) return undefined;
  const own =
    only.kind === 'opaque' && only.origin.via === 'global' && only.origin.name === '__name__' ? only.origin.site.module : undefined;
  const named =
    only.kind === 'constant' && only.literal.type === 'str' ? interpreter.modules.find(only.literal.value, frame.state.module) : undefined;
  const module = own ?? named;
  const state = module && interpreter.states.get(module);
  return state && [{ kind: 'module', state }];
}

/** Behind the name of something of a library: the dict of its names. */
export const NAMES_OF_LIBRARY = '.__dict__';

/** `vars(os)["system"]` and `os.__dict__["system"]`: something of a library by its name. https://docs.python.org/3/library/functions.html#vars */
function nameOfLibrary(
  interpreter: Interpreter,
  frame: Frame,
  { name }: SymbolAtom,
  key: Value | undefined,
  node: Span,
): Value | undefined {
  const wanted = name.endsWith(NAMES_OF_LIBRARY) ? constantText(key) : undefined;
  return wanted === undefined ? undefined : getAttribute(interpreter, frame, symbol(name.slice(0, -NAMES_OF_LIBRARY.length)), wanted, node);
}

/** `Kind["RAW"]`: the member of an enumeration. https://docs.python.org/3/library/enum.html#enum.EnumType.__getitem__ */
function memberNamed(interpreter: Interpreter, frame: Frame, { info }: ClassAtom, key: Value | undefined): Value | undefined {
  const name = constantText(key);
  if (name === undefined) return key && enumMembers(interpreter, info);
  return libraryAncestors(interpreter, info).includes('enum.Enum') ? info.namespace.read(name, frame.branch) : undefined;
}

/** `globals()`: the names of the module. */
function isGlobals({ origin }: OpaqueAtom): boolean {
  return origin.via === 'call' && origin.names[0] === 'builtins.globals';
}

/** What was put under the key of an object that keeps it; also what was there before, where it may not have been put. */
function storedItem(frame: Frame, { content }: OpaqueAtom, key: Value | undefined, before: () => Value): Value | undefined {
  const slot = key && slotOfKey(key);
  const put = slot === undefined || content?.open ? undefined : content?.read(slot, frame.branch);
  return put && slot !== undefined && !content?.isWrittenFor(slot, frame.branch) ? join(put, before()) : put;
}

/** Keeps what comes from outside, and objects and functions of the project, under a key of a session or an application: other code finds it there. */
export function remember(interpreter: Interpreter, atom: OpaqueAtom, key: Value, value: Value): void {
  const store = storeOf(interpreter, atom);
  const slot = slotOfKey(key);
  if (store === undefined || slot === undefined) return;
  const isKept = value.some((one) => one.kind === 'object' || one.kind === 'function') || reachesSource(interpreter, value);
  if (isKept) interpreter.shared.write(store, `[${slot}]`, value, true, undefined);
}

/** What other code put under the key of a session or an application. */
export function remembered(interpreter: Interpreter, atom: OpaqueAtom, key: Value | undefined): Value | undefined {
  const store = key && storeOf(interpreter, atom);
  const slot = key && slotOfKey(key);
  return store === undefined || slot === undefined ? undefined : interpreter.shared.read(store, `[${slot}]`, interpreter.running[0]);
}

/** What the project configures under the key: `app.config["PAGE_SIZE"]`. */
export function configuredItem(interpreter: Interpreter, atom: OpaqueAtom, key: Value | undefined): Value | undefined {
  const store = key && storeOf(interpreter, atom);
  const [only] = key ?? NOTHING;
  const isText = only?.kind === 'constant' && only.literal.type === 'str';
  return store !== undefined && isText ? configured(interpreter, store, only.literal.value) : undefined;
}

/** The library's name of a store whose entries outlive the code that puts them there: its class, or the attribute that holds it. */
function storeOf(interpreter: Interpreter, atom: OpaqueAtom): string | undefined {
  const { library } = interpreter;
  const remembers = (name: string): boolean => library.row(name)?.remembers === true;
  if (atom.type !== undefined && library.order(atom.type).some(remembers)) return atom.type;
  return atom.origin.via === 'attribute' ? namesOf(interpreter, atom).find(remembers) : undefined;
}

/** What a dict with a factory makes for a key that is not there. */
function missingItem(frame: Frame, atom: ContainerAtom, key: Value): Value | undefined {
  const value = atom.object.missing?.();
  if (value) putInContainer(frame, atom, true, key, value);
  return value;
}

function opaqueItem(interpreter: Interpreter, atom: OpaqueAtom, origin: Origin & { readonly via: 'item' }, isSlice: boolean): Value {
  // `text[:0]` is empty.
  if (atom.type === 'builtins.str' && /^0?:0$/.test(origin.slice ?? '')) return str('');
  if (atom.type === undefined) return opaque(origin);
  if (isSlice) return opaque(origin, atom.type, atom.of);
  const row = interpreter.library.member(atom.type, '__getitem__');
  if (row?.environment) {
    const [key] = origin.key;
    return [
      {
        kind: 'environment',
        variable: key?.kind === 'constant' && key.literal.type === 'str' ? key.literal.value : undefined,
        fallback: undefined,
        cast: undefined,
        origin,
      },
    ];
  }
  const type = row?.returns ?? interpreter.library.classRow(atom.type, 'element');
  if (type !== undefined) return typedValue(interpreter, type, { receiver: [atom], args: NO_ARGUMENTS }, origin);
  if (atom.type === 'builtins.str') return opaque(origin, 'builtins.str');
  return opaque(origin);
}

/** Whether a list that is known to its end has no element at an index. */
function isBeyond(frame: Frame, atom: ContainerAtom, [only, ...others]: Value): boolean {
  if (atom.form === 'dict' || only?.kind !== 'constant' || others.length > 0) return false;
  const index = numberOf(only.literal);
  const length = index === undefined ? undefined : knownElements(atom, frame.branch)?.length;
  return index !== undefined && length !== undefined && length > 0 && (index >= length || index < -length);
}

/** The entry under a key, as those put it there whose calls are followed. */
export function itemAsCalled(interpreter: Interpreter, frame: Frame, atom: ContainerAtom, key: Value): Value | undefined {
  const value = containerItem(frame, atom, key);
  return value && asCalled(interpreter, value);
}

/** The entry under a key; `undefined` when none is known. */
export function containerItem(frame: Frame, atom: ContainerAtom, key: Value): Value | undefined {
  const { object } = atom;
  if (atom.form === 'dict') {
    const slot = slotOfKey(key);
    if (slot === undefined) return object.size > 0 || object.open ? nonEmpty(object.everything(frame.branch)) : undefined;
    const value = object.read(slot, frame.branch);
    if (value === undefined) return nonEmpty(object.rest);
    return object.open && !object.isLast(slot, frame.branch) ? join(value, object.rest) : value;
  }
  const only = key[0];
  const index = key.length === 1 && only?.kind === 'constant' ? numberOf(only.literal) : undefined;
  if (index !== undefined && object.length !== undefined) {
    const value = object.read(String(index < 0 ? object.length + index : index), frame.branch);
    if (value) return value;
  }
  if (index !== undefined && index >= 0 && object.has(String(index))) {
    const value = object.read(String(index), frame.branch) ?? NOTHING;
    return object.isLast(String(index), frame.branch) ? value : join(value, object.rest);
  }
  return nonEmpty(object.everything(frame.branch));
}

/** One of several parts of which only together is known what they may be: `name.split(".")[-1]` is another than `name.split(".")[0]`. */
function ownPart({ form, object }: ContainerAtom, part: Atom, origin: Origin & { readonly via: 'item' }): Value {
  const [key] = origin.key;
  const isApart = form !== 'dict' && object.size === 0 && key?.kind === 'constant' && key.literal.type === 'int';
  return isApart && part.kind === 'opaque' && part.origin.via === 'call' ? opaque({ ...origin, of: [part] }, part.type) : [part];
}

function nonEmpty(value: Value): Value | undefined {
  return value.length > 0 ? value : undefined;
}

/** `object[a:b] = values` puts in each of them. https://docs.python.org/3/library/stdtypes.html#mutable-sequence-types */
export function setSlice(interpreter: Interpreter, frame: Frame, object: Value, slice: SliceExpr, values: Value, node: Span): void {
  const [list, ...others] = object;
  const [only, ...more] = values;
  const lower = boundOf(interpreter, frame, slice.lower);
  const upper = boundOf(interpreter, frame, slice.upper);
  const isKnown = others.length + more.length === 0 && !slice.step && lower !== 'unknown' && upper !== 'unknown';
  const given = isKnown && only && isContainer(only) ? knownElements(only, frame.branch) : undefined;
  if (isKnown && list && isContainer(list, 'list') && putSlice(list, lower, upper, given, frame.branch)) return;
  const element = elementOf(interpreter, values, { via: 'element', of: values, site: site(frame, node) });
  setItem(interpreter, frame, object, NOTHING, element, node);
}

/** `object[key] = value`, as it stands at `node`. */
export function setItem(interpreter: Interpreter, frame: Frame, object: Value, key: Value, value: Value, node: Span): void {
  for (const atom of object) {
    if (atom.kind === 'opaque' && atom.content) {
      const slot = slotOfKey(key);
      if (slot === undefined) atom.content.writeAnywhere(join(value, key));
      else atom.content.write(slot, value, frame.branch);
    } else if (atom.kind === 'opaque') {
      if (!setOwn(interpreter, frame, atom, key, value)) remember(interpreter, atom, key, value);
    } else if (atom.kind === 'object') setOwnItem(interpreter, frame, atom, key, value, node);
    if (isContainer(atom) && !isPutByCalls(interpreter, frame, atom, key, value))
      putInContainer(frame, atom, object.length === 1, key, value);
  }
}

/** Looked at on its own a function puts anything under any key of what others read; where its calls are followed, these have put what it is. */
function isPutByCalls(
  interpreter: Interpreter,
  { open, info, start }: Frame,
  { object }: ContainerAtom,
  key: Value,
  value: Value,
): boolean {
  if (!open || info?.handed !== 'followed' || object.branch.isWithin(start)) return false;
  return slotOfKey(key) === undefined && !reachesSource(interpreter, value);
}

/** `isSure`: nothing else can be meant, so that what was there before is gone. */
function putInContainer(frame: Frame, { form, object }: ContainerAtom, isSure: boolean, key: Value, value: Value): void {
  if (form === 'dict') {
    const slot = slotOfKey(key);
    if (slot === undefined) {
      object.writeAnywhere(value);
      object.keys = join(object.keys, key);
    } else if (isSure) object.write(slot, value, frame.branch);
    else object.widen(slot, value, frame.branch);
    return;
  }
  const [only] = key;
  const index = key.length === 1 && only?.kind === 'constant' ? numberOf(only.literal) : undefined;
  const { length } = object;
  const at = index !== undefined && index < 0 && length !== undefined ? length + index : index;
  // `parts = text.split(","); parts[0] = "fixed"`: of how many there are, this is the first.
  const isThere = at !== undefined && at >= 0 && (object.has(String(at)) || (length === undefined && form === 'list'));
  if (isThere && isSure) object.write(String(at), value, frame.branch);
  else object.writeAnywhere(value);
}

function setOwnItem(interpreter: Interpreter, frame: Frame, atom: ObjectAtom, key: Value, value: Value, node: Span): void {
  const own = findInClass(atom.info, '__setitem__', frame)?.value[0];
  if (own?.kind !== 'function') {
    putEntry(interpreter, frame, atom, key, value);
    return;
  }
  callFunction(interpreter, frame, own.info, positional({ value: key, node }, { value, node }), [atom], node);
  interpreter.ended = false;
}

/** The keys of a dict as values, for iteration. */
export function dictKeys(atom: ContainerAtom): readonly Value[] {
  return [...atom.object.keyNames()].map(keyOfSlot);
}
