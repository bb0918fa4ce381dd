import { ROOT_BRANCH } from './branch.ts';
import { Note } from './note.ts';
import type { Atom, OpaqueAtom, Value } from './value.ts';

/** How deep values within values are looked into: beyond it two arguments count as the same. */
const MAX_DEPTH = 2;

/** What distinguishes one call's arguments from another's; `''` when no argument says anything. Marked atoms count by themselves. */
export function signatureOf(values: Iterable<Value>, isMarked: (atom: Atom) => boolean = () => false): string {
  let signature = '';
  let says = false;
  for (const value of values) {
    const part = ofValue(value, MAX_DEPTH, isMarked);
    if (part !== '?') says = true;
    signature += `${part};`;
  }
  return says ? signature : '';
}

function ofValue(value: Value, depth: number, isMarked: (atom: Atom) => boolean): string {
  const only = value[0];
  if (value.length === 1 && only) return ofAtom(only, depth, isMarked);
  return value.map((atom) => ofAtom(atom, depth, isMarked)).join('|');
}

/** What a value is made of: texts of texts of several alternatives would take forever to spell out. */
function ofPart(value: Value, depth: number, isMarked: (atom: Atom) => boolean): string {
  return depth <= 0 ? '' : ofValue(value, depth - 1, isMarked);
}

function ofAtom(atom: Atom, depth: number, isMarked: (atom: Atom) => boolean): string {
  if (isMarked(atom)) return `!${identityOf(atom)}`;
  switch (atom.kind) {
    case 'constant':
      return 'value' in atom.literal ? `${atom.literal.type}:${String(atom.literal.value)}` : atom.literal.type;
    case 'text':
      return `t${atom.segments.map((segment) => (typeof segment === 'string' ? segment : `{${ofPart(segment.value, depth, isMarked)}}`)).join('')}`;
    case 'symbol':
      return `s${atom.name}`;
    case 'opaque':
      // What is set by it belongs to one run of one module.
      if (isNamesOfModule(atom)) return `!${identityOf(atom)}`;
      if (atom.content) return `k${atom.content.id}~${atom.content.writes}`;
      return atom.type === undefined ? '?' : `<${atom.type}${atom.of ? ofPart(atom.of, depth, isMarked) : ''}>`;
    case 'class':
      return `c${atom.info.qualifiedName}~${atom.info.namespace.marks}`;
    case 'function':
      return `f${atom.info.qualifiedName}@${atom.info.node.start}`;
    case 'bound':
      return `b${atom.info.qualifiedName}`;
    case 'module':
      return `m${atom.state.module.path}`;
    case 'object':
      return atom.object === atom.info.anyInstance
        ? `o${atom.info.qualifiedName}~${atom.object.marks}`
        : `o${atom.object.id}~${atom.object.writes}${atom.of ? `<${atom.of[0].info.qualifiedName}>` : ''}`;
    case 'container': {
      const { rest } = atom.object;
      if (depth <= 0) return `[${marksOf(atom.object.everything(ROOT_BRANCH), isMarked)}]`;
      const marks = marksOf(rest, isMarked);
      if (atom.object.size === 0 && marks === '' && rest.every((one) => one.kind === 'opaque' && one.type === undefined))
        return atom.object.open ? '?' : '[]';
      const parts: string[] = marks === '' ? [] : [marks];
      for (const key of atom.object.keyNames()) {
        parts.push(`${key}=${ofPart(atom.object.read(key, ROOT_BRANCH) ?? [], depth, isMarked)}`);
        if (parts.length > 8) break;
      }
      return `[${parts.join(',')}]`;
    }
    case 'environment':
      return `e${atom.variable ?? ''}`;
    case 'super':
      return 'super';
    case 'partial':
      return `p${ofPart(atom.callee, depth, isMarked)}`;
  }
}

/** What is marked among these, and in what they hold: entries that are not told apart further may still come from different places outside. */
function marksOf(value: Value, isMarked: (atom: Atom) => boolean, depth = MAX_MARK_DEPTH): string {
  return value
    .slice(0, MAX_MARKS)
    .flatMap((atom) => {
      if (isMarked(atom)) return `!${identityOf(atom)}`;
      if (atom.kind !== 'container' || depth <= 0) return [];
      return marksOf(atom.object.everything(ROOT_BRANCH), isMarked, depth - 1) || [];
    })
    .join('|');
}
/** Of longer lists and tables the rest is taken to be like its beginning. */
const MAX_MARKS = 24;
/** A list of dicts of lists, in the arguments of a helper. */
const MAX_MARK_DEPTH = 3;

/** `globals()` */
function isNamesOfModule({ type, origin }: OpaqueAtom): boolean {
  return type === 'builtins.dict' && origin.via === 'call' && origin.names[0] === 'builtins.globals';
}

/** A number for a value that is not to be mistaken for another that looks the same. */
function identityOf(atom: Atom): number {
  let identity = identities.get(atom);
  if (identity === undefined) {
    identity = nextIdentity++;
    identities.set(atom, identity);
  }
  return identity;
}
let nextIdentity = 1;
const identities = new Note<number>();
