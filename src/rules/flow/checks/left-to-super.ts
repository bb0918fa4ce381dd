import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { Expr } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';

/**
 * Whether a method gives what the same method of the class above gives, whatever it looks at besides: `cleaned = super().clean(data)`, some checks,
 * `return cleaned`.
 */
export function isLeftToSuper({ node, name }: FunctionInfo): boolean {
  if (node.kind === 'lambda') return false;
  const returned: Expr[] = [];
  const assigned = new Map<string, Expr[]>();
  for (const statement of node.body)
    walk(statement, (one) => {
      if (one.kind === 'function' || one.kind === 'class' || one.kind === 'lambda') return false;
      if (one.kind === 'return' && one.value) returned.push(one.value);
      if (one.kind === 'assign' && one.value)
        for (const target of one.targets)
          if (target.kind === 'name') assigned.set(target.id, [...(assigned.get(target.id) ?? []), one.value]);
      return true;
    });
  const isGiven = (value: Expr): boolean => {
    if (value.kind === 'name') return assigned.get(value.id)?.every((one) => isSuperCall(one, name)) ?? false;
    return isSuperCall(value, name) || (value.kind === 'comprehension' && isSuperCall(value.element, name));
  };
  return returned.length > 0 && returned.every(isGiven);
}

/** `super().clean(data)`, `super(Field, self).clean(data)`. */
function isSuperCall(node: Expr, method: string): boolean {
  if (node.kind !== 'call' || node.callee.kind !== 'attribute' || node.callee.name !== method) return false;
  const { object } = node.callee;
  return object.kind === 'call' && object.callee.kind === 'name' && object.callee.id === 'super';
}
