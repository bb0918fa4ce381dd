import { describe, expect, it } from 'vitest';
import type { AuditResult } from '../../src/findings/audit-result.ts';
import type { Gap, RawFinding } from '../../src/findings/finding.ts';
import { humanReport } from '../../src/report/human.ts';
import type { ReportOptions } from '../../src/report/report-options.ts';
import { type FindingChanges, findingIn, ruleNamed } from '../findings/rules-for-tests.ts';
import { PLAIN, resultOf, SHOP } from './results-for-tests.ts';

/** The report on one finding in one text, without its summary. */
function block(
  text: string,
  changes: FindingChanges & { readonly more?: Partial<RawFinding> },
  options: Partial<ReportOptions> = {},
): string {
  const finding = findingIn(text, changes);
  const report = humanReport(resultOf({ [finding.primary.path]: text }, [finding]), { ...PLAIN, ...options });
  return report.slice(0, report.indexOf('\n\n  Mend'));
}
/** Only the lines with source and carets. */
const excerpt = (...args: Parameters<typeof block>) => block(...args).split('\n\n')[1];

describe('the human report', () => {
  it.each([
    ['as it is', 'shop.human.txt', {}],
    ['verbose and narrow', 'shop.human-narrow.txt', { verbose: true, width: 60 }],
    ['quiet', 'shop.human-quiet.txt', { quiet: true }],
    ['in colour', 'shop.human-color.txt', { color: true }],
  ])('looks as it should: %s', async (_, file, options) => {
    await expect(humanReport(SHOP, { ...PLAIN, ...options })).toMatchFileSnapshot(`../../fixtures/reports/${file}`);
  });

  it('is one good line when nothing is found', () => {
    const clean = resultOf({ 'a.py': 'x = 1\n' }, [], { rules: [ruleNamed('a'), ruleNamed('b')] });
    expect(humanReport(clean, PLAIN)).toBe('✓ 2 rules looked at 1 file and found nothing · 0.8 s\n');
    expect(humanReport(clean, { ...PLAIN, quiet: true })).toBe('');
    expect(humanReport({ ...clean, stats: { ...clean.stats, files: 0 } }, PLAIN)).toBe(
      'Nothing was audited: no file here is one that ratel reads.\n',
    );
  });

  it('ends with the rules that spoke most, when they spoke often', () => {
    const text = 'run(a)\n'.repeat(22);
    const starts = [...text.matchAll(/run/g)].map((match) => match.index);
    const one = (start: number, ruleId: string) =>
      findingIn(text, { at: 'run(a)', more: { ruleId, primary: { path: 'a.py', start, end: start + 6 } } });
    const report = (count: number) =>
      humanReport(
        resultOf(
          { 'a.py': text },
          starts.slice(0, count).map((start, n) => one(start, n % 3 === 0 ? 'b' : 'a')),
          { rules: [ruleNamed('a'), ruleNamed('b')] },
        ),
        PLAIN,
      );
    expect(report(22)).toContain('  14 × a, 8 × b\n  --min-severity error');
    expect(report(20)).not.toContain('×');
  });
});

describe('an excerpt', () => {
  it('expands tabs', () => {
    expect(excerpt('\tif x:\n\t\trun(\ta)\n', { at: 'run(\ta)' })).toBe('    2 │         run(    a)\n      │         ^^^^^^^^^^');
  });

  it('counts wide, combining and joined characters as the terminal does', () => {
    expect(excerpt('名前 = eval(x)\n', { at: 'eval' })).toBe('    1 │ 名前 = eval(x)\n      │        ^^^^');
    expect(excerpt('"e\u0301a" + eval(x)\n', { at: 'eval' })).toBe('    1 │ "e\u0301a" + eval(x)\n      │        ^^^^');
    expect(excerpt('"😀" + eval(x)\n', { at: 'eval' })).toBe('    1 │ "😀" + eval(x)\n      │        ^^^^');
    expect(excerpt('eval("日本")\n', { at: '日本' })).toBe('    1 │ eval("日本")\n      │       ^^^^');
  });

  it('shows all lines of a short place and the ends of a long one', () => {
    const call = 'run(\n    a,\n\n    b,\n    c,\n)';
    expect(excerpt('run(\n    a,\n)\n', { at: 'run(\n    a,\n)' })).toBe(
      '    1 │ run(\n      │ ^^^^\n    2 │     a,\n      │     ^^\n    3 │ )\n      │ ^',
    );
    expect(excerpt(`${call}\n`, { at: call })).toBe(
      '    1 │ run(\n      │ ^^^^\n    2 │     a,\n      │     ^^\n      │ ⋮ 3 lines\n    6 │ )\n      │ ^',
    );
  });

  it('clips a very long line around the place', () => {
    const text = `x = "${'a'.repeat(500_000)}" + eval(y) + "${'b'.repeat(500_000)}"\n`;
    const [line = '', carets = ''] = (excerpt(text, { at: 'eval(y)' }, { width: 80 }) ?? '').split('\n');
    expect(line).toMatch(/^ {4}1 │ …a+" \+ eval\(y\) \+ "b+…$/);
    expect(line.length).toBeLessThanOrEqual(80);
    expect(carets.indexOf('^')).toBe(line.indexOf('eval'));
    expect(carets.trimEnd()).toMatch(/ \^{7}$/);
  });

  it('puts one caret where nothing is marked', () => {
    const empty = (start: number) => ({
      at: 'x',
      more: { primary: { path: 'app.py', start, end: start }, statement: { path: 'app.py', start, end: start } },
    });
    expect(excerpt('x = 1\n', empty(4))).toBe('    1 │ x = 1\n      │     ^');
    expect(excerpt('x = 1\n', empty(5))).toBe('    1 │ x = 1\n      │      ^');
    expect(excerpt('x = 1\n', empty(6))).toBe('    2 │\n      │ ^');
  });

  it('does without the file when it was not read', () => {
    const finding = findingIn('x', { at: 'x', path: 'gone.py' });
    expect(humanReport(resultOf({}, [finding]), PLAIN)).toContain('gone.py:1:1  warning  bad-thing');
  });

  it('shows two marks of one line under it', () => {
    const text = 'eval(request.args)\n';
    const codeFlow = ['request.args', 'eval(request.args)'].map((at, step) => ({
      location: findingIn(text, { at }).primary,
      message: step === 0 ? 'comes in' : 'is run',
    }));
    expect(excerpt(text, { at: 'eval(request.args)', more: { codeFlow } })).toBe(
      ['    1 │ eval(request.args)', '      │      ──────────── 1 comes in', '      │ ^^^^^^^^^^^^^^^^^^ 2 is run'].join('\n'),
    );
  });

  it('leaves out the middle of a long flow unless asked', () => {
    const text = Array.from({ length: 30 }, (_, at) => `a${at} = b${at}\n`).join('');
    const codeFlow = Array.from({ length: 30 }, (_, at) => ({
      location: findingIn(text, { at: `a${at} = b${at}` }).primary,
      message: `step ${at}`,
    }));
    const changes = { at: 'a29 = b29', more: { codeFlow } };
    expect(block(text, changes)).toContain('⋮ 21 more steps (--verbose shows them)');
    expect(block(text, changes)).toContain('30 step 29');
    expect(block(text, changes, { verbose: true })).toContain('15 step 14');
  });
});

