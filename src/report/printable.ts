/**
 * What a terminal, a web page or a reader would not see as it is: C0 and C1 controls and DEL, zero-width and bidirectional controls,
 * line and paragraph separators, deprecated format controls, tags and variation selectors that can carry hidden text, and halves of
 * surrogate pairs. Zero-width (non-)joiners stay: Persian and emoji need them.
 */
const UNPRINTABLE =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}\p{Surrogate}]/gu;

/** Text in which every control character is replaced by a visible stand-in, so that a source or a file name cannot steer the reader's terminal or hide code. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, standIn);
}

/** {@link printable} on one line: runs of blanks and line ends become one blank. */
export function printableLine(text: string): string {
  return printable(text.replace(/\s+/g, ' ').trim());
}

/** {@link printable}, but line ends (LF, CR LF) and tabs stay, for text that is code. */
export function printableCode(text: string): string {
  return text.replace(UNPRINTABLE, (unit, at: number) =>
    unit === '\n' || unit === '\t' || text.startsWith('\r\n', at) ? unit : standIn(unit),
  );
}

function standIn(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
