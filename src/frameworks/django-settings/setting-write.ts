import type { ModuleState } from '../../evaluate/names/module-state.ts';
import { isNamespace, namespaceEntries } from '../../evaluate/names/namespace.ts';
import { mentionsName } from '../../ir/mentions-name.ts';
import type { AssignStmt, AugmentedAssignStmt, Expr, Stmt } from '../../ir/nodes.ts';
import { boundNames } from '../../semantics/scope.ts';

/** One place where a settings module gives a name a value or changes the one it has. */
export interface Write {
  readonly state: ModuleState;
  readonly statement: Stmt;
  readonly valueNode: Expr | undefined;
  /** It changes a value that is there: `+=`, `.append(…)`, `NAME["key"] = …`. */
  readonly amends: boolean;
}

/** What a statement of a module does with the name: gives it a value, changes the one it has, or nothing. */
export function writeOf(state: ModuleState, statement: Stmt, name: string): Write | undefined {
  if (state.named.get(name) === statement)
    return { state, statement, valueNode: statement.kind === 'assign' ? statement.value : undefined, amends: false };
  switch (statement.kind) {
    case 'assign':
      return assigned(state, statement, name);
    case 'augmented':
      return rootName(statement.target) === name ? { state, statement, valueNode: statement.value, amends: true } : undefined;
    case 'expression': {
      const { value } = statement;
      if (value.kind !== 'call') return undefined;
      if (value.callee.kind === 'attribute' && rootName(value.callee.object) === name)
        return { state, statement, valueNode: value, amends: true };
      const entry = namespaceEntries(value)?.find((one) => one.name === name);
      return entry && { state, statement, valueNode: entry.value, amends: false };
    }
    case 'for':
    case 'with':
    case 'import':
      return bindsName(statement, name) ? { state, statement, valueNode: undefined, amends: false } : undefined;
    default:
      return undefined;
  }
}

function assigned(state: ModuleState, statement: AssignStmt, name: string): Write | undefined {
  if (!statement.value) return undefined;
  for (const target of statement.targets) {
    let binds = false;
    boundNames(target, (bound) => {
      if (bound === name) binds = true;
    });
    if (binds || namespaceKey(target) === name)
      return { state, statement, valueNode: statement.value, amends: extendsItself(statement.value, name) };
    if (target.kind === 'subscript' && rootName(target) === name) return { state, statement, valueNode: statement.value, amends: true };
  }
  return undefined;
}

/** `@property def CACHES(self): …` */
export function propertyOf(state: ModuleState, statement: Stmt, name: string): Write | undefined {
  return statement.kind === 'function' && statement.name === name ? { state, statement, valueNode: undefined, amends: false } : undefined;
}

/** `NAME = ["first", *NAME]`, `NAME = NAME + ["last"]`: what is in front and behind is added to what is there. */
function extendsItself(value: Expr, name: string): boolean {
  const isJoined = value.kind === 'binary' && value.op === '+';
  return (isJoined || value.kind === 'list' || value.kind === 'tuple') && mentionsName(value, name);
}

/** `NAME` of `globals()["NAME"]`. */
export function namespaceKey(target: Expr): string | undefined {
  if (target.kind !== 'subscript' || !isNamespace(target.object)) return undefined;
  return target.index.kind === 'literal' && target.index.literal.type === 'str' ? target.index.literal.value : undefined;
}

function bindsName(statement: Stmt, name: string): boolean {
  if (statement.kind === 'import') return statement.names.some((one) => (one.alias ?? one.name) === name);
  return statement.kind === 'for' && rootName(statement.target) === name;
}

/** `A` of `A`, `A["x"]["y"]` and `A.x`. */
function rootName(node: Expr | AugmentedAssignStmt['target']): string | undefined {
  if (node.kind === 'name') return node.id;
  return node.kind === 'subscript' || node.kind === 'attribute' ? rootName(node.object) : undefined;
}
