import { assertNever } from '../util/assert-never.ts';
import type { Argument, ComprehensionClause, Decorator, Expr, FStringPart, Parameter, Stmt, Unit } from './nodes.ts';
import type { Pattern } from './patterns.ts';

/** Any node that `walk` visits. Two kinds share the name `unknown`: see `isStmt`. */
export type IrNode = Expr | Stmt;
type Visit = (child: IrNode) => void;

/**
 * Calls `visit` for each statement and expression directly inside `node`, in source order but for a few constructs that
 * say otherwise (a conditional's test comes first). What is neither, such as an argument, parameter, handler, clause or pattern,
 * is looked through: its expressions and statements count as children of `node`.
 */
export function forEachChild(node: IrNode, visit: Visit): void {
  switch (node.kind) {
    case 'name':
    case 'literal':
    case 'global':
    case 'nonlocal':
    case 'import':
    case 'import-from':
    case 'pass':
    case 'break':
    case 'continue':
      return;
    case 'fstring':
      forParts(node.parts, visit);
      return;
    case 'attribute':
      visit(node.object);
      return;
    case 'subscript':
      visit(node.object);
      visit(node.index);
      return;
    case 'slice':
      forOptional([node.lower, node.upper, node.step], visit);
      return;
    case 'call':
      visit(node.callee);
      forArguments(node.args, visit);
      return;
    case 'list':
    case 'tuple':
    case 'set':
      node.elements.forEach(visit);
      return;
    case 'dict':
      for (const { key, value } of node.entries) forOptional([key, value], visit);
      return;
    case 'comprehension':
      forOptional([node.key, node.element], visit);
      forClauses(node.clauses, visit);
      return;
    case 'unary':
      visit(node.operand);
      return;
    case 'binary':
      visit(node.left);
      visit(node.right);
      return;
    case 'boolean':
      node.operands.forEach(visit);
      return;
    case 'compare':
      visit(node.first);
      for (const { right } of node.rest) visit(right);
      return;
    case 'conditional':
      visit(node.test);
      visit(node.then);
      visit(node.otherwise);
      return;
    case 'lambda':
      forParameters(node.params, visit);
      visit(node.body);
      return;
    case 'await':
    case 'starred':
    case 'expression':
      visit(node.value);
      return;
    case 'yield':
    case 'return':
      forOptional([node.value], visit);
      return;
    case 'walrus':
      visit(node.target);
      visit(node.value);
      return;
    case 'unknown':
      (isStmt(node) ? node.body : node.children).forEach(visit);
      return;
    case 'function':
      forDecorators(node.decorators, visit);
      forParameters(node.params, visit);
      forOptional([node.returns], visit);
      node.body.forEach(visit);
      return;
    case 'class':
      forDecorators(node.decorators, visit);
      forArguments(node.args, visit);
      node.body.forEach(visit);
      return;
    case 'assign':
      node.targets.forEach(visit);
      forOptional([node.annotation, node.value], visit);
      return;
    case 'augmented':
      visit(node.target);
      visit(node.value);
      return;
    case 'if':
      visit(node.test);
      node.then.forEach(visit);
      node.otherwise.forEach(visit);
      return;
    case 'while':
      visit(node.test);
      node.body.forEach(visit);
      node.otherwise.forEach(visit);
      return;
    case 'for':
      visit(node.target);
      visit(node.iterable);
      node.body.forEach(visit);
      node.otherwise.forEach(visit);
      return;
    case 'try':
      node.body.forEach(visit);
      for (const { types, body } of node.handlers) {
        forOptional([types], visit);
        body.forEach(visit);
      }
      node.otherwise.forEach(visit);
      node.final.forEach(visit);
      return;
    case 'with':
      for (const { context, target } of node.items) forOptional([context, target], visit);
      node.body.forEach(visit);
      return;
    case 'match':
      visit(node.subject);
      for (const { pattern, guard, body } of node.cases) {
        forPattern(pattern, visit);
        forOptional([guard], visit);
        body.forEach(visit);
      }
      return;
    case 'raise':
      forOptional([node.exception, node.cause], visit);
      return;
    case 'delete':
      node.targets.forEach(visit);
      return;
    case 'assert':
      forOptional([node.test, node.message], visit);
      return;
    case 'type-alias':
      visit(node.value);
      return;
    default:
      assertNever(node);
  }
}

/**
 * Visits `node` and everything inside it, each node before its children. Return false from `visit` to leave out what is
 * inside a node, for instance in nested functions.
 */
export function walk(node: IrNode, visit: (node: IrNode) => boolean | undefined): void {
  if (visit(node) !== false) forEachChild(node, (child) => walk(child, visit));
}

/** Like `walk`, for all statements of a file. */
export function walkUnit(unit: Unit, visit: (node: IrNode) => boolean | undefined): void {
  for (const statement of unit.body) walk(statement, visit);
}

const STATEMENTS: ReadonlySet<string> = new Set<Stmt['kind']>([
  'function',
  'class',
  'expression',
  'assign',
  'augmented',
  'if',
  'while',
  'for',
  'try',
  'with',
  'match',
  'return',
  'raise',
  'delete',
  'assert',
  'global',
  'nonlocal',
  'import',
  'import-from',
  'pass',
  'break',
  'continue',
  'type-alias',
]);

/** Tells statements from expressions; an `unknown` is a statement when it has a body. */
export function isStmt(node: IrNode): node is Stmt {
  return node.kind === 'unknown' ? 'body' in node : STATEMENTS.has(node.kind);
}

function forOptional(nodes: readonly (IrNode | undefined)[], visit: Visit): void {
  for (const node of nodes) if (node !== undefined) visit(node);
}

function forArguments(args: readonly Argument[], visit: Visit): void {
  for (const { value } of args) visit(value);
}

function forParameters(params: readonly Parameter[], visit: Visit): void {
  for (const param of params) forOptional([param.annotation, param.default], visit);
}

function forDecorators(decorators: readonly Decorator[], visit: Visit): void {
  for (const { expression } of decorators) visit(expression);
}

function forParts(parts: readonly FStringPart[], visit: Visit): void {
  for (const part of parts) {
    if (part.kind === 'text') continue;
    visit(part.value);
    if (part.spec !== undefined) forParts(part.spec, visit);
  }
}

function forClauses(clauses: readonly ComprehensionClause[], visit: Visit): void {
  for (const clause of clauses) {
    if (clause.kind === 'if') visit(clause.test);
    else forOptional([clause.target, clause.iterable], visit);
  }
}

function forPattern(pattern: Pattern, visit: Visit): void {
  switch (pattern.kind) {
    case 'value':
      visit(pattern.value);
      return;
    case 'capture':
    case 'star':
      return;
    case 'sequence':
      for (const element of pattern.elements) forPattern(element, visit);
      return;
    case 'mapping':
      for (const { key, value } of pattern.entries) {
        visit(key);
        forPattern(value, visit);
      }
      return;
    case 'class':
      visit(pattern.callee);
      for (const element of pattern.positional) forPattern(element, visit);
      for (const { value } of pattern.keywords) forPattern(value, visit);
      return;
    case 'or':
      for (const alternative of pattern.alternatives) forPattern(alternative, visit);
      return;
    case 'as':
      forPattern(pattern.pattern, visit);
      return;
    default:
      assertNever(pattern);
  }
}
