import type { Span } from '../../ir/nodes.ts';

/**
 * Whether a comment for another linter accepts the same finding at a place: `# noqa: DJ001`, `# nosec B105`, on the first or the last line
 * of what is found. Somebody has looked at it there; a comment that names no check may be about anything.
 */
export function isWaivedElsewhere(text: string, node: Span, names: readonly string[]): boolean {
  const [first, last] = [lineAround(text, node.start), lineAround(text, node.end)];
  if (!first.includes('#') && !last.includes('#')) return false;
  return [first, last].some((line) => {
    const listed = WAIVER.exec(line)?.[1]?.split(/[\s,]+/) ?? [];
    return names.some((name) => listed.includes(name));
  });
}
/** https://docs.astral.sh/ruff/linter/#error-suppression, https://bandit.readthedocs.io/en/latest/config.html#exclusions */
const WAIVER = /#\s*(?:noqa|nosec)\b:?\s*([A-Za-z0-9_,\s-]+)/;

function lineAround(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, end < 0 ? text.length : end);
}
