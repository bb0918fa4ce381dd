import type { Expr, FunctionStmt, Stmt } from '../../../ir/nodes.ts';
import { type IrNode, walk } from '../../../ir/walk.ts';
import { boundNames } from '../../../semantics/scope.ts';
import { isRequest, nameOf } from './method-words.ts';

/** How what may be missing is looked for. */
const LOOKS_FOR =
  /^(?:get|first|last|one_or_none|scalar|scalar_one_or_none|get_or_none|find_one|fetchone|exists|count|(?:get|find|load|fetch)_\w+)$/;
/** What a request says. */
const OF_REQUEST = /^(?:_?req|_?request|session|kwargs|g|form|cleaned_data|validated_data)$/;
/** Functions that give what their arguments name, made where it is missing. */
const GIVES = /^_*(?:get|find|load|fetch|ensure|resolve|current|default)(?:_|$)/;

/** Functions that are asked to make something: what is missing is not made by the way. */
const MAKES = /(?:^|_)(?:add|create|make|generate|enable|start|send|copy|clone)(?:_|$)/;
/** Who asks for what is there, or else new, asks for it: `get_or_create_plan`. */
const OR_MAKES = /(?:^|_)(?:get|find|load|fetch)_or_/;

/** Whether a function only gives what is there, or makes it where it is missing, as its name says. */
export function isGetOrCreate(name: string): boolean {
  return /^_*(?:get|find|load|fetch)_or_(?:create|make|add|new|init)(?:_|$)/.test(name);
}

type Locals = ReadonlyMap<string, readonly Expr[]>;
/** What is missing: what was looked for, or a part of an object under this name (empty: under a name that is not known). */
type Missing = 'lookup' | { readonly part: string };

/**
 * Whether a branch only makes what the function found missing: `if settings is None: settings = Settings(); settings.save()`. It may be the
 * user's own; what holds something else of the request is more than that: a vote that a link casts.
 */
export function makesWhatIsMissing(test: Expr, branch: readonly Stmt[], holds: boolean, around: FunctionStmt, locals: Locals): boolean {
  const found = MAKES.test(around.name) && !OR_MAKES.test(around.name) ? undefined : saysMissing(test, holds, locals);
  if (found === undefined) return false;
  const isMade = found === 'lookup' || branch.some((statement) => makesSomething(statement) || fillsIn(statement, found.part));
  return isMade && namesNothingOfRequest(branch, around);
}

/** `team` of `if team: return team`, the look of `if queue.exists(): return`: what follows is for where there is none. */
export function givesWhatIsThere(statement: Stmt): Expr | undefined {
  if (statement.kind !== 'if' || statement.otherwise.length > 0) return undefined;
  const { test, then } = statement;
  const [only, ...more] = then;
  if (!only || more.length > 0 || only.kind !== 'return') return undefined;
  if (test.kind === 'call') return only.value === undefined && isLookup(test) ? test : undefined;
  return test.kind === 'name' && only.value?.kind === 'name' && only.value.id === test.id ? test : undefined;
}

/** What a test that comes out so says to be missing. A part of an object may be a switch as well. */
function saysMissing(test: Expr, holds: boolean, locals: Locals): Missing | undefined {
  if (test.kind === 'boolean') {
    if ((test.op === 'and') !== holds) return undefined;
    for (const one of test.operands) {
      const said = saysMissing(one, holds, locals);
      if (said) return said;
    }
    return undefined;
  }
  if (test.kind === 'unary' && test.op === 'not') return saysMissing(test.operand, !holds, locals);
  if (test.kind !== 'compare') return holds ? undefined : lookedFor(test, locals);
  const [only, ...more] = test.rest;
  if (!only || more.length > 0 || only.right.kind !== 'literal' || only.right.literal.type !== 'none') return undefined;
  const ops: readonly string[] = holds ? ['is', '=='] : ['is not', '!='];
  return ops.includes(only.op) ? lookedFor(test.first, locals) : undefined;
}

