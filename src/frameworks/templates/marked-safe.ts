import type { Interpreter } from '../../evaluate/interpreter.ts';
import { reachesSource } from '../../evaluate/taint.ts';
import { NOTHING, type Value } from '../../evaluate/value.ts';
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

/** What a filter of the project called markup, so that it is not escaped: `return Markup(text)`. */
export function markedByFilter(interpreter: Interpreter, value: Value): Value {
  return value.flatMap((atom) => {
    if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return [];
    const { names, args } = atom.origin;
    if (!names.some((name) => interpreter.library.row(name)?.sinks?.html)) return [];
    return (args.positional[0]?.value ?? NOTHING).filter((one) => reachesSource(interpreter, [one]));
  });
}
