import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprints } from '../../src/findings/fingerprint.ts';
import { markedFindings } from './marked-findings.ts';
import { findingIn } from './rules-for-tests.ts';

const PAIRS = 'fixtures/pairs';

interface Pair {
  readonly what: string;
  readonly same?: readonly string[];
  readonly different?: readonly string[];
}

/** Label → fingerprint of all marked places of one side of a pair. */
function identities(folder: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const absolute = join(entry.parentPath, entry.name);
    texts.set(absolute.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(absolute, 'utf8'));
  }
  const marked = [...texts].flatMap(([path, text]) => markedFindings(path, text));
  const results = fingerprints(
    marked.map((one) => one.finding),
    (path) => texts.get(path),
  );
  return new Map(marked.map((one, at) => [one.label, results[at] ?? '']));
}

describe.each(readdirSync(PAIRS).sort())('the pair %s', (name) => {
  const pair: Pair = JSON.parse(readFileSync(join(PAIRS, name, 'pair.json'), 'utf8'));
  const before = identities(join(PAIRS, name, 'before'));
  const after = identities(join(PAIRS, name, 'after'));

  it('says of every mark whether it keeps its identity', () => {
    const mentioned = [...(pair.same ?? []), ...(pair.different ?? [])].sort();
    expect([...new Set([...before.keys(), ...after.keys()])].sort()).toEqual(mentioned);
  });

  it.each(pair.same ?? [])('keeps the identity of %s', (label) => {
    expect(before.get(label)).toBeDefined();
    expect(after.get(label)).toBe(before.get(label));
  });

  it.each(pair.different ?? [])('gives %s an identity of its own', (label) => {
    const own = before.get(label) ?? after.get(label);
    const others = before.has(label) ? after : before;
    expect([...others.values()]).not.toContain(own);
  });
});

describe('fingerprints', () => {
  it('tell rules apart, and equal places of one run', () => {
    const text = 'f(a.b, a.b)\n';
    const findings = [
      findingIn(text, { at: 'a.b' }),
      findingIn(text, { at: 'a.b', after: ', ' }),
      findingIn(text, { at: 'a.b', rule: 'other-thing' }),
    ];
    expect(new Set(fingerprints(findings, () => text)).size).toBe(3);
  });

  it('do not depend on the order in which findings are given', () => {
    const text = 'f(a.b, a.b)\n';
    const first = findingIn(text, { at: 'a.b' });
    const second = findingIn(text, { at: 'a.b', after: ', ' });
    expect(fingerprints([second, first], () => text)).toEqual(fingerprints([first, second], () => text).toReversed());
  });

  it('are made of any text and any span', () => {
    const spans = fc.tuple(fc.string({ unit: 'binary' }), fc.nat(50), fc.nat(50), fc.constantFrom('a.py', 'a.html', 'Dockerfile'));
    fc.assert(
      fc.property(spans, ([text, a, b, path]) => {
        const place = { path, start: Math.min(a, b), end: Math.max(a, b) };
        const finding = findingIn('x', { path, at: 'x', more: { primary: place, statement: place } });
        expect(fingerprints([finding], () => text)[0]).toMatch(/^[0-9a-f]{32}$/);
      }),
    );
  });

  it.each([
    ['f-strings that never close', 'f"""{'.repeat(2000)],
    ['quotes in fields', 'f"{f\'{'.repeat(1500)],
    ['brackets', '['.repeat(9000)],
    ['closed brackets', `${'('.repeat(4000)}${')'.repeat(4000)}`],
  ])('are made in time of thousands of nested %s', (_, text) => {
    const place = { path: 'a.py', start: 0, end: text.length };
    const finding = findingIn('x', { path: 'a.py', at: 'x', more: { primary: place, statement: place } });
    const started = performance.now();
    fingerprints([finding], () => text);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
