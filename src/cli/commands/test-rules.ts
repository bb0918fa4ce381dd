import { printable } from '../../report/printable.ts';
import { testRules } from '../../test-rules.ts';
import type { TestRulesArguments } from '../command-line.ts';
import { ruleFolder } from '../configuration.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { print } from '../streams.ts';

/** `ratel test-rules DIR`. @throws UserError when the folder's rules are broken */
export async function runTestRules(args: TestRulesArguments): Promise<ExitCode> {
  const { rules, fixtures, problems } = await testRules(ruleFolder(args.directory, process.cwd()));
  const lines = problems.map(({ ruleId, path, line, kind, detail }) => printable(`${ruleId}  ${path}:${line}  ${kind}: ${detail}`));
  const verdict = problems.length === 0 ? 'all as expected' : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
  print(
    `${[...lines, `${rules} ${rules === 1 ? 'rule' : 'rules'}, ${fixtures} ${fixtures === 1 ? 'fixture' : 'fixtures'}: ${verdict}`].join('\n')}\n`,
  );
  return problems.length === 0 ? EXIT.clean : EXIT.findings;
}
