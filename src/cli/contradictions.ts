import { UserError } from '../util/user-error.ts';
import type { AuditArguments } from './command-line.ts';

type Wishes = Pick<
  AuditArguments,
  'quiet' | 'verbose' | 'exitZero' | 'failOn' | 'writeBaseline' | 'since' | 'format' | 'output' | 'config' | 'noConfig' | 'fix' | 'diff'
>;

/** Pairs of options that cannot both be meant, and what to do. */
const CONTRADICTIONS: readonly (readonly [holds: (args: Wishes) => boolean, message: string])[] = [
  [(args) => args.quiet === true && args.verbose === true, '--quiet and --verbose contradict each other. Leave one out.'],
  [(args) => args.config !== undefined && args.noConfig === true, '--config and --no-config contradict each other. Leave one out.'],
  [
    (args) => args.exitZero === true && args.failOn !== undefined && args.failOn !== 'never',
    '--exit-zero and --fail-on contradict each other: with --exit-zero nothing fails. Leave one out.',
  ],
  [
    (args) => args.writeBaseline === true && args.since !== undefined,
    '--write-baseline with --since would accept only the findings in changed files. Write the baseline of the whole project: leave --since out.',
  ],
  [
    (args) => args.writeBaseline === true && (args.format !== undefined || args.output !== undefined),
    '--write-baseline writes no report. Leave --format and --output out, or audit in a second run.',
  ],
  [
    (args) => args.writeBaseline === true && (args.fix === true || args.diff === true),
    '--write-baseline with --fix would accept what is about to be mended. Mend first, then write the baseline.',
  ],
  [
    (args) => args.diff === true && (args.format !== undefined || args.output !== undefined),
    '--diff prints changes, not a report. Leave --format and --output out.',
  ],
];

/** @throws UserError for the first pair of options that contradict each other */
export function refuseContradictions(args: Wishes): void {
  for (const [holds, message] of CONTRADICTIONS) if (holds(args)) throw new UserError(message);
}
