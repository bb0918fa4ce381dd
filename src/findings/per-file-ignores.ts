import { compileMatcher } from '../source/path-patterns.ts';

/** Rules that the configuration turns off in some files. */
export interface PerFileIgnore {
  /** As in a `.gitignore`, relative to the directory of the configuration: `tests/`, `*_dev.py`, `scripts/**`. */
  readonly pattern: string;
  readonly ruleIds: readonly string[];
}

/** Whether the configuration turns a rule off in a file. */
export type IgnoredIn = (path: string, ruleId: string) => boolean;

/**
 * Compiles per-file ignores into one question, answered once for each file.
 * @param prefix the audited root as seen from the directory of the configuration: `''` or ending in `/`
 */
export function perFileIgnores(entries: readonly PerFileIgnore[], prefix = ''): IgnoredIn {
  const compiled = entries.map(({ pattern, ruleIds }) => ({ matches: compileMatcher([pattern]), ruleIds: new Set(ruleIds) }));
  const answers = new Map<string, ReadonlySet<string>>();
  return (path, ruleId) => {
    let ids = answers.get(path);
    if (ids === undefined) {
      const matching = compiled.filter(({ matches }) => matches(prefix + path));
      ids = new Set(matching.flatMap(({ ruleIds }) => [...ruleIds]));
      answers.set(path, ids);
    }
    return ids.has(ruleId);
  };
}
