import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { auditCollected } from '../../src/audit.ts';
import type { AuditResult } from '../../src/findings/audit-result.ts';
import type { Profile } from '../../src/findings/rule-description.ts';
import { compilePack, readPackSources } from '../../src/rules/load-pack.ts';
import { type Collected, collect } from '../../src/source/collect.ts';
import { defaultConfig } from '../../src/source/config.ts';

/** The folder of the built-in rules. */
export const RULES = fileURLToPath(new URL('../../rules', import.meta.url));
const pack = compilePack([await readPackSources(RULES)]);

/** Audits a project of these files, by their paths, with the built-in rules of these ids. */
export async function auditFiles(
  files: Readonly<Record<string, string>>,
  select: readonly string[],
  profile: Profile,
): Promise<AuditResult> {
  const root = mkdtempSync(join(tmpdir(), 'ratel-rules-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return await auditFound(collect({ root }), root, select, profile);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The same for files that were collected below a folder. */
export async function auditFound(collected: Collected, root: string, select: readonly string[], profile: Profile): Promise<AuditResult> {
  const config = defaultConfig(root);
  const request = { root, config, profile, select, ignore: [], minSeverity: 'note', minConfidence: 'low', packs: [] } as const;
  return (await auditCollected(collected, request, pack)).result;
}
