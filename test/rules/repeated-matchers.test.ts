import { expect, test } from 'vitest';
import { repeatMatchers } from '../../src/rules/repeated-matchers.ts';

test('a matcher stands for several, one for each word, in keys and in texts, in the order of the list', () => {
  const rule = {
    match: [
      {
        each: { field: ['pin', 'token'] },
        on: 'class',
        class: { attribute: { '<field>': { absent: true } } },
        report: { vars: { how: 'serves "<field>"' } },
      },
      { on: 'call', callee: ['eval'] },
    ],
  };
  expect(repeatMatchers('rule.json', rule)).toEqual({
    match: [
      { on: 'class', class: { attribute: { pin: { absent: true } } }, report: { vars: { how: 'serves "pin"' } } },
      { on: 'class', class: { attribute: { token: { absent: true } } }, report: { vars: { how: 'serves "token"' } } },
      { on: 'call', callee: ['eval'] },
    ],
  });
});

test('several lists are combined', () => {
  const rule = { match: [{ each: { a: ['1', '2'], b: ['x', 'y'] }, on: 'call', callee: ['<a>.<b>'] }] };
  expect(repeatMatchers('rule.json', rule).match).toEqual(['1.x', '2.x', '1.y', '2.y'].map((callee) => ({ on: 'call', callee: [callee] })));
});

test('facts are repeated likewise', () => {
  const source = { facts: { logs: { each: { level: ['info', 'error'] }, on: 'call', callee: ['logging.<level>'] } } };
  expect(repeatMatchers('facts.json', source).facts).toEqual({
    logs: [
      { on: 'call', callee: ['logging.info'] },
      { on: 'call', callee: ['logging.error'] },
    ],
  });
});

test('a word that is not listed, and a list that is not asked for, are said', () => {
  const unlisted = { match: [{ each: { a: ['1'] }, on: 'call', callee: ['<a>.<b>'] }] };
  expect(() => repeatMatchers('rule.json', unlisted)).toThrow('the matcher asks for <b>, which “each” does not list');
  const unused = { match: [{ each: { a: ['1'], b: ['x'] }, on: 'call', callee: ['<a>'] }] };
  expect(() => repeatMatchers('rule.json', unused)).toThrow('“each” lists words for <b>, which the matcher does not ask for');
});
