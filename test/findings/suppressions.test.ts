import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SUPPRESSION_MALFORMED, SUPPRESSION_UNUSED } from '../../src/findings/builtin-rules.ts';
import type { RawFinding } from '../../src/findings/finding.ts';
import type { RuleNames, SourceComment } from '../../src/findings/suppression-comment.ts';
import { applySuppressions, type SuppressionOptions } from '../../src/findings/suppressions.ts';
import { findingIn } from './rules-for-tests.ts';

const RULES: Readonly<Record<string, readonly string[]>> = {
  'debug-on': ['debug-on'],
  FLK110: ['debug-on'],
  B201: ['debug-on'],
  'eval-used': ['eval-used'],
  S000: ['debug-on', 'eval-used'],
  'suppression-unused': ['suppression-unused'],
};
const names: RuleNames = {
  resolve: (name) => (Object.hasOwn(RULES, name) ? (RULES[name] ?? []) : []),
  nearest: (name) => (name === 'debug-onn' ? 'debug-on' : undefined),
};
const ALL = new Set(['debug-on', 'eval-used', SUPPRESSION_MALFORMED.id, SUPPRESSION_UNUSED.id]);

function commentsOf(text: string, path = 'app.py'): readonly SourceComment[] {
  const pattern = path.endsWith('.html') ? /\{#([\s\S]*?)#\}/g : /(?<!["'\w])#+(.*)/g;
  return [...text.matchAll(pattern)].map((found) => ({
    path,
    text: (found[1] ?? '').trim(),
    start: found.index,
    end: found.index + found[0].length,
  }));
}

function apply(text: string, findings: readonly RawFinding[], changes: Partial<SuppressionOptions> = {}, path = 'app.py') {
  const options = { names, textOf: () => text, requireReason: true, ran: ALL, isIncomplete: () => false, ...changes };
  const { suppressed, findings: about } = applySuppressions(findings, commentsOf(text, path), options);
  return {
    suppressed: findings.filter((finding) => suppressed.has(finding)).map((finding) => finding.ruleId),
    about: about.map((finding) => `${finding.ruleId}: ${finding.message}`),
    raw: about,
  };
}

const debugOn = (text: string, changes: { statement?: string; path?: string } = {}) =>
  findingIn(text, { rule: 'debug-on', at: 'debug=True', ...changes });

describe('a suppression', () => {
  it.each([
    ['at the end of the line', 'app.run(debug=True)  # ratel: ignore[debug-on] local tool\n'],
    ['on the line above', '# ratel: ignore[debug-on] local tool\napp.run(debug=True)\n'],
    ['above other comments', '# ratel: ignore[debug-on] local tool\n# and more\napp.run(debug=True)\n'],
    ['by code', 'app.run(debug=True)  # ratel: ignore[FLK110] local tool\n'],
    ['by an alias', 'app.run(debug=True)  # ratel: ignore[B201] local tool\n'],
    ['with several names', 'app.run(debug=True, x=eval(y))  # ratel: ignore[eval-used, debug-on] local tool\n'],
    ['with other blanks and capitals', 'app.run(debug=True)  #RATEL:Ignore [ debug-on ] - local tool\n'],
    ['after another tool', 'app.run(debug=True)  # noqa: S201  # ratel: ignore[debug-on] local tool\n'],
    ['before another tool', 'app.run(debug=True)  # ratel: ignore[debug-on] see #12 # noqa: S201\n'],
    ['after CR LF', 'x = 1\r\n# ratel: ignore[debug-on] local tool\r\napp.run(debug=True)\r\n'],
  ])('works %s', (_, text) => {
    const findings = [
      debugOn(text),
      ...(text.includes('eval') && text.includes('eval(') ? [findingIn(text, { rule: 'eval-used', at: 'eval(y)' })] : []),
    ];
    const result = apply(text, findings);
    expect(result.suppressed).toContain('debug-on');
    expect(result.about).toEqual([]);
  });

  const call = 'app.run(\n    host,  # first\n    debug=True,\n    port=1,\n)';
  it.each([
    ['the first line', call.replace('app.run(', 'app.run(  # ratel: ignore[debug-on] why')],
    ['a line before', call.replace('# first', '# ratel: ignore[debug-on] why')],
    ['a line of its own', call.replace('# first', '\n    # ratel: ignore[debug-on] why')],
    ['the last line', `${call}  # ratel: ignore[debug-on] why`],
    ['the line above', `# ratel: ignore[debug-on] why\n${call}`],
  ])('works on any line of its statement: %s', (_, text) => {
    const statement = text.replace(/^# .*\n/, '').replace(/\) {2}# .*$/, ')');
    expect(apply(text, [debugOn(text, { statement })])).toMatchObject({ suppressed: ['debug-on'], about: [] });
  });

  it('works in templates', () => {
    const text = '{# ratel: ignore[eval-used] cleaned in the view #}\n<p>{{ q|safe }}</p>\n<b>{{ q|safe }}</b>\n';
    const path = 'a.html';
    const findings = ['<p>', '<b>'].map((after) => findingIn(text, { rule: 'eval-used', path, at: '{{ q|safe }}', after }));
    expect(apply(text, findings, {}, path).suppressed).toEqual(['eval-used']);
  });

  it.each([
    ['another rule', 'app.run(debug=True)  # ratel: ignore[eval-used] why\n'],
    ['the line below', 'app.run(debug=True)\n# ratel: ignore[debug-on] why\n'],
    ['a blank line between', '# ratel: ignore[debug-on] why\n\napp.run(debug=True)\n'],
    ['the end of another statement above', 'x = 1  # ratel: ignore[debug-on] why\napp.run(debug=True)\n'],
    ['a string', 'app.run(debug=True, x="# ratel: ignore[debug-on] why")\n'],
  ])('does not reach across %s', (_, text) => {
    expect(apply(text, [debugOn(text)]).suppressed).toEqual([]);
  });

  it('of a function reaches no further than its header', () => {
    const text = '@route\ndef view():\n    a = 1  # ratel: ignore[debug-on] why\n    return a\n';
    const whole = (comment: string) => findingIn(comment, { rule: 'debug-on', at: 'view', statement: comment.trimEnd() });
    expect(apply(text, [whole(text)]).suppressed).toEqual([]);
    const onHeader = text.replace('():', '():  # ratel: ignore[debug-on] why');
    expect(apply(onHeader, [whole(onHeader)]).suppressed).toEqual(['debug-on']);
    const above = `# ratel: ignore[debug-on] why\n${text}`;
    const found = findingIn(above, { rule: 'debug-on', at: 'view', statement: text.trimEnd() });
    expect(apply(above, [found]).suppressed).toEqual(['debug-on']);
  });
});

describe('a malformed suppression', () => {
  it.each([
    ['no brackets', 'ratel: ignore', 'it names no rule'],
    ['a blanket', 'ratel: ignore[*] why', '"*" would suppress everything'],
    ['all', 'ratel: ignore[all] why', '"all" would suppress everything'],
    ['empty brackets', 'ratel: ignore[] why', 'a rule name is missing'],
    ['an empty name', 'ratel: ignore[debug-on,] why', 'a rule name is missing'],
    ['an unknown rule', 'ratel: ignore[debug-onn] why', 'no rule is called "debug-onn" (did you mean "debug-on"?).'],
    ['one unknown rule of two', 'ratel: ignore[debug-on, nonsense] why', 'no rule is called "nonsense"'],
    ['names without a comma', 'ratel: ignore[debug-on eval-used] why', 'no rule is called "debug-on eval-used"'],
    ['no reason', 'ratel: ignore[debug-on]', 'the reason is missing'],
    ['a reason without words', 'ratel: ignore[debug-on] -- …', 'the reason is missing'],
    ['an open bracket', 'ratel: ignore[debug-on why', 'the bracket is not closed'],
    ['another word', 'ratel: noqa[debug-on] why', '"noqa" is not "ignore"'],
    ['no colon', 'ratel ignore[debug-on] why', 'a colon is missing'],
    ['round brackets', 'ratel: ignore(debug-on) why', 'it names no rule'],
    ['an inherited name', 'ratel: ignore[constructor] why', 'no rule is called "constructor"'],
  ])('with %s suppresses nothing and is reported', (_, comment, words) => {
    const text = `app.run(debug=True)  # ${comment}\n`;
    const result = apply(text, [debugOn(text)]);
    expect(result.suppressed).toEqual([]);
    expect(result.about).toHaveLength(1);
    expect(result.about[0]).toContain('suppression-malformed');
    expect(result.about[0]).toContain(words);
  });

  it('is not seen in comments that merely speak of ratel', () => {
    const text = 'app.run(debug=True)  # ratel is an animal; ratel: ignore is a phrase\n# ratels eat snakes\n';
    expect(apply(text, [debugOn(text)]).about).toEqual([]);
  });

  it('may lack its reason where none is required', () => {
    const text = 'app.run(debug=True)  # ratel: ignore[debug-on]\n';
    expect(apply(text, [debugOn(text)], { requireReason: false })).toMatchObject({ suppressed: ['debug-on'], about: [] });
  });
});

describe('any comment', () => {
  it('is taken for a suppression only when it is one to the letter', () => {
    const piece = fc.constantFrom('ratel', ':', ' ', 'ignore', '[', ']', 'debug-on', ',', 'why', '#', '*', 'all', 'noqa', '\n', '-', 'x');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const comment = pieces.join('').trim();
        const text = `app.run(debug=True)  # ${comment.replaceAll('\n', ' ')}\n`;
        const { suppressed } = apply(text, [debugOn(text)]);
        if (suppressed.length > 0) expect(text).toMatch(/# *ratel *: *ignore *\[[^\]]*debug-on *[\],].*\w/);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['signs', `ratel ${'#'.repeat(200_000)}1 #x`],
    ['blanks', `ratel: ignore[debug-on] why${' '.repeat(200_000)}1`],
    ['names', `ratel: ignore[${'debug-on,'.repeat(20_000)}debug-on] why`],
    ['parts', '# ratel: ignore[debug-on] why '.repeat(5_000)],
  ])('of very many %s is read in time', (_, comment) => {
    const text = `x = 1${' '.repeat(200_000)}y  # ${comment}\n`;
    const started = performance.now();
    apply(text, []);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('an unused suppression', () => {
  const unused = (text: string, changes: Partial<SuppressionOptions> = {}, path = 'app.py') => apply(text, [], changes, path).raw;
  const mended = (text: string, findings: readonly RawFinding[] = [], path = 'app.py') => {
    const edit = apply(text, findings, {}, path).raw[0]?.fix?.edits[0];
    if (edit === undefined) return text;
    return text.slice(0, edit.location.start) + edit.replacement + text.slice(edit.location.end);
  };

  it('is reported where it stands', () => {
    const text = 'x = 1  # ratel: ignore[debug-on] why\n';
    const [finding] = unused(text);
    expect(finding?.ruleId).toBe('suppression-unused');
    expect(finding?.message).toContain('debug-on');
    expect(text.slice(finding?.primary.start, finding?.primary.end)).toBe('ratel: ignore[debug-on] why');
  });

  it('is left alone when its rule did not run, or its file was not wholly looked at', () => {
    const text = 'x = 1  # ratel: ignore[debug-on] why\n';
    expect(unused(text, { ran: new Set(['eval-used', 'suppression-unused']) })).toEqual([]);
    expect(unused(text, { isIncomplete: (path) => path === 'app.py' })).toEqual([]);
    expect(unused('x = 1  # ratel: ignore[S000] why\n', { ran: new Set(['eval-used', 'suppression-unused']) })).toEqual([]);
    expect(unused(text, { ran: new Set(['debug-on']) })).toEqual([]);
  });

  it('is left alone when it says that it is kept on purpose', () => {
    expect(unused('x = 1  # ratel: ignore[debug-on, suppression-unused] depends on the platform\n')).toEqual([]);
  });

  it('counts as used when one rule of a shared alias reports', () => {
    const text = 'app.run(debug=True)  # ratel: ignore[S000] why\n';
    expect(apply(text, [debugOn(text)])).toMatchObject({ suppressed: ['debug-on'], about: [] });
  });

  it.each([
    ['a trailing comment', 'x = 1  # ratel: ignore[debug-on] why\ny = 2\n', 'x = 1\ny = 2\n'],
    ['a line', 'x = 1\n    # ratel: ignore[debug-on] why\ny = 2\n', 'x = 1\ny = 2\n'],
    ['the last line', 'x = 1\n# ratel: ignore[debug-on] why', 'x = 1\n'],
    ['a CR LF line', 'x = 1\r\n# ratel: ignore[debug-on] why\r\ny = 2\r\n', 'x = 1\r\ny = 2\r\n'],
    ['the second part', 'x = 1  # noqa: E1  # ratel: ignore[debug-on] why\n', 'x = 1  # noqa: E1\n'],
    ['the first part', 'x = 1  # ratel: ignore[debug-on] why  # noqa: E1\n', 'x = 1  # noqa: E1\n'],
    ['the middle part', 'x = 1  # type: ignore # ratel: ignore[debug-on] why # noqa\n', 'x = 1  # type: ignore # noqa\n'],
  ])('is mended by deleting %s', (_, before, after) => {
    expect(mended(before)).toBe(after);
  });

  it('is mended in templates, with the text around it kept apart', () => {
    expect(mended('<p>a {# ratel: ignore[debug-on] why #} b</p>\n', [], 'a.html')).toBe('<p>a  b</p>\n');
    expect(mended('{# ratel: ignore[debug-on] why #}\n<p>\n', [], 'a.html')).toBe('<p>\n');
  });

  it('keeps the names that are needed', () => {
    const text = 'app.run(debug=True)  # ratel: ignore[eval-used, debug-on] why\n';
    expect(mended(text, [debugOn(text)])).toBe('app.run(debug=True)  # ratel: ignore[debug-on] why\n');
  });
});
