import type { Interpreter } from '../interpreter.ts';
import { namesOf } from '../names/names.ts';
import { ROOT_BRANCH } from './branch.ts';
import { keyOfSlot } from './container.ts';
import type { Atom, Value } from './value.ts';

/** Entries of a collection that are spelled out. */
const MAX_ENTRIES = 6;

/** A value in one line, for people who debug rules and for the engine's tests: alternatives joined by ` | `, in a stable order. */
export function describeValue(interpreter: Interpreter, value: Value, depth = 2): string {
  if (value.length === 0) return 'never';
  return value.map((atom) => describeAtom(interpreter, atom, depth)).join(' | ');
}

function describeAtom(interpreter: Interpreter, atom: Atom, depth: number): string {
  switch (atom.kind) {
    case 'constant': {
      const { literal } = atom;
      if (literal.type === 'none') return 'None';
      if (literal.type === 'ellipsis') return '...';
      if (literal.type === 'bool') return literal.value ? 'True' : 'False';
      if (literal.type === 'str') return JSON.stringify(literal.value);
      return literal.type === 'bytes' ? `b${JSON.stringify(literal.value)}` : String(literal.value);
    }
    case 'text':
      return `${atom.bytes ? 'b' : ''}"${atom.segments.map((segment) => (typeof segment === 'string' ? segment : `{${describeValue(interpreter, segment.value, depth - 1)}}`)).join('')}"`;
    case 'opaque': {
      const names = namesOf(interpreter, atom);
      const of = atom.of && depth > 0 ? `[${describeValue(interpreter, atom.of, depth - 1)}]` : '';
      return atom.type === undefined ? `? ${names[0] ?? ''}`.trim() : `<${atom.type}${of}>`;
    }
    case 'container': {
      if (depth <= 0) return atom.form;
      const entries = [...atom.object.keyNames()].slice(0, MAX_ENTRIES).map((slot) => {
        const entry = describeValue(interpreter, atom.object.read(slot, ROOT_BRANCH) ?? [], depth - 1);
        return atom.form === 'dict' ? `${describeValue(interpreter, keyOfSlot(slot))}: ${entry}` : entry;
      });
      if (atom.object.size > MAX_ENTRIES || atom.object.open) entries.push('…');
      return `${atom.form}(${entries.join(', ')})`;
    }
    case 'object':
      return `<${atom.info.qualifiedName}>`;
    case 'environment':
      return `env ${atom.variable ?? '?'}${atom.cast ? ` as ${atom.cast}` : ''}${atom.fallback ? ` default ${describeValue(interpreter, atom.fallback)}` : ''}`;
    case 'bound':
      return `bound ${atom.info.qualifiedName}`;
    case 'super':
      return 'super';
    case 'symbol':
    case 'class':
    case 'function':
    case 'module':
    case 'partial':
      return `${atom.kind} ${namesOf(interpreter, atom)[0] ?? ''}`;
  }
}
