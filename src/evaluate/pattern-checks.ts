import type { Pattern } from '../ir/nodes.ts';
import { NO_ARGUMENTS } from './arguments.ts';
import type { Check } from './check.ts';
import { anyOf } from './conditions.ts';
import { evaluate } from './expressions.ts';
import type { Frame } from './frame.ts';
import { type Interpreter, site } from './interpreter.ts';
import { quietly } from './refine.ts';
import { reachesSource } from './taint.ts';
import type { Value } from './value.ts';

/** What a pattern of `match` that fits says of what is matched, where that comes from outside: `case "a" | "b"` that it is one of these. */
export function patternChecks(interpreter: Interpreter, frame: Frame, pattern: Pattern, subject: Value): readonly Check[] {
  return reachesSource(interpreter, subject) ? quietly(interpreter, () => checksOf(interpreter, frame, pattern, subject)) : [];
}

function checksOf(interpreter: Interpreter, frame: Frame, pattern: Pattern, subject: Value): readonly Check[] {
  const here = site(frame, pattern);
  switch (pattern.kind) {
    case 'value':
      return [{ fact: { kind: 'equal', other: evaluate(interpreter, frame, pattern.value) }, holds: true, subject, site: here }];
    case 'or':
      return anyOf(
        pattern.alternatives.map((alternative) => checksOf(interpreter, frame, alternative, subject)),
        here,
      );
    case 'as':
      return checksOf(interpreter, frame, pattern.pattern, subject);
    case 'class': {
      const types = evaluate(interpreter, frame, pattern.callee);
      const positional = [subject, types].map((value) => ({ value, node: pattern.callee }));
      const fact = { kind: 'call', names: ['builtins.isinstance'], receiver: undefined, args: { ...NO_ARGUMENTS, positional } } as const;
      return [{ fact, holds: true, subject, site: here }];
    }
    default:
      return [];
  }
}
