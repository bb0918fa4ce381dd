import { compileMatcher } from '../source/path-patterns.ts';

/** Rules that the configuration turns off in some files. */
export interface PerFileIgnore {
  /** As in a `.gitignore`, relative to the audited root: `tests/`, `*_dev.py`, `scripts/**`. */
  readonly pattern: string;
  readonly ruleIds: readonly string[];
}

/** Whether the configuration turns a rule off in a file. */
export type IgnoredIn = (path: string, ruleId: string) => boolean;

/** Compiles per-file ignores into one question, answered once for each file. */
export function perFileIgnores(entries: readonly PerFileIgnore[]): IgnoredIn {
  const compiled = entries.map(({ pattern, ruleIds }) => ({ matches: compileMatcher([pattern]), ruleIds: new Set(ruleIds) }));
  const answers = new Map<string, ReadonlySet<string>>();
  return (path, ruleId) => {
    let ids = answers.get(path);
    if (ids === undefined) {
      const matching = compiled.filter(({ matches }) => matches(path));
      ids = new Set(matching.flatMap(({ ruleIds }) => [...ruleIds]));
      answers.set(path, ids);
    }
    return ids.has(ruleId);
  };
}
