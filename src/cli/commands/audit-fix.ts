import { type FixedProject, fixProject } from '../../fix-project.ts';
import { printableCode } from '../../report/printable.ts';
import { MASK } from '../../report/redaction.ts';
import { ReportView } from '../../report/report-view.ts';
import { LineIndex } from '../../source/line-index.ts';
import { unifiedDiff } from '../../util/unified-diff.ts';
import type { AuditSettings } from '../audit-settings.ts';
import { print, tell } from '../streams.ts';
import { writeChanges } from '../write-changes.ts';

/** `--fix`: mends what can be mended safely, and tells which files changed. @throws UserError when a file cannot be written */
export async function fixFiles({ request }: AuditSettings, quiet: boolean): Promise<FixedProject> {
  const fixed = await fixProject(request);
  writeChanges(fixed.before.result.root, fixed.changes);
  if (!quiet) for (const note of notesOf(fixed, 'mended')) tell(`ratel: ${note}`);
  return fixed;
}

/** `--diff`: prints what `--fix` would change. */
export async function showFixes({ request }: AuditSettings, quiet: boolean): Promise<FixedProject> {
  const fixed = await fixProject(request);
  const view = new ReportView(fixed.before.result);
  const shown = fixed.changes.map(({ path, before, after }) => {
    const diff = unifiedDiff(path, before, after);
    return printableCode(view.redaction.words(diff));
  });
  print(shown.join(''));
  if (quiet) return fixed;
  for (const note of notesOf(fixed, 'would be mended')) tell(`ratel: ${note}`);
  if (shown.some((diff) => diff.includes(MASK)))
    tell(`ratel: ${MASK} stands for a secret, so this is no patch to apply; --fix makes the changes`);
  return fixed;
}

function notesOf({ changes, mended, refused, before }: FixedProject, done: string): readonly string[] {
  const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
  const files = changes.map(({ path }) => path).join(', ');
  const about = refused.map(({ finding, reason }) => {
    const { path, start } = finding.primary;
    const text = before.result.textOf(path);
    const line = text === undefined || start > text.length ? '' : `:${new LineIndex(text).at(start).line}`;
    return `not ${done.replace('would be ', '')}: ${path}${line} ${finding.ruleId}, as ${reason}`;
  });
  return [
    mended === 0
      ? 'there is nothing that can be mended safely'
      : `${count(mended, 'finding')} ${done} in ${count(changes.length, 'file')}: ${files}`,
    ...about,
  ];
}
