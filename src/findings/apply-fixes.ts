import { compareText } from '../util/compare-text.ts';
import type { Finding, TextEdit } from './finding.ts';

/** Texts with the fixes of findings in them. */
export interface FixedTexts {
  readonly texts: ReadonlyMap<string, string>;
  /** The findings whose fixes are in the texts; of two that overlap only the first is. */
  readonly applied: readonly Finding[];
}

/** Puts as many fixes into the texts as do not overlap. Insertions at one place all go in, one after the other. */
export function applyFixes(findings: readonly Finding[], textOf: (path: string) => string | undefined): FixedTexts {
  const edits = new Map<string, TextEdit[]>();
  const applied: Finding[] = [];
  for (const finding of findings) {
    const own = finding.fix?.edits ?? [];
    if (own.length === 0 || own.some((edit) => (edits.get(edit.location.path) ?? []).some((other) => overlap(edit, other)))) continue;
    for (const edit of own) {
      const { path } = edit.location;
      const known = edits.get(path) ?? [];
      // Two findings may ask for the same change.
      if (!known.some((other) => isSame(edit, other))) edits.set(path, [...known, edit]);
    }
    applied.push(finding);
  }
  const texts = new Map<string, string>();
  for (const [path, all] of [...edits].sort(([a], [b]) => compareText(a, b))) {
    const text = textOf(path);
    if (text !== undefined) texts.set(path, edited(text, all));
  }
  return { texts, applied };
}

function isSame(one: TextEdit, other: TextEdit): boolean {
  return one.location.start === other.location.start && one.location.end === other.location.end && one.replacement === other.replacement;
}

function overlap(one: TextEdit, other: TextEdit): boolean {
  if (isSame(one, other)) return false;
  const [a, b] = [one.location, other.location];
  if (a.start === a.end && b.start === b.end) return false;
  return a.start < b.end && b.start < a.end ? true : a.start === b.start;
}

function edited(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { location, replacement } of [...edits].sort(
    (a, b) => a.location.start - b.location.start || a.location.end - b.location.end,
  )) {
    parts.push(text.slice(at, location.start), replacement);
    at = location.end;
  }
  return [...parts, text.slice(at)].join('');
}
