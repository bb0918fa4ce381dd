import type { Check } from '../../../evaluate/checks/check.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';
import type { HarmName } from '../harms.ts';

/** What checks say of one value: harmless, or some part of it, or only that somebody looked at it. */
export type Verdict = 'harmless' | 'doubtful' | 'no';

/** For whom checks are judged. */
export interface Judge {
  readonly interpreter: Interpreter;
  readonly harm: HarmName;
  /** An address that is only followed. */
  readonly isLink?: boolean;
  /** Whether nothing from outside that may do this harm is in a value: what others were compared with. */
  readonly isTrusted: (value: Value) => boolean;
  /**
   * What was said of a value by one check: the same value is met behind ever other conditions, and ways of a helper stand in ways of those that
   * call it, the same ones again and again.
   */
  readonly said: Map<Atom, Map<Check, Said>>;
}

/** What one check says, alone and together with others. */
export interface Said {
  readonly verdict: Verdict;
  readonly facts: readonly string[];
}
