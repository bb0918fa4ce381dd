/** Decodes what stands between the quotes of a literal. Line ends become `\n`, as Python's tokenizer makes them. */

export interface LiteralForm {
  readonly raw: boolean;
  readonly bytes: boolean;
  /** Doubled braces stand for one. */
  readonly format: boolean;
}

const ESCAPE = /\\(\r\n|[\s\S])/g;
const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
  '\r': '',
  '\r\n': '',
};

/** The value of literal text. `\N{…}` stays as it is, and so do escapes that Python does not know. */
export function decodeLiteral(source: string, form: LiteralForm): string {
  let text = source;
  if (text.includes('\\') && !form.raw) text = decodeEscapes(text, form);
  else {
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
    if (form.format) text = halveBraces(text);
  }
  return form.bytes ? toBytes(text) : text;
}

function halveBraces(text: string): string {
  if (text.includes('{{')) text = text.replaceAll('{{', '{');
  return text.includes('}}') ? text.replaceAll('}}', '}') : text;
}

function decodeEscapes(source: string, form: LiteralForm): string {
  let result = '';
  let from = 0;
  const plain = (to: number): string => {
    const text = source.slice(from, to).replace(/\r\n?/g, '\n');
    return form.format ? halveBraces(text) : text;
  };
  ESCAPE.lastIndex = 0;
  for (let match = ESCAPE.exec(source); match !== null; match = ESCAPE.exec(source)) {
    result += plain(match.index);
    const decoded = decodeEscape(source, match.index, match[1] ?? '', form.bytes);
    result += decoded.value;
    from = match.index + decoded.length;
    ESCAPE.lastIndex = from;
  }
  return result + plain(source.length);
}

const OCTAL = /[0-7]{1,3}/y;
const HEX: Readonly<Record<string, RegExp>> = { x: /[0-9a-fA-F]{2}/y, u: /[0-9a-fA-F]{4}/y, U: /[0-9a-fA-F]{8}/y };
const NAMED = /\{[^{}]*\}/y;

/** One escape at `at`: its value and how much of the source it takes. */
function decodeEscape(source: string, at: number, escaped: string, bytes: boolean): { value: string; length: number } {
  const simple = SIMPLE[escaped];
  if (simple !== undefined) return { value: simple, length: 1 + escaped.length };
  const octal = matchAt(OCTAL, source, at + 1);
  if (octal !== undefined) {
    const code = Number.parseInt(octal, 8);
    return { value: String.fromCharCode(bytes ? code & 0xff : code), length: 1 + octal.length };
  }
  const pattern = bytes && escaped !== 'x' ? undefined : HEX[escaped];
  const hex = pattern && matchAt(pattern, source, at + 2);
  if (hex !== undefined) {
    const code = Number.parseInt(hex, 16);
    if (code <= 0x10ffff) return { value: String.fromCodePoint(code), length: 2 + hex.length };
  }
  const name = escaped === 'N' && !bytes ? matchAt(NAMED, source, at + 2) : undefined;
  if (name !== undefined) return { value: `\\N${name}`, length: 2 + name.length };
  return { value: `\\${escaped}`, length: 1 + escaped.length };
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** One character per byte; Python allows only ASCII here, anything else is taken as UTF-8. */
function toBytes(text: string): string {
  let wide = false;
  for (let i = 0; i < text.length && !wide; i++) wide = text.charCodeAt(i) > 0xff;
  return wide ? Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('') : text;
}
