import { keepChecks } from '../checks/mark-checked.ts';
import { constantsIn } from '../expressions/operators.ts';
import type { Branch } from '../values/branch.ts';
import { append, container, copyInto, isContainer, knownElements, listOf } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { truthOf } from '../values/truth.ts';
import { elementOf } from '../values/types.ts';
import { type ContainerAtom, FALSE, int, NONE, NOTHING, opaque, type Value } from '../values/value.ts';
import { sortedPositions } from './sort-keys.ts';
import type { MethodCall } from './value-methods.ts';

/** Methods of lists, tuples and sets. https://docs.python.org/3/tutorial/datastructures.html */
export function listMethod(call: MethodCall, self: ContainerAtom): Value | undefined {
  const { method, args, frame, origin } = call;
  const first = args.positional[0]?.value ?? NOTHING;
  // A position is certain only where the list was made on this very way.
  const certain = self.object.branch === frame.branch;
  switch (method) {
    case 'append':
    case 'add':
      append(self, keepChecks(call.interpreter, frame, first), frame.branch, certain);
      if (isTooLong(self)) takeElement(self, 0, frame.branch);
      return NONE;
    case 'extend':
    case 'update':
    case 'union': {
      const only = first[0];
      const elements = first.length === 1 && only && isContainer(only) ? knownElements(only, frame.branch) : undefined;
      if (elements && self.object.capacity === undefined) for (const element of elements) append(self, element, frame.branch, certain);
      else {
        self.object.writeAnywhere(elementOf(call.interpreter, first, { via: 'element', of: first, site: origin.site }));
        self.object.length = undefined;
      }
      return method === 'union' ? [self] : NONE;
    }
    case 'appendleft': {
      if (!insertAt(self, 0, [first], frame.branch)) putAnywhere(self, first);
      if (isTooLong(self)) takeElement(self, -1, frame.branch);
      return NONE;
    }
    case 'extendleft': {
      const only = first[0];
      const elements = first.length === 1 && only && isContainer(only) ? knownElements(only, frame.branch) : undefined;
      if (!elements || self.object.capacity !== undefined || !insertAt(self, 0, [...elements].reverse(), frame.branch))
        putAnywhere(self, elementOf(call.interpreter, first, { via: 'element', of: first, site: origin.site }));
      return NONE;
    }
    case 'rotate': {
      const elements = certain ? knownElements(self, frame.branch) : undefined;
      const steps = args.positional[0] ? indexOf(first) : 1;
      if (!elements || steps === undefined || elements.length === 0) {
        mix(self, frame.branch);
        return NONE;
      }
      const at = ((-steps % elements.length) + elements.length) % elements.length;
      refill(self, [...elements.slice(at), ...elements.slice(0, at)], frame.branch);
      return NONE;
    }
    case 'insert': {
      const value = args.positional[1]?.value ?? NOTHING;
      if (!insertAt(self, indexOf(first), [value], frame.branch)) putAnywhere(self, value);
      return NONE;
    }
    case 'copy': {
      const object = new HeapObject(origin.site, frame.branch);
      copyInto(object, self.object, frame.branch);
      object.length = self.object.length;
      return container(self.form, object);
    }
    case 'popleft':
    case 'pop':
      // Which element of a set it is nobody says.
      if (self.form === 'set') return takeElement(self, undefined, frame.branch);
      return takeElement(self, args.positional[0] ? indexOf(first) : method === 'popleft' ? 0 : -1, frame.branch);
    case 'remove':
    case 'discard': {
      const elements = certain ? knownElements(self, frame.branch) : undefined;
      const at = elements?.findIndex((element) => sameConstant(element, first)) ?? -1;
      if (elements && at >= 0 && elements.slice(0, at).every(isConstant)) {
        takeElement(self, at, frame.branch);
        return NONE;
      }
      self.object.length = undefined;
      self.object.writeAnywhere(NOTHING);
      return NONE;
    }
    case 'clear':
      if (certain) self.object.clear();
      return NONE;
    case 'reverse': {
      const elements = certain ? knownElements(self, frame.branch) : undefined;
      if (!elements) mix(self, frame.branch);
      else refill(self, [...elements].reverse(), frame.branch);
      return NONE;
    }
    case 'sort': {
      const elements = certain ? knownElements(self, frame.branch) : undefined;
      const named = (wanted: string): Value | undefined => args.keywords.find(({ name }) => name === wanted)?.value;
      const isReversed = truthOf(named('reverse') ?? FALSE);
      const order = elements && isReversed !== undefined ? sortedPositions(call, elements, named('key'), isReversed) : undefined;
      if (!elements || !order) mix(self, frame.branch);
      else
        refill(
          self,
          order.map((at) => elements[at] ?? NOTHING),
          frame.branch,
        );
      return NONE;
    }
    case 'index': {
      const elements = knownElements(self, frame.branch);
      const at = elements?.findIndex((element) => sameConstant(element, first)) ?? -1;
      return elements && at >= 0 && elements.slice(0, at).every(isConstant) && args.positional.length === 1
        ? int(at)
        : opaque(origin, 'builtins.int');
    }
    case 'send':
    case 'asend':
      return self.object.resume?.(first);
    case 'count':
      return opaque(origin, 'builtins.int');
    case 'intersection': {
      const shared = [self, ...first].map(constantsIn).find((one) => one);
      return shared && args.positional.length === 1 && first.length === 1 ? listOf(shared, origin.site, 'set') : [self];
    }
    case 'difference':
    case 'symmetric_difference':
      return [self];
    default:
      return undefined;
  }
}

