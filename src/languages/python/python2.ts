/** What only Python 2 allows. It is saved as its nearest Python 3 form, together with a problem. */
import type { Argument, Stmt } from '../../ir/nodes.ts';
import { ROW } from '../flat-tree.ts';
import { lowerExpr } from './expressions.ts';
import { Kind, Token } from './kinds.ts';
import type { Lowering } from './lowering.ts';

/** `print a, b` as the call `print(a, b)`; `print >>f, a` gets `file=f`. */
export function lowerPrint(l: Lowering, node: number): Stmt {
  const args: Argument[] = [];
  for (let child = node + ROW, stop = l.next(node); child < stop; child = l.next(child)) {
    if (l.kind(child) === Token[',']) continue;
    const start = l.start(child);
    const end = l.end(child);
    if (l.kind(child) === Kind.chevron) args.push({ start, end, name: 'file', value: lowerExpr(l, l.last(child)) });
    else args.push({ start, end, value: lowerExpr(l, child) });
  }
  l.python2(l.start(node), l.end(node), '`print` without parentheses was read as a call');
  return callStatement(l, node, 'print', args);
}

/** `exec code in globals, locals` as the call `exec(code, globals, locals)`. */
export function lowerExec(l: Lowering, node: number): Stmt {
  const args: Argument[] = [];
  for (let child = node + ROW, stop = l.next(node); child < stop; child = l.next(child)) {
    if (l.kind(child) === Token[','] || l.kind(child) === Token.in) continue;
    args.push({ start: l.start(child), end: l.end(child), value: lowerExpr(l, child) });
  }
  l.python2(l.start(node), l.end(node), '`exec` without parentheses was read as a call');
  return callStatement(l, node, 'exec', args);
}

function callStatement(l: Lowering, node: number, name: string, args: Argument[]): Stmt {
  const start = l.start(node);
  const end = l.end(node);
  return {
    kind: 'expression',
    start,
    end,
    value: { kind: 'call', start, end, callee: { kind: 'name', start, end: start + name.length, id: name }, args },
  };
}

/**
 * Tells Python 2's `except Error, name:` from the list of types that PEP 758 allows: the last of two is a bare name that
 * does not look like a class.
 */
export function isPython2Except(l: Lowering, values: readonly number[]): boolean {
  const [, name] = values;
  return values.length === 2 && name !== undefined && l.kind(name) === Kind.identifier && /^[a-z_]/.test(l.slice(name));
}
