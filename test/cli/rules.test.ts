import { describe, expect, it } from 'vitest';
import { project, ratel, write } from './run-cli.ts';

describe('rules', () => {
  it('--json has what scripts need', () => {
    const run = ratel(['rules', '--json']);
    expect(run).toMatchObject({ code: 0, err: '' });
    const { rules } = JSON.parse(run.out);
    const ids = rules.map((rule: { id: string }) => rule.id);
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
    for (const rule of rules) {
      expect(rule).toMatchObject({
        id: expect.stringMatching(/^[a-z0-9-]+$/),
        code: expect.stringMatching(/^[A-Z]{2,5}\d{3}$/),
        mode: expect.stringMatching(/^(match|flow|setting|text|project|template|artefact)$/),
        profile: expect.stringMatching(/^(default|strict|pedantic)$/),
        severity: expect.stringMatching(/^(error|warning|note)$/),
        title: expect.any(String),
        family: expect.any(String),
      });
    }
  });

  it('filters by profile and family', () => {
    const count = (...args: readonly string[]) => JSON.parse(ratel(['rules', '--json', ...args]).out).rules.length;
    expect(count('--profile', 'default')).toBeLessThan(count('--profile', 'pedantic'));
    expect(count('--profile', 'pedantic')).toBe(count());
    expect(count('--family', 'flask')).toBeGreaterThan(0);
    expect(count('--family', 'flask,python')).toBe(count('--family', 'flask') + count('--family', 'python'));
  });

  it('the table is for reading', () => {
    const { out } = ratel(['rules']);
    expect(out).toMatch(/^\s+FLK110\s+flask-debug-enabled\s+error\s+\S/m);
    expect(out).toMatch(/\d+ rules; `ratel explain ID`/);
  });
});

describe('explain', () => {
  it.each(['flask-debug-enabled', 'FLK110', 'flk110', 'S201', 'B201'])('%s', (name) => {
    const run = ratel(['explain', name]);
    expect(run).toMatchObject({ code: 0, err: '' });
    for (const part of [
      'flask-debug-enabled (FLK110, flask)',
      'What is wrong',
      'How to mend it',
      'Reported',
      'Not reported',
      'CWE-489',
      'ratel: ignore[flask-debug-enabled]',
    ]) {
      expect(run.out).toContain(part);
    }
    expect(run.out).not.toContain('# expect');
  });

  it('every rule can be explained, in 100 columns of prose', () => {
    const { rules } = JSON.parse(ratel(['rules', '--json']).out);
    const some = rules.filter((_: unknown, at: number) => at % 12 === 0);
    for (const { id } of some) expect(ratel(['explain', id])).toMatchObject({ code: 0, out: expect.stringContaining(id) });
  });
});

const OWN_RULE = {
  'rules/legacy-db-raw/rule.json': JSON.stringify({
    id: 'legacy-db-raw',
    code: 'SHOP001',
    mode: 'match',
    title: 'Query text goes straight to the database',
    message: '{call} sends its text to the database as it is.',
    remediation: 'Use legacy_db.query(text, values).',
    severity: 'error',
    confidence: 'high',
    profile: 'default',
    cwe: [89],
    guidance: 'beyond',
    match: [{ on: 'call', callee: 'legacy_db.raw' }],
  }),
  'rules/legacy-db-raw/fixtures/bad.py': 'import legacy_db\n\nlegacy_db.raw("select 1")  # expect: legacy-db-raw\n',
  'rules/legacy-db-raw/fixtures/good.py': 'import legacy_db\n\nlegacy_db.query("select 1")\n',
};

