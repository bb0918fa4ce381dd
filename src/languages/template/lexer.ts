import type { Span } from '../../ir/nodes.ts';
import type { TemplateDialect } from '../../ir/template.ts';

/** A piece of a template. `start` and `end` of outputs and tags are those of what stands between the delimiters. */
export interface Piece extends Span {
  readonly kind: 'text' | 'output' | 'tag';
  /** Of a tag; `''` of the others. */
  readonly name: string;
}

/**
 * Cuts a template, or the part of a file that is one, into text, `{{ outputs }}` and `{% tags %}`; comments and what is not to be read (`raw`, `verbatim`, `comment`) are left out or text.
 * https://jinja.palletsprojects.com/en/stable/templates/#synopsis, https://docs.djangoproject.com/en/stable/ref/templates/language/
 */
export function piecesOf(whole: string, dialect: TemplateDialect, range: Span): readonly Piece[] {
  const text = whole.slice(0, range.end);
  const pieces: Piece[] = [];
  let at = range.start;
  const addText = (end: number): void => {
    if (end > at) pieces.push({ kind: 'text', name: '', start: at, end });
  };
  OPEN.lastIndex = at;
  for (let open = OPEN.exec(text); open; open = OPEN.exec(text)) {
    const start = open.index + 2;
    const close = open[0] === '{{' ? '}}' : open[0] === '{%' ? '%}' : '#}';
    const end = open[0] === '{#' ? text.indexOf(close, start) : endOf(text, start, close, dialect);
    if (end < 0) {
      OPEN.lastIndex = start;
      continue;
    }
    addText(open.index);
    at = end + 2;
    const inside = trimmed(text, start, end, dialect);
    if (open[0] === '{{') pieces.push({ kind: 'output', name: '', ...inside });
    else if (open[0] === '{%') {
      const name = /^\w+/.exec(text.slice(inside.start, inside.start + MAX_NAME))?.[0] ?? '';
      const closing = UNREAD.get(name);
      if (closing) {
        const rest = closing.exec(text.slice(at));
        const stop = rest ? at + rest.index : text.length;
        if (name !== 'comment') addText(stop);
        at = rest ? stop + rest[0].length : text.length;
      } else pieces.push({ kind: 'tag', name, start: inside.start + name.length, end: inside.end });
    }
    OPEN.lastIndex = at;
  }
  addText(text.length);
  return pieces;
}

const OPEN = /\{[{%#]/g;
/** Longer names of tags are none. */
const MAX_NAME = 60;
const UNREAD: ReadonlyMap<string, RegExp> = new Map(
  ['raw', 'verbatim', 'comment'].map((name) => [name, new RegExp(`\\{%[-+]?\\s*end${name}\\b[^%]*%\\}`)]),
);

/** Where it closes: in Jinja a delimiter inside quotes is text. */
function endOf(text: string, start: number, close: string, dialect: TemplateDialect): number {
  const plain = text.indexOf(close, start);
  if (dialect === 'dtl' || plain < 0) return plain;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"' || character === "'") {
      const end = text.indexOf(character, at + 1);
      if (end < 0) return plain;
      at = end;
    } else if (text.startsWith(close, at)) return at;
  }
  return plain;
}

/** Without blanks and the signs of Jinja that take blanks away around it. */
function trimmed(text: string, start: number, end: number, dialect: TemplateDialect): Span {
  let from = start;
  let to = end;
  if (dialect === 'jinja') {
    if (/[-+]/.test(text[from] ?? '')) from++;
    if (/[-+]/.test(text[to - 1] ?? '')) to--;
  }
  while (from < to && /\s/.test(text[from] ?? '')) from++;
  while (to > from && /\s/.test(text[to - 1] ?? '')) to--;
  return { start: from, end: Math.max(from, to) };
}
