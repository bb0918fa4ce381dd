/** Elements whose content is no markup. https://html.spec.whatwg.org/multipage/syntax.html#raw-text-elements */
const SCRIPT = /^<script\b/i;
const TAG = /^<\/?[a-z][^\s/>\uFFFC]*/i;

/** Stands for a quote where markup is written outside of any. */
export const OUTSIDE = '<>';

/**
 * Where what stands behind this markup is: in an attribute, the quote around it; in a string of a script its quote and `/`; `OUTSIDE` where it needs no
 * quote and no angle bracket to do harm, as escaping changes nothing there: in an attribute without quotes, the name of one, a handler of events, a
 * script outside its strings. `undefined` between tags.
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html#dangerous-contexts
 */
export function quoteInMarkup(before: string): string | undefined {
  let at = 0;
  while (at < before.length) {
    const rest = before.slice(at);
    const tag = TAG.exec(rest);
    if (!tag) {
      at++;
      continue;
    }
    const end = endOfTag(before, at + tag[0].length);
    if (typeof end === 'string') return end;
    at = end;
    if (!SCRIPT.test(rest)) continue;
    const length = before.slice(at).search(/<\/script/i);
    if (length < 0) {
      const open = openString(before.slice(at));
      return open === undefined ? OUTSIDE : `${open}/`;
    }
    at += length;
  }
  return undefined;
}

/** Where a tag ends; where it does not, what is around what is put there. */
function endOfTag(text: string, start: number): number | string {
  let at = start;
  let attribute = '';
  while (at < text.length) {
    const character = text[at];
    if (character === '>') return at + 1;
    if (character === '"' || character === "'") {
      const close = text.indexOf(character, at + 1);
      if (close < 0) return /\bon\w+\s*=\s*$/i.test(attribute) ? OUTSIDE : character;
      at = close + 1;
      attribute = '';
    } else {
      attribute += character;
      at++;
    }
  }
  return OUTSIDE;
}

/** The quote of the string of a script that is open at its end. */
function openString(script: string): string | undefined {
  let open: string | undefined;
  for (let at = 0; at < script.length; at++) {
    const character = script[at] ?? '';
    if (character === '\\') at++;
    else if (open === undefined && /["'`]/.test(character)) open = character;
    else if (character === open) open = undefined;
  }
  return open;
}
