import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineOf } from '../../src/findings/baseline.ts';
import { deduplicate } from '../../src/findings/deduplicate.ts';
import type { RawFinding } from '../../src/findings/finding.ts';
import { perFileIgnores } from '../../src/findings/per-file-ignores.ts';
import { replacedFindings } from '../../src/findings/replaces.ts';
import { type SettleOptions, settle } from '../../src/findings/settle.ts';
import { findingIn, locate } from './rules-for-tests.ts';

const TEXT = `def one(request):
    run(request.body, shell=True)
    eval(request.body)


eval(request.args)  # ratel: ignore[eval-used] a calculator
`;
const COMMENT = '# ratel: ignore[eval-used] a calculator';
const comments = [{ ...locate(TEXT, 'app.py', COMMENT), text: COMMENT.slice(2) }];
const RULES = ['eval-used', 'command-injection', 'shell-used', 'suppression-malformed', 'suppression-unused'];

const options: SettleOptions = {
  names: { resolve: (name) => (RULES.includes(name) ? [name] : []) },
  ran: new Set(RULES),
  replacements: [],
  textOf: () => TEXT,
  gaps: [],
  requireReason: true,
  minSeverity: 'note',
  minConfidence: 'low',
  isIgnoredIn: () => false,
  isReported: () => true,
};

const shell = findingIn(TEXT, { rule: 'shell-used', at: 'shell=True', enclosing: 'one' });
const command = findingIn(TEXT, {
  rule: 'command-injection',
  at: 'request.body',
  enclosing: 'one',
  severity: 'error',
  confidence: 'medium',
});
const evalOne = findingIn(TEXT, { rule: 'eval-used', at: 'eval(request.body)', enclosing: 'one' });
const evalTwo = findingIn(TEXT, { rule: 'eval-used', at: 'eval(request.args)' });
const ALL = [evalTwo, shell, evalOne, command];

const shown = (raw: readonly RawFinding[], changes: Partial<SettleOptions> = {}) =>
  settle(raw, comments, { ...options, ...changes }).findings.map((finding) => `${finding.ruleId} ${finding.status}`);

describe('settling', () => {
  it('orders by path and place, and gives each its status', () => {
    expect(shown(ALL)).toEqual(['command-injection open', 'shell-used open', 'eval-used open', 'eval-used suppressed']);
  });

  it('gives the same whatever order the findings come in', () => {
    const expected = settle(ALL, comments, options);
    fc.assert(
      fc.property(fc.shuffledSubarray([...ALL, ...ALL], { minLength: 8 }), (raw) => {
        expect(settle(raw, comments, options)).toEqual(expected);
      }),
    );
  });

  it('leaves out what is below a threshold, ignored in its file or not reported on', () => {
    expect(shown(ALL, { minSeverity: 'error' })).toEqual(['command-injection open']);
    expect(shown(ALL, { minConfidence: 'high' })).not.toContain('command-injection open');
    expect(shown(ALL, { isReported: () => false })).toEqual([]);
    const isIgnoredIn = perFileIgnores([{ pattern: '*.py', ruleIds: ['shell-used', 'eval-used'] }]);
    expect(shown(ALL, { isIgnoredIn })).toEqual(['command-injection open']);
  });

  it('calls a suppression needed when a threshold hides what it suppresses, and unused when nothing is there', () => {
    expect(shown(ALL, { minSeverity: 'error' })).toEqual(['command-injection open']);
    expect(shown([shell])).toEqual(['shell-used open', 'suppression-unused open']);
    expect(shown([shell], { gaps: [{ path: 'app.py', reason: 'syntax', detail: 'x' }] })).toEqual(['shell-used open']);
    expect(shown([shell], { gaps: [{ path: '', reason: 'budget', detail: 'x' }] })).toEqual(['shell-used open']);
  });

  it('shows only the winner of two that say the same of one statement', () => {
    const replacements = [['command-injection', 'shell-used']] as const;
    expect(shown(ALL, { replacements })).not.toContain('shell-used open');
    expect(shown([shell, evalTwo], { replacements })).toContain('shell-used open');
  });

  it('keeps the identity of a finding whatever else is shown', () => {
    const printOf = (raw: readonly RawFinding[], changes: Partial<SettleOptions> = {}) =>
      settle(raw, comments, { ...options, ...changes }).findings.find((finding) => finding.primary === evalTwo.primary)?.fingerprint;
    const print = printOf(ALL);
    expect(print).toMatch(/^[0-9a-f]{32}$/);
    expect(printOf([evalTwo])).toBe(print);
    expect(printOf(ALL, { replacements: [['command-injection', 'shell-used']] })).toBe(print);
  });

  it('accepts what the baseline holds, and names what it holds in vain', () => {
    const first = settle(ALL, comments, options);
    const baseline = baselineOf(first.findings);
    expect(baseline.entries).toHaveLength(3);
    expect(shown(ALL, { baseline })).toEqual([
      'command-injection baselined',
      'shell-used baselined',
      'eval-used baselined',
      'eval-used suppressed',
    ]);
    const later = settle([evalTwo, evalOne], comments, { ...options, baseline });
    expect(later.staleBaseline.map((entry) => entry.ruleId)).toEqual(['command-injection', 'shell-used']);
  });

  it('does not call an entry stale that this run could not have matched', () => {
    const baseline = baselineOf(settle(ALL, comments, options).findings);
    const ran = new Set(RULES.filter((rule) => rule !== 'shell-used'));
    const settled = settle([], comments, { ...options, baseline, ran });
    expect(settled.staleBaseline.map((entry) => entry.ruleId)).toEqual(['command-injection', 'eval-used']);
    expect(settled.keptBaseline.map((entry) => entry.rule)).toEqual(['shell-used']);
    expect(settle([], comments, { ...options, baseline, isReported: () => false }).staleBaseline).toEqual([]);
    const isGone = { resolve: (name: string) => (name === 'shell-used' ? [] : options.names.resolve(name)) };
    expect(settle([], comments, { ...options, baseline, ran, names: isGone }).staleBaseline).toHaveLength(3);
  });
});

