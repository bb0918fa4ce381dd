import type { DictExpr, Expr, SequenceExpr, Span } from '../../ir/nodes.ts';
import { type CallArguments, positional } from '../calls/arguments.ts';
import type { Frame } from '../frame.ts';
import { isContainer, knownElements } from '../values/container.ts';
import { formatNumbers } from '../values/number-format.ts';
import { segmentsOf, textOf } from '../values/text.ts';
import { type Origin, opaque, opaqueAtom, type Segment, type Site, str, type Value } from '../values/value.ts';

const PERCENT = /%(?:\(([^)]*)\))?[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?([diouxXeEfFgGcrsa%])/g;

/** What an object puts into a text: what its own `__str__` gives. */
export type AsText = (value: Value, node: Span) => Value;

/** `"…%s…" % value`; `undefined` when the directives do not fit. https://docs.python.org/3/library/stdtypes.html#printf-style-string-formatting */
export function formatPercent(
  frame: Frame,
  format: readonly Segment[],
  value: Value,
  origin: Origin,
  valueSite: Site,
  asText: AsText,
): Value | undefined {
  const only = value[0];
  const tuple = value.length === 1 && only && isContainer(only, 'tuple') ? knownElements(only, frame.branch) : undefined;
  const dict = value.length === 1 && only && isContainer(only, 'dict') ? only.object : undefined;
  const segments: Segment[] = [];
  let next = 0;
  for (const segment of format) {
    if (typeof segment !== 'string') {
      segments.push(segment);
      continue;
    }
    let from = 0;
    for (const match of segment.matchAll(PERCENT)) {
      segments.push(segment.slice(from, match.index));
      from = match.index + match[0].length;
      if (match[2] === '%') segments.push('%');
      else {
        const [, key, directive] = match;
        const site = entrySite(valueSite, key ?? next);
        const argument = key !== undefined ? dict?.read(`s:${key}`, frame.branch) : tuple ? tuple[next++] : value;
        const given = argument ?? (key === undefined ? value : entryOf(value, key, site));
        // Numeric directives accept nothing but numbers.
        if (directive !== undefined && 'diouxXeEfFgG'.includes(directive))
          segments.push(...segmentsOf(formatNumbers(numeric(given, site), match[0].replace(/^%(?:\([^)]*\))?/, '')), site));
        else if (directive === 'r' || directive === 'a') segments.push({ value: shown(given, site), site });
        else segments.push(...segmentsOf(asText(given, site.node), site));
      }
    }
    segments.push(segment.slice(from));
  }
  return textOf(segments, false, origin);
}

/** Where one value of `% (a, b)` or `% {"a": a}` stands: its own expression, where the tuple or dict is written out without spreads. */
function entrySite(valueSite: Site, entry: number | string): Site {
  const node = valueSite.node as Partial<Expr> & Span;
  if (node.kind === 'tuple' && typeof entry === 'number') {
    const { elements } = node as SequenceExpr;
    const index = elements.findIndex((element) => element.kind === 'starred');
    const element = index < 0 || entry < index ? elements[entry] : undefined;
    return element ? { ...valueSite, node: element } : valueSite;
  }
  if (node.kind === 'dict' && typeof entry === 'string') {
    const given = (node as DictExpr).entries.findLast(
      ({ key }) => !key || (key.kind === 'literal' && key.literal.type === 'str' && key.literal.value === entry),
    );
    return given?.key ? { ...valueSite, node: given.value } : valueSite;
  }
  return valueSite;
}

/** What `"%(host)s" % form.cleaned_data` takes of a mapping whose entries are not known: the one under that key. */
function entryOf(mapping: Value, key: string, site: Site): Value {
  return mapping.every((atom) => atom.kind === 'opaque') ? opaque({ via: 'item', of: mapping, key: str(key), site }) : mapping;
}

/** What `"{host}".format(**form.cleaned_data)` takes of a mapping whose entries are not known: the one under that name. */
function ofSpread({ openKeywords, spread }: CallArguments, name: string, { site }: Origin): Value {
  return openKeywords && spread.length > 0 && /^[^\d\W]\w*$/.test(name)
    ? opaque({ via: 'item', of: spread, key: str(name), site })
    : spread;
}

function numeric(value: Value, site: Site): Value {
  return value.map((atom) => (atom.kind === 'constant' ? atom : opaqueAtom({ via: 'operation', operands: [value], site }, 'builtins.int')));
}

/** A spec that texts and dates refuse: `d`, `03x`, `,.2f`, `.1%`. https://docs.python.org/3/library/string.html#formatspec */
const NUMBER_SPEC = /^(?:[^{}]?[<>=^])?[-+ ]?z?#?\d*[,_]?(?:[bdoxXneEfFgG]|\.\d+[eEfFgG%])$/;

/**
 * What a format spec makes of a value: a known number is text, what only numbers are written by is one, of all else is only known where it
 * comes from.
 */
export function formattedParts(value: Value, spec: string, site: Site): readonly Segment[] {
  const text = formatNumbers(value, spec);
  if (text.every((atom) => atom.kind === 'constant')) return segmentsOf(text, site);
  return [{ value: NUMBER_SPEC.test(spec) ? numeric(value, site) : value, site }];
}

/** What `repr()` gives of a value that is not known: line breaks and the like are written out in it. */
export function shown(value: Value, site: Site): Value {
  if (value.every((atom) => atom.kind === 'constant')) return value;
  return opaque(
    { via: 'call', names: ['builtins.repr'], receiver: undefined, args: positional({ value, node: site.node }), site },
    'builtins.str',
  );
}

/** The value's own expression: `q` of `name=q`. */
function expressionIn(node: Span): Span {
  return 'value' in node ? (node as { readonly value: Span }).value : node;
}

const BRACES = /\{\{|\}\}|\{([^{}:!]*)(?:!([rsa]))?(?::([^{}]*(?:\{[^{}]*\}[^{}]*)*))?\}/g;

/** `"…{}…".format(…)`. https://docs.python.org/3/library/string.html#format-string-syntax */
export function formatBraces(
  format: readonly Segment[],
  args: CallArguments,
  origin: Origin,
  asText: AsText,
  partOf?: (value: Value, path: string) => Value | undefined,
): Value {
  const segments: Segment[] = [];
  let next = 0;
  for (const segment of format) {
    if (typeof segment !== 'string') {
      segments.push(segment);
      continue;
    }
    let from = 0;
    for (const match of segment.matchAll(BRACES)) {
      segments.push(segment.slice(from, match.index));
      from = match.index + match[0].length;
      if (match[0] === '{{') segments.push('{');
      else if (match[0] === '}}') segments.push('}');
      else {
        const field = match[1] ?? '';
        const name = /^[^.[]*/.exec(field)?.[0] ?? '';
        const found =
          name === ''
            ? args.positional[next++]
            : /^\d+$/.test(name)
              ? args.positional[Number(name)]
              : args.keywords.find((keyword) => keyword.name === name);
        const part = found && name !== field ? partOf?.(found.value, field.slice(name.length)) : undefined;
        const value = part ?? found?.value ?? ofSpread(args, name, origin);
        const site = found ? { module: origin.site.module, node: expressionIn(found.node) } : origin.site;
        if (match[2] === 'r' || match[2] === 'a') segments.push({ value: shown(value, site), site });
        else if (name !== field && !part) segments.push({ value, site });
        else if (match[3]) segments.push(...formattedParts(value, match[3], site));
        else segments.push(...segmentsOf(asText(value, site.node), site));
      }
    }
    segments.push(segment.slice(from));
  }
  return textOf(segments, false, origin);
}
