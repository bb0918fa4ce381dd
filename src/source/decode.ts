import { isAscii, isUtf8 } from 'node:buffer';
import { type Decoder, declaredEncoding, decoderFor } from './python-encoding.ts';

/** A text and, where it is not exactly what the bytes mean, why. `text` is absent for bytes that are no text at all. */
export interface Decoded {
  readonly text?: string;
  readonly problem?: { readonly reason: 'binary' | 'encoding'; readonly detail: string; readonly line?: number };
}

/**
 * Turns a file's bytes into text. A byte order mark decides, then the encoding that a Python file declares, then UTF-8.
 * Where that does not fit the bytes, the text is still given, with U+FFFD in place of what does not decode.
 */
export function decode(bytes: Buffer, isPython: boolean): Decoded {
  const mark = byteOrderMark(bytes);
  if (mark !== undefined && mark.label !== 'utf-8') return decodeUtf16(bytes.subarray(mark.length), mark.label);
  if (bytes.includes(0)) return { problem: { reason: 'binary', detail: 'holds NUL bytes, so it is no text' } };
  const body = mark === undefined ? bytes : bytes.subarray(mark.length);
  const cookie = isPython ? declaredEncoding(body.toString('latin1', 0, HEAD_BYTES)) : undefined;
  if (cookie === undefined) return decodeUtf8(body, mark === undefined);
  const decoder = decoderFor(cookie);
  if (decoder === undefined) return unknownEncoding(body, cookie);
  if (mark !== undefined && decoder !== 'utf-8') {
    return {
      ...decodeUtf8(body, false),
      problem: cookieProblem(body, `starts with a UTF-8 byte order mark and declares ${quote(cookie)}`),
    };
  }
  return decodeDeclared(body, decoder, cookie);
}

/** Enough for the two lines in which a cookie may stand. */
const HEAD_BYTES = 2048;

interface ByteOrderMark {
  readonly label: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly length: number;
}

function byteOrderMark(bytes: Buffer): ByteOrderMark | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { label: 'utf-8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { label: 'utf-16le', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { label: 'utf-16be', length: 2 };
  return undefined;
}

function decodeUtf16(bytes: Buffer, label: 'utf-16le' | 'utf-16be'): Decoded {
  const encoding = label.slice(0, 6).toUpperCase();
  const result = decodeWith(bytes, label);
  if (result === undefined) return { problem: { reason: 'encoding', detail: `is ${encoding}, which this Node.js cannot decode` } };
  const { text, valid } = result;
  if (text.includes('\0')) return { problem: { reason: 'binary', detail: 'holds NUL characters, so it is no text' } };
  return valid ? { text } : { text, problem: badBytes(text, encoding) };
}

/** `mayBeBinary`: nothing said that these bytes are text. */
function decodeUtf8(bytes: Buffer, mayBeBinary: boolean): Decoded {
  // A text of one byte a character takes half the memory, and every later pass over it is faster.
  if (isAscii(bytes)) return { text: bytes.toString('latin1') };
  const text = bytes.toString('utf8');
  if (isUtf8(bytes)) return { text };
  if (mayBeBinary && looksBinary(bytes))
    return { problem: { reason: 'binary', detail: 'holds control bytes throughout, so it is no text' } };
  return { text, problem: badBytes(text, 'UTF-8') };
}

function decodeDeclared(bytes: Buffer, decoder: Decoder, cookie: string): Decoded {
  if (decoder === 'utf-8' || isAscii(bytes)) return decodeUtf8(bytes, false);
  if (decoder === 'latin-1') return { text: bytes.toString('latin1') };
  if (decoder === 'windows-1252') return { text: decodeWindows1252(bytes) };
  if (decoder === 'ascii')
    return { ...decodeUnknown(bytes), problem: cookieProblem(bytes, `declares ${quote(cookie)} and holds bytes that it has not`) };
  const result = decodeWith(bytes, decoder.label);
  if (result === undefined) return unknownEncoding(bytes, cookie);
  return result.valid ? { text: result.text } : { text: result.text, problem: badBytes(result.text, cookie) };
}

function unknownEncoding(bytes: Buffer, cookie: string): Decoded {
  return { ...decodeUnknown(bytes), problem: cookieProblem(bytes, `declares the encoding ${quote(cookie)}, which is not known`) };
}

/** The best guess at bytes whose declared encoding is of no use. */
function decodeUnknown(bytes: Buffer): { readonly text: string } {
  return { text: isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1') };
}

/** Characters of the bytes 0x80 to 0x9F; the five that have none stay what they are (https://encoding.spec.whatwg.org/index-windows-1252.txt). */
const WINDOWS_1252_HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ';

/** Node 20's own decoder reads these bytes as Latin-1: https://github.com/nodejs/node/issues/56542 */
function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (character) => WINDOWS_1252_HIGH[character.charCodeAt(0) - 0x80] ?? character);
}

/** `undefined` where this Node was built without the encoding. */
function decodeWith(bytes: Buffer, label: string): { readonly text: string; readonly valid: boolean } | undefined {
  try {
    return { text: new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes), valid: true };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    // The one other error that decoding bytes can give: they do not fit.
    if (!(error instanceof TypeError)) throw error;
    return { text: new TextDecoder(label, { ignoreBOM: true }).decode(bytes), valid: false };
  }
}

function badBytes(text: string, encoding: string): NonNullable<Decoded['problem']> {
  return {
    reason: 'encoding',
    detail: `holds bytes that are not ${encoding}; they are read as U+FFFD`,
    line: lineOf(text, text.indexOf('\uFFFD')),
  };
}

function cookieProblem(bytes: Buffer, detail: string): NonNullable<Decoded['problem']> {
  const head = bytes.toString('latin1', 0, HEAD_BYTES);
  return { reason: 'encoding', detail, line: lineOf(head, head.search(/coding[:=]/)) };
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function quote(cookie: string): string {
  return `“${cookie.slice(0, 40)}”`;
}

const SAMPLE_BYTES = 8192;
/** In text of any encoding that programs are written in, one byte in a thousand is a control byte; in compressed data one in nine. */
const MOST_CONTROL_BYTES = 0.05;

function looksBinary(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let control = 0;
  for (const byte of sample) {
    if (byte < 32 && !(byte >= 8 && byte <= 13) && byte !== 27) control++;
  }
  return control > sample.length * MOST_CONTROL_BYTES;
}
