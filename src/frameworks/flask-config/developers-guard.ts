import type { Frame } from '../../evaluate/frame.ts';
import type { CompareExpr, Expr, Span } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import { isForDevelopers, roleOfName } from './roles.ts';

/**
 * Whether what runs here runs for tests and development only, by the conditions around it and around the calls that lead here. A factory is asked
 * by `if __name__ == "__main__":` of one file and by the server's entry of another: what it sets on the application that it makes is for both.
 */
export function isGuardedForDevelopers(frame: Frame, apps: readonly Span[]): boolean {
  let isMade = false;
  for (let at: Frame | undefined = frame; at; at = at.caller?.frame) {
    if (at.guards.some(({ test, holds }) => isForDevelopersWhere(test, holds) && !(isMade && isMainGuard(test)))) return true;
    isMade ||= makesOne(at, apps);
  }
  return false;
}

/** Whether the function that runs makes one of the applications. */
function makesOne({ info }: Frame, apps: readonly Span[]): boolean {
  if (!info) return false;
  let found = false;
  walk(info.node, (one) => {
    if (apps.includes(one)) found = true;
    return !found;
  });
  return found;
}

function isMainGuard(test: Expr): boolean {
  return test.kind === 'compare' && test.first.kind === 'name' && test.first.id === '__name__';
}

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

function compared(node: CompareExpr, holds: boolean): boolean {
  const { first, rest } = node;
  const [only] = rest;
  if (!only || rest.length > 1) return false;
  const { op, right } = only;
  const isEqual = op === '==' || op === 'is' || op === 'in';
  if (!isEqual && op !== '!=' && op !== 'is not' && op !== 'not in') return false;
  const same = isEqual === holds;
  if (isMainGuard(node)) return same;
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
