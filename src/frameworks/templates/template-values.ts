import { positional } from '../../evaluate/calls/arguments.ts';
import { callValue } from '../../evaluate/calls/calls.ts';
import { getAttribute } from '../../evaluate/classes/attributes.ts';
import { getItem } from '../../evaluate/expressions/subscripts.ts';
import type { Frame } from '../../evaluate/frame.ts';
import { type Interpreter, site } from '../../evaluate/interpreter.ts';
import { container, isContainer, sequence, slotOfKey } from '../../evaluate/values/container.ts';
import { HeapObject } from '../../evaluate/values/heap.ts';
import { segmentsOf, textOf } from '../../evaluate/values/text.ts';
import { type Atom, bool, constant, int, join, NOTHING, opaque, str, symbol, type Value } from '../../evaluate/values/value.ts';
import type { CallExpr, Span } from '../../ir/nodes.ts';
import type { TemplateArgument, TemplateDialect, TemplateExpr } from '../../ir/template.ts';

/** What names and filters stand for where an expression is. */
export interface TemplateScope {
  readonly interpreter: Interpreter;
  /** The activation of the template: its module is the template. */
  readonly frame: Frame;
  readonly dialect: TemplateDialect;
  /** Whether what is printed here is escaped. */
  readonly escapes: boolean;
  name(id: string, node: Span): Value;
  /** The function that a filter is. */
  filter(name: string): Value;
  /** What a call of something that only the template knows gives: of a macro, which is printed, nothing. */
  called(call: TemplateExpr & { kind: 'call' }): Value | undefined;
}

/** The value of an expression of a template. */
export function templateValue(scope: TemplateScope, expr: TemplateExpr): Value {
  const { interpreter, frame } = scope;
  const operation = (operands: readonly Value[]): Value => opaque({ via: 'operation', operands, site: site(frame, expr) });
  switch (expr.kind) {
    case 'literal':
      return literal(expr.value);
    case 'name':
      return scope.name(expr.id, expr);
    case 'look-up':
      return lookUp(scope, templateValue(scope, expr.object), expr.key, expr);
    case 'item':
      return getItem(interpreter, frame, templateValue(scope, expr.object), templateValue(scope, expr.index), expr, undefined);
    case 'call': {
      const known = scope.called(expr);
      if (known) return known;
      return resultOf(scope, templateValue(scope, expr.callee), expr.args, expr);
    }
    case 'filter': {
      const filter = scope.filter(expr.name);
      return resultOf(scope, filter, [...expr.args, ...escaping(scope, filter, expr)], expr, {
        value: templateValue(scope, expr.value),
        node: expr.value,
      });
    }
    case 'choice':
      return expr.options.map((option) => templateValue(scope, option)).reduce(join, NOTHING);
    case 'joined': {
      const segments = expr.parts.flatMap((part) => segmentsOf(templateValue(scope, part), site(frame, part)));
      return textOf(segments, false, { via: 'operation', operands: [], site: site(frame, expr) });
    }
    case 'all':
      return expr.operands.reduce<Value>((_, operand) => templateValue(scope, operand), NOTHING);
    case 'compare':
      return compared(scope, expr) ?? operation([]);
    case 'plain':
      for (const operand of expr.operands) templateValue(scope, operand);
      return operation([]);
    case 'list':
      return sequence(
        'list',
        expr.elements.map((element) => templateValue(scope, element)),
        site(frame, expr),
        frame.branch,
      );
    case 'dict': {
      const object = new HeapObject(site(frame, expr), frame.branch);
      for (const { key, value } of expr.entries) {
        const slot = slotOfKey(templateValue(scope, key));
        if (slot === undefined) object.writeAnywhere(templateValue(scope, value));
        else object.write(slot, templateValue(scope, value), frame.branch);
      }
      return container('dict', object);
    }
  }
}

/** Whether two known texts or numbers are the same, or one is in the other. */
function compared(scope: TemplateScope, { op, left, right }: TemplateExpr & { kind: 'compare' }): Value | undefined {
  const a = left && constantOf(templateValue(scope, left));
  const b = right && constantOf(templateValue(scope, right));
  if (a === undefined || b === undefined) return undefined;
  if (op === '==' || op === '!=') return bool((a === b) === (op === '=='));
  if (op === 'in' || op === 'not in') return bool(String(b).includes(String(a)) === (op === 'in'));
  return undefined;
}

function constantOf([only, ...more]: Value): string | number | undefined {
  if (only?.kind !== 'constant' || more.length > 0) return undefined;
  const { literal: known } = only;
  if (known.type === 'str') return known.value;
  return known.type === 'int' && typeof known.value === 'number' ? known.value : undefined;
}

function literal(value: string | number | boolean | null): Value {
  if (value === null) return constant({ type: 'none' });
  if (typeof value === 'string') return str(value);
  return typeof value === 'boolean' ? constant({ type: 'bool', value }) : int(value);
}

