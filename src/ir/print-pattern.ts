import { assertNever } from '../util/assert-never.ts';
import type { Pattern } from './patterns.ts';
import { printExpr } from './print.ts';

/** A pattern of `case`. A value is marked with `=`, since a bare name binds. */
export function printPattern(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'value':
      return `=${printExpr(pattern.value)}`;
    case 'capture':
      return pattern.name ?? '_';
    case 'sequence':
      return `[${pattern.elements.map(printPattern).join(', ')}]`;
    case 'star':
      return `*${pattern.name ?? '_'}`;
    case 'mapping': {
      const entries = pattern.entries.map(({ key, value }) => `${printExpr(key)}: ${printPattern(value)}`);
      if (pattern.rest !== undefined) entries.push(`**${pattern.rest}`);
      return `{${entries.join(', ')}}`;
    }
    case 'class': {
      const keywords = pattern.keywords.map(({ name, value }) => `${name}=${printPattern(value)}`);
      return `${printExpr(pattern.callee)}(${[...pattern.positional.map(printPattern), ...keywords].join(', ')})`;
    }
    case 'or':
      return `(${pattern.alternatives.map(printPattern).join(' | ')})`;
    case 'as':
      return `(${printPattern(pattern.pattern)} as ${pattern.name})`;
    default:
      return assertNever(pattern);
  }
}
