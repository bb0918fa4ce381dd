import type { Expr, Span } from '../ir/nodes.ts';

/** The name a reader would call an expression by: `user.password` → password, `form["pin"]` → pin, `token.encode()` → token. */
export function expressionName(node: Expr | Span | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (!('kind' in node)) return 'value' in node ? expressionName((node as { readonly value: Expr }).value) : undefined;
  switch (node.kind) {
    case 'name':
      return node.id;
    case 'attribute':
      return node.name;
    case 'subscript':
      return node.index.kind === 'literal' && node.index.literal.type === 'str' ? node.index.literal.value : expressionName(node.object);
    case 'call': {
      const { callee } = node;
      const key = node.args[0]?.value;
      // `data.get("password")`, `getattr(settings, "TOKEN")`: the key names the value.
      if (
        key?.kind === 'literal' &&
        key.literal.type === 'str' &&
        callee.kind === 'attribute' &&
        (callee.name === 'get' || callee.name === 'pop' || callee.name === 'getlist')
      )
        return key.literal.value;
      if (callee.kind === 'attribute' && CONVERSIONS.has(callee.name)) return expressionName(callee.object);
      const first = node.args[0];
      if (callee.kind === 'name' && TYPES.has(callee.id) && first) return expressionName(first.value);
      return expressionName(callee);
    }
    case 'await':
    case 'starred':
      return expressionName(node.value);
    case 'walrus':
      return node.target.id;
    default:
      return undefined;
  }
}

const CONVERSIONS = new Set([
  'encode',
  'decode',
  'strip',
  'lower',
  'upper',
  'hexdigest',
  'digest',
  'hex',
  'format',
  'data',
  'first',
  'title',
]);
const TYPES = new Set(['str', 'bytes', 'int', 'unicode', 'force_str', 'force_bytes', 'smart_str', 'smart_bytes', 'to_bytes']);
