import type { Expr, FStringPart, LiteralExpr } from '../../ir/nodes.ts';
import { ROW } from '../flat-tree.ts';
import { decodeLiteral } from './escapes.ts';
import { appendText, lowerFStringParts } from './fstrings.ts';
import type { Lowering } from './lowering.ts';
import { contentEnd, formOf, type StringForm } from './string-form.ts';

export function lowerString(l: Lowering, node: number): Expr {
  const opening = node + ROW;
  const form = formOf(l, opening);
  const start = l.start(node);
  const end = l.end(node);
  if (form.format) return { kind: 'fstring', start, end, parts: lowerFStringParts(l, node, form), template: form.template };
  if (form.backtick) {
    l.python2(start, end, 'what stands between backticks was not read');
    return { kind: 'unknown', start, end, children: [] };
  }
  const value = plainValue(l, node, form);
  return { kind: 'literal', start, end, literal: form.bytes ? { type: 'bytes', value } : { type: 'str', value } };
}

/** The value of a string without interpolations: all between its quotes. */
function plainValue(l: Lowering, node: number, form: StringForm): string {
  return decodeLiteral(l.text.slice(l.end(node + ROW), contentEnd(l, node, form)), form);
}

/** Adjacent strings are one literal; one f-string among them makes it an f-string. */
export function lowerConcatenatedString(l: Lowering, node: number): Expr {
  const parts: FStringPart[] = [];
  let interpolated = false;
  let template = false;
  let bytes = false;
  for (let child = node + ROW, stop = l.next(node); child < stop; child = l.next(child)) {
    const form = formOf(l, child + ROW);
    bytes ||= form.bytes;
    if (form.format) {
      interpolated = true;
      template ||= form.template;
      for (const part of lowerFStringParts(l, child, form)) {
        if (part.kind === 'text') appendText(parts, part.value);
        else parts.push(part);
      }
    } else if (!form.backtick) appendText(parts, plainValue(l, child, form));
  }
  const start = l.start(node);
  const end = l.end(node);
  if (interpolated) return { kind: 'fstring', start, end, parts, template };
  const value = parts.map((part) => (part.kind === 'text' ? part.value : '')).join('');
  const literal: LiteralExpr = { kind: 'literal', start, end, literal: bytes ? { type: 'bytes', value } : { type: 'str', value } };
  return literal;
}
