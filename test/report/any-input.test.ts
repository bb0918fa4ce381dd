import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditResult } from '../../src/findings/audit-result.ts';
import { REPORT_FORMATS } from '../../src/report/reporter.ts';
import { findingIn, ruleNamed } from '../findings/rules-for-tests.ts';
import { resultOf } from './results-for-tests.ts';

const nasty = fc.constantFrom(
  '\u001b',
  '\u0000',
  '\u009b',
  '\r',
  '\n',
  '\t',
  '\u202e',
  '\u200b',
  '\ud800',
  '\u2028',
  '😀',
  '日',
  '\u0301',
  'x',
  ' ',
  '"',
  '%',
  ':',
);
const text = fc.oneof(fc.string({ unit: nasty, maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }));
const path = text.map((one) => one.replaceAll('/', '') || 'a.py');

const result = fc
  .record({
    text,
    path,
    other: path,
    message: text,
    name: text,
    a: fc.nat(70),
    b: fc.nat(70),
    c: fc.nat(70),
    d: fc.nat(70),
    isSecret: fc.boolean(),
  })
  .map(({ text: source, path: file, other, message, name, a, b, c, d, isSecret }): AuditResult => {
    const primary = { path: file, start: Math.min(a, b), end: Math.max(a, b) };
    const step = { location: { path: file, start: Math.min(c, d), end: Math.max(c, d) }, message };
    const finding = findingIn('x', {
      at: 'x',
      path: file,
      rule: name || 'r',
      message,
      enclosing: message,
      more: {
        primary,
        statement: primary,
        title: message,
        remediation: message,
        related: [step, { ...step, location: { ...step.location, path: other } }],
        codeFlow: [step, { location: primary, message }],
        fix: { level: 'safe', description: message, edits: [{ location: primary, replacement: message }] },
        ...(isSecret ? { secrets: [step.location] } : {}),
      },
    });
    return resultOf({ [file]: source }, [finding], {
      gaps: [{ path: other, reason: 'crash', detail: message, line: 1 }],
      staleBaseline: [{ ruleId: name, path: other, fingerprint: message }],
      rules: [
        ruleNamed(name || 'r', {
          title: message,
          remediation: message,
          aliases: [message],
          references: [message],
          family: message,
          securitySeverity: 5,
        }),
      ],
    });
  });

const options = fc.record({
  color: fc.constant(false),
  hyperlinks: fc.constant(false),
  verbose: fc.boolean(),
  quiet: fc.boolean(),
  width: fc.constantFrom(0, 1, 40, 80, 500),
});

const ESCAPE = String.fromCharCode(27);
/** What a terminal or a reader would act on or not see; line ends excepted. */
const HIDDEN = /(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff\p{Surrogate}]/u;

describe.each(Object.entries(REPORT_FORMATS))('the format %s', (name, { render }) => {
  it('takes any text, any names and any places, and prints nothing that acts or hides', () => {
    fc.assert(
      fc.property(result, options, (one, looks) => {
        const report = render(one, looks);
        expect(report).not.toMatch(HIDDEN);
        if (['json', 'sarif', 'gitlab'].includes(name))
          expect(strings(JSON.parse(report)).filter((value) => HIDDEN.test(value.replaceAll(/\t|\r\n/g, '')))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('prints our own escapes only, when they are asked for', () => {
    fc.assert(
      fc.property(result, options, (one, looks) => {
        const report = render(one, { ...looks, color: true, hyperlinks: true });
        expect(report.replace(OURS, '')).not.toMatch(HIDDEN);
      }),
      { numRuns: 50 },
    );
  });
});

/** Colours, and links with addresses of plain ASCII. */
const OURS = new RegExp(`${ESCAPE}\\[\\d+m|${ESCAPE}\\]8;;[!-~]*${ESCAPE}\\\\`, 'g');

/** All strings of a JSON value. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...strings(inner)]);
}
