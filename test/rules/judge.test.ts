import { expect, it } from 'vitest';
import type { Check } from '../../src/evaluate/checks/check.ts';
import type { Interpreter } from '../../src/evaluate/interpreter.ts';
import { opaqueAtom, type Site } from '../../src/evaluate/values/value.ts';
import { judge } from '../../src/rules/flow/checks/judge.ts';

const site = { module: { path: 'app.py' }, node: { start: 0, end: 1 } } as unknown as Site;
const value = opaqueAtom({ via: 'many', site });
const by = { interpreter: {} as Interpreter, harm: 'shell' as const, isTrusted: () => true, said: new Map() };

function equal(holds: boolean): Check {
  return { fact: { kind: 'equal', other: [] }, holds, subject: [value], site };
}
/** The same check on both ways, in ways, in ways …: 2 to the power of `depth` ways in all. */
function nested(innermost: Check, depth: number): Check {
  let check = innermost;
  for (let at = 0; at < depth; at++) check = { fact: { kind: 'any', ways: [[check], [check]] }, holds: true, subject: [value], site };
  return check;
}

it('judges ways that are told in ways once', () => {
  expect(judge(by, value, [nested(equal(true), 60)])).toBe('harmless');
  expect(judge(by, value, [nested(equal(false), 60)])).toBe('no');
});
