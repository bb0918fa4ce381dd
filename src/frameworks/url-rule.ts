/** What a URL parameter can be, by the converter of its route. */
export type UrlParameter =
  /** A number, a UUID, a word of a fixed set: no text that could do harm. */
  | 'clean'
  /** The same, where the framework makes it something else than a text. */
  | Converted
  /** One segment of a path: text without `/`. */
  | 'segment'
  /** Any text. */
  | 'text';

/** https://docs.djangoproject.com/en/stable/topics/http/urls/#path-converters, https://werkzeug.palletsprojects.com/en/stable/routing/#builtin-converters */
type Converted = 'int' | 'float' | 'uuid';
const TYPES: Readonly<Record<Converted, string>> = { int: 'builtins.int', float: 'builtins.float', uuid: 'uuid.UUID' };

/** The type of what a view is handed; `undefined` where it is a text, as far as is known. */
export function typeOfPart(parameter: UrlParameter | undefined): string | undefined {
  return isConverted(parameter) ? TYPES[parameter] : undefined;
}

/** Whether no text that could do harm is let through. */
export function isClean(parameter: UrlParameter | undefined): boolean {
  return parameter === 'clean' || isConverted(parameter);
}

function isConverted(parameter: UrlParameter | undefined): parameter is Converted {
  return parameter === 'int' || parameter === 'float' || parameter === 'uuid';
}

function ofConverter(name: string): UrlParameter | undefined {
  if (name === 'int' || name === 'float' || name === 'uuid') return name;
  return CLEAN.has(name) ? 'clean' : undefined;
}

/** What a converter of the project lets through, by what a rule gives it where that decides. */
export type OwnConverter = UrlParameter | ((args: string) => UrlParameter);

/** Converters whose values are no free text. https://werkzeug.palletsprojects.com/en/stable/routing/, https://docs.djangoproject.com/en/stable/topics/http/urls/ */
const CLEAN = new Set(['any', 'slug']);

/**
 * The parameters of a rule with angle brackets: `/u/<name>`, `<int:id>`, `<path:file>`. Converters of the project may let anything through,
 * where it is not known what (`own`).
 */
export function anglePatterns(rule: string, own: ReadonlyMap<string, OwnConverter> = NO_CONVERTERS): ReadonlyMap<string, UrlParameter> {
  const found = new Map<string, UrlParameter>();
  for (const [, converter, args, name] of rule.matchAll(/<(?:([A-Za-z_]\w*)(?:\(([^>]*)\))?:)?([A-Za-z_]\w*)>/g)) {
    if (name === undefined) continue;
    if (converter === undefined || converter === 'string' || converter === 'str' || converter === 'default') found.set(name, 'segment');
    else {
      const known = own.get(converter);
      found.set(name, (typeof known === 'function' ? known(args ?? '') : known) ?? ofConverter(converter) ?? 'text');
    }
  }
  return found;
}
const NO_CONVERTERS: ReadonlyMap<string, OwnConverter> = new Map();

/**
 * The groups of a regular expression of a route, by their names: `^(?P<year>[0-9]{4})/$`; where none has one by their places, `#0`.
 * https://docs.djangoproject.com/en/stable/topics/http/urls/#using-unnamed-regular-expression-groups
 */
export function regexGroups(pattern: string): ReadonlyMap<string, UrlParameter> {
  const found = new Map<string, UrlParameter>();
  for (const match of pattern.matchAll(/\(\?P<(\w+)>/g)) {
    found.set(match[1] ?? '', parameterOf(groupBody(pattern, match.index + match[0].length)));
  }
  return found.size > 0 ? found : unnamedGroups(pattern);
}

/** The name that a route has for its unnamed group at this place. */
export function placeOfGroup(index: number): string {
  return `#${index}`;
}

/** With other groups in front that are not known, it stands at another place. */
export function isPlaceOfGroup(name: string): boolean {
  return name.startsWith('#');
}

function unnamedGroups(pattern: string): ReadonlyMap<string, UrlParameter> {
  const found = new Map<string, UrlParameter>();
  for (const match of pattern.matchAll(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?!\?)/g))
    if (match[0] === '(') found.set(placeOfGroup(found.size), parameterOf(groupBody(pattern, match.index + 1)));
  return found;
}

/** What a group, or the pattern of a converter, lets through: word characters and dashes, no slash, or anything. */
export function parameterOf(body: string): UrlParameter {
  let parameter: UrlParameter = 'clean';
  // What is asked of the text around a place takes nothing of it.
  const taking = body.replaceAll(/\(\?<?[=!](?:\\.|[^()\\])*\)/g, '');
  const rest = taking.replaceAll(/^\^|(?:\$|\\Z)$/g, '').replaceAll(/\[((?:\\.|[^\]\\])+)\]/g, (_, members: string) => {
    if (!/^(?:\\[wd]|[A-Za-z0-9_-])+$/.test(members)) parameter = isWithoutSlash(members) && parameter !== 'text' ? 'segment' : 'text';
    return '';
  });
  if (/\\[.+]|[@%:]/.test(rest) && parameter === 'clean') parameter = 'segment';
  return /^(?:\\[dw.+-]|\(\?:|[()|{}\d,+*?A-Za-z_@%-])*$/.test(rest) ? parameter : 'text';
}

/** Whether a class of a pattern has no slash in it; ranges of other signs may. */
function isWithoutSlash(members: string): boolean {
  if (members.startsWith('^')) return members.includes('/');
  // Behind a range a dash is one: `0-9-_`.
  const others = members.replaceAll(/a-z|A-Z|0-9|a-f|A-F|\\[wd]|\\-|^-|-$/g, '').replace(/^-/, '');
  return !/[/-]|\\[SDWs]/.test(others);
}

function groupBody(pattern: string, start: number): string {
  let depth = 1;
  for (let at = start; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === '\\') at++;
    else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return pattern.slice(start, at);
  }
  return pattern.slice(start);
}

/** The parameters of a rule with braces: `/items/{item_id}`, `/files/{path:path}`. https://www.starlette.io/routing/#path-parameters */
export function bracePatterns(rule: string): ReadonlyMap<string, UrlParameter> {
  const found = new Map<string, UrlParameter>();
  for (const [, name, converter] of rule.matchAll(/\{([A-Za-z_]\w*)(?::(\w+))?\}/g))
    if (name !== undefined)
      found.set(name, converter === 'path' ? 'text' : ((converter !== undefined ? ofConverter(converter) : undefined) ?? 'segment'));
  return found;
}

/** The same of what is taken out of a table of them, where the route is known: none where it lets nothing harmful through. */
export function partOf(parameter: UrlParameter | undefined): readonly string[] | undefined {
  return parameter === undefined ? undefined : (kindsOf(parameter) ?? []);
}

/** The kinds of source that a URL parameter is. */
export function kindsOf(parameter: UrlParameter | undefined): readonly string[] | undefined {
  if (parameter === 'text') return ['request'];
  return parameter === 'segment' ? ['segment'] : undefined;
}
