import type { Expr, FunctionStmt, Stmt } from '../../ir/nodes.ts';
import { type IrNode, walk } from '../../ir/walk.ts';
import { boundNames } from '../../semantics/scope.ts';

/** How what may be missing is looked for. */
const LOOKS_FOR =
  /^(?:get|first|last|one_or_none|scalar|scalar_one_or_none|get_or_none|find_one|fetchone|exists|count|(?:get|find|load|fetch)_\w+)$/;
/** Whose request it is, and what it says. */
const OF_REQUEST = /^(?:_?req|_?request|current_user|user|session|kwargs|g|form|cleaned_data|validated_data)$/;

/**
 * Whether a branch only makes what the function found missing, the same for everybody: `if settings is None: settings = Settings(); settings.save()`.
 * What holds something of the request is more than that: a vote that a link casts.
 */
export function makesWhatIsMissing(
  test: Expr,
  then: readonly Stmt[],
  around: FunctionStmt,
  locals: ReadonlyMap<string, readonly Expr[]>,
): boolean {
  return saysMissing(test, locals) && namesNothingOfRequest(then, around);
}

function saysMissing(test: Expr, locals: ReadonlyMap<string, readonly Expr[]>): boolean {
  if (test.kind === 'boolean' && test.op === 'and') return test.operands.some((one) => saysMissing(one, locals));
  if (test.kind === 'unary' && test.op === 'not') return isLookup(test.operand, locals);
  const [only, ...more] = test.kind === 'compare' ? test.rest : [];
  if (test.kind !== 'compare' || !only || more.length > 0 || only.right.kind !== 'literal') return false;
  return only.right.literal.type === 'none' && (only.op === 'is' || only.op === '==') && isLookup(test.first, locals);
}

function isLookup(node: Expr, locals: ReadonlyMap<string, readonly Expr[]>): boolean {
  if (node.kind === 'name') {
    const values = locals.get(node.id) ?? [];
    return values.some((value) => value.kind !== 'name' && isLookup(value, locals));
  }
  return node.kind === 'call' && LOOKS_FOR.test(node.callee.kind === 'attribute' || node.callee.kind === 'name' ? nameOf(node.callee) : '');
}

/** Whether statements speak neither of the request and its user nor of what the function was passed, or of what was made of them. */
export function namesNothingOfRequest(statements: readonly Stmt[], around: FunctionStmt): boolean {
  const outside = new Set(around.params.map(({ name }) => name).filter((name) => name !== 'self' && name !== 'cls'));
  for (const statement of around.body)
    walk(statement, (node) => {
      if (node.kind === 'assign' && node.value && isAbout(node.value, outside))
        for (const target of node.targets) boundNames(target, (name) => outside.add(name));
      return true;
    });
  return !statements.some((statement) => isAbout(statement, outside));
}

function isAbout(part: IrNode, outside: ReadonlySet<string>): boolean {
  let found = false;
  walk(part, (node) => {
    if (node.kind === 'name' && (outside.has(node.id) || OF_REQUEST.test(node.id))) found = true;
    // `db.session` is no session of a visitor.
    if (node.kind === 'attribute' && OF_REQUEST.test(node.name) && node.name !== 'session') found = true;
    return !found;
  });
  return found;
}

function nameOf(node: Expr): string {
  return node.kind === 'name' ? node.id : node.kind === 'attribute' ? node.name : '';
}
