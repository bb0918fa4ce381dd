import type { Expr, Stmt } from '../../ir/nodes.ts';
import { fitted } from '../../util/fitted.ts';
import { ROW } from '../flat-tree.ts';
import { lowerAssignment, lowerAugmented } from './assignments.ts';
import { lowerElements } from './collections.ts';
import { lowerFor, lowerIf, lowerTry, lowerWhile, lowerWith } from './compound-statements.ts';
import { lowerClass, lowerDecorated, lowerFunction } from './definitions.ts';
import { lowerExpr, lowerExprOrTuple } from './expressions.ts';
import { lowerImport, lowerImportFrom } from './imports.ts';
import { Kind, Token } from './kinds.ts';
import { type Lowering, MAX_NESTING } from './lowering.ts';
import { lowerMatch } from './match.ts';
import { lowerExec, lowerPrint } from './python2.ts';
import { salvageExpressions, salvageStatements } from './salvage.ts';

/** The statements of a `module` or `block` node. Error regions in them are saved as `unknown` statements in their place. */
export function lowerBlock(l: Lowering, block: number): Stmt[] {
  const body: Stmt[] = [];
  if (l.depth >= MAX_NESTING) {
    l.noteTooDeep(block);
    return body;
  }
  l.depth++;
  for (let child = block + ROW, stop = l.next(block); child < stop; child = l.next(child)) {
    takeErrors(l, body, l.start(child));
    lowerStmt(l, child, body);
    takeErrors(l, body, l.end(child));
  }
  takeErrors(l, body, l.end(block));
  l.depth--;
  if (body.length === 0 && l.kind(block) === Kind.block) l.problem(l.start(block), l.end(block), 'syntax error: a body is missing');
  return fitted(body);
}

/** Appends what can be saved of the error regions that start before `limit` and were not taken up further inside. */
export function takeErrors(l: Lowering, body: Stmt[], limit: number): void {
  const { errors } = l.flat;
  for (let error = errors[l.nextError]; error !== undefined && error.start < limit; error = errors[l.nextError]) {
    l.nextError++;
    const saved = salvageStatements(l, error.root);
    if (saved.length > 0) body.push({ kind: 'unknown', start: l.start(error.root), end: l.end(error.root), body: saved });
  }
}

/** Appends the statement at `node` to `body`. */
export function lowerStmt(l: Lowering, node: number, body: Stmt[]): void {
  const start = l.start(node);
  const end = l.end(node);
  const first = node + ROW;
  switch (l.kind(node)) {
    case Kind.expression_statement:
      body.push(lowerExpressionStatement(l, node));
      return;
    case Kind.if_statement:
      body.push(lowerIf(l, node));
      return;
    case Kind.return_statement:
      if (l.hasChildren(node)) body.push({ kind: 'return', start, end, value: lowerExpr(l, first) });
      else body.push({ kind: 'return', start, end });
      return;
    case Kind.function_definition:
      body.push(lowerFunction(l, node, []));
      return;
    case Kind.class_definition:
      body.push(lowerClass(l, node, []));
      return;
    case Kind.decorated_definition:
      lowerDecorated(l, node, body);
      return;
    case Kind.for_statement:
      body.push(lowerFor(l, node));
      return;
    case Kind.while_statement:
      body.push(lowerWhile(l, node));
      return;
    case Kind.try_statement:
      body.push(lowerTry(l, node));
      return;
    case Kind.with_statement:
      body.push(lowerWith(l, node));
      return;
    case Kind.match_statement:
      body.push(lowerMatch(l, node));
      return;
    case Kind.import_statement:
      body.push(lowerImport(l, node));
      return;
    case Kind.import_from_statement:
    case Kind.future_import_statement:
      body.push(lowerImportFrom(l, node));
      return;
    case Kind.raise_statement:
      body.push(lowerRaise(l, node));
      return;
    case Kind.assert_statement:
      body.push(lowerAssert(l, node));
      return;
    case Kind.delete_statement:
      body.push({ kind: 'delete', start, end, targets: lowerTargets(l, first) });
      return;
    case Kind.pass_statement:
      body.push({ kind: 'pass', start, end });
      return;
    case Kind.break_statement:
      body.push({ kind: 'break', start, end });
      return;
    case Kind.continue_statement:
      body.push({ kind: 'continue', start, end });
      return;
    case Kind.global_statement:
      body.push({ kind: 'global', start, end, names: lowerNames(l, node) });
      return;
    case Kind.nonlocal_statement:
      body.push({ kind: 'nonlocal', start, end, names: lowerNames(l, node) });
      return;
    case Kind.type_alias_statement:
      body.push(lowerTypeAlias(l, node));
      return;
    case Kind.print_statement:
      body.push(lowerPrint(l, node));
      return;
    case Kind.exec_statement:
      body.push(lowerExec(l, node));
      return;
    default:
      for (const value of salvageExpressions(l, node)) body.push({ kind: 'expression', start: value.start, end: value.end, value });
  }
}

function lowerExpressionStatement(l: Lowering, node: number): Stmt {
  const first = node + ROW;
  const kind = l.kind(first);
  if (kind === Kind.assignment) return lowerAssignment(l, first);
  if (kind === Kind.augmented_assignment) return lowerAugmented(l, first);
  const start = l.start(node);
  const end = l.end(node);
  return { kind: 'expression', start, end, value: lowerExprOrTuple(l, first, l.next(node), start, end) };
}

function lowerRaise(l: Lowering, node: number): Stmt {
  const stop = l.next(node);
  let exception: number | undefined;
  let cause: number | undefined;
  for (let child = node + ROW; child < stop; child = l.next(child)) {
    if (l.kind(child) === Token.from) cause = l.next(child);
    else if (cause === undefined) exception = child;
  }
  if (exception !== undefined && l.kind(exception) === Kind.expression_list) {
    l.python2(l.start(exception), l.end(exception), '`raise Error, value` was read as `raise Error`');
    exception += ROW;
  }
  return {
    kind: 'raise',
    start: l.start(node),
    end: l.end(node),
    ...(exception !== undefined && { exception: lowerExpr(l, exception) }),
    ...(cause !== undefined && cause < stop && { cause: lowerExpr(l, cause) }),
  };
}

function lowerAssert(l: Lowering, node: number): Stmt {
  const [test, message] = lowerElements(l, node + ROW, l.next(node));
  const start = l.start(node);
  const end = l.end(node);
  if (test === undefined) return { kind: 'unknown', start, end, body: [] };
  return { kind: 'assert', start, end, test, ...(message && { message }) };
}

/** `del a, b` and `del (a, b)` have the same targets. */
function lowerTargets(l: Lowering, node: number): Expr[] {
  if (l.kind(node) === Kind.expression_list || l.kind(node) === Kind.tuple) return lowerElements(l, node + ROW, l.next(node));
  return [lowerExpr(l, node)];
}

function lowerNames(l: Lowering, node: number): string[] {
  const names: string[] = [];
  for (let child = node + ROW, stop = l.next(node); child < stop; child = l.next(child)) {
    if (l.kind(child) === Kind.identifier) names.push(l.name(child));
  }
  return names;
}

/** Type parameters (`type Pair[T] = …`) are not part of the IR. */
function lowerTypeAlias(l: Lowering, node: number): Stmt {
  const left = node + ROW;
  let name = left;
  while (l.kind(name) !== Kind.identifier && l.hasChildren(name)) name += ROW;
  return { kind: 'type-alias', start: l.start(node), end: l.end(node), name: l.name(name), value: lowerExpr(l, l.next(left)) };
}
