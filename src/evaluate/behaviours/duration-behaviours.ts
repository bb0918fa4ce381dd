import type { CallArguments } from '../calls/arguments.ts';
import { numberOf } from '../values/fold.ts';
import { constant } from '../values/value.ts';
import type { Behaviour } from './behaviour.ts';
import { onlyConstant } from './constant-behaviours.ts';

/** The parts of a duration in seconds, in the order of the parameters. https://docs.python.org/3/library/datetime.html#datetime.timedelta */
const SECONDS: ReadonlyMap<string, number> = new Map([
  ['days', 86_400],
  ['seconds', 1],
  ['microseconds', 1e-6],
  ['milliseconds', 1e-3],
  ['minutes', 60],
  ['hours', 3_600],
  ['weeks', 604_800],
]);

/** Durations that are made of known numbers: `timedelta(days=365).total_seconds()`. */
export const durationBehaviours: Readonly<Record<string, Behaviour>> = {
  'total-seconds': ({ receiver = [] }) => {
    const [made, ...others] = receiver;
    if (made?.kind !== 'opaque' || others.length > 0 || made.origin.via !== 'call') return undefined;
    const { names, args } = made.origin;
    const seconds = names.includes('datetime.timedelta') ? secondsOf(args) : undefined;
    return seconds === undefined ? undefined : constant({ type: 'float', value: seconds });
  },
};

function secondsOf({ positional, keywords, openPositional, openKeywords }: CallArguments): number | undefined {
  if (openPositional || openKeywords) return undefined;
  const units = [...SECONDS.keys()];
  let sum = 0;
  for (const [name, value] of [
    ...positional.map((one, at) => [units[at] ?? '', one.value] as const),
    ...keywords.map((one) => [one.name, one.value] as const),
  ]) {
    const given = onlyConstant(value);
    const number = given && numberOf(given.literal);
    const unit = SECONDS.get(name);
    if (number === undefined || unit === undefined) return undefined;
    sum += number * unit;
  }
  return sum;
}
