import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Log, Result, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import { findMultitool, validateSarif } from '../../scripts/validate-sarif.ts';
import type { AuditResult } from '../../src/findings/audit-result.ts';
import type { Gap, RawFinding } from '../../src/findings/finding.ts';
import { lineHashes } from '../../src/report/line-hash.ts';
import { sarifReport } from '../../src/report/sarif.ts';
import { fileUri, relativeUri } from '../../src/report/uri.ts';
import { findingIn, ruleNamed } from '../findings/rules-for-tests.ts';
import { PLAIN, resultOf, SHOP } from './results-for-tests.ts';

const logOf = (result: AuditResult): Log => JSON.parse(sarifReport(result, PLAIN));
const runOf = (result: AuditResult): Run => logOf(result).runs[0] as Run;
const resultsOf = (result: AuditResult): Result[] => runOf(result).results ?? [];

const TEXT = 'def view():\n    run(\n        a,\n    )\n\nx = items[0](1) + "{0}"\n';
const about = (changes: Parameters<typeof findingIn>[1]) => findingIn(TEXT, changes);
const odd = (path: string) => ({
  ...resultOf({ [path]: TEXT }, [about({ at: 'x', path })]),
  rules: [ruleNamed('bad-thing', { securitySeverity: 5 })],
});
const manySteps = Array.from({ length: 1500 }, (_, at) => ({ location: about({ at: 'x' }).primary, message: `step ${at}` }));
const manyPlaces = Array.from({ length: 150 }, (_, at) => ({ location: about({ at: 'x' }).primary, message: `place ${at}` }));

const CASES: readonly (readonly [string, AuditResult])[] = [
  ['one of everything', SHOP],
  ['nothing', resultOf({}, [])],
  ['a rule of one word', { ...resultOf({ 'app.py': TEXT }, [about({ at: 'x' })]), rules: [ruleNamed('ssrf')] }],
  ['blanks, signs and a colon in a name', odd('c:\\d/my file#1?%.py')],
  ['other alphabets and controls in a name', odd('日本/é\u001b[1m\u202e.py')],
  ['half a surrogate pair in a name', odd('\ud800.py')],
  [
    'an empty file',
    resultOf({ 'a.py': '' }, [findingIn('x', { at: 'x', path: 'a.py', more: { primary: { path: 'a.py', start: 0, end: 0 } } })]),
  ],
  [
    'links and placeholders in words',
    resultOf({ 'app.py': TEXT }, [
      about({
        at: 'items[0](1)',
        message: 'items[0](1) is "{0}" \\ here.',
        more: { related: [{ location: about({ at: 'a,' }).primary, message: 'see [1](2) {3}' }] },
      }),
    ]),
  ],
  ['a place of many lines', resultOf({ 'app.py': TEXT }, [about({ at: 'run(\n        a,\n    )' })])],
  ['long flows and many places', resultOf({ 'app.py': TEXT }, [about({ at: 'x', more: { codeFlow: manySteps, related: manyPlaces } })])],
  [
    'gaps',
    resultOf({ 'app.py': TEXT }, [], {
      gaps: [
        { path: '', reason: 'budget', detail: '' },
        { path: 'a b.py', reason: 'syntax', detail: 'at {0}', line: 3 },
      ],
    }),
  ],
  ['no message', resultOf({ 'app.py': TEXT }, [about({ at: 'x', message: '\u200b' })])],
];

