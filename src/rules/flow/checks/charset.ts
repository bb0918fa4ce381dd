/**
 * Whether a full match of a regular expression keeps out all characters that `needs` finds. Only patterns made of literals, classes,
 * groups, alternatives, quantifiers and look-arounds are read; anything else (a wildcard, a negated class) may let everything through.
 * https://docs.python.org/3/library/re.html#regular-expression-syntax
 */
export function excludes(pattern: string, needs: RegExp): boolean {
  const allowed = allowedCharacters(pattern);
  return allowed !== undefined && !allowed.some((character) => needs.test(character));
}

/** Whether what a pattern matches certainly begins with a character that `needs` does not find: `[A-Za-z0-9][\w.-]*` keeps out options. */
export function startsWithout(pattern: string, needs: RegExp): boolean {
  if (splitsAtTop(pattern)) return false;
  const text = pattern.replace(/^\(\?[aimsux]+\)/, '').replace(/^(?:\^|\\A)/, '');
  const length = text.startsWith('[') ? endOfClass(text, 0) + 1 : /^\\[^ABZb]/.test(text) ? 2 : /^[\w/@:=,]/.test(text) ? 1 : 0;
  // What may be left out leaves the start to what follows.
  return length > 0 && !/^[?*]|^\{(?:0|,)/.test(text.slice(length)) && excludes(text.slice(0, length), needs);
}

/** `^/[a-z]+`: how it goes on behind the second character does not matter, as no host begins there. `search` looks anywhere without an anchor. */
export function startsLikeOwnPath(pattern: string, isSearch: boolean): boolean {
  const rest = behindSlash(pattern, isSearch);
  return rest !== undefined && startsWithout(rest, /[/\\]/);
}

/** What follows the slash that all texts which match begin with; `undefined` where others match, too. */
export function behindSlash(pattern: string, isSearch: boolean): string | undefined {
  const [, anchor, rest] = /^(\^|\\A)?\/(.*)$/s.exec(pattern) ?? [];
  return rest !== undefined && (anchor !== undefined || !isSearch) && !/^[?*{]/.test(rest) && !splitsAtTop(pattern) ? rest : undefined;
}

/** Whether a pattern matches only whole texts: `\Z` or `$` at its end; for `search` also a start. */
export function isAnchored(pattern: string, method: 'match' | 'search'): boolean {
  const ends = /(?:^|[^\\])(?:\\\\)*\$$|\\[Zz]$/.test(pattern);
  const starts = /^(?:\(\?[aimsux]+\))?(?:\^|\\A)/.test(pattern);
  // Anchors bind tighter than `|`.
  const hasTopLevelBar = splitsAtTop(pattern);
  return ends && !hasTopLevelBar && (method === 'match' || starts);
}

const WORD = [...'abcXYZ019_'];
const CLASSES: Readonly<Record<string, readonly string[]>> = { w: WORD, d: ['0', '9'], s: [' ', '\t', '\n', '\r'] };

function allowedCharacters(pattern: string): readonly string[] | undefined {
  const allowed: string[] = [];
  let at = 0;
  const text = pattern.replace(/^\(\?[aimsux]+\)/, '');
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '\\') {
      const next = text.charAt(at + 1);
      at += 2;
      if (next in CLASSES) allowed.push(...(CLASSES[next] ?? []));
      else if (/[AZbB]/.test(next)) continue;
      else if (/[a-zA-Z0-9]/.test(next)) return undefined;
      else allowed.push(next);
    } else if (character === '[') {
      const end = endOfClass(text, at);
      if (end < 0 || text.charAt(at + 1) === '^') return undefined;
      const members = classMembers(text.slice(at + 1, end));
      if (!members) return undefined;
      allowed.push(...members);
      at = end + 1;
    } else if (character === '(' && /^\(\?<?[=!]/.test(text.slice(at))) {
      // What is asked of the text before or behind a place takes nothing, and lets nothing more through.
      const end = endOfGroup(text, at);
      if (end < 0) return undefined;
      at = end + 1;
    } else if (character === '(') {
      const group = /^\((?:\?:|\?P<\w+>)?/.exec(text.slice(at))?.[0] ?? '(';
      if (group === '(' && text.charAt(at + 1) === '?') return undefined;
      at += group.length;
    } else if (character === '{') at = text.indexOf('}', at) < 0 ? text.length : text.indexOf('}', at) + 1;
    else if (character === '.') return undefined;
    else {
      if (!'^$|)*+?'.includes(character)) allowed.push(character);
      at++;
    }
  }
  return allowed;
}

/** The characters of a pattern that is one class and nothing else, `[/\\]+` or the like. */
export function membersOfClass(pattern: string): readonly string[] | undefined {
  const text = pattern.replace(/\]\+$/, ']');
  const isClass = text.startsWith('[') && text.charAt(1) !== '^' && endOfClass(text, 0) === text.length - 1;
  return isClass ? classMembers(text.slice(1, -1)) : undefined;
}

/** Where the group that starts here ends; -1 where it does not. */
function endOfGroup(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (character === '[') {
      at = endOfClass(text, at);
      if (at < 0) return -1;
    } else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return at;
  }
  return -1;
}

function endOfClass(text: string, start: number): number {
  for (let at = start + 2; at < text.length; at++) {
    if (text.charAt(at) === '\\') at++;
    else if (text.charAt(at) === ']') return at;
  }
  return -1;
}

function classMembers(body: string): readonly string[] | undefined {
  const members: string[] = [];
  for (let at = 0; at < body.length; at++) {
    let character = body.charAt(at);
    if (character === '\\') {
      at++;
      character = body.charAt(at);
      if (character in CLASSES) {
        members.push(...(CLASSES[character] ?? []));
        continue;
      }
      if (/[A-Z]/.test(character)) return undefined;
    }
    if (body.charAt(at + 1) === '-' && at + 2 < body.length) {
      const from = character.charCodeAt(0);
      const to = body.charCodeAt(at + 2);
      if (to - from > 200) return undefined;
      for (let code = from; code <= to; code++) members.push(String.fromCharCode(code));
      at += 2;
    } else members.push(character);
  }
  return members;
}

function splitsAtTop(pattern: string): boolean {
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '\\') at++;
    else if (character === '[') at = Math.max(at, endOfClass(pattern, at));
    else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === '|' && depth === 0) return true;
  }
  return false;
}
