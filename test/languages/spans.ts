import type { Span, Unit } from '../../src/ir/nodes.ts';
import { forEachChild, type IrNode, isStmt } from '../../src/ir/walk.ts';

/** What is wrong with the spans of a unit: each must lie in the text and in the node around it, and not end before it starts. */
export function wrongSpans(unit: Unit, text: string): string[] {
  const wrong: string[] = [];
  const check = (what: string, span: Span, outer: Span): void => {
    if (span.start > span.end || span.start < outer.start || span.end > outer.end) {
      wrong.push(`${what} ${span.start}-${span.end} in ${outer.start}-${outer.end}`);
    }
  };
  const visit = (node: IrNode, outer: Span): void => {
    check(node.kind, node, outer);
    if (node.kind === 'attribute' || node.kind === 'function' || node.kind === 'class') {
      check(`name of ${node.kind}`, { start: node.nameStart, end: node.nameEnd }, node);
    }
    // An unknown statement holds what was saved of an error region, which may reach into what stands around it.
    const inner = isStmt(node) && node.kind === 'unknown' ? { start: 0, end: text.length } : node;
    const around = node.kind === 'function' || node.kind === 'class' ? withDecorators(node, outer) : inner;
    forEachChild(node, (child) => visit(child, around));
  };
  const whole = { start: 0, end: text.length };
  for (const statement of unit.body) visit(statement, whole);
  for (const comment of unit.comments) check('comment', comment, whole);
  for (const problem of unit.problems) check('problem', problem, whole);
  return wrong;
}

/** Decorators stand before the span of what they decorate. */
function withDecorators(node: IrNode & { decorators: readonly Span[] }, outer: Span): Span {
  return { start: Math.max(outer.start, Math.min(node.start, ...node.decorators.map(({ start }) => start))), end: node.end };
}