/**
 * `object.key`: an item of what has items, else an attribute; Django tries it as an index besides, and calls what can be called.
 * https://docs.djangoproject.com/en/stable/ref/templates/language/#variables, https://jinja.palletsprojects.com/en/stable/templates/#variables
 */
function lookUp({ interpreter, frame, dialect }: TemplateScope, object: Value, key: string, node: Span): Value {
  if (/^\d+$/.test(key)) return getItem(interpreter, frame, object, int(Number(key)), node, undefined);
  let result: Value = NOTHING;
  for (const atom of object) {
    // Of a dict that is known a key that is not there is nothing to print.
    if (
      isContainer(atom, 'dict') &&
      !atom.object.open &&
      !MAPPING_METHODS.has(key) &&
      atom.object.read(`s:${key}`, frame.branch) === undefined
    )
      continue;
    if (isTextWithout(atom, key)) continue;
    const isKey = isContainer(atom, 'dict')
      ? !MAPPING_METHODS.has(key) || atom.object.read(`s:${key}`, frame.branch) !== undefined
      : atom.kind === 'opaque' && isMapping(interpreter, atom.type, key);
    const value = isKey
      ? getItem(interpreter, frame, [atom], str(key), node, undefined)
      : getAttribute(interpreter, frame, [atom], key, node);
    const isCalled =
      dialect === 'dtl' && (MAPPING_METHODS.has(key) || value.some((one) => one.kind === 'bound' || one.kind === 'function'));
    result = join(result, isCalled ? callValue(interpreter, frame, value, positional(), callAt(node)) : value);
  }
  return result;
}

/** `{{ info.search.html() }}` where `info.search` is a text that was sent: texts have no such attribute, and templates print nothing for it. */
function isTextWithout(atom: Atom, key: string): boolean {
  const isText = atom.kind === 'text' ? !atom.bytes : atom.kind === 'opaque' && atom.type === 'builtins.str';
  return isText && !key.startsWith('__') && !TEXT_METHODS.has(key);
}
/** https://docs.python.org/3/library/stdtypes.html#string-methods */
const TEXT_METHODS: ReadonlySet<string> = new Set(
  (
    'capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii isdecimal isdigit ' +
    'isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix ' +
    'removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill'
  ).split(' '),
);

/** Whether it is a dict of a library, without such a method. */
function isMapping({ library }: Interpreter, type: string | undefined, key: string): boolean {
  return (
    type !== undefined &&
    !library.member(type, key) &&
    (library.isSubclass(type, 'builtins.dict') || library.member(type, '__getitem__') !== undefined)
  );
}
const MAPPING_METHODS: ReadonlySet<string> = new Set(['items', 'keys', 'values', 'get']);

/**
 * What a filter is told that asks whether its result is escaped.
 * https://docs.djangoproject.com/en/stable/howto/custom-template-tags/#filters-and-auto-escaping
 */
function escaping({ dialect, escapes }: TemplateScope, filter: Value, { start, end }: Span): readonly TemplateArgument[] {
  const asks = filter.some((atom) => atom.kind === 'function' && atom.info.node.params.some(({ name }) => name === 'autoescape'));
  return dialect === 'dtl' && asks ? [{ name: 'autoescape', value: { kind: 'literal', value: escapes, start, end } }] : [];
}

/** What calling a function gives; `first` is passed before the arguments that are written. */
export function resultOf(
  scope: TemplateScope,
  callee: Value,
  args: readonly TemplateArgument[],
  node: Span,
  ...first: readonly { readonly value: Value; readonly node: Span }[]
): Value {
  const all = passed(scope, args);
  return callValue(scope.interpreter, scope.frame, callee, { ...all, positional: [...first, ...all.positional] }, callAt(node));
}

function passed(scope: TemplateScope, args: readonly TemplateArgument[]) {
  const values = args.map(({ name, value }) => ({ name, value: templateValue(scope, value), node: value }));
  return {
    ...positional(...values.filter(({ name }) => name === undefined)),
    keywords: values.flatMap(({ name, ...rest }) => (name === undefined ? [] : [{ name, ...rest }])),
  };
}

/** The place of a call for those who look at how calls are written: here nothing is. */
function callAt({ start, end }: Span): CallExpr {
  return { kind: 'call', callee: { kind: 'name', id: '', start, end }, args: [], start, end };
}

/** The name by which model rows know a filter that comes with the language. */
export function libraryFilterName(dialect: TemplateDialect, name: string): string {
  return dialect === 'jinja' ? `jinja2.filters.FILTERS.${name}` : `django.template.defaultfilters.${name}`;
}

export function libraryFilter(dialect: TemplateDialect, name: string): Value {
  return symbol(libraryFilterName(dialect, name));
}
