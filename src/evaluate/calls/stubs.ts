import type { Expr, FunctionStmt, LambdaExpr, Stmt } from '../../ir/nodes.ts';

/**
 * Whether the body of a function says nothing of what it gives: `...`, or that subclasses define it. What it returns is then not known, and a
 * call of it does not end the caller.
 */
export function isStub(node: FunctionStmt | LambdaExpr): boolean {
  if (node.kind === 'lambda') return false;
  const known = stubs.get(node);
  if (known !== undefined) return known;
  const body = node.body.filter((statement) => !isDocstring(statement));
  const result = body.length === 1 && body[0] !== undefined && saysNothing(body[0]);
  stubs.set(node, result);
  return result;
}
/** Whether a body is one `return`. */
export function onlyReturns(node: FunctionStmt | LambdaExpr): boolean {
  if (node.kind === 'lambda') return true;
  const [only, ...others] = node.body.filter((statement) => !isDocstring(statement));
  return only?.kind === 'return' && others.length === 0;
}

const stubs = new WeakMap<FunctionStmt, boolean>();

function saysNothing(statement: Stmt): boolean {
  if (statement.kind === 'expression') return statement.value.kind === 'literal' && statement.value.literal.type === 'ellipsis';
  return statement.kind === 'raise' && statement.exception !== undefined && isNotImplemented(statement.exception);
}

function isNotImplemented(node: Expr): boolean {
  if (node.kind === 'call') return isNotImplemented(node.callee);
  return node.kind === 'name' && node.id === 'NotImplementedError';
}

function isDocstring(statement: Stmt): boolean {
  return statement.kind === 'expression' && statement.value.kind === 'literal' && statement.value.literal.type === 'str';
}
