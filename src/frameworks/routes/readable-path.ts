/** A regular expression as a path for people: without anchors, its groups as parameters. */
export function readable(pattern: string): string {
  let result = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '\\') {
      const next = pattern.charAt(++at);
      if (!/[AZbB]/.test(next)) result += /[wdsWDS]/.test(next) ? `\\${next}` : next;
    } else if (character === '(') {
      const end = groupEnd(pattern, at);
      const [, name] = /^\(\?P<(\w+)>/.exec(pattern.slice(at)) ?? [];
      const inner = pattern.slice(at, end + 1);
      result += name !== undefined ? `<${name}>` : /^\(\?[=!<]/.test(inner) ? '' : inner.startsWith('(?:') ? inner : '<>';
      at = end;
    } else if (character === '[') {
      const end = pattern.indexOf(']', at + 2);
      result += pattern.slice(at, end < 0 ? undefined : end + 1);
      at = end < 0 ? pattern.length : end;
    } else if (character !== '^' && character !== '$') result += character;
  }
  // A slash that may be left out is there in the path that people write; the one at the start is the site's own.
  return result.replace(/^\/\?/, '').replace(/\/\?$/, '/');
}

function groupEnd(pattern: string, start: number): number {
  let depth = 0;
  for (let at = start; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '\\') at++;
    else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return at;
  }
  return pattern.length - 1;
}
