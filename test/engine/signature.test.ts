import { expect, it } from 'vitest';
import { signatureOf } from '../../src/evaluate/values/signature.ts';
import { textOf } from '../../src/evaluate/values/text.ts';
import { NOWHERE, type Origin, opaque, type Value } from '../../src/evaluate/values/value.ts';

const origin: Origin = { via: 'many', site: NOWHERE };

/** `key = f"{key}_{key}"` on some ways, again and again: each text holds the one before twice, beside what is not known. */
function growing(rounds: number): Value {
  let value: Value = opaque(origin);
  for (let round = 0; round < rounds; round++) {
    const hole = { value, site: NOWHERE };
    value = [...textOf([hole, '_', hole], false, origin), ...opaque(origin, 'builtins.int')];
  }
  return value;
}

it('spells texts out that are made of texts of several alternatives to a depth, not to their end', () => {
  expect(signatureOf([growing(60)]).length).toBeLessThan(1000);
  expect(signatureOf([growing(1)])).not.toBe(signatureOf([growing(2)]));
});