describe('what is hostile in a source', () => {
  it('is made visible', () => {
    const text = 'x = "\u001b[31mred\u202e" + eval(y) # \u0007\u200b\n';
    expect(excerpt(text, { at: 'eval(y)' })).toBe(
      '    1 │ x = "␛[31mred⟨U+202E⟩" + eval(y) # ␇⟨U+200B⟩\n      │                          ^^^^^^^',
    );
  });

  it('is made visible in file names and messages', () => {
    const report = block('x = 1\n', { at: 'x', path: 'a\u001b]0;b\u0007\n.py', message: 'Uses \u001b[2Jx\n  here.' });
    expect(report).toContain('a␛]0;b␇␊.py:1:1');
    expect(report).toContain('Uses ␛[2Jx here.');
  });
});

describe('the looks of the report', () => {
  it('are plain without colour, and coloured with it', () => {
    const plain = humanReport(SHOP, PLAIN);
    const colored = humanReport(SHOP, { ...PLAIN, color: true });
    expect(plain).not.toContain('\u001b');
    expect(colored).toContain('\u001b[31m');
    expect(colored.replaceAll(/\p{Cc}\[\d+m/gu, '')).toBe(plain);
  });

  it('link paths when the terminal can', () => {
    const linked = humanReport(resultOf({ 'a b.py': 'x\n' }, [findingIn('x\n', { at: 'x', path: 'a b.py' })]), {
      ...PLAIN,
      hyperlinks: true,
    });
    expect(linked).toContain('\u001b]8;;file:///home/ada/shop/a%20b.py\u001b\\a b.py:1:1\u001b]8;;\u001b\\');
  });

  it('do not repeat advice within a file unless asked', () => {
    const text = 'eval(a)\neval(b)\n';
    const findings = ['eval(a)', 'eval(b)'].map((at) => findingIn(text, { at }));
    const result = resultOf({ 'app.py': text }, findings);
    expect(humanReport(result, PLAIN)).toContain('  Mend   as at line 1\n');
    expect(humanReport(result, { ...PLAIN, verbose: true })).not.toContain('as at line');
  });
});

describe('the summary', () => {
  const gap = (path: string, reason: Gap['reason'] = 'syntax'): Gap => ({ path, reason, detail: `detail of ${path}`, line: 3 });
  const summary = (changes: Partial<AuditResult>, options: Partial<ReportOptions> = {}) =>
    humanReport(resultOf({ 'a.py': '' }, [], changes), { ...PLAIN, ...options });

  it('lists a few gaps with their details, and groups many', () => {
    expect(summary({ gaps: [gap('a.py')] })).toContain('1 gap: not everything was looked at\n  a.py:3  syntax error: detail of a.py\n');
    expect(summary({ gaps: [{ path: '', reason: 'budget', detail: 'calls' }] })).toContain('\n  too much work: calls\n');
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => gap(name)).concat(gap('f', 'too-large'));
    expect(summary({ gaps: many })).toContain('  5 × syntax error: a:3, b:3, c:3, and 2 more\n  1 × too large: f:3\n  --verbose lists');
    expect(summary({ gaps: many }, { verbose: true })).toContain('  e:3  syntax error: detail of e\n');
  });

  it('names stale entries of the baseline', () => {
    const staleBaseline = Array.from({ length: 7 }, (_, at) => ({ ruleId: 'debug-on', path: `f${at}.py`, fingerprint: '0' }));
    expect(summary({ staleBaseline })).toContain('7 entries of the baseline match nothing any more');
    expect(summary({ staleBaseline })).toContain('  f4.py  debug-on\n  and 2 more (--verbose lists them)\n');
    expect(summary({ staleBaseline }, { verbose: true })).toContain('  f6.py  debug-on\n');
  });
});
