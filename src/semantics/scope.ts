import type { ComprehensionExpr, Expr, FunctionStmt, LambdaExpr, Stmt } from '../ir/nodes.ts';
import type { Pattern } from '../ir/patterns.ts';

/**
 * Which names a function (or lambda) body binds itself, and which it declares to live elsewhere.
 * https://docs.python.org/3/reference/executionmodel.html#naming-and-binding
 */
export interface FunctionScope {
  readonly locals: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** Names bound by a target expression (`a, (b, *c) = …`); attributes and subscripts bind none. */
export function boundNames(target: Expr, add: (name: string) => void): void {
  switch (target.kind) {
    case 'name':
      add(target.id);
      return;
    case 'list':
    case 'tuple':
      for (const element of target.elements) boundNames(element, add);
      return;
    case 'starred':
      boundNames(target.value, add);
      return;
    default:
      return;
  }
}

/** Names that a `case` pattern captures. */
export function capturedNames(pattern: Pattern, add: (name: string) => void): void {
  switch (pattern.kind) {
    case 'value':
      return;
    case 'capture':
    case 'star':
      if (pattern.name !== undefined) add(pattern.name);
      return;
    case 'sequence':
      for (const element of pattern.elements) capturedNames(element, add);
      return;
    case 'mapping':
      for (const entry of pattern.entries) capturedNames(entry.value, add);
      if (pattern.rest !== undefined) add(pattern.rest);
      return;
    case 'class':
      for (const element of pattern.positional) capturedNames(element, add);
      for (const keyword of pattern.keywords) capturedNames(keyword.value, add);
      return;
    case 'or':
      for (const alternative of pattern.alternatives) capturedNames(alternative, add);
      return;
    case 'as':
      capturedNames(pattern.pattern, add);
      add(pattern.name);
      return;
  }
}

/** The scope of a function statement. */
export function scopeOfFunction(node: FunctionStmt): FunctionScope {
  const locals = new Set<string>();
  for (const parameter of node.params) locals.add(parameter.name);
  const declared = { globals: undefined as Set<string> | undefined, nonlocals: undefined as Set<string> | undefined };
  collectBlock(node.body, (name) => locals.add(name), declared);
  for (const name of declared.globals ?? NO_NAMES) locals.delete(name);
  for (const name of declared.nonlocals ?? NO_NAMES) locals.delete(name);
  return { locals, globals: declared.globals ?? NO_NAMES, nonlocals: declared.nonlocals ?? NO_NAMES };
}

/** The scope of a lambda: its parameters only (a walrus in it binds there as well). */
export function scopeOfLambda(node: LambdaExpr): FunctionScope {
  return { locals: new Set(node.params.map((parameter) => parameter.name)), globals: NO_NAMES, nonlocals: NO_NAMES };
}

/** Names bound by a comprehension's own `for` targets; they do not leak. */
export function comprehensionNames(node: ComprehensionExpr): ReadonlySet<string> {
  const names = new Set<string>();
  for (const clause of node.clauses) if (clause.kind === 'for') boundNames(clause.target, (name) => names.add(name));
  return names;
}

/** Names that functions anywhere in these statements declare `global`: module variables that may change at any time. */
export function globalsWritten(statements: readonly Stmt[], into: Set<string> = new Set()): Set<string> {
  for (const statement of statements) {
    if (statement.kind === 'global') for (const name of statement.names) into.add(name);
    for (const block of childBlocks(statement)) globalsWritten(block, into);
  }
  return into;
}

type Declared = { globals: Set<string> | undefined; nonlocals: Set<string> | undefined };

function collectBlock(statements: readonly Stmt[], add: (name: string) => void, declared: Declared): void {
  for (const statement of statements) collectStatement(statement, add, declared);
}

function collectStatement(statement: Stmt, add: (name: string) => void, declared: Declared): void {
  switch (statement.kind) {
    case 'function':
    case 'class':
      add(statement.name);
      return;
    case 'assign':
      for (const target of statement.targets) boundNames(target, add);
      break;
    case 'augmented':
      boundNames(statement.target, add);
      break;
    case 'for':
      boundNames(statement.target, add);
      break;
    case 'with':
      for (const item of statement.items) if (item.target) boundNames(item.target, add);
      break;
    case 'try':
      for (const handler of statement.handlers) if (handler.name !== undefined) add(handler.name);
      break;
    case 'match':
      for (const branch of statement.cases) capturedNames(branch.pattern, add);
      break;
    case 'import':
      for (const name of statement.names) add(name.alias ?? name.name.split('.', 1)[0] ?? name.name);
      break;
    case 'import-from':
      for (const name of statement.names) add(name.alias ?? name.name);
      break;
    case 'delete':
      for (const target of statement.targets) boundNames(target, add);
      break;
    case 'type-alias':
      add(statement.name);
      break;
    case 'global':
      declared.globals ??= new Set();
      for (const name of statement.names) declared.globals.add(name);
      break;
    case 'nonlocal':
      declared.nonlocals ??= new Set();
      for (const name of statement.names) declared.nonlocals.add(name);
      break;
    default:
      break;
  }
  for (const block of childBlocks(statement)) collectBlock(block, add, declared);
}

/** The blocks inside a statement that run in the same scope, except those of functions and classes, which are all theirs. */
export function childBlocks(statement: Stmt): readonly (readonly Stmt[])[] {
  switch (statement.kind) {
    case 'if':
      return [statement.then, statement.otherwise];
    case 'while':
    case 'for':
      return [statement.body, statement.otherwise];
    case 'try':
      return [statement.body, ...statement.handlers.map((handler) => handler.body), statement.otherwise, statement.final];
    case 'with':
    case 'function':
    case 'class':
    case 'unknown':
      return [statement.body];
    case 'match':
      return statement.cases.map((branch) => branch.body);
    default:
      return [];
  }
}
