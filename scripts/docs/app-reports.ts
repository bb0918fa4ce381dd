import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { auditCollected } from '../../src/audit.ts';
import { FILE_LOOK } from '../../src/cli/terminal.ts';
import type { AuditResult } from '../../src/findings/audit-result.ts';
import { REPORT_FORMATS, type ReportFormat } from '../../src/report/reporter.ts';
import { loadPack, type RulePack } from '../../src/rules/load-pack.ts';
import { collect } from '../../src/source/collect.ts';
import { defaultConfig } from '../../src/source/config.ts';
import { ROOT } from '../build/root.ts';

/** Reports on whole applications that are kept under version control, with the ending of each file. */
const FORMATS: readonly (readonly [format: ReportFormat, ending: string])[] = [
  ['human', 'human.txt'],
  ['json', 'json'],
  ['sarif', 'sarif'],
];

/** The reports on every application in `fixtures/apps/`, by path from the top of the repository. */
export async function appReportFiles(): Promise<ReadonlyMap<string, string>> {
  const pack = await loadPack();
  const files = new Map<string, string>();
  for (const app of readdirSync(`${ROOT}/fixtures/apps`)) {
    const reports = await appReports(`${ROOT}/fixtures/apps/${app}`, pack);
    for (const [ending, text] of reports) files.set(`fixtures/reports/${app}.${ending}`, text);
  }
  return files;
}

/**
 * What ratel says about an application, one text for each file ending. The application is audited as a copy outside of any
 * repository, so nothing in the reports depends on where this checkout is, and no time is in them. Rules that found nothing are
 * left out of the list of rules: otherwise the files would change with each word of each rule.
 */
export async function appReports(app: string, pack: RulePack): Promise<ReadonlyMap<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'ratel-app-'));
  try {
    const root = join(folder, basename(app));
    cpSync(app, root, { recursive: true });
    const result = await auditOf(root, pack);
    const found = new Set(result.findings.map((finding) => finding.ruleId));
    const steady: AuditResult = {
      ...result,
      rules: result.rules.filter((rule) => found.has(rule.id)),
      stats: { ...result.stats, milliseconds: 0 },
    };
    const look = { ...FILE_LOOK, verbose: false, quiet: false };
    return new Map(FORMATS.map(([format, ending]) => [ending, REPORT_FORMATS[format].render(steady, look)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function auditOf(root: string, pack: RulePack): Promise<AuditResult> {
  const config = defaultConfig(root);
  const request = { root, config, profile: 'default', ignore: [], minSeverity: 'note', minConfidence: 'low', packs: [] } as const;
  return (await auditCollected(collect({ root }), request, pack)).result;
}
