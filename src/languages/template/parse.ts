import type { Span } from '../../ir/nodes.ts';
import type { TemplateBinding, TemplateBranch, TemplateDialect, TemplateExpr, TemplateNode } from '../../ir/template.ts';
import { ExpressionParser } from './expression.ts';
import { type Piece, piecesOf } from './lexer.ts';
import { bindingsOf, imported, parameters, passedOn, tagArguments } from './tag-arguments.ts';
import { tokensOf } from './tokens.ts';

/**
 * The tree of a template, which is the whole text or stands at `range` of it. What is not understood is left out: a page with a mistake in it is
 * still read to its end.
 */
export function parseTemplate(
  text: string,
  dialect: TemplateDialect,
  range: Span = { start: 0, end: text.length },
): readonly TemplateNode[] {
  return new TemplateParser(text, dialect, range).all();
}

/** Templates nest blocks a few levels; deeper ones are read flat. */
const MAX_NESTING = 80;

class TemplateParser {
  private readonly text: string;
  private readonly dialect: TemplateDialect;
  private readonly pieces: readonly Piece[];
  private at = 0;
  /** Names of the tags whose end is still to come. */
  private readonly open: string[] = [];

  constructor(text: string, dialect: TemplateDialect, range: Span) {
    this.text = text;
    this.dialect = dialect;
    this.pieces = piecesOf(text, dialect, range);
  }

  all(): readonly TemplateNode[] {
    const nodes: TemplateNode[] = [];
    // An end without a beginning ends nothing.
    while (this.at < this.pieces.length) {
      nodes.push(...this.until());
      this.at++;
    }
    return nodes;
  }

  private parser(piece: Piece): ExpressionParser {
    return new ExpressionParser(tokensOf(this.text, piece.start, piece.end), this.dialect);
  }

  /** The nodes up to one of these tags, which is left to be read; the end of a tag around them ends them as well. */
  private until(...names: readonly string[]): readonly TemplateNode[] {
    const nodes: TemplateNode[] = [];
    for (let piece = this.pieces[this.at]; piece; piece = this.pieces[this.at]) {
      const isEnd = piece.kind === 'tag' && ENDING.test(piece.name);
      // The end of a tag that only a library knows as a block ends nothing.
      if (piece.kind === 'tag' && (names.includes(piece.name) || (isEnd && this.open.includes(piece.name.slice(3))))) return nodes;
      this.at++;
      if (isEnd) continue;
      if (piece.kind === 'text') nodes.push({ kind: 'text', start: piece.start, end: piece.end });
      else if (piece.kind === 'output') nodes.push(...this.output(piece));
      else if (this.open.length < MAX_NESTING) {
        this.open.push(piece.name);
        nodes.push(...this.tag(piece));
        this.open.pop();
      }
    }
    return nodes;
  }

  /** The body of a tag with its end: of one that a library defines it is not known whether there is one. */
  private body(tag: Piece): readonly TemplateNode[] {
    const nodes = this.until();
    this.passEnd(tag.name);
    return nodes;
  }

  private passEnd(name: string): void {
    if (this.pieces[this.at]?.name === `end${name}`) this.at++;
  }

  private passIf(name: RegExp): boolean {
    if (!name.test(this.pieces[this.at]?.name ?? '')) return false;
    this.at++;
    return true;
  }

  private output(piece: Piece): readonly TemplateNode[] {
    // `{{!text}}` prints a text as it is where a language has that for what others say by a filter. https://bottlepy.org/docs/dev/stpl.html
    const isRaw = this.text[piece.start] === '!';
    const parser = this.parser(isRaw ? { ...piece, start: piece.start + 1 } : piece);
    if (parser.isDone) return [];
    const value = parser.expression();
    const span = { start: piece.start, end: piece.end };
    return [{ kind: 'print', value: isRaw ? { kind: 'filter', value, name: 'safe', args: [], ...span } : value, ...span }];
  }

