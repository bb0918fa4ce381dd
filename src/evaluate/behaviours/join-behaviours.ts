import { argument } from '../calls/arguments.ts';
import { getAttribute } from '../classes/attributes.ts';
import { isContainer, knownElements, sequence } from '../values/container.ts';
import { joinedParts } from '../values/path-text.ts';
import { constantText, segmentsOf, stringSegments, textOf } from '../values/text.ts';
import { NOTHING, type Segment, type Site, str, type Value } from '../values/value.ts';
import { type BehaviourCall, firstPassed, siteOfPassed } from './behaviour.ts';
import { fieldsOf } from './make-sequence.ts';

/** `urlunsplit([scheme, host, path, query, fragment])`: without a scheme and a host, the text starts with the path. */
export function joinUrl(call: BehaviourCall): Value | undefined {
  const [scheme, host, path, ...rest] = partsOf(call, firstPassed(call) ?? call.receiver ?? NOTHING) ?? [];
  if (!path || !scheme || !host) return undefined;
  const start = isEmptyText(scheme) && isEmptyText(host) ? [] : startOf(scheme, host, siteOfPassed(call, 0));
  if (!start) return undefined;
  const place = segmentsOf(path, siteOfPassed(call, 0));
  const isRooted = typeof place[0] === 'string' && place[0].startsWith('/');
  // Of a relative URL that was split, the path may begin without a slash.
  const isPutBehindHost = start.length > 0 && constantText(scheme) !== undefined && !isRooted && !isEmptyText(path);
  const segments = [...start, isPutBehindHost ? '/' : '', ...place];
  const marks = rest.length === 3 ? [';', '?', '#'] : ['?', '#'];
  rest.forEach((part, at) => {
    if (!isEmptyText(part)) segments.push(marks[at] ?? '', ...segmentsOf(part, siteOfPassed(call, 0)));
  });
  return textOf(segments, false, call.origin);
}

/** The elements of a list, or the parts of a split URL of which some were replaced. */
function partsOf(call: BehaviourCall, value: Value): readonly Value[] | undefined {
  const [only, ...others] = value;
  if (!only || others.length > 0) return undefined;
  if (isContainer(only)) return only.object.open ? undefined : knownElements(only, call.frame.branch);
  const { interpreter, frame, node } = call;
  const names = only.kind === 'opaque' && only.content ? fieldsOf(interpreter, value) : undefined;
  return names?.map((name) => getAttribute(interpreter, frame, value, name, node));
}

/** `https://` and the host, which stands there whatever the scheme is. */
function startOf(scheme: Value, host: Value, site: Site): readonly Segment[] | undefined {
  const name = constantText(scheme);
  if (name === '' || isEmptyText(host)) return undefined;
  return [...(name === undefined ? segmentsOf(scheme, site) : [name]), '://', ...segmentsOf(host, site)];
}

function isEmptyText(value: Value | undefined): boolean {
  return (
    value !== undefined &&
    value.length > 0 &&
    value.every((one) => one.kind === 'constant' && one.literal.type === 'str' && one.literal.value === '')
  );
}

/** `os.path.join` */
export function joinPath(call: BehaviourCall): Value | undefined {
  if (call.args.openPositional) return undefined;
  const parts = call.args.positional.map(({ value }, at) => {
    const [only, ...others] = value;
    return (only && others.length === 0 ? stringSegments(only) : undefined) ?? segmentsOf(value, siteOfPassed(call, at));
  });
  return textOf(joinedParts(parts), false, call.origin);
}

/** `Csv(delimiter=";")("a; b")`: the parts of a known text, without the spaces around them. */
export function splitAtDelimiter(call: BehaviourCall): Value | undefined {
  const [made] = call.receiver ?? NOTHING;
  const args = made?.kind === 'opaque' && made.origin.via === 'call' ? made.origin.args : undefined;
  const text = constantText(firstPassed(call));
  const given = args && argument(args, 1, 'delimiter')?.value;
  const delimiter = given ? constantText(given) : ',';
  if (!args || text === undefined || !delimiter || argument(args, 3, 'post_process')) return undefined;
  const parts = text.split(delimiter).map((part) => part.trim());
  return sequence('list', parts.filter((part) => part !== '').map(str), call.origin.site, call.frame.branch);
}