/** Takes one element out, at a position that may not be known; the elements behind it move up. */
export function takeElement(self: ContainerAtom, index: number | undefined, branch: Branch): Value {
  const elements = self.object.branch === branch ? knownElements(self, branch) : undefined;
  if (elements && index !== undefined && index < elements.length) {
    const rest = [...elements];
    const [taken] = rest.splice(index, 1);
    refill(self, rest, branch);
    return taken ?? NOTHING;
  }
  self.object.length = undefined;
  // Elements behind it have moved.
  self.object.writeAnywhere(NOTHING);
  return self.object.everything(branch);
}

/** Puts elements in front of a position; false where the positions of the others are not known. */
function insertAt(self: ContainerAtom, at: number | undefined, inserted: readonly Value[], branch: Branch): boolean {
  const elements = self.object.branch === branch ? knownElements(self, branch) : undefined;
  if (!elements || at === undefined) return false;
  const next = [...elements];
  next.splice(at, 0, ...inserted);
  refill(self, next, branch);
  return true;
}

/** `self[lower:upper] = values`; false where the positions of the others are not known. */
export function putSlice(
  self: ContainerAtom,
  lower: number | undefined,
  upper: number | undefined,
  values: readonly Value[] | undefined,
  branch: Branch,
): boolean {
  const elements = self.object.branch === branch ? knownElements(self, branch) : undefined;
  if (!elements || !values) return false;
  const kept = elements.slice(0, lower ?? 0);
  refill(self, [...kept, ...values, ...elements.slice(Math.max(kept.length, elements.slice(0, upper).length))], branch);
  return true;
}

/** Puts these elements in place of all that are in it. */
export function refill(self: ContainerAtom, elements: readonly Value[], branch: Branch): void {
  self.object.clear();
  for (const element of elements) append(self, element, branch, true);
}

function putAnywhere({ object }: ContainerAtom, value: Value): void {
  object.writeAnywhere(value);
  object.length = undefined;
}

function isTooLong({ object }: ContainerAtom): boolean {
  return object.capacity !== undefined && object.length !== undefined && object.length > object.capacity;
}

/** Any element may be at any position, where it matters which one is. */
function mix(self: ContainerAtom, branch: Branch): void {
  if (self.object.open || knownElements(self, branch)?.every(isConstant)) return;
  const elements = self.object.everything(branch);
  self.object.clear();
  self.object.writeAnywhere(elements);
  self.object.length = undefined;
}

function isConstant(value: Value): boolean {
  return value.length === 1 && value[0]?.kind === 'constant';
}

function sameConstant(left: Value, right: Value): boolean {
  const [a] = left;
  const [b] = right;
  if (!isConstant(left) || !isConstant(right) || a?.kind !== 'constant' || b?.kind !== 'constant') return false;
  const isPlain = a.literal.type === 'str' || a.literal.type === 'int';
  return (
    isPlain && a.literal.type === b.literal.type && 'value' in a.literal && 'value' in b.literal && a.literal.value === b.literal.value
  );
}

export function indexOf(value: Value): number | undefined {
  const only = value[0];
  return value.length === 1 && only?.kind === 'constant' && only.literal.type === 'int' ? Number(only.literal.value) : undefined;
}
