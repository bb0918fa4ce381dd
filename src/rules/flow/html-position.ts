/** Elements whose content is no markup. https://html.spec.whatwg.org/multipage/syntax.html#raw-text-elements */
const SCRIPT = /^<script\b/i;
const TAG = /^<\/?[a-z][^\s/>\uFFFC]*/i;

/**
 * Whether what stands behind this markup needs no quote and no angle bracket to do harm: an attribute without quotes, the name of one, a
 * handler of events, a script outside its strings. Escaping changes nothing there.
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html#dangerous-contexts
 */
export function isOutsideQuotes(before: string): boolean {
  let at = 0;
  while (at < before.length) {
    const rest = before.slice(at);
    const tag = TAG.exec(rest);
    if (!tag) {
      at++;
      continue;
    }
    const end = endOfTag(before, at + tag[0].length);
    if (typeof end === 'boolean') return end;
    at = end;
    if (!SCRIPT.test(rest)) continue;
    const length = before.slice(at).search(/<\/script/i);
    if (length < 0) return !isInString(before.slice(at));
    at += length;
  }
  return false;
}

/** Where a tag ends; where it does not, whether its end is open to whatever is put there. */
function endOfTag(text: string, start: number): number | boolean {
  let at = start;
  let attribute = '';
  while (at < text.length) {
    const character = text[at];
    if (character === '>') return at + 1;
    if (character === '"' || character === "'") {
      const close = text.indexOf(character, at + 1);
      if (close < 0) return /\bon\w+\s*=\s*$/i.test(attribute);
      at = close + 1;
      attribute = '';
    } else {
      attribute += character;
      at++;
    }
  }
  return true;
}

/** Whether a string of a script is open at its end. */
function isInString(script: string): boolean {
  let open: string | undefined;
  for (let at = 0; at < script.length; at++) {
    const character = script[at] ?? '';
    if (character === '\\') at++;
    else if (open === undefined && /["'`]/.test(character)) open = character;
    else if (character === open) open = undefined;
  }
  return open !== undefined;
}
