import type { Expr } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';
import { lastPart } from '../values.ts';

/** `request.method`, `self.request.method.upper()`. */
export function isMethodOf(node: Expr): boolean {
  if (node.kind === 'call' && node.callee.kind === 'attribute' && /^(?:upper|lower|strip)$/.test(node.callee.name))
    return isMethodOf(node.callee.object);
  return node.kind === 'attribute' && node.name === 'method' && isRequest(node.object);
}

export function isRequest(node: Expr): boolean {
  return /^(?:_?req|_?request)$/.test(nameOf(node));
}

export function nameOf(node: Expr): string {
  if (node.kind === 'name') return node.id;
  return node.kind === 'attribute' ? lastPart(node.name) : '';
}

export function textsOf(node: Expr): readonly string[] | undefined {
  if (node.kind === 'literal') return node.literal.type === 'str' ? [node.literal.value] : undefined;
  // `HTTPMethod.POST`, https://docs.python.org/3/library/http.html#http.HTTPMethod
  if (node.kind === 'attribute') {
    if (node.name === 'value') return textsOf(node.object);
    const { object } = node;
    const owner = object.kind === 'name' ? object.id : object.kind === 'attribute' ? object.name : '';
    return /Methods?$/i.test(owner) ? [node.name] : undefined;
  }
  if (node.kind !== 'list' && node.kind !== 'tuple' && node.kind !== 'set') return undefined;
  const texts = node.elements.flatMap((element) => textsOf(element) ?? []);
  return texts.length === node.elements.length ? texts : undefined;
}

export function patternTexts(pattern: { readonly kind: string }): readonly string[] | undefined {
  const one = pattern as { readonly kind: string; readonly value?: Expr; readonly alternatives?: readonly { readonly kind: string }[] };
  if (one.kind === 'value' && one.value) return textsOf(one.value);
  if (one.kind !== 'or' || !one.alternatives) return undefined;
  const texts = one.alternatives.map(patternTexts);
  return texts.every((text) => text !== undefined) ? texts.flat() : undefined;
}

/** `in ("", None)`: what is not there may be among them. */
export function mentionsNothing(node: Expr): boolean {
  let found = false;
  walk(node, (one) => {
    if (one.kind === 'literal' && (one.literal.type === 'none' || (one.literal.type === 'str' && one.literal.value === ''))) found = true;
    return !found;
  });
  return found;
}

/** No default, or one that is as false as none. */
export function isNothing(node: Expr | undefined): boolean {
  if (!node) return true;
  return (
    node.kind === 'literal' && (node.literal.type === 'none' || (node.literal.type === 'bool' && !node.literal.value) || isEmptyText(node))
  );
}

function isEmptyText(node: Expr): boolean {
  return node.kind === 'literal' && node.literal.type === 'str' && node.literal.value === '';
}

export function readsQuery(node: Expr): boolean {
  let found = false;
  walk(node, (one) => {
    if (one.kind === 'attribute' && /^(?:GET|args|query_params|values)$/.test(one.name)) found = true;
    return !found;
  });
  return found;
}
