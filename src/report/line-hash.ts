/**
 * `primaryLocationLineHash` as the CodeQL action computes it when it uploads SARIF
 * (https://github.com/github/codeql-action/blob/main/src/fingerprints.ts). Code scanning matches alerts by this value alone, and the
 * action warns when a file brings another one, so the values have to agree.
 *
 * A line's hash is that of the 100 UTF-16 units that start at the line, after blanks and tabs are dropped and every line end is a
 * line feed; behind the text come the unit 65535 and zeros. It is a polynomial of base 37 modulo 2^64, printed in hexadecimal, with
 * the running count of equal hashes in the file.
 */
const WINDOW = 100;
const BASE = 37;
const END_OF_TEXT = 65535;
const TWO_32 = 2 ** 32;

/** The hash of each of the given 1-based lines of a text; a line past the end has none. */
export function lineHashes(text: string, wanted: ReadonlySet<number>): ReadonlyMap<number, string> {
  const { units, starts } = keptUnits(text);
  const last = Math.min(Math.max(0, ...wanted), starts.length);
  const counts = new Map<string, number>();
  const hashes = new Map<number, string>();
  for (let line = 1; line <= last; line++) {
    const hash = windowHash(units, starts[line - 1] ?? 0);
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    if (wanted.has(line)) hashes.set(line, `${hash}:${count}`);
  }
  return hashes;
}

interface KeptUnits {
  readonly units: readonly number[];
  /** Index of the first unit of each line. */
  readonly starts: readonly number[];
}

function keptUnits(text: string): KeptUnits {
  const units: number[] = [];
  const starts: number[] = [];
  let isLineStart = true;
  let isBehindReturn = false;
  const keep = (unit: number): void => {
    if (isLineStart) starts.push(units.length);
    isLineStart = unit === 10;
    units.push(unit);
  };
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const isDropped = unit === 32 || unit === 9 || (unit === 10 && isBehindReturn);
    isBehindReturn = unit === 13;
    if (!isDropped) keep(unit === 13 ? 10 : unit);
  }
  keep(END_OF_TEXT);
  return { units, starts };
}

/** The polynomial in two halves of 32 bits; every step stays below 2^53. */
function windowHash(units: readonly number[], from: number): string {
  let high = 0;
  let low = 0;
  for (let at = from; at < from + WINDOW; at++) {
    const sum = low * BASE + (units[at] ?? 0);
    low = sum % TWO_32;
    high = (high * BASE + Math.floor(sum / TWO_32)) % TWO_32;
  }
  return high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0');
}
