import type { Expr, FStringPart, LiteralExpr } from '../../ir/nodes.ts';
import { ROW } from '../flat-tree.ts';
import { decodeLiteral, type LiteralForm } from './escapes.ts';
import { appendText, lowerFStringParts } from './fstrings.ts';
import { Kind } from './kinds.ts';
import type { Lowering } from './lowering.ts';

/** What the letters before a quote say. */
export interface StringForm extends LiteralForm {
  readonly template: boolean;
  /** Python 2's `repr`. */
  readonly backtick: boolean;
}

const FORMS = new Map<string, StringForm>();

/** The form of a string by its opening token, such as `rb"`; there are few, so each is worked out once. */
function formOf(l: Lowering, node: number): StringForm {
  const opening = l.slice(node);
  let form = FORMS.get(opening);
  if (form === undefined) {
    const letters = opening.toLowerCase();
    form = {
      raw: letters.includes('r'),
      bytes: letters.includes('b'),
      format: letters.includes('f') || letters.includes('t'),
      template: letters.includes('t'),
      backtick: letters.includes('`'),
    };
    FORMS.set(opening, form);
  }
  if (form.raw && /^(?:ur|ru)/i.test(opening))
    l.problem(l.start(node), l.end(node), `the string prefix \`${opening.slice(0, 2)}\` is Python 2`);
  return form;
}

export function lowerString(l: Lowering, node: number): Expr {
  const opening = node + ROW;
  const form = formOf(l, opening);
  const start = l.start(node);
  const end = l.end(node);
  if (form.format) return { kind: 'fstring', start, end, parts: lowerFStringParts(l, node, form), template: form.template };
  if (form.backtick) {
    l.problem(start, end, 'backticks are Python 2');
    return { kind: 'unknown', start, end, children: [] };
  }
  const value = plainValue(l, node, form);
  return { kind: 'literal', start, end, literal: form.bytes ? { type: 'bytes', value } : { type: 'str', value } };
}

/** The value of a string without interpolations: all between its first and last token. */
function plainValue(l: Lowering, node: number, form: StringForm): string {
  const opening = node + ROW;
  const closing = l.last(node);
  const to = l.kind(closing) === Kind.string_end ? l.start(closing) : l.end(node);
  return decodeLiteral(l.text.slice(l.end(opening), to), form);
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
