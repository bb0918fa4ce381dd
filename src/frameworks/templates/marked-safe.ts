import { argument } from '../../evaluate/calls/arguments.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Value } from '../../evaluate/values/value.ts';
import type { TemplateExpr } from '../../ir/template.ts';

/** Filters that leave a text as safe as it was. https://jinja.palletsprojects.com/en/stable/templates/#working-with-automatic-escaping */
const KEEPING: ReadonlySet<string> = new Set(
  'trim upper lower title capitalize default d default_if_none replace string indent first last'.split(' '),
);

/** Whether an expression says that what it gives is not to be escaped; `isSafe` tells it of names. */
export function isMarkedSafe(expr: TemplateExpr, isSafe: (name: string) => boolean): boolean {
  switch (expr.kind) {
    case 'name':
      return isSafe(expr.id);
    case 'filter':
      return expr.name === 'safe' || expr.name === 'safeseq' || (KEEPING.has(expr.name) && isMarkedSafe(expr.value, isSafe));
    case 'choice':
      return expr.options.some((option) => isMarkedSafe(option, isSafe));
    default:
      return false;
  }
}

/** What code marked as needing no escaping: of `mark_safe(text)` the text, by the rows that say which argument does harm as HTML. */
export function markedTexts({ library }: Interpreter, value: Value): Value {
  return value.flatMap((atom) => {
    if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return [];
    const { names, args } = atom.origin;
    return names.flatMap((name) =>
      (library.row(name)?.sinks?.html ?? []).flatMap((place) => {
        const [keyword, position] = place.split('@');
        const isPosition = /^\d+$/.test(keyword ?? '');
        return argument(args, Number(isPosition ? keyword : position), isPosition ? undefined : keyword)?.value ?? [];
      }),
    );
  });
}
