/** Where in a page something is printed. https://html.spec.whatwg.org/multipage/parsing.html#tokenization */
export type HtmlPlace =
  /** Between tags, or in quotes: escaping is enough. */
  | 'text'
  /** In a script, or an attribute that is one. */
  | 'script'
  /** There, between quotes, which escaping keeps it from leaving at least by itself. */
  | 'string'
  /** In a tag outside quotes. */
  | 'unquoted'
  /** At the beginning of an attribute that is a URL, where the scheme stands. */
  | 'url'
  /** The same, in a link that is only followed: the scheme alone can do harm there, no host. */
  | 'link'
  | 'comment';

/** Attributes whose value is a URL that the browser may run, by the element they are of. https://html.spec.whatwg.org/multipage/links.html#following-hyperlinks */
const URL_ATTRIBUTES: ReadonlyMap<string, RegExp> = new Map([
  ['href', /^(?:a|area|base)$/],
  ['xlink:href', /^a$/],
  ['src', /^(?:iframe|frame|embed|script)$/],
  ['data', /^object$/],
  ['action', /^form$/],
  ['formaction', /^(?:button|input)$/],
]);
/** Elements whose URL is one to go to; of the others it is what is loaded, or where what was typed is sent. */
const FOLLOWED = /^(?:a|area)$/;
const HANDLER = /^(?:on\w+|@[\w.:-]+|x-on:[\w.-]+|v-on:[\w.-]+)$/i;
/** Blocks of data that no browser runs. https://html.spec.whatwg.org/multipage/scripting.html#data-block */
const DATA_BLOCK =
  /\btype\s*=\s*["']?(?!text\/javascript|application\/javascript|module|text\/ecmascript|application\/x-javascript)[\w+-]+\/?[\w+.-]*/i;

type State = 'text' | 'tag' | 'value' | 'script' | 'comment';

/** Follows the text of a page from its start, to tell where what is printed next stands. */
export class HtmlContext {
  private state: State = 'text';
  /** Of an attribute: its name, the quote around its value (`''`: none), and what stands before in it. */
  private attribute = '';
  private quote = '';
  private value = '';
  /** Of a tag: what it says so far. */
  private tag = '';
  /** Of a script: its text so far. */
  private script = '';

  private get element(): string {
    return /^[\w:-]+/.exec(this.tag)?.[0].toLowerCase() ?? '';
  }

  /** A copy, for each of several branches. */
  copy(): HtmlContext {
    return Object.assign(new HtmlContext(), this);
  }

  /** Goes on where another one is. */
  take(other: HtmlContext): void {
    Object.assign(this, other);
  }

  place(): HtmlPlace {
    switch (this.state) {
      case 'text':
        return 'text';
      case 'comment':
        return 'comment';
      case 'script':
        return isInString(this.script) ? 'string' : 'script';
      case 'tag':
        return 'unquoted';
      case 'value':
        // A browser turns what was escaped back before it runs the handler.
        if (HANDLER.test(this.attribute) || /^\s*javascript:/i.test(this.value)) return 'script';
        if (this.value.trim() === '' && URL_ATTRIBUTES.get(this.attribute.toLowerCase())?.test(this.element))
          return FOLLOWED.test(this.element) ? 'link' : 'url';
        return this.quote === '' ? 'unquoted' : 'text';
    }
  }

  /** Something was printed there. */
  print(): void {
    if (this.state === 'value') this.value += PRINTED;
    else if (this.state === 'tag') this.tag += PRINTED;
    else if (this.state === 'script') this.script += PRINTED;
  }

  feed(text: string): void {
    let at = 0;
    while (at < text.length) at = this.step(text, at);
  }

  private step(text: string, at: number): number {
    switch (this.state) {
      case 'text':
        return this.ofText(text, at);
      case 'comment':
        return this.upTo(text, at, /-->/, 'text');
      case 'script': {
        const end = this.upTo(text, at, /<\/script\s*>/i, 'text');
        this.script += text.slice(at, end);
        return end;
      }
      case 'tag':
        return this.ofTag(text, at);
      case 'value':
        return this.ofValue(text, at);
    }
  }

  private upTo(text: string, at: number, end: RegExp, state: State): number {
    const match = end.exec(text.slice(at));
    if (!match) return text.length;
    this.state = state;
    return at + match.index + match[0].length;
  }

  private ofText(text: string, at: number): number {
    const open = text.indexOf('<', at);
    if (open < 0) return text.length;
    if (text.startsWith('<!--', open)) {
      this.state = 'comment';
      return open + 4;
    }
    if (!/[A-Za-z/!]/.test(text[open + 1] ?? 'a')) return open + 1;
    this.state = 'tag';
    this.tag = '';
    this.attribute = '';
    return open + 1;
  }

  private ofTag(text: string, at: number): number {
    const character = text[at] ?? '';
    if (character === '>') {
      this.state = this.element === 'script' && !DATA_BLOCK.test(this.tag) ? 'script' : 'text';
      this.script = '';
      return at + 1;
    }
    this.tag += character;
    if (character === '=') {
      this.attribute = /([^\s=/"'<>]+)\s*=$/.exec(this.tag)?.[1] ?? '';
      this.state = 'value';
      this.value = '';
      const blanks = /^\s*/.exec(text.slice(at + 1))?.[0].length ?? 0;
      const next = text[at + 1 + blanks] ?? '';
      this.quote = next === '"' || next === "'" ? next : '';
      return at + 1 + blanks + this.quote.length;
    }
    return at + 1;
  }

  private ofValue(text: string, at: number): number {
    const end = this.quote === '' ? text.slice(at).search(/[\s>]/) : text.indexOf(this.quote, at) - at;
    if (end < 0) {
      this.value += text.slice(at);
      return text.length;
    }
    this.value += text.slice(at, at + end);
    this.tag += `${this.quote}${this.value}${this.quote}`;
    this.state = 'tag';
    // A bracket behind a value without quotes ends the tag, and is read there.
    return at + end + this.quote.length;
  }
}

/** Stands for what was printed. */
const PRINTED = '\uFFFC';

/** Whether a string is open at the end of a script; what stands in its comments is as good as outside. */
function isInString(script: string): boolean {
  let open: string | undefined;
  for (let at = 0; at < script.length; at++) {
    const character = script[at] ?? '';
    if (open === '//') open = character === '\n' ? undefined : open;
    else if (open === '/*') open = character === '*' && script[at + 1] === '/' ? undefined : open;
    else if (character === '\\') at++;
    else if (open === undefined && character === '/' && /[/*]/.test(script[at + 1] ?? '')) open = script.slice(at, at + 2);
    else if (open === undefined && /["'`]/.test(character)) open = character;
    else if (character === open) open = undefined;
  }
  return open !== undefined && !open.startsWith('/');
}
