import { formatBraces } from '../expressions/format.ts';
import { stringSegments } from '../values/text.ts';
import { opaque, type Value } from '../values/value.ts';
import { type BehaviourCall, firstPassed } from './behaviour.ts';

/**
 * `format_html('<a href="{}">{}</a>', url, name)`: a text whose holes went through the function, which escapes them; the format it leaves as it is.
 * So what stands around a hole is known: an escaped URL may still start with `javascript:`.
 */
export function formatEscaped({ args, origin, ...call }: BehaviourCall): Value | undefined {
  const [format, ...others] = firstPassed({ args, origin, ...call }) ?? [];
  const segments = format && others.length === 0 ? stringSegments(format) : undefined;
  if (!segments || args.openPositional || origin.via !== 'call') return undefined;
  const escaped = <Passed extends { readonly value: Value }>(passed: Passed): Passed => ({
    ...passed,
    value: passed.value.every((atom) => atom.kind === 'constant')
      ? passed.value
      : opaque({ ...origin, args: { ...args, positional: [{ ...passed, node: origin.site.node }], keywords: [] } }, call.row.returns),
  });
  const passed = { ...args, positional: args.positional.slice(1).map(escaped), keywords: args.keywords.map(escaped) };
  return formatBraces(segments, passed, origin, (value) => value);
}
