import { testRules } from '../src/test-rules.ts';

/** `tsx scripts/test-rules.ts [RULE-ID…]`: the built-in rules on their fixtures, or only these. */
const ids = process.argv.slice(2);
const report = await testRules('rules', ids.length > 0 ? new Set(ids) : undefined);
for (const problem of report.problems)
  console.log(`${problem.ruleId}  ${problem.path}:${problem.line}  ${problem.kind}: ${problem.detail}`);
console.log(`${report.rules} rules, ${report.fixtures} fixtures, ${report.problems.length} problems`);
process.exitCode = report.problems.length > 0 ? 1 : 0;
