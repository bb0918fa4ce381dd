import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { auditCollected } from './audit.ts';
import { compilePack, loadPack, type RulePack, readPackSources } from './rules/load-pack.ts';
import { collect } from './source/collect.ts';
import { defaultConfig } from './source/config.ts';
import { LineIndex } from './source/line-index.ts';

/** What is wrong with a rule's fixtures; the words of ast-grep: *missing* was expected, *noisy* was not. */
export interface RuleTestProblem {
  readonly ruleId: string;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly kind: 'missing' | 'noisy' | 'promote' | 'fixed' | 'mark' | 'gate';
  readonly detail: string;
}
export interface RuleTestReport {
  readonly rules: number;
  readonly fixtures: number;
  readonly problems: readonly RuleTestProblem[];
}

const MARK = /(?:#|\{#)\s*(expect|expect-missing|expect-spurious):\s*([a-z0-9-]+)(?:\s*--\s*(.*?))?\s*(?:#\})?\s*$/;
const LOOSE = /#\s*(ok|bad|good|vulnerable|unsafe|safe|error|errors)\s*$/i;

interface Mark {
  readonly kind: 'expect' | 'expect-missing' | 'expect-spurious';
  readonly ruleId: string;
  readonly path: string;
  readonly line: number;
}

/**
 * Runs each rule of a pack folder alone on its own fixtures and compares findings with the marks, both ways.
 * A file in `fixtures/` is a project of its own, a folder is a project. @throws UserError when the pack is broken.
 */
export async function testRules(directory: string, onlyIds?: ReadonlySet<string>): Promise<RuleTestReport> {
  const sources = await readPackSources(directory, onlyIds);
  // The built-in pack brings the library models; a user's pack stands on them.
  const pack = existsSync(join(directory, 'models')) ? compilePack([sources]) : await loadPack([directory]);
  const problems: RuleTestProblem[] = [];
  let fixtures = 0;
  let rules = 0;
  for (const { path, json } of sources.rules) {
    const ruleId = String(json.id);
    if (onlyIds && !onlyIds.has(ruleId)) continue;
    rules++;
    const folder = join(dirname(path), 'fixtures');
    let positives = 0;
    let silent = 0;
    for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
      fixtures++;
      const result = await testFixture(pack, ruleId, folder, entry.name, entry.isDirectory());
      problems.push(...result.problems);
      positives += result.marks;
      silent += result.unmarkedLines;
    }
    if (positives === 0)
      problems.push({
        ruleId,
        path,
        line: 1,
        kind: 'gate',
        detail: `no fixture expects a finding: add a line marked \`# expect: ${ruleId}\``,
      });
    if (silent === 0)
      problems.push({ ruleId, path, line: 1, kind: 'gate', detail: 'no near miss: add code that resembles a finding and stays silent' });
  }
  return { rules, fixtures, problems };
}

async function testFixture(
  pack: RulePack,
  ruleId: string,
  folder: string,
  name: string,
  isDirectory: boolean,
): Promise<{ problems: RuleTestProblem[]; marks: number; unmarkedLines: number }> {
  const root = isDirectory ? join(folder, name) : folder;
  const all = collect({ root, respectGitignore: false });
  const collected = isDirectory ? all : { ...all, files: all.files.filter((file) => file.path === name) };
  const config = defaultConfig(root);
  const { result } = await auditCollected(
    collected,
    { root, config, profile: 'pedantic', select: [ruleId], ignore: [], minSeverity: 'note', minConfidence: 'low', packs: [] },
    pack,
  );
  const problems: RuleTestProblem[] = [];
  const marks: Mark[] = [];
  let unmarkedLines = 0;
  for (const file of collected.files) {
    const text = result.textOf(file.path) ?? readFileSync(file.absolutePath, 'utf8');
    const lines = text.split(/\r?\n/);
    lines.forEach((line, index) => {
      const match = MARK.exec(line);
      if (match) {
        const alone = /^\s*(#|\{#)/.test(line);
        let at = index;
        if (alone) while (at + 1 < lines.length && (at === index || MARK.test(lines[at] ?? ''))) at++;
        marks.push({ kind: match[1] as Mark['kind'], ruleId: match[2] ?? '', path: file.path, line: at + 1 });
        if (match[1] !== 'expect' && !match[3])
          problems.push({
            ruleId,
            path: join(name, file.path),
            line: index + 1,
            kind: 'mark',
            detail: `a known gap needs a reason: \`# ${match[1]}: ${match[2]} -- why\``,
          });
      } else if (LOOSE.test(line))
        problems.push({
          ruleId,
          path: file.path,
          line: index + 1,
          kind: 'mark',
          detail: 'this looks like an expectation and is none: write `# expect: …` or nothing',
        });
      else if (line.trim() !== '') unmarkedLines++;
    });
  }
  const found = result.findings
    .filter((finding) => finding.ruleId === ruleId)
    .map((finding) => ({
      path: finding.primary.path,
      line: new LineIndex(result.textOf(finding.primary.path) ?? '').at(finding.primary.start).line,
      used: false,
      message: finding.message,
    }));
  for (const mark of marks) {
    const hit = found.find((one) => !one.used && one.path === mark.path && one.line === mark.line);
    if (hit) hit.used = true;
    const where = { ruleId, path: join(name, mark.path), line: mark.line };
    if (mark.ruleId !== ruleId) problems.push({ ...where, kind: 'mark', detail: `expects “${mark.ruleId}”, which is another rule` });
    else if (mark.kind === 'expect' && !hit) problems.push({ ...where, kind: 'missing', detail: 'expected a finding here' });
    else if (mark.kind === 'expect-missing' && hit) problems.push({ ...where, kind: 'promote', detail: 'now reported: make it `expect`' });
    else if (mark.kind === 'expect-spurious' && !hit)
      problems.push({ ...where, kind: 'fixed', detail: 'no longer reported: delete the mark' });
  }
  for (const one of found)
    if (!one.used) problems.push({ ruleId, path: join(name, one.path), line: one.line, kind: 'noisy', detail: one.message });
  for (const gap of result.gaps)
    if (gap.reason === 'crash') problems.push({ ruleId, path: join(name, gap.path), line: 1, kind: 'gate', detail: gap.detail });
  return { problems, marks: marks.filter((mark) => mark.kind !== 'expect-missing').length, unmarkedLines };
}
