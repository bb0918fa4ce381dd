import { describe, expect, it } from 'vitest';
import { FindingBuilder, type FindingContext } from '../../src/findings/finding-builder.ts';
import { fillMessage } from '../../src/findings/message.ts';
import { locate, ruleNamed } from './rules-for-tests.ts';

const text = 'def search():\n    cursor.execute(sql)\n';
const context: FindingContext = {
  ruleOf: (id) => (id === 'sql-injection' ? ruleNamed(id, { cwe: [89], message: '{source} is used as SQL.' }) : undefined),
  textOf: (path) => (path === 'app.py' ? text : undefined),
};
const place = (code: string) => locate(text, 'app.py', code);

describe('a finding builder', () => {
  it('takes what does not change from the rule', () => {
    const finding = new FindingBuilder(context, 'sql-injection')
      .at(place('sql'))
      .inside(place('cursor.execute(sql)'), 'search')
      .say({ source: 'The query string' })
      .step(place('sql'), 'comes from the query string')
      .build();
    expect(finding).toMatchObject({
      ruleId: 'sql-injection',
      message: 'The query string is used as SQL.',
      remediation: 'Do it another way.',
      severity: 'warning',
      cwe: [89],
      enclosing: 'search',
      statement: place('cursor.execute(sql)'),
    });
    expect(finding.codeFlow).toHaveLength(1);
    expect(finding).not.toHaveProperty('fix');
  });

  it('takes the primary place for the statement when nothing else is said', () => {
    const finding = new FindingBuilder(context, 'sql-injection').at(place('sql')).say({ source: 'It' }).build();
    expect(finding.statement).toEqual(place('sql'));
    expect(finding.enclosing).toBe('');
  });

  const start = () => new FindingBuilder(context, 'sql-injection');
  it.each([
    ['an unknown rule', () => new FindingBuilder(context, 'sql-injektion'), 'unknown rule "sql-injektion"'],
    ['no primary place', () => start().say({ source: 'It' }).build(), 'no primary place'],
    ['no message values', () => start().at(place('sql')).build(), 'no value for {source}'],
    ['a missing value', () => start().say({ sauce: 'It' }), 'no value for {source}'],
    ['an inherited value', () => start().say({}, '{constructor}'), 'no value for {constructor}'],
    ['an empty message', () => start().at(place('sql')).say({}, ' ').build(), 'an empty message'],
    ['a span past the end', () => start().at({ path: 'app.py', start: 3, end: 900 }), 'outside of app.py'],
    ['a span that ends before it starts', () => start().at({ path: 'app.py', start: 3, end: 2 }), 'outside of app.py'],
    ['a file that was not read', () => start().at({ path: 'other.py', start: 0, end: 0 }), 'other.py, which was not read'],
    ['a related place outside', () => start().relate({ path: 'app.py', start: -1, end: 2 }, 'x'), 'a related place at -1'],
    ['a statement elsewhere', () => start().at(place('sql')).inside(place('def'), '').say({ source: 'It' }).build(), 'does not hold'],
    [
      'overlapping edits',
      () =>
        start().mendWith({
          level: 'safe',
          description: 'x',
          edits: [
            { location: place('cursor.execute'), replacement: '' },
            { location: place('execute(sql)'), replacement: '' },
          ],
        }),
      'edits that overlap',
    ],
  ])('refuses %s', (_, build, words) => {
    expect(build).toThrow(words);
    expect(build).toThrow('internal error');
  });
});

describe('a message', () => {
  it('leaves template syntax alone, and braces in values', () => {
    expect(fillMessage('`{{ {expr} }}` in {% if %} for {{x}}', { expr: '{name}' })).toBe('`{{ {name} }}` in {% if %} for {{x}}');
  });
});
