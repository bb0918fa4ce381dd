import type { Expr, MatchStmt } from '../../ir/nodes.ts';
import type { MatchCase, Pattern } from '../../ir/patterns.ts';
import type { Frame, Guard } from '../frame.ts';
import { site } from '../interpreter.ts';
import { opaque, type Value } from '../values/value.ts';

/** What holds in a case of a `match`: none of the cases before it fitted, and it does, as the `if` … `elif` would say that is written in its place. */
export function caseGuards(frame: Frame, statement: MatchStmt, branch: MatchCase, subject: Value): readonly Guard[] {
  const guard = (test: Expr, holds: boolean): Guard => ({
    test,
    value: opaque({ via: 'operation', operands: [subject], site: site(frame, test) }, 'builtins.bool'),
    holds,
    checks: [],
  });
  const guards: Guard[] = [];
  for (const one of statement.cases) {
    const test = testOf(statement.subject, one.pattern);
    if (one !== branch) {
      if (test && !one.guard) guards.push(guard(test, false));
      continue;
    }
    if (test) guards.push(guard(test, true));
    if (one.guard) guards.push(guard(one.guard, true));
    break;
  }
  return guards;
}

/** `case "list" | "retrieve":` as `action in ("list", "retrieve")`; `undefined` for patterns that ask for more than an equal value. */
function testOf(subject: Expr, pattern: Pattern): Expr | undefined {
  const { start, end } = pattern;
  if (pattern.kind === 'as') return testOf(subject, pattern.pattern);
  if (pattern.kind === 'value') return { kind: 'compare', first: subject, rest: [{ op: '==', right: pattern.value }], start, end };
  if (pattern.kind !== 'or') return undefined;
  const elements: Expr[] = [];
  for (const one of pattern.alternatives) {
    if (one.kind !== 'value') return undefined;
    elements.push(one.value);
  }
  return { kind: 'compare', first: subject, rest: [{ op: 'in', right: { kind: 'tuple', elements, start, end } }], start, end };
}
