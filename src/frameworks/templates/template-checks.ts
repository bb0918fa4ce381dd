import type { TemplateExpr } from '../../ir/template.ts';

/** Methods and tests of Jinja that hold for texts without markup alone. */
const HARMLESS = /^(?:is(?:digit|decimal|numeric|alnum|alpha|identifier)|number|integer|float|boolean)$/;

/** What a condition proves to be harmless where it holds, by how that is written. */
export function provenBy(test: TemplateExpr, text: string): readonly string[] {
  switch (test.kind) {
    case 'all':
      return test.operands.flatMap((operand) => provenBy(operand, text));
    case 'look-up':
      return HARMLESS.test(test.key) ? [written(test.object, text)] : [];
    case 'call':
      return provenBy(test.callee, text);
    case 'compare': {
      const { left, right, op } = test;
      if (test.test !== undefined) return op === 'is' && HARMLESS.test(test.test) ? [written(left, text)] : [];
      if (op === '==' && right) return isKnown(right) ? [written(left, text)] : isKnown(left) ? [written(right, text)] : [];
      return op === 'in' && right?.kind === 'list' && right.elements.every(isKnown) ? [written(left, text)] : [];
    }
    default:
      return [];
  }
}

function isKnown(expr: TemplateExpr): boolean {
  return expr.kind === 'literal';
}

/** The expression that filters start from, as it is written. */
export function written(expr: TemplateExpr, text: string): string {
  return expr.kind === 'filter' ? written(expr.value, text) : text.slice(expr.start, expr.end).replace(/\s+/g, '');
}