  private tag(piece: Piece): readonly TemplateNode[] {
    const span = { start: piece.start, end: piece.end };
    const parser = this.parser(piece);
    switch (piece.name) {
      case 'if':
        return [{ kind: 'if', branches: this.branches(piece, parser), ...span }];
      case 'for':
        return [{ kind: 'for', ...this.loop(parser), ...span }];
      case 'set':
        return [{ kind: 'set', bindings: this.assignment(piece, parser), ...span }];
      case 'with':
        return [{ kind: 'with', bindings: bindingsOf(parser), body: this.body(piece), ...span }];
      case 'block':
        return [{ kind: 'block', name: parser.name() ?? '', body: this.body(piece), ...span }];
      case 'extends':
        return [{ kind: 'extends', template: parser.expression(), ...span }];
      case 'include':
        return [{ kind: 'include', template: parser.expression(), ...passedOn(parser), ...span }];
      case 'import':
      case 'from':
        return [{ kind: 'import', ...imported(piece.name, parser), ...span }];
      case 'macro':
        return [{ kind: 'macro', name: parser.name() ?? '', params: parameters(parser), body: this.body(piece), ...span }];
      case 'call':
        return this.callBlock(piece, parser);
      case 'autoescape':
        return [{ kind: 'autoescape', on: !parser.takes('false') && !parser.takes('off'), body: this.body(piece), ...span }];
      case 'firstof':
      case 'do':
        return this.printed(parser, span);
      case 'trans':
      case 'blocktrans':
      case 'blocktranslate':
        return this.translated(piece, parser);
      default:
        // `{% ifchanged %}`, `{% ifhasperm "add" %}` … `{% else %}`
        if (/^if\w/.test(piece.name)) return [{ kind: 'if', branches: this.branches(piece, parser), ...span }];
        return KNOWN.has(piece.name) ? [] : [{ kind: 'tag', name: piece.name, ...tagArguments(parser), ...span }];
    }
  }

  private branches(tag: Piece, first: ExpressionParser): readonly TemplateBranch[] {
    const branches: TemplateBranch[] = [];
    let test: TemplateExpr | undefined = first.expression();
    for (;;) {
      const body = this.until('elif', 'else');
      branches.push(test ? { test, body } : { body });
      const next = this.pieces[this.at];
      if (next?.name === 'elif') test = this.parser(next).expression();
      else if (next?.name === 'else') test = undefined;
      else {
        this.passEnd(tag.name);
        return branches;
      }
      this.at++;
    }
  }

  private loop(parser: ExpressionParser): Omit<TemplateNode & { kind: 'for' }, 'kind' | 'start' | 'end'> {
    const names = parser.names();
    parser.takes('in');
    const iterable = parser.expression();
    const body = this.until('else', 'empty');
    const otherwise = this.passIf(/^(?:else|empty)$/) ? this.until() : [];
    this.passEnd('for');
    return { names, iterable, body, otherwise };
  }

  /** `{% set a = b %}`; what stands in `{% set a %} … {% endset %}` is escaped where it is written. */
  private assignment(piece: Piece, parser: ExpressionParser): readonly TemplateBinding[] {
    const names = parser.names();
    if (parser.takes('=')) return [{ names, value: parser.expression() }];
    this.body(piece);
    return [{ names, value: undefined }];
  }

  /** `{% call dialog(title) %} … {% endcall %}`: the macro is printed, and what it is called with as well. */
  private callBlock(piece: Piece, parser: ExpressionParser): readonly TemplateNode[] {
    if (parser.takes('(')) parser.args();
    const value = parser.expression();
    return [{ kind: 'print', value, start: piece.start, end: piece.end }, ...this.body(piece)];
  }

  private printed(parser: ExpressionParser, span: Span): readonly TemplateNode[] {
    const nodes: TemplateNode[] = [];
    while (!parser.isDone) {
      const before = parser.next;
      const value = parser.expression();
      if (value.kind !== 'literal' && !(value.kind === 'name' && value.id === 'as')) nodes.push({ kind: 'print', value, ...span });
      if (parser.next === before) parser.skip();
    }
    return nodes;
  }

  /** Texts to translate with values in them, which are escaped as elsewhere. A `{% trans "…" %}` of Django stands alone. */
  private translated(piece: Piece, parser: ExpressionParser): readonly TemplateNode[] {
    if (parser.next.kind === 'string') return [];
    parser.takes('with');
    const bindings = bindingsOf(parser);
    const body = this.until('plural', 'pluralize');
    const more = this.passIf(/^plural/) ? this.until() : [];
    this.passEnd(piece.name);
    return [{ kind: 'with', bindings, body: [...body, ...more], start: piece.start, end: piece.end }];
  }
}

const ENDING = /^end\w+/;
/** Tags that put nothing from outside into the page, and those that are only the beginning of what is read anyway. */
const KNOWN: ReadonlySet<string> = new Set(
  'load csrf_token url static now spaceless else elif empty plural pluralize filter cycle lorem templatetag widthratio debug resetcycle cache get_static_prefix get_media_prefix get_current_language get_available_languages language localize localtime timezone get_current_timezone compress thumbnail break continue'.split(
    ' ',
  ),
);
