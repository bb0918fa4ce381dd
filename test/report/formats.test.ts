import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { conciseReport } from '../../src/report/concise.ts';
import { githubReport } from '../../src/report/github.ts';
import { gitlabReport } from '../../src/report/gitlab.ts';
import { jsonReport } from '../../src/report/json.ts';
import { junitReport } from '../../src/report/junit.ts';
import { isReportFormat, REPORT_FORMATS } from '../../src/report/reporter.ts';
import { findingIn } from '../findings/rules-for-tests.ts';
import { PLAIN, resultOf, SHOP } from './results-for-tests.ts';

const HOSTILE = resultOf({ 'a:b,c%.py': 'x = 1\ny = 2\n' }, [
  findingIn('x = 1\ny = 2\n', { path: 'a:b,c%.py', at: 'x = 1\ny', message: '100% <b>"it\'s"</b>\n::error::x\u001b[0m & \uffff' }),
]);

describe('every format', () => {
  it.each(Object.entries(REPORT_FORMATS))('%s ends in a line end and gives the same twice', (_, { render, description }) => {
    expect(render(SHOP, PLAIN)).toMatch(/[^\n]\n$/);
    expect(render(SHOP, PLAIN)).toBe(render(structuredResult(), PLAIN));
    expect(description).toMatch(/^\p{L}/u);
  });

  it.each([
    ['concise', 'shop.concise.txt'],
    ['json', 'shop.json'],
    ['sarif', 'shop.sarif'],
    ['github', 'shop.github.txt'],
    ['gitlab', 'shop.gitlab.json'],
    ['junit', 'shop.junit.xml'],
  ] as const)('%s looks as it should', async (format, file) => {
    await expect(REPORT_FORMATS[format].render(SHOP, PLAIN)).toMatchFileSnapshot(`../../fixtures/reports/${file}`);
  });

  it('is known by its own name only', () => {
    expect(isReportFormat('sarif')).toBe(true);
    expect(isReportFormat('constructor')).toBe(false);
  });
});

/** An equal result that shares no object with the first. */
function structuredResult(): typeof SHOP {
  const { textOf, ...rest } = SHOP;
  return { ...structuredClone(rest), stats: { ...rest.stats }, textOf };
}

describe('the JSON report', () => {
  const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(
    JSON.parse(readFileSync('schema/ratel-report-1.schema.json', 'utf8')),
  );
  const clean = resultOf({}, []);

  it.each([
    ['one of everything', SHOP],
    ['nothing', clean],
    ['hostile names', HOSTILE],
  ])('with %s is valid', (_, result) => {
    validate(JSON.parse(jsonReport(result)));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('holds open findings only, and counts the others', () => {
    const report = JSON.parse(jsonReport(SHOP));
    expect(report.findings.map((finding: { ruleId: string }) => finding.ruleId)).toEqual(['debug-on', 'secret-in-code', 'sql-injection']);
    expect(report.summary).toMatchObject({ findings: 3, suppressed: 1, baselined: 1, bySeverity: { error: 1, warning: 1, note: 1 } });
  });

  it('holds no time and no absolute path', () => {
    const later = { ...SHOP, root: '/elsewhere', stats: { ...SHOP.stats, milliseconds: 1 } };
    expect(jsonReport(later)).toBe(jsonReport(SHOP));
  });

  it('leaves out a fix that would have to show a secret', () => {
    const [finding] = SHOP.findings.filter((one) => one.secrets);
    const fix = {
      level: 'suggestion',
      description: 'Move it',
      edits: [{ location: finding?.primary, replacement: 'X = "correct-horse-battery"' }],
    };
    const report = jsonReport({ ...SHOP, findings: [{ ...finding, fix } as (typeof SHOP.findings)[number]] });
    expect(JSON.parse(report).findings[0]).not.toHaveProperty('fix');
  });
});

describe('GitHub annotations', () => {
  it('escape what would end a property or begin a command', () => {
    expect(githubReport(HOSTILE, PLAIN)).toBe(
      '::warning file=a%3Ab%2Cc%25.py,line=1,endLine=2,title=bad-thing%3A Bad thing::100%25 <b>"it\'s"</b> ::error::x␛[0m & \uffff Do it another way.\n',
    );
  });

  it('come worst first, and say how many are not shown', () => {
    const text = 'a = 1\n'.repeat(30);
    const findings = Array.from({ length: 14 }, (_, at) =>
      findingIn(text, {
        at: 'a',
        severity: at === 13 ? 'error' : 'warning',
        more: { primary: { path: 'app.py', start: at * 6, end: at * 6 + 1 } },
      }),
    );
    const lines = githubReport(resultOf({ 'app.py': text }, findings), PLAIN).split('\n');
    expect(lines[0]).toContain('::error file=app.py,line=14,endLine=14,col=1,endColumn=2');
    expect(lines.at(-2)).toBe('3 of 14 findings are in this log only: GitHub shows 10 annotations of a kind');
  });
});

describe('the other formats', () => {
  it('JUnit has one passing case when nothing is found', () => {
    const report = junitReport(resultOf({}, []));
    expect(report).toContain('<testsuites name="ratel" tests="1" failures="0">');
    expect(report).toContain('<testcase name="no findings" classname="ratel"/>');
  });

  it('JUnit escapes what XML forbids', () => {
    const report = junitReport(HOSTILE);
    expect(report).toContain('100% &lt;b&gt;&quot;it&apos;s&quot;&lt;/b&gt; ::error::x␛[0m &amp; \ufffd');
  });

  it('Code Quality has a fingerprint for each finding, none twice', () => {
    const text = 'eval(x)\neval(x)\n';
    const findings = [findingIn(text, { at: 'eval(x)' }), findingIn(text, { at: 'eval(x)', after: '\n' })];
    const entries: { fingerprint: string }[] = JSON.parse(gitlabReport(resultOf({ 'app.py': text }, findings)));
    expect(new Set(entries.map((entry) => entry.fingerprint)).size).toBe(2);
    expect(gitlabReport(resultOf({}, []))).toBe('[]\n');
  });

  it('the concise one has one line for each finding, and nothing when there is nothing', () => {
    expect(conciseReport(HOSTILE, PLAIN)).toBe('a:b,c%.py:1:1: warning bad-thing 100% <b>"it\'s"</b> ::error::x␛[0m & \uffff\n');
    expect(conciseReport(resultOf({}, []), PLAIN)).toBe('');
  });
});
