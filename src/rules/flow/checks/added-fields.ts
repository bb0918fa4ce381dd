import { quietly } from '../../../evaluate/checks/refine.ts';
import { ancestors, type ClassInfo } from '../../../evaluate/classes/class-info.ts';
import { evaluate } from '../../../evaluate/expressions/expressions.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import { join, NOTHING, type Value } from '../../../evaluate/values/value.ts';
import type { Expr } from '../../../ir/nodes.ts';
import { type IrNode, walk } from '../../../ir/walk.ts';

/**
 * The field that a form's own methods put among its fields: `self.fields["kind"] = forms.ChoiceField(…)`, where several do all of them.
 * https://docs.djangoproject.com/en/stable/ref/forms/api/#accessing-the-fields-from-the-form
 */
export function addedField(interpreter: Interpreter, info: ClassInfo, name: string): Value | undefined {
  const { ended, statement } = interpreter;
  let result: Value = NOTHING;
  for (const ancestor of ancestors(info)) {
    if (ancestor.kind !== 'class') continue;
    const made = fieldsMadeIn(ancestor.info).get(name);
    const frame = interpreter.states.get(ancestor.info.module)?.frame;
    if (!made || !frame) continue;
    // What a field is shows without the variables of the method.
    for (const one of made)
      result = join(
        result,
        quietly(interpreter, () => evaluate(interpreter, frame, one)),
      );
  }
  interpreter.ended = ended;
  interpreter.statement = statement;
  return result.length > 0 ? result : undefined;
}

const known = new WeakMap<ClassInfo['node'], ReadonlyMap<string, readonly Expr[]>>();

function fieldsMadeIn({ node }: ClassInfo): ReadonlyMap<string, readonly Expr[]> {
  const before = known.get(node);
  if (before) return before;
  const found = new Map<string, Expr[]>();
  for (const statement of node.body)
    if (statement.kind === 'function')
      walk(statement, (part) => {
        const made = fieldMade(part);
        if (made) found.set(made.name, [...(found.get(made.name) ?? []), made.value]);
        return true;
      });
  known.set(node, found);
  return found;
}

function fieldMade(node: IrNode): { readonly name: string; readonly value: Expr } | undefined {
  if (node.kind !== 'assign' || !node.value) return undefined;
  const [target] = node.targets;
  if (target?.kind !== 'subscript' || target.object.kind !== 'attribute' || target.object.name !== 'fields') return undefined;
  const { index } = target;
  return index.kind === 'literal' && index.literal.type === 'str' ? { name: index.literal.value, value: node.value } : undefined;
}
