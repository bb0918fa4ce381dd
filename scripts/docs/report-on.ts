import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { auditCollected } from '../../src/audit.ts';
import type { RuleExample } from '../../src/cli/rule-examples.ts';
import { humanReport } from '../../src/report/human.ts';
import type { RulePack } from '../../src/rules/load-pack.ts';
import { collect } from '../../src/source/collect.ts';
import { defaultConfig } from '../../src/source/config.ts';

/** What ratel prints about an example when only one rule runs, without the summary. */
export async function reportOn(example: RuleExample, ruleId: string, pack: RulePack): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'ratel-docs-'));
  try {
    for (const { path, text } of example.files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const { result } = await auditCollected(
      collect({ root, respectGitignore: false }),
      {
        root,
        config: defaultConfig(root),
        profile: 'pedantic',
        select: [ruleId],
        ignore: [],
        minSeverity: 'note',
        minConfidence: 'low',
        packs: [],
      },
      pack,
    );
    const report = humanReport(result, { color: false, width: 100, hyperlinks: false, verbose: false, quiet: false });
    // The last paragraph is the summary, which holds the time it took.
    return report.trimEnd().split('\n\n').slice(0, -1).join('\n\n');
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
