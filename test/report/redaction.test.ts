import { describe, expect, it } from 'vitest';
import type { RawFinding } from '../../src/findings/finding.ts';
import { redactionOf } from '../../src/report/redaction.ts';
import { REPORT_FORMATS } from '../../src/report/reporter.ts';
import { findingIn, locate } from '../findings/rules-for-tests.ts';
import { PLAIN, resultOf } from './results-for-tests.ts';

const SECRET = 'gK7-secret-9$x';
const TEXT = `TOKEN = "${SECRET}"
send(b'${SECRET}', token=TOKEN)
PIN = "4711"
print("4711", PIN)
`;
const place = (code: string, after?: string) => locate(TEXT, 'app.py', code, after);

/** A finding that shows the secret in every way a finding can. */
const leaking: RawFinding = findingIn(TEXT, {
  at: `send(b'${SECRET}', token=TOKEN)`,
  message: `The token ${SECRET} is sent.`,
  more: {
    title: `Token ${SECRET}`,
    remediation: `Do not write "${SECRET}".`,
    secrets: [place(`"${SECRET}"`), place('"4711"')],
    related: [{ location: place(`"${SECRET}"`), message: `${SECRET} is set` }],
    codeFlow: [
      { location: place(`"${SECRET}"`), message: `${SECRET} is set` },
      { location: place(`b'${SECRET}'`), message: `${SECRET} goes out` },
    ],
    fix: {
      level: 'suggestion',
      description: `Move ${SECRET}`,
      edits: [{ location: place(`"${SECRET}"`), replacement: 'os.environ["TOKEN"]' }],
    },
  },
});
const innocent = findingIn(TEXT, { rule: 'other', at: `b'${SECRET}'`, message: `Sends ${SECRET}.` });

describe('a secret', () => {
  it.each(Object.entries(REPORT_FORMATS))('is not in the report as %s', (_, { render }) => {
    const result = resultOf({ 'app.py': TEXT }, [innocent, leaking]);
    const report = render(result, { ...PLAIN, verbose: true });
    expect(report).not.toContain(SECRET);
    expect(report).not.toContain('"4711"');
    expect(report).toContain('•••');
  });

  it('of a suppressed finding is not shown by another finding', () => {
    const result = resultOf({ 'app.py': TEXT }, [innocent, { ...leaking, status: 'suppressed' as const }]);
    for (const { render } of Object.values(REPORT_FORMATS)) expect(render(result, PLAIN)).not.toContain(SECRET);
  });

  it('is masked with carets where they belong', () => {
    const result = resultOf({ 'app.py': TEXT }, [
      { ...innocent, primary: place('token=TOKEN') },
      { ...leaking, status: 'suppressed' as const },
    ]);
    expect(REPORT_FORMATS.human.render(result, PLAIN)).toContain("    2 │ send(b'•••', token=TOKEN)\n      │              ^^^^^^^^^^^\n");
  });

  it('that is short is masked at its place and in its own words only', () => {
    const short = {
      ...findingIn(TEXT, { at: '"4711"', message: 'PIN 4711 is set.', more: { secrets: [place('"4711"')] } }),
      fingerprint: '',
      status: 'open' as const,
    };
    const redaction = redactionOf([short], () => TEXT);
    expect(redaction.words('PIN 4711 is set.', short)).toBe('PIN ••• is set.');
    expect(redaction.words('Line 4711')).toBe('Line 4711');
    expect(redaction.spans('app.py', 0, TEXT.length)).toEqual([
      { start: place('"4711"').start, end: place('"4711"').end },
      { start: place('"4711"', 'print').start, end: place('"4711"', 'print').end },
    ]);
  });

  it('may hold what means something in a pattern', () => {
    const text = 'x = "(a+)+$["\ny = "(a+)+$["\n';
    const finding = {
      ...findingIn(text, { at: 'x', more: { secrets: [locate(text, 'app.py', '"(a+)+$["')] } }),
      fingerprint: '',
      status: 'open' as const,
    };
    expect(redactionOf([finding], () => text).words('is (a+)+$[ here')).toBe('is ••• here');
  });

  it('keeps the name of the variable that it is the default of', () => {
    const text = 'SECRET_KEY = env("SECRET_KEY", default="gK7-secret")\n';
    const at = locate(text, 'app.py', 'env("SECRET_KEY", default="gK7-secret")');
    const raw = findingIn(text, { at: 'SECRET_KEY', message: 'SECRET_KEY is "gK7-secret".', more: { secrets: [at] } });
    const finding = { ...raw, fingerprint: '', status: 'open' as const };
    const { words } = redactionOf([finding], () => text);
    expect(words(finding.message, finding)).toBe('SECRET_KEY is "•••".');
  });

  it('keeps the name of a variable whose default stands elsewhere, and the keys beside it', () => {
    const text = 'KEY = env("SECRET_KEY")\nDATABASES = {"default": {"PASSWORD": "gK7-secret"}}\n';
    const secrets = [locate(text, 'app.py', 'env("SECRET_KEY")'), locate(text, 'app.py', '{"default": {"PASSWORD": "gK7-secret"}}')];
    const raw = findingIn(text, { at: 'KEY', message: 'The default of SECRET_KEY is "gK7-secret".', more: { secrets } });
    const finding = { ...raw, fingerprint: '', status: 'open' as const };
    const { words } = redactionOf([finding], () => text);
    expect(words(finding.message, finding)).toBe('The default of SECRET_KEY is "•••".');
  });

  it('that is called like a folder of the project leaves the names of files and modules as they are', () => {
    const text = 'DATABASES = {"default": {"NAME": "orders", "PASSWORD": "toolbar"}}\n';
    const path = 'toolbar/settings.py';
    const secret = locate(text, path, '"toolbar"');
    const raw = findingIn(text, { path, at: '"toolbar"', message: 'It is "toolbar".', more: { secrets: [secret] } });
    const finding = { ...raw, fingerprint: '', status: 'open' as const };
    const redaction = redactionOf([finding], () => text);
    expect(redaction.words('include("toolbar.urls")')).toBe('include("toolbar.urls")');
    expect(redaction.words(finding.message, finding)).toBe('It is •••.');
    expect(redaction.spans(path, 0, text.length)).toEqual([{ start: secret.start, end: secret.end }]);
  });
});
