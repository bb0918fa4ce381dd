import type { LiteralForm } from './escapes.ts';
import { Kind } from './kinds.ts';
import type { Lowering } from './lowering.ts';

/** What the letters before a quote say. */
export interface StringForm extends LiteralForm {
  readonly template: boolean;
  /** Python 2's `repr`. */
  readonly backtick: boolean;
  /** Length of the quote: 1 or 3. */
  readonly quote: number;
}

const FORMS = new Map<string, StringForm>();

/** The form of a string by its opening token, such as `rb"`; there are few, so each is worked out once. */
export function formOf(l: Lowering, node: number): StringForm {
  const opening = l.slice(node);
  let form = FORMS.get(opening);
  if (form === undefined) {
    const letters = opening.toLowerCase();
    form = {
      raw: letters.includes('r'),
      bytes: letters.includes('b'),
      format: letters.includes('f') || letters.includes('t'),
      template: letters.includes('t'),
      backtick: letters.includes('`'),
      quote: /['"`]*$/.exec(opening)?.[0].length ?? 1,
    };
    FORMS.set(opening, form);
  }
  if (form.raw && /^(?:ur|ru)/i.test(opening)) l.python2(l.start(node), l.end(node), 'a `ur` string was read as a raw string');
  return form;
}

/**
 * Where the closing quote starts. It is not the start of the last token: the grammar counts backslashes that end a raw
 * string into that (`r'\\\\'`). A string that is not closed ends with its node.
 */
export function contentEnd(l: Lowering, node: number, form: StringForm): number {
  const closing = l.last(node);
  const closed = l.kind(closing) === Kind.string_end && l.start(closing) < l.end(closing);
  return closed ? l.end(node) - form.quote : l.end(node);
}
