import type { CallExpr, ComprehensionExpr, Expr } from '../../ir/nodes.ts';
import { evaluate } from '../expressions/expressions.ts';
import { iterated } from '../expressions/iterate.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { calledNames } from '../names/names.ts';
import { bindTarget } from '../statements/assign.ts';
import { contentOf, isContainer } from '../values/container.ts';
import { leadsTo } from '../values/lineage.ts';
import { constantText } from '../values/text.ts';
import { elementOf } from '../values/types.ts';
import { type Atom, type Site, str, type Value } from '../values/value.ts';
import type { Check } from './check.ts';

/** What a condition says that was taken as true or false. */
type ChecksOf = (interpreter: Interpreter, frame: Frame, test: Expr, holds: boolean) => readonly Check[];

/** What `all(…)` and `any(…)` of a comprehension, or of conditions that are written out, say; `undefined` for other calls. */
export function elementChecks(
  interpreter: Interpreter,
  frame: Frame,
  test: CallExpr,
  holds: boolean,
  checksOf: ChecksOf,
): readonly Check[] | undefined {
  const inner = test.args[0]?.value;
  if (test.callee.kind !== 'name' || !inner) return undefined;
  const { id } = test.callee;
  if ((id !== 'all' && id !== 'any') || calledNames(interpreter, evaluate(interpreter, frame, test.callee))[0] !== `builtins.${id}`)
    return undefined;
  // `any([not url, is_foreign(url)])`: conditions that are written out, as with `or` between them.
  if ((inner.kind === 'list' || inner.kind === 'tuple') && !inner.elements.some((one) => one.kind === 'starred'))
    return checksOf(interpreter, frame, { ...inner, kind: 'boolean', op: id === 'all' ? 'and' : 'or', operands: inner.elements }, holds);
  if (inner.kind !== 'comprehension') return undefined;
  const before = frame.vars;
  frame.vars = new Map(before);
  const checks =
    (id === 'all') === holds ? ofEach(interpreter, frame, inner, holds, checksOf) : ofOne(interpreter, frame, inner, holds, checksOf);
  frame.vars = before;
  return checks;
}

/**
 * `all(c in ALLOWED for c in text)` that is true, `any(c in DENIED for c in text)` that is not: what it says of each element it says of the
 * whole, so the whole stands for the element.
 */
function ofEach(
  interpreter: Interpreter,
  frame: Frame,
  { clauses, element }: ComprehensionExpr,
  holds: boolean,
  checksOf: ChecksOf,
): readonly Check[] | undefined {
  const [clause, filter, ...others] = clauses;
  if (clause?.kind !== 'for' || others.length > 0) return undefined;
  // `any(one for one in given if one not in KNOWN)` that is not: none of them is such.
  const isFound = filter?.kind === 'if' && !holds && isAlways(element, clause.target);
  if (filter && !isFound) return undefined;
  const asked = isFound ? filter.test : element;
  const whole = evaluate(interpreter, frame, clause.iterable);
  const texts = knownTexts(whole);
  // `any(sign in name for sign in ("/", ".."))`: what it says of the name with each of them.
  if (texts)
    return texts.flatMap((text) => {
      bindTarget(interpreter, frame, clause.target, str(text), undefined);
      return checksOf(interpreter, frame, asked, holds);
    });
  bindTarget(interpreter, frame, clause.target, whole.flatMap(contentOf), undefined);
  // A function that is asked of each has not been called with the whole: `all(is_known(one) for one in given)`.
  evaluate(interpreter, frame, asked);
  const denied = deniedSigns(interpreter, frame, asked, clause.target, holds);
  return [...(whole.some(isNoText) ? [] : withoutSigns(denied, whole, site(frame, asked))), ...checksOf(interpreter, frame, asked, holds)];
}

/** `any(sign in "/." for sign in name)` that is not: the signs that are in no place of the text. */
function deniedSigns(interpreter: Interpreter, frame: Frame, asked: Expr, target: Expr, holds: boolean): readonly string[] {
  const [only, ...others] = asked.kind === 'compare' ? asked.rest : [];
  if (asked.kind !== 'compare' || !only || others.length > 0 || (only.op !== 'in' && only.op !== 'not in')) return [];
  if (asked.first.kind !== 'name' || target.kind !== 'name' || asked.first.id !== target.id || (only.op === 'in') === holds) return [];
  return (knownTexts(evaluate(interpreter, frame, only.right)) ?? []).filter((text) => text.length === 1);
}

function withoutSigns(signs: readonly string[], subject: Value, here: Site): readonly Check[] {
  return signs.map((sign) => ({ fact: { kind: 'contains', part: str(sign) }, holds: false, subject, site: here }));
}

function isNoText(atom: Atom): boolean {
  return isContainer(atom) || (atom.kind === 'opaque' && atom.type !== undefined && atom.type !== 'builtins.str');
}

/** The characters of a constant, or the constants in a list, tuple or set. */
function knownTexts([only, ...others]: Value): readonly string[] | undefined {
  if (!only || others.length > 0) return undefined;
  if (only.kind === 'constant') {
    const text = constantText([only]);
    return text !== undefined && text.length <= MAX_TEXTS ? [...text] : undefined;
  }
  if (!isContainer(only) || only.form === 'dict' || only.object.open) return undefined;
  const texts = contentOf(only).map((one) => constantText([one]));
  return texts.length <= MAX_TEXTS && texts.every((text) => text !== undefined) ? texts : undefined;
}
/** More than all punctuation. */
const MAX_TEXTS = 40;

/** The element itself, of which an empty one does no harm, or `True`. */
function isAlways(element: Expr, target: Expr): boolean {
  if (element.kind === 'literal') return element.literal.type === 'bool' && element.literal.value;
  return element.kind === 'name' && target.kind === 'name' && element.id === target.id;
}

/** `any(path == one.path for one in known)` that is true: for one of the elements it holds. */
function ofOne(
  interpreter: Interpreter,
  frame: Frame,
  { clauses, element }: ComprehensionExpr,
  holds: boolean,
  checksOf: ChecksOf,
): readonly Check[] {
  const checks: Check[] = [];
  const elements: Atom[] = [];
  for (const clause of clauses) {
    if (clause.kind === 'if') {
      checks.push(...checksOf(interpreter, frame, clause.test, true));
      continue;
    }
    const iterable = iterated(interpreter, frame, evaluate(interpreter, frame, clause.iterable), clause.iterable);
    const origin = { via: 'element', of: iterable, site: site(frame, clause.iterable) } as const;
    const one = elementOf(interpreter, iterable, origin);
    elements.push(...one);
    bindTarget(interpreter, frame, clause.target, one, undefined);
  }
  return [...checks, ...checksOf(interpreter, frame, element, holds)].flatMap((check) => aboutOthers(check, elements));
}

/** What is said of one element says nothing of the others, and so of the whole. */
function aboutOthers(check: Check, elements: readonly Atom[]): readonly Check[] {
  const subject = check.subject.filter((one) => !elements.some((element) => leadsTo(one, element, MAX_STEPS)));
  return subject.length === 0 ? [] : subject.length === check.subject.length ? [check] : [{ ...check, subject }];
}
/** Steps from an element to what was tested of it. */
const MAX_STEPS = 6;