describe('one cause, one finding', () => {
  it('keeps the worst, then the surest, then the shortest flow', () => {
    const step = { location: shell.primary, message: 'comes in' };
    const worse = { ...shell, severity: 'error', confidence: 'low' } as const;
    const surer = { ...worse, confidence: 'medium' } as const;
    const withFlow = { ...surer, codeFlow: [step] };
    expect(deduplicate([shell, worse, { ...surer, codeFlow: [step, step] }, withFlow, surer])).toEqual([withFlow]);
  });

  it('loses no secret on the way', () => {
    const secret = evalOne.primary;
    const [kept] = deduplicate([
      { ...shell, severity: 'error' },
      { ...shell, secrets: [secret, secret] },
    ]);
    expect(kept).toMatchObject({ severity: 'error', secrets: [secret] });
  });

  it('is decided by place as well as rule', () => {
    expect(deduplicate([evalOne, evalTwo, evalOne])).toHaveLength(2);
  });
});

describe('rules that replace others', () => {
  it('do so along a chain', () => {
    const third = { ...shell, ruleId: 'third' };
    const replaced = replacedFindings(
      [command, shell, third],
      [
        ['command-injection', 'shell-used'],
        ['shell-used', 'third'],
      ],
    );
    expect(replaced).toEqual(new Set([shell, third]));
  });

  it('do so where primary places overlap, and not elsewhere', () => {
    const wide = { ...evalOne, ruleId: 'wide', statement: locate(TEXT, 'app.py', 'def one(request):\n    run(request.body, shell=True)') };
    expect(replacedFindings([wide, evalOne], [['wide', 'eval-used']]).size).toBe(1);
    expect(replacedFindings([shell, evalOne], [['shell-used', 'eval-used']]).size).toBe(0);
    expect(
      replacedFindings([{ ...shell, primary: { ...shell.primary, path: 'b.py' } }, command], [['shell-used', 'command-injection']]).size,
    ).toBe(0);
  });

  it('must not go round in a circle', () => {
    const circle = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ] as const;
    expect(() => replacedFindings([], circle)).toThrow('in a circle: a → b → c → a');
  });
});

describe('per-file ignores', () => {
  it('match like a .gitignore', () => {
    const isIgnoredIn = perFileIgnores([
      { pattern: 'tests/', ruleIds: ['assert-used'] },
      { pattern: 'settings/*_dev.py', ruleIds: ['debug-on'] },
    ]);
    expect(isIgnoredIn('shop/tests/test_a.py', 'assert-used')).toBe(true);
    expect(isIgnoredIn('settings/base_dev.py', 'debug-on')).toBe(true);
    expect(isIgnoredIn('settings/base_dev.py', 'assert-used')).toBe(false);
    expect(isIgnoredIn('settings/prod.py', 'debug-on')).toBe(false);
  });
});
