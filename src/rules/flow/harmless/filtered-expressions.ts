import { contentOf } from '../../../evaluate/values/container.ts';
import { literalText, stringSegments } from '../../../evaluate/values/text.ts';
import type { CallOrigin, Value } from '../../../evaluate/values/value.ts';

/** What a template language such as that of Mako prints: `${name}`, `${name | h,trim}`. */
const EXPRESSION = /\$\{[^{}]*\}/g;
/** The filter that escapes for HTML. https://docs.makotemplates.org/en/latest/filtering.html */
const ESCAPES = /^(?:h|html_escape)$/;

/** Whether what makes a template says that all that it prints is escaped: by `default_filters=["h"]`, or in each expression of its text. */
export function filtersAll({ args }: CallOrigin): boolean {
  const given = args.keywords.find(({ name }) => name === 'default_filters')?.value;
  if (given?.some((atom) => contentOf(atom).some(isEscaping))) return true;
  const text = textOf(args.positional[0]?.value ?? args.keywords.find(({ name }) => name === 'text')?.value);
  const expressions = text?.match(EXPRESSION) ?? [];
  return expressions.length > 0 && expressions.every((one) => filtersOf(one).some((filter) => ESCAPES.test(filter)));
}

function isEscaping(atom: Value[number]): boolean {
  return atom.kind === 'constant' && atom.literal.type === 'str' && ESCAPES.test(atom.literal.value);
}

function textOf(value: Value | undefined): string | undefined {
  const [only, ...others] = value ?? [];
  const segments = only && others.length === 0 ? stringSegments(only) : undefined;
  return segments && literalText(segments, '');
}

function filtersOf(expression: string): readonly string[] {
  const [, filters = ''] = /\|([^|]*)\}$/.exec(expression) ?? [];
  return filters.split(',').map((one) => one.trim());
}