function lookedFor(node: Expr, locals: Locals): Missing | undefined {
  if (node.kind === 'name') {
    const values = locals.get(node.id) ?? [];
    if (values.some(isLookup)) return 'lookup';
    return values.map(partOf).find((part) => part !== undefined);
  }
  return isLookup(node) ? 'lookup' : partOf(node);
}

/** `user.profile`, `hasattr(user, "profile")`, `getattr(user, "profile", None)`. */
function partOf(node: Expr): { readonly part: string } | undefined {
  if (node.kind === 'attribute') return { part: node.name };
  if (node.kind !== 'call' || !/^(?:hasattr|getattr)$/.test(nameOf(node.callee))) return undefined;
  const name = node.args[1]?.value;
  return { part: name?.kind === 'literal' && name.literal.type === 'str' ? name.literal.value : '' };
}

/** `user.team = team`, for a test of `user.team`. A switch is put to a literal: that is what somebody asked for. */
function fillsIn(statement: Stmt, part: string): boolean {
  let found = false;
  walk(statement, (node) => {
    const isIt =
      node.kind === 'assign' && node.value?.kind !== 'literal' && node.targets.some((one) => one.kind === 'attribute' && one.name === part);
    if (isIt) found = true;
    return !found;
  });
  return found;
}

function isLookup(node: Expr): boolean {
  if (node.kind !== 'call') return false;
  // `cast(Plan | None, query.first())` is what it is given. https://docs.python.org/3/library/typing.html#typing.cast
  const inside = nameOf(node.callee) === 'cast' ? node.args[1]?.value : undefined;
  return inside ? isLookup(inside) : LOOKS_FOR.test(nameOf(node.callee));
}

/** `Settings()`, `Settings.objects.create()`. */
function makesSomething(statement: Stmt): boolean {
  let found = false;
  walk(statement, (node) => {
    if (node.kind === 'call' && /^(?:[A-Z]\w*[a-z]\w*|create|new_\w+|generate_\w+)$/.test(nameOf(node.callee))) found = true;
    return !found;
  });
  return found;
}

/**
 * Whether statements speak neither of the request nor of what the function was passed, or of what was made of them. Who the user is does not
 * count, and what `get_profile(user)` is passed neither.
 */
export function namesNothingOfRequest(statements: readonly Stmt[], around: FunctionStmt): boolean {
  const given = around.params.map(({ name }) => name).filter((name) => name !== 'self' && name !== 'cls');
  const outside = new Set(GIVES.test(around.name) && !given.some((name) => OF_REQUEST.test(name)) ? [] : given);
  for (const statement of around.body)
    walk(statement, (node) => {
      if (node.kind === 'assign' && node.value && isAbout(node.value, outside))
        for (const target of node.targets) boundNames(target, (name) => outside.add(name));
      return true;
    });
  return !statements.some((statement) => isAbout(keptInSession(statement) ?? statement, outside));
}

/** `cart.id` of `request.session["cart"] = cart.id`: the visitor keeps what was made. */
function keptInSession(statement: Stmt): Expr | undefined {
  const [target, ...more] = statement.kind === 'assign' ? statement.targets : [];
  if (statement.kind !== 'assign' || target?.kind !== 'subscript' || more.length > 0) return undefined;
  return nameOf(target.object) === 'session' ? statement.value : undefined;
}

function isAbout(part: IrNode, outside: ReadonlySet<string>): boolean {
  let found = false;
  walk(part, (node) => {
    if (node.kind === 'attribute' && node.name === 'user' && isRequest(node.object)) return false;
    if (node.kind === 'name' && (outside.has(node.id) || OF_REQUEST.test(node.id))) found = true;
    // `db.session` is no session of a visitor.
    if (node.kind === 'attribute' && OF_REQUEST.test(node.name) && node.name !== 'session') found = true;
    return !found;
  });
  return found;
}
