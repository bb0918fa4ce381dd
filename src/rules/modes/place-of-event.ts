import type { Event } from '../../evaluate/events.ts';
import type { CallExpr, Expr, Span, WalrusExpr } from '../../ir/nodes.ts';
import { classOf, functionOf, nameOf } from '../event-parts.ts';
import type { Caller, FactPlace, Place } from './fact-book.ts';
import { objectsOf } from './objects-of-event.ts';
import { rowsOf } from './rows-of-event.ts';

/** Where an event is, as facts are compared by. */
export function factPlaceOf(event: Event): FactPlace {
  const { module } = event.frame.state;
  const text = (node: Span | undefined): string | undefined => {
    if (!node) return undefined;
    const { start, end } = ownName(node);
    return module.text.slice(start, end);
  };
  const callee = event.kind === 'call' ? event.node.callee : undefined;
  const object =
    callee?.kind === 'attribute'
      ? callee.object
      : event.kind === 'store' && 'object' in event.target
        ? (event.target.object as Span)
        : undefined;
  return {
    module,
    info: functionOf(event),
    classInfo: classOf(event),
    start: event.node.start,
    receiver: text(object),
    firstArgument: event.kind === 'call' ? text(event.node.args[0]?.value) : undefined,
    callee: text(callee),
    name: nameOf(event),
    stored: event.kind === 'store' ? text(event.valueNode) : undefined,
    root: callee ? rootName(callee) : event.kind === 'import' ? boundName(event) : undefined,
    model: event.kind === 'call' ? modelOf(event.node) : undefined,
    rows: rowsOf(event),
    passed: passedNames(event),
    objects: objectsOf(event),
    passedBy: callerOf(event),
    node: event.node,
  };
}

/** Who passed what the event is about, where the function was followed for something from outside. All else that calls it is told of once. */
function callerOf({ frame: { exits, caller } }: Event): Caller | undefined {
  return exits && caller?.frame.info ? { info: caller.frame.info, start: caller.node.start } : undefined;
}

function passedNames(event: Event): readonly string[] {
  if (event.kind === 'function' || event.kind === 'route') return event.info?.node.params.map(({ name }) => name) ?? [];
  if (event.kind !== 'call') return [];
  return event.node.args.flatMap(({ value }) => (value.kind === 'name' ? [value.id] : []));
}

/** `(form := Form(request.POST)).is_valid()` is about what the rest of the code calls `form`. */
function ownName(node: Span): Span {
  return 'kind' in node && (node as Expr).kind === 'walrus' ? (node as WalrusExpr).target : node;
}

/** Where a candidate is: what facts are compared by, and the values by which its own code is found. */
export function placeOfCandidate(place: FactPlace, event: Event): Place {
  return {
    ...place,
    decorator: event.kind === 'decorator' ? event.value : undefined,
    argument: event.kind === 'call' ? event.args.positional[0]?.value : undefined,
    called: event.kind === 'call' ? event.callee : undefined,
    stepsTo: event.kind === 'route' ? event.stepsTo : undefined,
  };
}

/**
 * The class that a lookup names: what its chain of managers and filters starts with, else the first argument of a call in it, the innermost
 * first: `Order.query.get_or_404(id)`, `models.Order.objects.get(pk=id)`, `get_object_or_404(Order, pk=id)`, `db.session.query(Order).filter_by(id=id)`.
 */
function modelOf(call: CallExpr): string | undefined {
  return classAtStart(call.callee) ?? firstClass(call);
}

function firstClass(node: Expr): string | undefined {
  if (node.kind === 'attribute' || node.kind === 'subscript') return firstClass(node.object);
  if (node.kind !== 'call') return undefined;
  const inner = firstClass(node.callee);
  if (inner !== undefined) return inner;
  const [first] = node.args;
  // What is made there, as `Q(user=user)`, is none that is looked for.
  return first && !isMade(first.value) ? classAtStart(first.value) : undefined;
}

function isMade(node: Expr): boolean {
  return node.kind === 'call' && isClassName(node.callee.kind === 'attribute' ? node.callee.name : rootName(node.callee));
}

/** `Order` of `Order.objects.filter(…)`, and of `models.Order.objects.filter(…)`. */
function classAtStart(node: Expr): string | undefined {
  switch (node.kind) {
    case 'name':
      return isClassName(node.id) ? node.id : undefined;
    case 'attribute':
      return classAtStart(node.object) ?? (isClassName(node.name) && isPath(node.object) ? node.name : undefined);
    case 'subscript':
      return classAtStart(node.object);
    case 'call':
      return classAtStart(node.callee);
    default:
      return undefined;
  }
}

/** Names with dots, as modules have them. */
function isPath(node: Expr): boolean {
  return node.kind === 'name' || (node.kind === 'attribute' && isPath(node.object));
}

function isClassName(name: string | undefined): boolean {
  return name !== undefined && /^[A-Z]/.test(name);
}

/** The name that a chain of attributes, items and calls starts with. */
function rootName(node: Expr): string | undefined {
  switch (node.kind) {
    case 'name':
      return node.id;
    case 'attribute':
    case 'subscript':
      return rootName(node.object);
    case 'call':
      return rootName(node.callee);
    case 'walrus':
      return node.target.id;
    default:
      return undefined;
  }
}

/** The name in the importing module: `import a.b` binds `a`. */
function boundName(event: Event & { kind: 'import' }): string | undefined {
  const { name, alias } = event.node;
  return alias ?? (event.statement?.kind === 'import' ? name.split('.')[0] : name);
}

/** Dotted name of the function or class around it, without the module. */
export function enclosingOf(event: Event): string {
  const info = functionOf(event) ?? classOf(event);
  if (!info) return event.frame.enclosing;
  const { module } = event.frame.state;
  return module.name !== '' && info.qualifiedName.startsWith(`${module.name}.`)
    ? info.qualifiedName.slice(module.name.length + 1)
    : info.qualifiedName;
}
