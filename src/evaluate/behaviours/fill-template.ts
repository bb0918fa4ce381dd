import { isContainer } from '../values/container.ts';
import { constantText, segmentsOf, textOf } from '../values/text.ts';
import type { Segment, Value } from '../values/value.ts';
import type { BehaviourCall } from './behaviour.ts';

/** https://docs.python.org/3/library/string.html#template-strings-strings */
const PLACEHOLDER = /\$(?:(\$)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g;

/** `Template("Dear $name").substitute(name=…)`: the text of a known template with what is put into it; keywords count more than the mapping. */
export function fillTemplate({ args, frame, origin, receiver }: BehaviourCall): Value | undefined {
  const [template] = receiver ?? [];
  if (receiver?.length !== 1 || template?.kind !== 'opaque' || template.origin.via !== 'call' || args.openKeywords) return undefined;
  const text = constantText(template.origin.args.positional[0]?.value);
  const [mapping] = args.positional[0]?.value ?? [];
  const entries = mapping && isContainer(mapping, 'dict') && args.positional[0]?.value.length === 1 ? mapping.object : undefined;
  if (text === undefined || (mapping && (!entries || entries.open))) return undefined;
  const segments: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    segments.push(text.slice(from, match.index));
    from = match.index + match[0].length;
    const name = match[2] ?? match[3];
    const value = args.keywords.find((keyword) => keyword.name === name)?.value ?? entries?.read(`s:${name}`, frame.branch);
    if (match[1] === '$') segments.push('$');
    else if (value) segments.push(...segmentsOf(value, origin.site));
    else segments.push(match[0]);
  }
  segments.push(text.slice(from));
  return textOf(segments, false, origin);
}
