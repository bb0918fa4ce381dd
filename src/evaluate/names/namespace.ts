import type { CallExpr, Expr } from '../../ir/nodes.ts';

/** `globals()`, `locals()` and `vars()`: in a module's body all three are its names. */
const NAMESPACES = new Set(['globals', 'locals', 'vars']);

export function isNamespace(node: Expr): boolean {
  return node.kind === 'call' && node.args.length === 0 && node.callee.kind === 'name' && NAMESPACES.has(node.callee.id);
}

/** What `globals().update(…)` sets where all of it is spelled out; `undefined` for other calls. */
export function namespaceEntries(call: CallExpr): readonly { readonly name: string; readonly value: Expr }[] | undefined {
  const { callee, args } = call;
  if (callee.kind !== 'attribute' || callee.name !== 'update' || !isNamespace(callee.object)) return undefined;
  const entries: { readonly name: string; readonly value: Expr }[] = [];
  for (const arg of args) {
    if (arg.name !== undefined) entries.push({ name: arg.name, value: arg.value });
    else if (arg.value.kind === 'dict')
      for (const { key, value } of arg.value.entries) {
        if (key?.kind !== 'literal' || key.literal.type !== 'str') return undefined;
        entries.push({ name: key.literal.value, value });
      }
    else return undefined;
  }
  return entries;
}
