/** `npm run new-rule -- FAMILY/RULE-ID`: starts a rule in `rules/`, and says what is to be written. */
import { relative } from 'node:path';
import { UserError } from '../src/util/user-error.ts';
import { ROOT } from './build/root.ts';
import { createRule } from './new-rule/create-rule.ts';

try {
  const { folder, id } = createRule(`${ROOT}/rules`, process.argv[2] ?? '');
  const shown = relative(process.cwd(), folder);
  console.log(
    [
      `${shown} is there. Now write:`,
      '  1. rule.json: title, message, remediation, references, and in "match" what to look for (docs/writing-rules.md)',
      `  2. fixtures/bad_1/: code that is wrong, each such line marked \`# expect: ${id}\`; more folders for other ways to be wrong`,
      '  3. fixtures/good_1/: code that looks alike and is right, without any mark',
      '',
      `Then run:  npm run test-rules -- ${id}`,
    ].join('\n'),
  );
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
