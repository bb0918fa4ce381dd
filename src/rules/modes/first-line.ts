import type { Span } from '../../ir/nodes.ts';

/** What of a span stands on its first line: findings are shown there. */
export function firstLine(text: string, node: Span): Span {
  const newline = text.slice(node.start, node.end).search(/[\r\n]/);
  return { start: node.start, end: newline < 0 ? node.end : node.start + newline };
}
