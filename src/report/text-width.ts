/**
 * Columns that a character takes on a terminal: 0, 1 or 2. Close to Unicode's East Asian Width (https://www.unicode.org/reports/tr11/)
 * with emoji counted as wide; terminals differ in the rest.
 */
export function characterWidth(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (ZERO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** Columns that a printable text takes. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]/u;
const WIDE =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;

/** Breaks words into lines of at most `width` columns; a longer word stands on a line of its own. No limit when `width` is 0. */
export function wrap(text: string, width: number): readonly string[] {
  if (width <= 0 || textWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    const size = textWidth(word);
    if (line !== '' && used + 1 + size > width) {
      lines.push(line);
      line = '';
      used = 0;
    }
    used += size + (line === '' ? 0 : 1);
    line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines;
}

/** A piece of a line: what it says, and how it is printed (in colour, as a link). */
export interface Part {
  readonly text: string;
  readonly shown: string;
}

/** Puts parts on lines of at most `width` columns, never breaking one; `separator` stands behind every part but the last. */
export function joinParts(parts: readonly Part[], separator: Part, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  parts.forEach((part, at) => {
    const isLast = at === parts.length - 1;
    const size = textWidth(part.text) + (isLast ? 0 : textWidth(separator.text.trimEnd()));
    if (used > 0 && used + size > width) {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    }
    line += part.shown + (isLast ? '' : separator.shown);
    used += textWidth(part.text) + (isLast ? 0 : textWidth(separator.text));
  });
  return [...lines, line];
}
