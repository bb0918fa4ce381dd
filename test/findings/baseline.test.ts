import { describe, expect, it } from 'vitest';
import { type Baseline, type BaselineEntry, baselineOf, baselineText, readBaseline } from '../../src/findings/baseline.ts';
import { matchBaseline } from '../../src/findings/baseline-match.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { UserError } from '../../src/util/user-error.ts';
import { findingIn } from './rules-for-tests.ts';

const print = (digit: string) => digit.repeat(32);

function finding(fingerprint: string, changes: Partial<Finding> = {}): Finding {
  return { ...findingIn('password = "hunter2!"', { at: '"hunter2!"', enclosing: 'connect' }), fingerprint, status: 'open', ...changes };
}

function entry(fingerprint: string, changes: Partial<BaselineEntry> = {}): BaselineEntry {
  return { rule: 'bad-thing', path: 'app.py', in: '', fingerprint, count: 1, ...changes };
}

describe('the text of a baseline', () => {
  const findings = [
    finding(print('b'), { ruleId: 'z-rule' }),
    finding(print('a')),
    finding(print('c'), { status: 'suppressed' }),
    finding(print('d'), { primary: { path: 'a.py', start: 0, end: 1 }, enclosing: '' }),
  ];

  it('is sorted, and holds neither lines nor code', () => {
    expect(baselineText(baselineOf(findings))).toBe(`{
  "schema": "ratel-baseline/1",
  "findings": [
    {
      "rule": "bad-thing",
      "path": "a.py",
      "fingerprint": "${print('d')}"
    },
    {
      "rule": "bad-thing",
      "path": "app.py",
      "in": "connect",
      "fingerprint": "${print('a')}"
    },
    {
      "rule": "z-rule",
      "path": "app.py",
      "in": "connect",
      "fingerprint": "${print('b')}"
    }
  ]
}
`);
  });

  it('does not depend on the order of the findings, and survives being read', async () => {
    const text = baselineText(baselineOf(findings));
    expect(baselineText(baselineOf(findings.toReversed()))).toBe(text);
    expect(baselineText(await readBaseline(text, 'baseline.json'))).toBe(text);
  });

  it('counts equal entries, as a merge may leave them, together', async () => {
    const baseline: Baseline = { entries: [entry(print('a')), entry(print('a'), { count: 2 })] };
    expect(baselineText(baseline)).toContain('"count": 3');
    expect((await readBaseline(baselineText(baseline), 'b')).entries).toEqual([entry(print('a'), { count: 3 })]);
  });
});

describe('a broken baseline', () => {
  const valid = JSON.parse(baselineText(baselineOf([finding(print('a'))])));
  it.each([
    ['no JSON', '<<<<<<< HEAD', 'is not JSON'],
    ['a list', '[]', 'has to be "ratel-baseline/1" and does not say so'],
    ['null', 'null', 'does not say so'],
    ['another version', '{"schema": "ratel-baseline/2"}', 'says "ratel-baseline/2"'],
    ['a missing key', JSON.stringify({ schema: valid.schema }), "must have required property 'findings'"],
    ['an unknown key', JSON.stringify({ ...valid, finding: [] }), 'unknown key "finding"'],
    ['a short fingerprint', JSON.stringify(valid).replace(print('a'), 'aa'), '/findings/0/fingerprint must match pattern'],
    ['a count of zero', JSON.stringify(valid).replace('"path"', '"count":0,"path"'), '/findings/0/count must be >= 1'],
  ])('with %s is the user’s to mend', async (_, text, words) => {
    await expect(readBaseline(text, '.ratel-baseline.json')).rejects.toThrow(UserError);
    await expect(readBaseline(text, '.ratel-baseline.json')).rejects.toThrow(words);
    await expect(readBaseline(text, '.ratel-baseline.json')).rejects.toThrow('.ratel-baseline.json');
    await expect(readBaseline(text, '.ratel-baseline.json')).rejects.toThrow('--write-baseline');
  });
});

describe('matching with a baseline', () => {
  const match = (prints: readonly string[], entries: readonly BaselineEntry[], canJudge = (_: BaselineEntry) => true) =>
    matchBaseline(
      prints.map((one) => finding(one)),
      prints,
      { entries },
      canJudge,
    );

  it('takes one entry for each finding', () => {
    expect(match([print('a'), print('a'), print('b')], [entry(print('a'))]).accepted).toEqual([true, false, false]);
    expect(match([print('a'), print('a')], [entry(print('a'), { count: 2 })]).accepted).toEqual([true, true]);
    expect(match([print('a'), print('a')], [entry(print('a')), entry(print('a'))]).accepted).toEqual([true, true]);
  });

  it('needs the same rule and path as well', () => {
    expect(match([print('a')], [entry(print('a'), { rule: 'other' })]).accepted).toEqual([false]);
    expect(match([print('a')], [entry(print('a'), { path: 'other.py' })]).accepted).toEqual([false]);
  });

  it('names what matched nothing, and keeps what could not be judged', () => {
    const entries = [entry(print('a')), entry(print('b')), entry(print('c'), { path: 'b.py', count: 2 })];
    const result = match([print('a')], entries, (one) => one.path === 'app.py');
    expect(result.stale).toEqual([{ ruleId: 'bad-thing', path: 'app.py', fingerprint: print('b') }]);
    expect(result.kept).toEqual([entries[2]]);
  });
});
