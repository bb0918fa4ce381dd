import { mentionsName } from '../../ir/mentions-name.ts';
import type { Expr, ForStmt, Stmt } from '../../ir/nodes.ts';
import { isStmt, walk } from '../../ir/walk.ts';
import { quietly } from '../checks/refine.ts';
import { evaluate } from '../expressions/expressions.ts';
import { type Frame, isModuleBody } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { isContainer, keyOfSlot, knownElements, sequence } from '../values/container.ts';
import { constantText } from '../values/text.ts';
import { str, type Value } from '../values/value.ts';

/** Settings that one loop sets, or routes that it adds; longer ones are data. */
const MAX_ELEMENTS = 60;
/** Names of a module of settings that a loop takes over. */
export const MAX_NAMES = 400;

/**
 * The elements of a loop that only sets what its elements name, one after the other: `for key, value in {…}.items(): app.config[key] = value`,
 * or that registers them: `for rule, view in (…): app.add_url_rule(rule, view_func=view)`. Run once for an element that may be any of them,
 * it would set nothing that has a name, and one route. In a module's body it may also put them into a list: `for host in HOSTS:
 * ALLOWED_HOSTS.append(host)`. Or it takes out of a text what they name, `for bad, good in TABLE.items(): text = text.replace(bad, good)`, or leaves
 * where that is in it: `for bad in ";|&": if bad in text: abort(400)`.
 */
export function spelledElements(interpreter: Interpreter, frame: Frame, statement: ForStmt, iterable: Value): readonly Value[] | undefined {
  const { target } = statement;
  const [key] = target.kind === 'tuple' || target.kind === 'list' ? target.elements : [target];
  if (key?.kind !== 'name' || statement.async) return undefined;
  const isRefusing = statement.otherwise.length === 0 && refuses(statement.body, key.id);
  const isRegistering = registers(interpreter, statement.body);
  // `for module in MODULES: for rule, view in module.VIEWS: …`
  const isInner = (one: Stmt): boolean => isRegistering && one.kind === 'for' && !one.async && one.body.every(isPlain);
  if (!isRefusing && !statement.body.every((one) => isPlain(one) || isInner(one))) return undefined;
  const isFilling = isModuleBody(frame) && fills(statement.body, key.id);
  const isReplacing = replaces(statement.body, key.id);
  if (!isFilling && !isReplacing && !isRefusing && !isRegistering && !setsByName(statement.body, key.id)) return undefined;
  const signs = isReplacing || isRefusing ? constantText(iterable) : undefined;
  const elements = signs ? [...signs].map(str) : (itemsOf(interpreter, frame, statement.iterable) ?? elementsOf(iterable, frame));
  const limit = isOfNames(statement.iterable) ? MAX_NAMES : MAX_ELEMENTS;
  return elements && elements.length > 0 && elements.length <= limit ? elements : undefined;
}

/** `dir(module)`, `vars(module).items()`, `module.__dict__.items()` */
function isOfNames(node: Expr): boolean {
  if (node.kind === 'attribute') return node.name === '__dict__';
  if (node.kind !== 'call') return false;
  if (node.callee.kind === 'name')
    return node.callee.id === 'dir' || node.callee.id === 'vars' || (node.args[0] ? isOfNames(node.args[0].value) : false);
  return node.callee.kind === 'attribute' && node.callee.name === 'items' && isOfNames(node.callee.object);
}

/** Neither goes on with another element nor starts another loop. */
function isPlain(statement: Stmt): boolean {
  const blocks = blocksOf(statement);
  return blocks ? blocks.every((block) => block.every(isPlain)) : PLAIN.has(statement.kind);
}
const PLAIN = new Set<Stmt['kind']>(['assign', 'augmented', 'expression', 'pass', 'raise']);

function blocksOf(statement: Stmt): readonly (readonly Stmt[])[] | undefined {
  if (statement.kind === 'if') return [statement.then, statement.otherwise];
  if (statement.kind !== 'try') return undefined;
  return [statement.body, ...statement.handlers.map(({ body }) => body), statement.otherwise, statement.final];
}

