import { excerpt } from './message-values.ts';

/**
 * What a call names, in a few words: `Item.query.get(1).delete` of `Item.query.get(1).delete()`. The end of a long chain says what is done,
 * so arguments are left out of its middle: `Item.objects.filter(…).update`.
 */
export function calledText(text: string): string {
  const end = text.endsWith(')') ? openingOf(text, text.length - 1) : 0;
  if (end <= 0) return excerpt(text);
  const callee = text.slice(0, end).replace(/\s+/g, ' ').trim();
  return callee.length <= MAX_WHOLE ? callee : excerpt(withoutArguments(callee).replace(/ ?\. ?/g, '.'));
}
/** A chain of this length is read at a glance. */
const MAX_WHOLE = 30;

/** Where the bracket opens that closes there; none where quotes hold brackets of their own. */
function openingOf(text: string, closing: number): number {
  for (let at = closing, depth = 0; at >= 0; at -= 1) {
    if (text[at] === ')') depth += 1;
    else if (text[at] === '(') depth -= 1;
    if (depth === 0) return at;
  }
  return 0;
}

function withoutArguments(text: string): string {
  let depth = 0;
  let result = '';
  const letters = [...text];
  for (const [at, letter] of letters.entries()) {
    if (letter === ')') depth -= 1;
    if (depth === 0) result += letter;
    if (letter === '(') {
      if (depth === 0 && letters[at + 1] !== ')') result += '…';
      depth += 1;
    }
  }
  return result;
}
