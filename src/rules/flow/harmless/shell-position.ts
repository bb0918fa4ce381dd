/** Stands for a quote where a shell expands what stands inside: to leave it takes no quote, `$(` does. */
const EXPANDED = '"$`\\';

/**
 * The quotes around what stands behind this part of a command; `undefined` outside of them, and in a here-document, where other rules hold.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export function quoteInShell(before: string): string | undefined {
  if (before.includes('<<')) return undefined;
  let open: string | undefined;
  for (let at = 0; at < before.length; at++) {
    const character = before[at] ?? '';
    if (open === "'") {
      if (character === "'") open = undefined;
    } else if (character === '\\') at++;
    else if (open === undefined && character === '#' && /^$|[\s;]$/.test(before.slice(0, at))) {
      const end = before.indexOf('\n', at);
      if (end < 0) return undefined;
      at = end;
    } else if (character === '"') open = open === undefined ? EXPANDED : undefined;
    else if (character === "'" && open === undefined) open = "'";
  }
  return open;
}
