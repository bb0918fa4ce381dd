import type { Expr, Span } from '../../ir/nodes.ts';
import type { Module } from '../../semantics/module.ts';
import { quietly } from '../checks/refine.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { contentOf, listOf } from '../values/container.ts';
import { reachesSource } from '../values/taint.ts';
import { type Atom, join, NOTHING, type Origin, opaque, type Site, type Value } from '../values/value.ts';

/** Typing forms that mean their argument. */
const TRANSPARENT = new Set([
  'typing.Optional',
  'typing.Annotated',
  'typing.Final',
  'typing.ClassVar',
  'typing.Required',
  'typing.NotRequired',
  'typing.Type',
]);
const SEQUENCES = new Set([
  'builtins.list',
  'typing.List',
  'typing.Sequence',
  'typing.Iterable',
  'typing.Iterator',
  'collections.abc.Sequence',
  'collections.abc.Iterable',
  'builtins.set',
  'typing.Set',
]);

/** An instance of what an annotation names; `undefined` when it says nothing of use. */
export function annotatedValue(interpreter: Interpreter, frame: Frame, annotation: Expr, origin: Origin): Value | undefined {
  switch (annotation.kind) {
    case 'name':
    case 'attribute':
      return instancesOf(
        interpreter,
        quietly(interpreter, () => evaluate(interpreter, frame, annotation)),
        origin,
      );
    case 'subscript': {
      const outer = quietly(interpreter, () => evaluate(interpreter, frame, annotation.object))[0];
      const name = outer?.kind === 'symbol' ? outer.name : undefined;
      const first = annotation.index.kind === 'tuple' ? annotation.index.elements[0] : annotation.index;
      if (name !== undefined && TRANSPARENT.has(name) && first) return annotatedValue(interpreter, frame, first, origin);
      if (name === 'typing.Union')
        return unionOf(interpreter, frame, annotation.index.kind === 'tuple' ? annotation.index.elements : [annotation.index], origin);
      if (name !== undefined && SEQUENCES.has(name) && first) {
        const element = annotatedValue(interpreter, frame, first, origin);
        return element ? listOf(element, origin.site) : undefined;
      }
      return annotatedValue(interpreter, frame, annotation.object, origin);
    }
    case 'literal': {
      // A forward reference: `"Flask"`, `"models.User"`. Other expressions in quotes are not read.
      const text = annotation.literal.type === 'str' ? annotation.literal.value : '';
      return /^[A-Za-z_][\w.]*$/.test(text) ? annotatedValue(interpreter, frame, dottedExpression(text, annotation), origin) : undefined;
    }
    case 'binary':
      return annotation.op === '|' ? unionOf(interpreter, frame, [annotation.left, annotation.right], origin) : undefined;
    default:
      return undefined;
  }
}

/** What `Annotated[type, …]` adds to a type; a type that is made by a call says itself what it lets through: `constr(pattern="^[a-z]+$")`. */
export function annotatedMarks(interpreter: Interpreter, frame: Frame, annotation: Expr): Value {
  if (annotation.kind === 'call' || annotation.kind === 'name')
    return quietly(interpreter, () => evaluate(interpreter, frame, annotation)).flatMap(marksOfType);
  if (annotation.kind !== 'subscript' || annotation.index.kind !== 'tuple') return NOTHING;
  const { elements } = annotation.index;
  return quietly(interpreter, () => {
    const outer = evaluate(interpreter, frame, annotation.object);
    if (!outer.some((atom) => atom.kind === 'symbol' && atom.name === 'typing.Annotated')) return NOTHING;
    return elements.slice(1).reduce<Value>((all, element) => join(all, evaluate(interpreter, frame, element)), NOTHING);
  });
}

/** The marks of a type that has a name: `Code = Annotated[str, Field(pattern=CODE)]`. */
function marksOfType(atom: Atom): Value {
  if (atom.kind !== 'opaque') return NOTHING;
  const { origin } = atom;
  if (origin.via === 'call') return [atom];
  const isAnnotated = origin.via === 'item' && origin.of.some((one) => one.kind === 'symbol' && one.name === 'typing.Annotated');
  return isAnnotated ? origin.key.flatMap(contentOf) : NOTHING;
}

/** A value of which nothing is known, as the annotation of its variable or parameter says; where it came from stays as it was. */
export function typedByAnnotation(interpreter: Interpreter, frame: Frame, annotation: Expr, value: Value, here: Site): Value {
  if (!value.every((atom) => atom.kind === 'opaque' && atom.type === undefined)) return value;
  const annotated = annotatedValue(interpreter, frame, annotation, { via: 'operation', operands: [value], site: here });
  const only = annotated?.[0];
  if (annotated?.length === 1 && only?.kind === 'opaque')
    return value.map((atom) => (atom.kind === 'opaque' ? { ...atom, type: only.type, of: only.of } : atom));
  // What stands for any instance of a class does not lead back to where this one came from, and of one of several types no condition would be about it.
  return annotated && !reachesSource(interpreter, value) ? annotated : value;
}

/** What a function gives of which nothing is known is, besides, an instance of the class of the project that it says: `-> Database`. */
export function ofReturnType(interpreter: Interpreter, frame: Frame, annotation: Expr, value: Value, module: Module): Value {
  if (value.length === 0 || !value.every((atom) => atom.kind === 'opaque' && atom.type === undefined) || reachesSource(interpreter, value))
    return value;
  const here = { module, node: annotation };
  const annotated = annotatedValue(interpreter, frame, annotation, { via: 'operation', operands: [value], site: here });
  return join(value, annotated?.filter(({ kind }) => kind === 'object') ?? NOTHING);
}

function dottedExpression(text: string, { start, end }: Span): Expr {
  const [first = text, ...rest] = text.split('.');
  return rest.reduce<Expr>((object, name) => ({ kind: 'attribute', start, end, object, name, nameStart: start, nameEnd: end }), {
    kind: 'name',
    start,
    end,
    id: first,
  });
}

function unionOf(interpreter: Interpreter, frame: Frame, parts: readonly Expr[], origin: Origin): Value | undefined {
  let result: Value = NOTHING;
  for (const part of parts) result = join(result, annotatedValue(interpreter, frame, part, origin) ?? NOTHING);
  return result.length > 0 ? result : undefined;
}

function instancesOf(interpreter: Interpreter, classes: Value, origin: Origin): Value | undefined {
  let result: Value = NOTHING;
  for (const atom of classes) {
    if (atom.kind === 'class') result = join(result, [{ kind: 'object', info: atom.info, object: atom.info.anyInstance }]);
    else if (atom.kind === 'symbol' && atom.name !== 'typing.Any' && atom.name !== 'builtins.object')
      result = join(result, opaque(origin, interpreter.library.canonical(atom.name)));
  }
  return result.length > 0 ? result : undefined;
}
