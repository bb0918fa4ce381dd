import type { Value } from './value.ts';

/** `03d` of `%03d`, `{n:03d}`: zeros, width, base. https://docs.python.org/3/library/string.html#formatspec */
const SPEC = /^(0?)(\d{0,2})([diuxXob]?)$/;
const BASES: Readonly<Record<string, number>> = { x: 16, X: 16, o: 8, b: 2 };

/** Known integers of a value as the text that a format spec makes of them; all else, and what other specs ask for, as it is. */
export function formatNumbers(value: Value, spec: string): Value {
  const [, zeros, width, form] = SPEC.exec(spec) ?? [];
  if (form === undefined) return value;
  return value.map((atom) => {
    if (atom.kind !== 'constant' || atom.literal.type !== 'int') return atom;
    const digits = atom.literal.value.toString(BASES[form] ?? 10);
    const text = (form === 'X' ? digits.toUpperCase() : digits).padStart(Number(width), zeros === '' ? ' ' : '0');
    return { kind: 'constant', literal: { type: 'str', value: text } };
  });
}