function setsByName(body: readonly Stmt[], key: string): boolean {
  const isKey = (node: Expr | undefined): boolean => node?.kind === 'name' && node.id === key;
  return body.some((statement) => {
    const blocks = blocksOf(statement);
    if (blocks) return blocks.some((block) => setsByName(block, key));
    if (statement.kind === 'assign') return statement.targets.some((target) => target.kind === 'subscript' && isKey(target.index));
    if (statement.kind !== 'expression' || statement.value.kind !== 'call') return false;
    const { callee, args } = statement.value;
    return callee.kind === 'name' && callee.id === 'setattr' && isKey(args[1]?.value);
  });
}

/** `text = text.replace(key, …)`, and nothing else. */
function replaces(body: readonly Stmt[], key: string): boolean {
  return body.every((statement) => {
    if (statement.kind !== 'assign' || statement.value?.kind !== 'call' || statement.value.callee.kind !== 'attribute') return false;
    const { callee, args } = statement.value;
    const [target] = statement.targets;
    const isOwn = target?.kind === 'name' && callee.object.kind === 'name' && callee.object.id === target.id;
    return isOwn && callee.name === 'replace' && args[0]?.value.kind === 'name' && args[0].value.id === key;
  });
}

/** `if key in text: raise`, and nothing else. */
function refuses(body: readonly Stmt[], key: string): boolean {
  const [only, ...others] = body;
  if (only?.kind !== 'if' || others.length + only.otherwise.length > 0 || only.test.kind !== 'compare') return false;
  const last = only.then.at(-1)?.kind;
  const isLeft = last === 'return' || last === 'raise' || last === 'expression';
  return isLeft && only.test.first.kind === 'name' && only.test.first.id === key && only.test.rest.every(({ op }) => op === 'in');
}

function fills(body: readonly Stmt[], key: string): boolean {
  return body.some((statement) => {
    const blocks = blocksOf(statement);
    if (blocks) return blocks.some((block) => fills(block, key));
    if (statement.kind === 'augmented') return statement.op === '+' && mentionsName(statement.value, key);
    if (statement.kind !== 'expression' || statement.value.kind !== 'call') return false;
    const { callee, args } = statement.value;
    return callee.kind === 'attribute' && FILLS.has(callee.name) && args.some(({ value }) => mentionsName(value, key));
  });
}
const FILLS: ReadonlySet<string> = new Set(['append', 'insert', 'extend', 'add', 'update']);

function registers({ hooks }: Interpreter, body: readonly Stmt[]): boolean {
  const wanted = hooks.flatMap(({ registering }) => registering ?? []);
  if (wanted.length === 0) return false;
  let found = false;
  for (const statement of body)
    walk(statement, (node) => {
      if (!isStmt(node) && node.kind === 'call') {
        const { callee } = node;
        const name = callee.kind === 'name' ? callee.id : callee.kind === 'attribute' ? callee.name : '';
        if (wanted.some((names) => names.has(name))) found = true;
      }
      return !found;
    });
  return found;
}

/** `settings.items()`: pairs of a dict whose keys are known. */
export function itemsOf(interpreter: Interpreter, frame: Frame, node: Expr): readonly Value[] | undefined {
  if (node.kind !== 'call' || node.args.length > 0 || node.callee.kind !== 'attribute' || node.callee.name !== 'items') return undefined;
  const { object } = node.callee;
  const [dict, ...others] = quietly(interpreter, () => evaluate(interpreter, frame, object));
  if (!dict || others.length > 0 || !isContainer(dict, 'dict') || dict.object.open) return undefined;
  const site = { module: frame.state.module, node };
  return [...dict.object.keyNames()].flatMap((slot) => {
    const value = dict.object.read(slot, frame.branch);
    return value ? [sequence('tuple', [keyOfSlot(slot), value], site, frame.branch)] : [];
  });
}

/** The elements of a collection that is known to its end, of a dict its keys. */
export function elementsOf(iterable: Value, frame: Frame): readonly Value[] | undefined {
  const [only, ...others] = iterable;
  if (!only || others.length > 0 || !isContainer(only)) return undefined;
  if (only.form !== 'dict') return knownElements(only, frame.branch);
  if (only.object.open) return undefined;
  return [...only.object.keyNames()].map(keyOfSlot);
}
