import { ROOT_BRANCH } from './branch.ts';
import type { Atom, Value } from './value.ts';

/** How deep containers are looked into: beyond it two arguments count as the same. */
const MAX_DEPTH = 2;

/** What distinguishes one call's arguments from another's; `''` when no argument says anything. */
export function signatureOf(values: Iterable<Value>): string {
  let signature = '';
  let says = false;
  for (const value of values) {
    const part = ofValue(value, MAX_DEPTH);
    if (part !== '?') says = true;
    signature += `${part};`;
  }
  return says ? signature : '';
}

function ofValue(value: Value, depth: number): string {
  const only = value[0];
  if (value.length === 1 && only) return ofAtom(only, depth);
  return value.map((atom) => ofAtom(atom, depth)).join('|');
}

function ofAtom(atom: Atom, depth: number): string {
  switch (atom.kind) {
    case 'constant':
      return 'value' in atom.literal ? `${atom.literal.type}:${String(atom.literal.value)}` : atom.literal.type;
    case 'text':
      return `t${atom.segments.map((segment) => (typeof segment === 'string' ? segment : `{${ofValue(segment.value, depth - 1)}}`)).join('')}`;
    case 'symbol':
      return `s${atom.name}`;
    case 'opaque':
      return atom.type === undefined ? '?' : `<${atom.type}${atom.of ? ofValue(atom.of, depth - 1) : ''}>`;
    case 'class':
      return `c${atom.info.qualifiedName}`;
    case 'function':
      return `f${atom.info.qualifiedName}@${atom.info.node.start}`;
    case 'bound':
      return `b${atom.info.qualifiedName}`;
    case 'module':
      return `m${atom.state.module.path}`;
    case 'object':
      return atom.object === atom.info.anyInstance ? `o${atom.info.qualifiedName}` : `o${atom.object.id}`;
    case 'container': {
      if (depth <= 0) return '[]';
      if (atom.object.size === 0 && atom.object.rest.every((one) => one.kind === 'opaque' && one.type === undefined))
        return atom.object.open ? '?' : '[]';
      const parts: string[] = [];
      for (const key of atom.object.keyNames()) {
        parts.push(`${key}=${ofValue(atom.object.read(key, ROOT_BRANCH) ?? [], depth - 1)}`);
        if (parts.length > 8) break;
      }
      return `[${parts.join(',')}]`;
    }
    case 'environment':
      return `e${atom.variable ?? ''}`;
    case 'super':
      return 'super';
    case 'partial':
      return `p${ofValue(atom.callee, depth - 1)}`;
  }
}
