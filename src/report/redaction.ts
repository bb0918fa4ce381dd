import type { Finding, Location } from '../findings/finding.ts';
import { groupBy } from '../util/group-by.ts';

/** Stands for a secret, whatever its length. */
export const MASK = '•••';

/** Offsets of a file's text, `end` exclusive. */
export interface MaskedSpan {
  readonly start: number;
  readonly end: number;
}

/** Knows what reports must not print. */
export interface Redaction {
  /** A text with the secrets of all findings masked; those of `finding` even where they are short. */
  readonly words: (text: string, finding?: Finding) => string;
  /** The parts of `[start, end)` of a file to be masked, ordered, not overlapping. */
  readonly spans: (path: string, start: number, end: number) => readonly MaskedSpan[];
}

/** A secret at least this long (in UTF-16 units) is masked wherever its text turns up; a shorter one would tear holes into innocent words. */
const EVERYWHERE_LENGTH = 6;
/** A secret at least this long is masked in the words of its own finding; one or two letters are no secret that masking could keep. */
const OWN_WORDS_LENGTH = 3;

/** Gathers the secrets of all findings of a report, whatever their status, because one finding's line may show another's secret. */
export function redactionOf(findings: readonly Finding[], textOf: (path: string) => string | undefined): Redaction {
  const secrets = findings.flatMap((finding) => finding.secrets ?? []);
  if (secrets.length === 0) return { words: (text) => text, spans: () => [] };
  const placesOf = groupBy(secrets, (secret) => secret.path);
  // A password that is the name of the project would tear holes into every path, and gives nothing away there.
  const folders = new Set(findings.flatMap((finding) => finding.primary.path.split(/[/.]/)));
  const everywhere = patternOf(
    secretTexts(secrets, textOf).filter((text) => !folders.has(text)),
    EVERYWHERE_LENGTH,
  );
  const ownPatterns = new Map<Finding, RegExp | undefined>();
  const ownPattern = (finding: Finding) => {
    if (!ownPatterns.has(finding)) ownPatterns.set(finding, patternOf(secretTexts(finding.secrets ?? [], textOf), OWN_WORDS_LENGTH));
    return ownPatterns.get(finding);
  };
  return {
    words(text, finding) {
      const own = finding?.secrets ? ownPattern(finding) : undefined;
      const masked = own === undefined ? text : text.replace(own, MASK);
      return everywhere === undefined ? masked : masked.replace(everywhere, MASK);
    },
    spans(path, start, end) {
      const places = (placesOf.get(path) ?? []).filter((place) => place.start < end && place.end > start);
      const text = textOf(path)?.slice(start, end) ?? '';
      const repeated = everywhere === undefined ? [] : [...text.matchAll(everywhere)];
      const found = repeated.map((one) => ({ start: start + one.index, end: start + one.index + one[0].length }));
      return merged([...places, ...found]);
    },
  };
}

/** The texts behind the places, and what stands between their quotes: a value turns up elsewhere in other quotes. */
function secretTexts(secrets: readonly Location[], textOf: (path: string) => string | undefined): readonly string[] {
  return secrets.flatMap((secret) => {
    const text = textOf(secret.path)?.slice(secret.start, secret.end) ?? '';
    const quoted = [...text.matchAll(/"""([\s\S]*?)"""|'''([\s\S]*?)'''|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g)];
    const hidden = quoted.filter((found) => !isKey(text, found) && !isVariable(text, found, quoted.length === 1));
    return [text.trim(), ...hidden.map((found) => found[1] ?? found[2] ?? found[3] ?? found[4] ?? '')];
  });
}

/** A key such as `"default"` in a dict with a secret says where the secret stands, and is a word that findings need. */
function isKey(text: string, found: RegExpExecArray): boolean {
  return /^\s*:/.test(text.slice(found.index + found[0].length)) && /[{,]\s*$/.test(text.slice(0, found.index));
}

/**
 * The name of a variable that is read, in `env("SECRET_KEY", "…")` or `os.environ["SECRET_KEY"] or "…"`: findings have to tell it. Where nothing
 * else is quoted, it is one in `env("SECRET_KEY")`, whose default stands elsewhere.
 */
function isVariable(text: string, found: RegExpExecArray, isOnly: boolean): boolean {
  const before = text.slice(0, found.index);
  if (!/[([]\s*$/.test(before) || !/^["'][A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+["']$/.test(found[0])) return false;
  return !isOnly || /(?:env|environ|config)(?:\.\w+)?\s*[([]\s*$/i.test(before);
}

/** One pattern for all texts, the longest first, so that a secret inside another does not leave the rest of it. */
function patternOf(texts: readonly string[], shortest: number): RegExp | undefined {
  const long = [...new Set(texts)].filter((text) => text.length >= shortest).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  if (long.length === 0) return undefined;
  return new RegExp(long.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'g');
}

function merged(spans: readonly MaskedSpan[]): readonly MaskedSpan[] {
  const result: { start: number; end: number }[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else result.push({ start: span.start, end: span.end });
  }
  return result;
}
