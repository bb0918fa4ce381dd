import { ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import { isContainer, keyOfSlot } from '../../evaluate/values/container.ts';
import type { Atom, CallOrigin, Value } from '../../evaluate/values/value.ts';
import type { Span } from '../../ir/nodes.ts';
import { texts } from '../route-table.ts';

/** What stands for a part of a path that is not known. */
const UNKNOWN = '…';

/**
 * The strings that a value may be, with `…` for parts that are not known, or the name of the setting that says them in braces; none where
 * it is no string at all. Alternatives that are not known are left out where there is one that is: most often that is the default.
 */
export function pathTexts(value: Value | undefined, depth = 0): readonly string[] {
  const found = [...new Set((value ?? []).flatMap((atom) => textsOfAtom(atom, depth)))];
  const known = found.filter((text) => !/[…{]/.test(text));
  return known.length > 0 ? known : found.slice(0, 1);
}

function textsOfAtom(atom: Atom, depth: number): readonly string[] {
  switch (atom.kind) {
    case 'constant':
      return texts([atom]);
    case 'text':
      return [
        atom.segments
          .map((part) => (typeof part === 'string' ? part : ((depth < 3 ? pathTexts(part.value, depth + 1)[0] : undefined) ?? UNKNOWN)))
          .join(''),
      ];
    case 'opaque':
      return translated(atom) ?? [setting(atom) ?? UNKNOWN];
    case 'environment':
      return atom.fallback ? pathTexts(atom.fallback, depth + 1) : [UNKNOWN];
    default:
      return [];
  }
}

/** `app.config["API_PREFIX"]`, `settings.API_PREFIX`. */
function setting(atom: Atom & { kind: 'opaque' }): string | undefined {
  const { origin } = atom;
  const asked = origin.via === 'item' ? texts(origin.key)[0] : origin.via === 'attribute' ? origin.name : undefined;
  return asked !== undefined && /^[A-Z][A-Z0-9_]+$/.test(asked) ? `{${asked}}` : undefined;
}

/** A path that is translated: `path(_("about/"), …)`. */
function translated(atom: Atom): readonly string[] | undefined {
  const call = callOf(atom);
  if (!call || !/gettext/.test(lastName(call))) return undefined;
  return texts(call.args.positional[0]?.value);
}

/** Elements of lists and tuples, in order, also of those that are put together from others. */
export function elementsOf(value: Value | undefined): readonly Value[] {
  const found: Value[] = [];
  const visit = (from: Value, depth: number): void => {
    for (const atom of from) {
      if (isContainer(atom)) {
        for (const slot of atom.object.keyNames()) found.push(atom.object.read(slot, ROOT_BRANCH) ?? []);
        for (const one of atom.object.rest) found.push([one]);
      } else if (atom.kind === 'opaque' && depth < MAX_NESTING) {
        const { origin } = atom;
        if (origin.via === 'operation') for (const operand of origin.operands) visit(operand, depth + 1);
        else if (origin.via === 'checked') visit(origin.of, depth + 1);
        else found.push([atom]);
      }
    }
  };
  visit(value ?? [], 0);
  return found;
}
/** Lists that are added up one by one; more than people write. */
const MAX_NESTING = 200;

/** What a dict holds, by those of its keys that are strings. */
export function entriesOf(value: Value | undefined): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  for (const atom of value ?? []) {
    if (!isContainer(atom, 'dict')) continue;
    for (const slot of atom.object.keyNames()) {
      const [key] = texts(keyOfSlot(slot));
      if (key !== undefined) found.set(key, atom.object.read(slot, ROOT_BRANCH) ?? []);
    }
  }
  return found;
}

/** The call that an alternative is the result of. */
export function callOf(atom: Atom): CallOrigin | undefined {
  if (atom.kind !== 'opaque') return undefined;
  if (atom.origin.via === 'call') return atom.origin;
  return atom.origin.via === 'checked' && atom.origin.of[0] ? callOf(atom.origin.of[0]) : undefined;
}

/** The last part of the name of what is called: `route`; of the result of a call that is called, that call's. */
export function lastName(call: CallOrigin): string {
  return lastPart(call.names[0] ?? '');
}

export function lastPart(name: string): string {
  return (
    name
      .replace(/(?:\(\))+$/, '')
      .split('.')
      .at(-1) ?? ''
  );
}

/** What tells objects of libraries apart: the place that made them. */
export function makers(value: Value | undefined): readonly Span[] {
  return (value ?? []).flatMap((atom) => {
    const call = callOf(atom);
    if (call) return [call.site.node];
    return atom.kind === 'object' ? [atom.object.site.node] : [];
  });
}

/** An attribute of a class, as the nearest class in the tree has it. */
export function classAttribute(info: ClassInfo, name: string): Value | undefined {
  for (const ancestor of ancestors(info)) {
    const value = ancestor.kind === 'class' ? ancestor.info.namespace.read(name, ROOT_BRANCH) : undefined;
    if (value) return value;
  }
  return undefined;
}
