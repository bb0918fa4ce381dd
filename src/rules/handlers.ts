import type { Expr, Stmt } from '../ir/nodes.ts';
import { expressionName } from './expression-name.ts';

const LOGGING = new Set([
  'debug',
  'info',
  'warning',
  'warn',
  'error',
  'exception',
  'critical',
  'log',
  'print',
  'print_exc',
  'capture_exception',
  'write',
]);

/** Whether an exception handler's body leaves the failure without consequence: nothing, `continue`, or only logging. */
export function swallows(body: readonly Stmt[]): boolean {
  return body.every((statement) => {
    if (statement.kind === 'pass' || statement.kind === 'continue') return true;
    return statement.kind === 'expression' && (isDocumentation(statement.value) || isLogging(statement.value));
  });
}

function isDocumentation(node: Expr): boolean {
  return node.kind === 'literal';
}

function isLogging(node: Expr): boolean {
  return node.kind === 'call' && LOGGING.has(expressionName(node.callee) ?? '');
}
