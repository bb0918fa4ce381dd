import type { ClassInfo } from '../evaluate/classes/class-info.ts';
import type { Event } from '../evaluate/events.ts';
import { qualifiedNames } from '../evaluate/names/names.ts';
import type { Expr, Span, Unit } from '../ir/nodes.ts';
import { type IrNode, walk } from '../ir/walk.ts';
import { encloses } from '../util/encloses.ts';
import type { TestContext } from './term.ts';
import { classAttribute } from './terms/class-terms.ts';

/** A `for` statement or one clause of a comprehension, and what runs for each element. */
export interface Loop {
  readonly target: Expr;
  readonly iterable: Expr;
  readonly each: readonly IrNode[];
}
/** A read of a related object that makes the database run a query for each element of a loop. */
export interface RelatedRead {
  readonly node: Span;
  /** The field. */
  readonly name: string;
}

const loopsOfUnits = new WeakMap<Unit, readonly Loop[]>();

function loopsOf(unit: Unit): readonly Loop[] {
  const known = loopsOfUnits.get(unit);
  if (known) return known;
  const loops: Loop[] = [];
  for (const statement of unit.body)
    walk(statement, (node) => {
      if (node.kind === 'for') loops.push({ target: node.target, iterable: node.iterable, each: node.body });
      if (node.kind === 'comprehension')
        node.clauses.forEach((clause, at) => {
          if (clause.kind !== 'for') return;
          const behind = node.clauses.slice(at + 1).map((later) => (later.kind === 'for' ? later.iterable : later.test));
          loops.push({
            target: clause.target,
            iterable: clause.iterable,
            each: [...(node.key ? [node.key] : []), node.element, ...behind],
          });
        });
      return true;
    });
  loopsOfUnits.set(unit, loops);
  return loops;
}

/** The innermost loop around an expression whose element the expression names; one over a few elements that are written out is none. */
export function loopAround(event: Event): Loop | undefined {
  const { node, frame } = event;
  const found = loopsOf(frame.state.module.unit).filter(
    (loop) => loop.each.some((one) => encloses(one, node)) && !isShort(loop.iterable) && !ends(loop),
  );
  return found.reverse().find((loop) => {
    const own = new Set(namesIn(loop.target));
    const within = loop.each.find((one) => encloses(one, node));
    let named = false;
    if (within)
      walk(within, (one) => {
        // A function in the loop runs when it is called, not for each element.
        if (one.kind === 'function' || one.kind === 'lambda') return false;
        if (one.kind === 'name' && own.has(one.id) && encloses(node, one)) named = true;
        return one.start <= node.end && node.start <= one.end;
      });
    return named;
  });
}

/** What a loop over rows of the database reads of another table, row by row. */
export function relatedRead({ event, interpreter }: TestContext): RelatedRead | undefined {
  if (event.kind !== 'iterate' || isShort(event.node)) return undefined;
  const loop = loopsOf(event.frame.state.module.unit).find(({ iterable }) => iterable === event.node);
  const models = event.value.flatMap((atom) => (atom.kind === 'opaque' && atom.of ? atom.of : []));
  const [model] = models;
  if (loop?.target.kind !== 'name' || models.length !== 1 || model?.kind !== 'class' || ends(loop)) return undefined;
  const row = loop.target.id;
  const written = new Set<IrNode>();
  const reads: RelatedRead[] = [];
  let isRebound = false;
  for (const each of loop.each)
    walk(each, (node) => {
      if (node.kind === 'function' || node.kind === 'lambda') return false;
      if (node.kind === 'assign') for (const target of node.targets) written.add(target);
      if (node.kind === 'name' && node.id === row && written.has(node)) isRebound = true;
      if (node.kind === 'attribute' && node.object.kind === 'attribute' && isRow(node.object.object, row)) {
        const of = relationOf(interpreter, model.info, node.object.name);
        if (of === 'one' || (of === 'many' && PREFETCHED.has(node.name))) reads.push({ node, name: node.object.name });
      } else if (node.kind === 'attribute' && isRow(node.object, row)) {
        // Once it was set, reading it asks for nothing.
        if (relationOf(interpreter, model.info, node.name) === 'one') {
          if (written.has(node)) isRebound = true;
          else reads.push({ node, name: node.name });
        }
      }
      return true;
    });
  return isRebound ? undefined : reads[0];
}
/** What `prefetch_related` spares of a relation to many. https://docs.djangoproject.com/en/stable/ref/models/querysets/#prefetch-related */
const PREFETCHED: ReadonlySet<string> = new Set(['all', 'count', 'exists']);

function relationOf(interpreter: TestContext['interpreter'], model: ClassInfo, field: string): 'one' | 'many' | undefined {
  const types = (classAttribute(model, field) ?? []).flatMap((atom) => (atom.kind === 'opaque' && atom.type ? [atom.type] : []));
  const is = (name: string): boolean =>
    types.some((type) => type === name || qualifiedNames(interpreter, [...(classAttribute(model, field) ?? [])]).includes(name));
  if (is('django.db.models.ForeignKey') || is('django.db.models.OneToOneField')) return 'one';
  return is('django.db.models.ManyToManyField') ? 'many' : undefined;
}

function isRow(node: Expr, row: string): boolean {
  return node.kind === 'name' && node.id === row;
}

/** Ten elements or fewer: a literal, a slice, a range; and what the project keeps as a constant. */
function isShort(iterable: Expr): boolean {
  if (iterable.kind === 'list' || iterable.kind === 'tuple' || iterable.kind === 'set' || iterable.kind === 'dict') return true;
  if (iterable.kind === 'name') return /^_*[A-Z][A-Z0-9_]*$/.test(iterable.id);
  if (iterable.kind === 'attribute') return /^_*[A-Z][A-Z0-9_]*$/.test(iterable.name);
  if (iterable.kind === 'subscript') return iterable.index.kind === 'slice' && isFew(iterable.index.upper);
  return (
    iterable.kind === 'call' && iterable.callee.kind === 'name' && iterable.callee.id === 'range' && isFew(iterable.args.at(-1)?.value)
  );
}
function isFew(node: Expr | undefined): boolean {
  return node?.kind === 'literal' && node.literal.type === 'int' && Number(node.literal.value) <= FEW;
}
const FEW = 10;

/** The body always leaves the loop: it is about the first element. */
function ends({ each }: Loop): boolean {
  const last = each.at(-1);
  return last?.kind === 'return' || last?.kind === 'break' || last?.kind === 'raise';
}

function namesIn(target: Expr): readonly string[] {
  const names: string[] = [];
  walk(target, (node) => {
    if (node.kind === 'name') names.push(node.id);
    return true;
  });
  return names;
}
