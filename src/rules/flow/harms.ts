/**
 * What data from outside can do at a sink. The names join sinks, sanitizers (`cleans` of a model row) and rules; the characters are those
 * without which a value cannot do it there.
 */
export interface Harm {
  readonly doc: string;
  /** A value without any of these is harmless: what a full match of a pattern has to exclude. `undefined`: no set of characters helps. */
  readonly needs: RegExp | undefined;
  /** It is harmless as well without any of these: of Python without a letter, no name is left. */
  readonly needsToo?: RegExp;
  /** A plain word can do it too: that it has no other characters says nothing. */
  readonly words?: true;
  /** It is names that do it: of a dict, its keys. */
  readonly names?: true;
}

const MARKUP = /[<>"'&]/;
const NOT_A_WORD = /[^\w.-]/;

const HARM_TABLE = {
  sql: { doc: 'becomes part of the text of a SQL statement', needs: /[^\w.]/ },
  shell: { doc: 'becomes part of a shell command, or chooses the program', needs: /[^\w.,:/@%+=-]/ },
  program: { doc: 'chooses the program that is run', needs: undefined },
  argument: { doc: 'becomes an argument of a program that takes options', needs: /-/ },
  code: { doc: 'is executed as Python', needs: undefined, needsToo: /[\p{L}_]/u },
  name: { doc: 'chooses by name what is imported or called', needs: undefined },
  template: { doc: 'becomes part of the source of a template', needs: /[{}%#$<>]/ },
  path: { doc: 'chooses a file', needs: /[\\/]/ },
  redirect: { doc: 'chooses where a redirect leads', needs: /[\\/:.]/ },
  ssrf: { doc: 'chooses the host of an outgoing request', needs: /[\\/:@.?#]/ },
  html: { doc: 'becomes part of HTML', needs: MARKUP },
  header: { doc: 'becomes a response header', needs: /[\r\n]/ },
  log: { doc: 'becomes part of a log line', needs: /[\r\n]/ },
  secret: { doc: 'is written to the log', needs: undefined, words: true },
  deserialization: { doc: 'is decoded by a format that runs code', needs: undefined },
  xml: { doc: 'is parsed as XML', needs: /[<&]/ },
  xpath: { doc: 'becomes part of an XPath expression', needs: NOT_A_WORD },
  ldap: { doc: 'becomes part of an LDAP filter', needs: /[()*\\=\0]/ },
  'ldap-name': { doc: 'becomes part of a distinguished name of LDAP', needs: /[\\,=+<>#;"\0 ]/ },
  nosql: { doc: 'becomes part of a database query document', needs: /[${}:]/ },
  'query-text': { doc: 'becomes part of the text of a query or script of a database without SQL', needs: /[^\w.]/ },
  // A pattern that repeats nothing and has no groups is as fast as looking for a text.
  regex: { doc: 'is compiled as a regular expression', needs: /[*+?{(]/ },
  'regex-subject': { doc: 'is matched by a slow regular expression', needs: undefined },
  fields: { doc: 'names model fields', needs: undefined, words: true, names: true },
  keys: { doc: 'is copied to a model with whatever keys it has', needs: undefined, words: true, names: true },
  archive: { doc: 'is unpacked', needs: undefined },
  email: { doc: 'becomes a header of a mail', needs: /[\r\n,]/ },
  'template-context': { doc: 'is given to a template', needs: MARKUP },
  message: { doc: 'is shown as a message on the next page', needs: MARKUP },
  'template-name': { doc: 'chooses a template', needs: undefined },
  session: { doc: 'is stored in the session', needs: undefined, words: true },
  exposure: { doc: 'is sent to the client', needs: undefined, words: true },
  format: { doc: 'is used as a format string', needs: /[{}]/ },
  'host-link': { doc: 'decides where a link in a message leads', needs: undefined },
} as const satisfies Readonly<Record<string, Harm>>;

export const HARMS: Readonly<Record<HarmName, Harm>> = HARM_TABLE;

export type HarmName = keyof typeof HARM_TABLE;
export const HARM_NAMES = Object.keys(HARMS) as readonly HarmName[];

/** Whether what is left of a value cannot do the harm; `isWithout` tells whether characters were kept out of it. */
export function isHarmlessText(harm: HarmName, isWithout: (characters: RegExp) => boolean): boolean {
  const { needs, needsToo, words } = HARMS[harm];
  // Without a set of characters, word characters alone are taken for a name that was meant.
  return !words && (isWithout(needs ?? /[^\w.-]/) || (needsToo !== undefined && isWithout(needsToo)));
}
