import type { AuditResult } from '../../src/findings/audit-result.ts';
import type { Finding, Gap, RawFinding } from '../../src/findings/finding.ts';
import { fingerprints } from '../../src/findings/fingerprint.ts';
import type { ReportOptions } from '../../src/report/report-options.ts';
import { findingIn, locate, ruleNamed } from '../findings/rules-for-tests.ts';

export const PLAIN: ReportOptions = { color: false, width: 100, hyperlinks: false, verbose: false, quiet: false };

/** A result over the given texts; findings are open and fingerprinted unless they say otherwise. */
export function resultOf(
  texts: Readonly<Record<string, string>>,
  findings: readonly (RawFinding & Partial<Finding>)[],
  changes: Partial<AuditResult> = {},
): AuditResult {
  const textOf = (path: string) => (Object.hasOwn(texts, path) ? texts[path] : undefined);
  const prints = fingerprints(findings, textOf);
  const ids = [...new Set(findings.map((finding) => finding.ruleId))].sort();
  return {
    tool: { name: 'ratel', version: '1.2.3', informationUri: 'https://example.org/ratel' },
    root: '/home/ada/shop',
    prefixInRepository: '',
    findings: findings.map((finding, at) => ({ fingerprint: prints[at] ?? '', status: 'open', ...finding })),
    gaps: [],
    rules: ids.map((id) => ruleNamed(id)),
    staleBaseline: [],
    stats: { files: Object.keys(texts).length, lines: 10, milliseconds: 812 },
    textOf,
    ...changes,
  };
}

const VIEWS = `from flask import request
from shop.query import build_filter

def search():
    term = request.args["q"]
    where = build_filter(term)
    rows = db.session.execute(text("SELECT * FROM item WHERE " + where))
    return rows
`;
const QUERY = `def build_filter(term):
    return "name = '" + term + "'"
`;
const SETTINGS = `DEBUG = True
SECRET_KEY = "correct-horse-battery"
DATABASES = {"default": {"PASSWORD": "correct-horse-battery", "USER": "shop"}}
`;
const TEXTS = { 'shop/query.py': QUERY, 'shop/settings.py': SETTINGS, 'shop/views.py': VIEWS };

const inViews = (code: string) => locate(VIEWS, 'shop/views.py', code);
const inSettings = (code: string, after?: string) => locate(SETTINGS, 'shop/settings.py', code, after);

export const INJECTION = findingIn(VIEWS, {
  rule: 'sql-injection',
  path: 'shop/views.py',
  at: 'text("SELECT * FROM item WHERE " + where)',
  enclosing: 'search',
  severity: 'error',
  message: 'A value from the request becomes part of a SQL statement: whoever sends it can change what the statement does.',
  more: {
    code: 'TNT101',
    title: 'Request data becomes part of a SQL statement',
    remediation: 'Pass it as a bound parameter: `text("… WHERE name = :q"), {"q": term}`.',
    cwe: [89],
    codeFlow: [
      { location: inViews('request.args["q"]'), message: 'comes from the query string' },
      { location: inViews('build_filter(term)'), message: 'is passed to build_filter' },
      { location: locate(QUERY, 'shop/query.py', '"name = \'" + term + "\'"'), message: 'is put into text, unquoted' },
      { location: inViews('text("SELECT * FROM item WHERE " + where)'), message: 'is used as SQL here' },
    ],
  },
});

export const SECRET = findingIn(SETTINGS, {
  rule: 'secret-in-code',
  path: 'shop/settings.py',
  at: '"correct-horse-battery"',
  message: 'SECRET_KEY is a literal (correct-horse-battery), so anyone who can read the repository can forge sessions.',
  more: {
    code: 'DJG101',
    title: 'Secret in code',
    remediation: 'Read it from the environment.',
    cwe: [798, 321],
    secrets: [inSettings('"correct-horse-battery"')],
    related: [{ location: inSettings('"correct-horse-battery"', 'DATABASES'), message: 'the same value is used here' }],
  },
});

export const DEBUG = findingIn(SETTINGS, {
  rule: 'debug-on',
  path: 'shop/settings.py',
  at: 'True',
  severity: 'note',
  confidence: 'medium',
  message: 'DEBUG is on.',
  more: {
    code: 'DJG102',
    title: 'Debug mode is on',
    remediation: 'Read it from the environment, off by default.',
    fix: { level: 'safe', description: 'Turn it off', edits: [{ location: inSettings('True'), replacement: 'False' }] },
  },
});

const GAPS: readonly Gap[] = [{ path: 'legacy/report.py', reason: 'syntax', detail: 'the rest was read', line: 212 }];

/** One of everything: a flow through two files, a secret, a fix, a related place, a suppressed and a baselined finding, a gap. */
export const SHOP: AuditResult = resultOf(
  TEXTS,
  [
    DEBUG,
    SECRET,
    INJECTION,
    { ...DEBUG, ruleId: 'debug-again', status: 'suppressed' },
    { ...DEBUG, ruleId: 'debug-accepted', status: 'baselined' },
  ],
  {
    prefixInRepository: 'web/',
    gaps: GAPS,
    rules: [
      ruleNamed('debug-on', {
        code: 'DJG102',
        severity: 'note',
        confidence: 'medium',
        aliases: ['security.W018'],
        family: 'django-settings',
      }),
      ruleNamed('secret-in-code', {
        code: 'DJG101',
        cwe: [798, 321],
        owasp: ['A07:2021'],
        securitySeverity: 8.6,
        family: 'django-settings',
      }),
      ruleNamed('sql-injection', {
        code: 'TNT101',
        mode: 'flow',
        severity: 'error',
        title: 'Request data becomes part of a SQL statement',
        cwe: [89],
        owasp: ['A03:2021'],
        securitySeverity: 9.3,
        helpUri: 'https://example.org/rules/sql-injection',
        references: ['https://example.org/sql'],
        family: 'injection',
      }),
    ],
    staleBaseline: [{ ruleId: 'eval-used', path: 'shop/old.py', fingerprint: '0'.repeat(32) }],
    stats: { files: 84, lines: 12_345, milliseconds: 812 },
  },
);
