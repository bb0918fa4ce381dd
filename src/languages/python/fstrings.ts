import type { Expr, FStringPart } from '../../ir/nodes.ts';
import { ROW } from '../flat-tree.ts';
import { decodeLiteral, type LiteralForm } from './escapes.ts';
import { lowerExpr } from './expressions.ts';
import { Kind } from './kinds.ts';
import type { Lowering } from './lowering.ts';
import { contentEnd, type StringForm } from './string-form.ts';

/** Adds literal text, joined to text that stands before it. */
export function appendText(parts: FStringPart[], value: string): void {
  if (value === '') return;
  const last = parts.at(-1);
  if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', value: last.value + value };
  else parts.push({ kind: 'text', value });
}

/** The parts of one f-string or t-string node. */
export function lowerFStringParts(l: Lowering, node: number, form: StringForm): FStringPart[] {
  const parts: FStringPart[] = [];
  for (let child = node + ROW, stop = l.next(node); child < stop; child = l.next(child)) {
    if (l.kind(child) === Kind.string_content) appendText(parts, decodeLiteral(l.slice(child), form));
    else if (l.kind(child) === Kind.interpolation) appendHole(l, child, form, parts);
    else if (l.kind(child) === Kind.string_end) {
      appendText(parts, decodeLiteral(l.text.slice(l.start(child), contentEnd(l, node, form)), form));
    }
  }
  return parts;
}

/** `{value!conversion:spec}`; `{value=}` also gives its own source as text, and `repr` when nothing else is asked for. */
function appendHole(l: Lowering, node: number, form: LiteralForm, parts: FStringPart[]): void {
  const expression = node + ROW;
  const stop = l.next(node);
  if (expression >= stop) return;
  let conversion: string | undefined;
  let spec: FStringPart[] | undefined;
  let tail = l.end(node) - 1;
  for (let child = l.next(expression); child < stop; child = l.next(child)) {
    const kind = l.kind(child);
    if (kind !== Kind.type_conversion && kind !== Kind.format_specifier) continue;
    tail = Math.min(tail, l.start(child));
    if (kind === Kind.type_conversion) conversion = l.slice(child).slice(1);
    else spec = lowerSpec(l, child, form);
  }
  const value: Expr = lowerExpr(l, expression);
  if (DEBUG_SIGN.test(l.text.slice(l.end(expression), tail))) {
    appendText(parts, l.text.slice(l.start(node) + 1, tail));
    if (conversion === undefined && spec === undefined) conversion = 'r';
  }
  parts.push({ kind: 'hole', value, ...(conversion !== undefined && { conversion }), ...(spec !== undefined && { spec }) });
}

/** What follows the expression of `{x = }`; a parenthesis may close first. */
const DEBUG_SIGN = /^[\s)]*=\s*$/;

/** The grammar names only the nested holes of a format spec; the text lies between them. */
function lowerSpec(l: Lowering, node: number, form: LiteralForm): FStringPart[] {
  const parts: FStringPart[] = [];
  let from = l.start(node) + 1;
  for (let child = node + ROW, stop = l.next(node); child < stop; child = l.next(child)) {
    if (l.kind(child) !== Kind.format_expression) continue;
    appendText(parts, decodeLiteral(l.text.slice(from, l.start(child)), form));
    appendHole(l, child, form, parts);
    from = l.end(child);
  }
  appendText(parts, decodeLiteral(l.text.slice(from, l.end(node)), form));
  return parts;
}
