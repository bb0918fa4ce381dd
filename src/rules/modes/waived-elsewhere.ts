import type { Event } from '../../evaluate/events.ts';
import type { Site, Value } from '../../evaluate/values/value.ts';
import type { Span } from '../../ir/nodes.ts';

/** Calls around a text that are looked into: `connection.execute(text(f"…"))`. */
const MAX_CALLS = 2;

/**
 * Whether a comment for another linter accepts the same finding at a place: `# noqa: DJ001`, `# nosec B105`, `# pylint: disable=eval-used`, on
 * the first or the last line of what is found, or of a text that the call is passed: linters that look for SQL tell it where it is put
 * together. Somebody has looked at it there; a comment that names no check may be about anything.
 */
export function isWaivedElsewhere(place: Site, event: Event, names: readonly string[]): boolean {
  const texts = event.kind === 'call' ? event.args.positional.flatMap(({ value }) => textsIn(value, MAX_CALLS)) : [];
  return [place, ...texts].some(({ module, node }) => isWaivedAt(module.text, node, names));
}

function isWaivedAt(text: string, node: Span, names: readonly string[]): boolean {
  const [first, last] = [lineAround(text, node.start), lineAround(text, node.end)];
  if (!first.includes('#') && !last.includes('#')) return false;
  return [first, last].some((line) => {
    const listed = WAIVER.exec(line)?.[1]?.split(/[\s,]+/) ?? [];
    return names.some((name) => listed.includes(name));
  });
}
/** https://docs.astral.sh/ruff/linter/#error-suppression, https://bandit.readthedocs.io/en/latest/config.html#exclusions, https://pylint.readthedocs.io/en/stable/user_guide/messages/message_control.html */
const WAIVER = /#\s*(?:(?:noqa|nosec)\b:?|pylint:\s*disable=)\s*([A-Za-z0-9_,\s-]+)/;

function textsIn(value: Value, calls: number): readonly Site[] {
  return value.flatMap((atom) => {
    if (atom.kind === 'text') return [atom.origin.site];
    if (calls === 0 || atom.kind !== 'opaque' || atom.origin.via !== 'call') return [];
    return atom.origin.args.positional.flatMap((passed) => textsIn(passed.value, calls - 1));
  });
}

function lineAround(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, end < 0 ? text.length : end);
}