describe('rules of users', () => {
  it('run, are listed, explained and tested', () => {
    const cwd = project({
      ...OWN_RULE,
      'app.py': 'from legacy_db import raw\n\nraw("select 2")\n',
      'ratel.toml': 'extend-exclude = ["rules/"]\n',
    });
    expect(ratel(['--rules', 'rules', '--format', 'concise'], { cwd }).out).toMatch(/^app\.py:3:1: error legacy-db-raw /);
    expect(ratel(['rules', '--rules', 'rules'], { cwd }).out).toContain('SHOP001');
    expect(ratel(['explain', 'SHOP001', '--rules', 'rules'], { cwd }).out).toContain('Use legacy_db.query');
    expect(ratel(['test-rules', 'rules'], { cwd })).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 rule, 2 fixtures: all as expected'),
    });
    write(cwd, { 'ratel.toml': 'extend-exclude = ["rules/"]\nrules = ["rules"]\n' });
    expect(ratel(['--format', 'concise'], { cwd }).out).toContain('legacy-db-raw');
  });

  it('a fixture that is not as expected ends with 1', () => {
    const cwd = project({ ...OWN_RULE, 'rules/legacy-db-raw/fixtures/good.py': 'import legacy_db\n\nlegacy_db.raw("select 1")\n' });
    const run = ratel(['test-rules', 'rules'], { cwd });
    expect(run.code).toBe(1);
    expect(run.out).toContain('noisy');
    expect(run.out).toContain('good.py:3');
  });

  it('an unknown word names the nearest', () => {
    const rule = OWN_RULE['rules/legacy-db-raw/rule.json'].replace('"callee"', '"calle"');
    const run = ratel(['--rules', 'rules'], { cwd: project({ ...OWN_RULE, 'rules/legacy-db-raw/rule.json': rule }) });
    expect(run.code).toBe(2);
    expect(run.err).toContain('Did you mean “callee”?');
  });
});

describe('a rule with a regular expression that is none', () => {
  it('is refused with file, place and the reason', () => {
    const rule = JSON.parse(OWN_RULE['rules/legacy-db-raw/rule.json']);
    rule.match = [{ on: 'call', callee: 'legacy_db.raw', arg: { 0: { matches: '(?<=a)b' } } }];
    const cwd = project({ 'rules/legacy-db-raw/rule.json': JSON.stringify(rule), 'app.py': '' });
    const { code, err } = ratel(['--rules', 'rules'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('rules/legacy-db-raw/rule.json: /match/0/arg/0/matches: “(?<=a)b” is no regular expression of RE2');
  });
});

describe('models of users', () => {
  const MODELS = {
    library: 'shop',
    rows: [
      { name: 'shop.bus.receive', source: ['request'], docs: 'https://example.org/bus' },
      { name: 'shop.legacy.run', sinks: { sql: ['text@0'] }, docs: 'https://example.org/legacy' },
      { name: 'shop.legacy.quote', cleans: ['sql'], docs: 'https://example.org/legacy' },
      { name: 'shop.legacy.is_column', checks: ['sql'], docs: 'https://example.org/legacy' },
    ],
  };
  const LINES = [
    'from flask import request',
    'from shop.bus import receive',
    'from shop.legacy import is_column, quote, run',
    'def view():',
    '    run("select " + request.args["q"])',
    '    run("select " + quote(request.args["q"]))',
    '    run("select " + receive())',
    '    column = request.args["column"]',
    '    if is_column(column):',
    '        run("select " + column)',
    '    run("select " + column)',
  ];

  it('name sources, sinks, sanitizers and checks of the project', () => {
    const cwd = project({
      'models/models/shop.json': JSON.stringify(MODELS),
      'shop/__init__.py': '',
      'shop/bus.py': 'def receive():\n    return connection().get()\n',
      'shop/legacy.py':
        'def run(text):\n    return db().go(text)\n\ndef quote(name):\n    return "`" + name + "`"\n\ndef is_column(name):\n    return name != ""\n',
      'shop/views.py': `${LINES.join('\n')}\n`,
    });
    const { out } = ratel(['--rules', 'models', '--select', 'sql-injection', '--format', 'concise'], { cwd });
    expect([...out.matchAll(/^shop\/views\.py:(\d+):.*sql-injection/gm)].map((match) => Number(match[1]))).toEqual([5, 7, 11]);
  });
});