describe('a SARIF report', () => {
  const validate = new Ajv2020({ allErrors: true, strict: false, validateFormats: false }).compile(
    JSON.parse(readFileSync('fixtures/schemas/sarif-2.1.0.schema.json', 'utf8')),
  );
  const multitool = findMultitool(process.env);

  it.each(CASES)('with %s is valid', (_, result) => {
    validate(logOf(result));
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each(CASES)('with %s has what code scanning demands', (_, result) => {
    const { results = [], tool } = runOf(result);
    for (const rule of tool.driver.rules ?? []) {
      // SARIF1001: a name that is the id in other case says nothing.
      expect(rule.name?.toLowerCase()).not.toBe(rule.id.toLowerCase());
      expect(rule.shortDescription?.text && rule.fullDescription?.text && rule.help?.text).toBeTruthy();
    }
    for (const one of results) {
      expect(one.message.text).toMatch(/\S/);
      expect(tool.driver.rules?.[one.ruleIndex ?? -1]?.id).toBe(one.ruleId);
      const place = one.locations?.[0]?.physicalLocation;
      expect(new URL(place?.artifactLocation?.uri ?? '', 'https://repository.example/').origin).toBe('https://repository.example');
      expect(place?.artifactLocation?.uri).toMatch(/^[\w.~%-][\w.~%/-]*$/);
      expect(place?.region).toMatchObject({
        startLine: expect.any(Number),
        startColumn: expect.any(Number),
        endLine: place?.region?.startLine,
        endColumn: expect.any(Number),
      });
      expect(one.partialFingerprints?.primaryLocationLineHash).toMatch(/^[0-9a-f]+:\d+$/);
    }
  });

  it.skipIf(multitool === undefined)('passes the multitool with GitHub’s rules', { timeout: 120_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'ratel-sarif-test-'));
    try {
      const files = CASES.map(([, result], at) => {
        const file = join(folder, `${at}.sarif`);
        const informed = { ...result, tool: { ...result.tool, informationUri: 'https://example.org/ratel' } };
        writeFileSync(file, sarifReport(informed, { ...PLAIN, automationId: 'ratel/' }));
        return file;
      });
      const problems = validateSarif(multitool ?? '', files);
      expect(problems).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a rule in SARIF', () => {
  const rule = (id: string) => runOf(SHOP).tool.driver.rules?.find((one) => one.id === id);

  it('about security has a severity in a string and CWE tags', () => {
    expect(rule('sql-injection')?.properties).toMatchObject({ 'security-severity': '9.3', precision: 'high' });
    expect(rule('sql-injection')?.properties?.tags).toEqual([
      'security',
      'external/cwe/cwe-089',
      'external/owasp/a03-2021',
      'injection',
      'TNT101',
    ]);
    expect(rule('sql-injection')?.helpUri).toBe('https://example.org/rules/sql-injection');
  });

  it('about anything else has a plain severity', () => {
    expect(rule('debug-on')?.properties).toMatchObject({ 'problem.severity': 'recommendation', precision: 'medium' });
    expect(rule('debug-on')?.properties?.tags).not.toContain('security');
    expect(rule('debug-on')).not.toHaveProperty('helpUri');
  });

  it('has at most ten tags, the important ones first', () => {
    const many = ruleNamed('bad-thing', { securitySeverity: 9, cwe: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] });
    const tags = runOf(resultOf({ 'app.py': TEXT }, [about({ at: 'x' })], { rules: [many] })).tool.driver.rules?.[0]?.properties?.tags;
    expect(tags).toHaveLength(10);
    expect(tags?.slice(0, 2)).toEqual(['security', 'external/cwe/cwe-001']);
  });

  it('is described even when only a finding knows it', () => {
    const { tool } = runOf(resultOf({ 'app.py': TEXT }, [about({ at: 'x', rule: 'stray' })], { rules: [ruleNamed('a'), ruleNamed('z')] }));
    expect(tool.driver.rules?.map((one) => one.id)).toEqual(['a', 'stray', 'z']);
  });
});

describe('a result in SARIF', () => {
  it('has both fingerprints, the line’s as GitHub computes it', () => {
    const [debug] = resultsOf(SHOP);
    const expected = lineHashes(SHOP.textOf('shop/settings.py') ?? '', new Set([1])).get(1);
    expect(debug?.partialFingerprints).toEqual({ primaryLocationLineHash: expected, 'ratelFingerprint/1': SHOP.findings[0]?.fingerprint });
  });

  it('names files from the top of the repository, percent-encoded', () => {
    expect(resultsOf(SHOP)[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('web/shop/settings.py');
    expect(resultsOf(odd('c:\\d/my file#1?%.py'))[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(
      'c%3A%5Cd/my%20file%231%3F%25.py',
    );
  });

  it('spans one line, with the rest as its context', () => {
    const place = resultsOf(resultOf({ 'app.py': TEXT }, [about({ at: 'run(\n        a,\n    )' })]))[0]?.locations?.[0]?.physicalLocation;
    expect(place?.region).toEqual({ startLine: 2, startColumn: 5, endLine: 2, endColumn: 9, snippet: { text: 'run(' } });
    expect(place?.contextRegion).toEqual({ startLine: 2, startColumn: 1, endLine: 4, endColumn: 6 });
  });

  it('shows flows, and related places as links of its message', () => {
    const [, secret, injection] = resultsOf(SHOP);
    expect(injection?.codeFlows?.[0]?.threadFlows[0]?.locations).toHaveLength(4);
    expect(secret?.message.text).toContain('See also: [the same value is used here](1).');
    expect(secret?.relatedLocations?.[0]).toMatchObject({ id: 1, message: { text: 'the same value is used here' } });
  });

  it('keeps literal words from being read as links or placeholders', () => {
    const message = CASES.find(([name]) => name.startsWith('links'))?.[1];
    expect(message && resultsOf(message)[0]?.message.text).toBe(
      'items\\[0\\](1) is "{{0}}" \\\\ here. See also: [see \\[1\\](2) {{3}}](1).',
    );
  });

  it('is left out when suppressed or baselined', () => {
    expect(resultsOf(SHOP).map((one) => one.ruleId)).toEqual(['debug-on', 'secret-in-code', 'sql-injection']);
  });

  it('carries its fix', () => {
    expect(resultsOf(SHOP)[0]?.fixes?.[0]?.artifactChanges[0]?.replacements[0]).toEqual({
      deletedRegion: { startLine: 1, startColumn: 9, endLine: 1, endColumn: 13 },
      insertedContent: { text: 'False' },
    });
  });

  it('has no more steps and places than are shown, with both ends of the flow', () => {
    const [one] = resultsOf(resultOf({ 'app.py': TEXT }, [about({ at: 'x', more: { codeFlow: manySteps, related: manyPlaces } })]));
    const steps = one?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
    expect(steps).toHaveLength(1000);
    expect([steps[0], steps.at(-1)].map((step) => step?.location?.message?.text)).toEqual(['step 0', 'step 1499']);
    expect(one?.relatedLocations).toHaveLength(99);
  });
});

describe('a SARIF run', () => {
  const notesOf = (run: Run) => (run.invocations?.[0]?.toolExecutionNotifications ?? []).map((one) => one.message.text);
  const notes = (result: AuditResult) => notesOf(runOf(result));

  it('was successful, and says what was not looked at', () => {
    expect(runOf(SHOP).invocations?.[0]?.executionSuccessful).toBe(true);
    expect(notes(SHOP)).toEqual(['web/legacy/report.py: syntax error: the rest was read.']);
    expect(notes(resultOf({}, []))).toEqual([]);
  });

  it('does not let gaps fill the file', () => {
    const gaps = Array.from({ length: 1200 }, (_, at): Gap => ({ path: `f${at}.py`, reason: 'syntax', detail: 'x' }));
    expect(notes(resultOf({}, [], { gaps }))).toHaveLength(1001);
    expect(notes(resultOf({}, [], { gaps })).at(-1)).toContain('200 more gaps');
  });

  const many = (count: number, severityOf: (at: number) => RawFinding['severity']) => {
    const text = 'x\n'.repeat(count);
    const findings = Array.from({ length: count }, (_, at) => ({
      ...about({ at: 'x' }),
      severity: severityOf(at),
      primary: { path: 'app.py', start: at * 2, end: at * 2 + 1 },
      fingerprint: String(at),
      status: 'open' as const,
    }));
    return { ...resultOf({ 'app.py': text }, []), findings };
  };

  it('says when GitHub will not show all results', () => {
    expect(notes(many(5_001, () => 'note'))).toEqual(['5001 findings, of which GitHub code scanning shows 5000.']);
  });

  it('holds no more results than GitHub takes, the worst ones', () => {
    const result = many(25_010, (at) => (at >= 25_000 ? 'error' : 'note'));
    const run = runOf(result);
    expect(run.results).toHaveLength(25_000);
    expect(run.results?.filter((one) => one.level === 'error')).toHaveLength(10);
    expect(notesOf(run)[0]).toContain('25010 findings, of which the 25000 worst are here');
  });

  it('is no larger than GitHub takes, with the worst findings', () => {
    // Digests compress badly, as do a thousand different messages.
    const noise = (at: number) =>
      Array.from({ length: 40 }, (_, part) => createHash('sha512').update(`${at} ${part}`).digest('base64')).join('');
    const base = many(6_000, (at) => (at % 100 === 0 ? 'error' : 'note'));
    const result = { ...base, findings: base.findings.map((finding, at) => ({ ...finding, message: noise(at) })) };
    const text = sarifReport(result, PLAIN);
    const size = gzipSync(text).length;
    expect(size).toBeLessThanOrEqual(10_000_000);
    expect(size).toBeGreaterThan(7_000_000);
    const run: Run = JSON.parse(text).runs[0];
    expect(run.results?.length).toBeLessThan(6_000);
    expect(run.results?.filter((one) => one.level === 'error')).toHaveLength(60);
    expect(run.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toContain(
      `6000 findings, of which the ${run.results?.length} worst are here`,
    );
  });

  it('does not grow beyond what a string may hold', () => {
    const base = many(5_000, (at) => (at === 4_999 ? 'error' : 'note'));
    const codeFlow = manySteps.slice(0, 1_000);
    const result = { ...base, findings: base.findings.map((finding) => ({ ...finding, codeFlow })) };
    const run = runOf(result);
    expect(run.results).toHaveLength(399);
    expect(run.results?.at(-1)?.level).toBe('error');
    expect(notesOf(run)[0]).toContain('5000 findings, of which the 399 worst are here');
  });

  it('says when places, steps or tags are left out', () => {
    const long = about({ at: 'x', more: { codeFlow: manySteps, related: manyPlaces } });
    const tagged = ruleNamed('bad-thing', { cwe: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] });
    expect(notes(resultOf({ 'app.py': TEXT }, [long], { rules: [tagged] }))).toEqual([
      'Of 1 finding some places or steps are left out: GitHub code scanning does not show so many.',
      'Of 1 rule some tags are left out: GitHub code scanning shows 10.',
    ]);
  });

  it('lists no more rules than GitHub takes, those with findings first of all', () => {
    const rules = Array.from({ length: 25_001 }, (_, at) => ruleNamed(`rule-${String(at).padStart(5, '0')}`));
    const result = resultOf({ 'app.py': TEXT }, [about({ at: 'x', rule: 'rule-25000' })], { rules });
    const run = runOf(result);
    expect(run.tool.driver.rules?.map((rule) => rule.id)).toEqual(['rule-25000']);
    expect(run.results?.[0]?.ruleIndex).toBe(0);
    expect(notesOf(run)).toEqual(['25000 rules that found nothing here are not listed: GitHub code scanning rejects more than 25000.']);
  });

  it('takes a category, and counts columns in UTF-16 units', () => {
    const run: Run = JSON.parse(sarifReport(SHOP, { ...PLAIN, automationId: 'ratel/web/' })).runs[0];
    expect(run.automationDetails).toEqual({ id: 'ratel/web/' });
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(runOf(SHOP)).not.toHaveProperty('automationDetails');
  });
});

describe('addresses', () => {
  it('are relative, or of files on any system', () => {
    expect(relativeUri("a b/it's(1).py")).toBe('a%20b/it%27s%281%29.py');
    expect(fileUri('/home/a b/x.py')).toBe('file:///home/a%20b/x.py');
    expect(fileUri('C:\\Users\\a b/x.py')).toBe('file:///C:/Users/a%20b/x.py');
  });
});
