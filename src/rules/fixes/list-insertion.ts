import type { Expr, SequenceExpr } from '../../ir/nodes.ts';
import type { Edit } from './edit.ts';
import { lineBreak, lineEnd, lineStart } from './lines.ts';

/** Puts a string into a list or tuple as its author would: on a line of its own where the others have one, with their quotes. */
export function insertString(text: string, list: Expr, value: string, after: readonly string[], at: 'first' | 'last'): readonly Edit[] {
  if (list.kind !== 'list' && list.kind !== 'tuple') return [];
  const [first] = list.elements;
  if (first?.kind !== 'literal') return [];
  const quote = text[first.start] === "'" ? "'" : '"';
  const literal = `${quote}${value}${quote}`;
  const names = list.elements.map((element) => (element.kind === 'literal' && element.literal.type === 'str' ? element.literal.value : ''));
  const behind = after.map((name) => names.indexOf(name)).find((index) => index >= 0) ?? (at === 'last' ? names.length - 1 : -1);
  return behind < 0 ? atStart(text, list, first, literal) : behindElement(text, list, behind, literal);
}

function atStart(text: string, list: SequenceExpr, first: Expr, literal: string): readonly Edit[] {
  const bracketLine = lineEnd(text, list.start);
  const isBelow = first.start > bracketLine && /^[[(]/.test(text.slice(list.start, list.start + 1));
  if (!isBelow) return [{ start: first.start, end: first.start, replacement: `${literal}, ` }];
  return [{ start: bracketLine, end: bracketLine, replacement: `${lineBreak(text)}${indentOf(text, first)}${literal},` }];
}

function behindElement(text: string, list: SequenceExpr, index: number, literal: string): readonly Edit[] {
  const element = list.elements[index];
  if (!element) return [];
  const next = list.elements[index + 1];
  const end = lineEnd(text, element.end);
  const rest = next?.start ?? list.end;
  // Something else follows on the line: the new one follows there, too.
  if (rest <= end) return [{ start: element.end, end: element.end, replacement: `, ${literal}` }];
  const hasComma = /^\s*,/.test(text.slice(element.end, end));
  const line = `${lineBreak(text)}${indentOf(text, element)}${literal},`;
  // A comment behind the last element stays where it is.
  return [...(hasComma ? [] : [{ start: element.end, end: element.end, replacement: ',' }]), { start: end, end, replacement: line }];
}

/** The blanks in front of an element that begins its line. */
function indentOf(text: string, element: Expr): string {
  const before = text.slice(lineStart(text, element.start), element.start);
  return /^\s*$/.test(before) ? before : (/^\s*/.exec(before)?.[0] ?? '');
}
