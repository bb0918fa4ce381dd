import { expect, test } from 'vitest';
import { expandPatterns } from '../../src/rules/named-patterns.ts';

test('a named pattern stands in every place that asks for it, in matchers and in facts; alone where nothing else is asked', () => {
  const rule = {
    patterns: { typed: { some: { from: ['@form'], not: { like: 'hashed' } } }, hashed: { from: ['hashlib.*'] } },
    match: [{ on: 'call', 'any-arg': { absent: false, like: 'typed' }, report: { vars: { like: 'text' } } }],
    facts: { hashes: [{ on: 'call', result: { like: 'hashed' } }] },
  };
  const hashed = { from: ['hashlib.*'] };
  expect(expandPatterns('rule.json', rule)).toEqual({
    match: [
      { on: 'call', 'any-arg': { absent: false, like: { some: { from: ['@form'], not: hashed } } }, report: { vars: { like: 'text' } } },
    ],
    facts: { hashes: [{ on: 'call', result: hashed }] },
  });
});

test('a named list stands where it is asked for, and what it holds stands in a list that asks for it', () => {
  const rule = {
    patterns: {
      hashes: ['hashlib.md5', 'hashlib.sha1'],
      checked: [
        { fact: 'asks', in: 'function' },
        { fact: 'refuses', in: 'class' },
      ],
    },
    match: [{ on: 'call', callee: { like: 'hashes' }, unless: [{ like: 'checked' }, { fact: 'logs', in: 'module' }] }],
    facts: { asks: [{ on: 'call', callee: ['hmac.new', { like: 'hashes' }] }] },
  };
  expect(expandPatterns('rule.json', rule)).toEqual({
    match: [
      {
        on: 'call',
        callee: ['hashlib.md5', 'hashlib.sha1'],
        unless: [
          { fact: 'asks', in: 'function' },
          { fact: 'refuses', in: 'class' },
          { fact: 'logs', in: 'module' },
        ],
      },
    ],
    facts: { asks: [{ on: 'call', callee: ['hmac.new', 'hashlib.md5', 'hashlib.sha1'] }] },
  });
});

test('names that are not defined and patterns that ask for themselves are said', () => {
  const asking = { match: [{ on: 'call', 'any-arg': { like: 'typed' } }] };
  expect(() => expandPatterns('rule.json', asking)).toThrow('no pattern is named “typed”');
  const round = { ...asking, patterns: { typed: { not: { like: 'sent' } }, sent: { any: [{ like: 'typed' }] } } };
  expect(() => expandPatterns('rule.json', round)).toThrow('typed → sent → typed');
});
