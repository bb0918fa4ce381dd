import type { CompareExpr, Expr } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import { isForDevelopers, roleOfName } from './roles.ts';

/**
 * Whether code behind this condition runs for tests and development only: `if app.debug:`, `if config_name == "testing":`,
 * `if env != "production":`, `if test_config is not None:`, `if __name__ == "__main__":`.
 */
export function isForDevelopersWhere(test: Expr, holds: boolean): boolean {
  switch (test.kind) {
    case 'unary':
      return test.op === 'not' && isForDevelopersWhere(test.operand, !holds);
    case 'boolean':
      // Of `a and b` both hold; where it fails, one of them does, and nobody knows which.
      return (test.op === 'and') === holds
        ? test.operands.some((one) => isForDevelopersWhere(one, holds))
        : test.operands.every((one) => isForDevelopersWhere(one, holds));
    case 'compare':
      return compared(test, holds);
    case 'name':
    case 'attribute':
    case 'subscript':
    case 'call':
      return holds ? mentions(test, isForDevelopers) : mentions(test, (role) => role === 'production');
    default:
      return false;
  }
}

function compared({ first, rest }: CompareExpr, holds: boolean): boolean {
  const [only] = rest;
  if (!only || rest.length > 1) return false;
  const { op, right } = only;
  const isEqual = op === '==' || op === 'is' || op === 'in';
  if (!isEqual && op !== '!=' && op !== 'is not' && op !== 'not in') return false;
  const same = isEqual === holds;
  if (first.kind === 'name' && first.id === '__name__') return same;
  const literal = right.kind === 'literal' ? right.literal : undefined;
  if (literal?.type === 'none') return !same && mentions(first, isForDevelopers);
  if (literal?.type === 'bool') return isForDevelopersWhere(first, literal.value === same);
  const asked = right.kind === 'literal' || right.kind === 'list' || right.kind === 'tuple' || right.kind === 'set' ? right : first;
  return same ? mentions(asked, isForDevelopers) : mentions(asked, (role) => role === 'production');
}

function mentions(node: Expr, wanted: (role: ReturnType<typeof roleOfName>) => boolean): boolean {
  let found = false;
  walk(node, (one) => {
    const text =
      one.kind === 'name'
        ? one.id
        : one.kind === 'attribute'
          ? one.name
          : one.kind === 'literal' && one.literal.type === 'str'
            ? one.literal.value
            : '';
    if (wanted(roleOfName(text))) found = true;
    return !found;
  });
  return found;
}
