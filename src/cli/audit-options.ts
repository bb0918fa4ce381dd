import type { Options } from 'yargs';
import { PROFILES } from '../findings/rule-description.ts';

const SELECTION = 'What is reported:';
const THRESHOLD = 'What fails (exit code 1):';
const BASELINE = 'What is known already:';
const MENDING = 'What is mended:';
const OUTPUT = 'Output:';

export const SEVERITIES = ['error', 'warning', 'note'] as const;
export const CONFIDENCES = ['high', 'medium', 'low'] as const;
export const FAIL_ON = [...SEVERITIES, 'never'] as const;

/** Options of `ratel audit`. None has a default here: what is absent comes from the configuration file, then from its defaults. */
export const AUDIT_OPTIONS = {
  profile: {
    group: SELECTION,
    choices: PROFILES,
    requiresArg: true,
    desc: 'default: sure and worth it; strict: also what is often fine; pedantic: also taste',
  },
  select: {
    group: SELECTION,
    type: 'string',
    array: true,
    requiresArg: true,
    desc: 'Only these rules: ids, codes, aliases or families; by comma or repeated',
  },
  ignore: { group: SELECTION, type: 'string', array: true, requiresArg: true, desc: 'Not these rules; names as for --select' },
  'min-severity': { group: SELECTION, choices: SEVERITIES, requiresArg: true, desc: 'Leave out what is less severe' },
  'min-confidence': { group: SELECTION, choices: CONFIDENCES, requiresArg: true, desc: 'Leave out what is less certain' },
  since: {
    group: SELECTION,
    type: 'string',
    requiresArg: true,
    desc: 'Report only files changed since this Git revision, uncommitted and new ones too',
  },
  'fail-on': { group: THRESHOLD, choices: FAIL_ON, requiresArg: true, desc: 'Lowest severity that fails; warning unless configured' },
  'exit-zero': { group: THRESHOLD, type: 'boolean', desc: 'Findings never fail, like --fail-on never' },
  baseline: { group: BASELINE, type: 'string', requiresArg: true, desc: 'Leave out the findings that this file accepts' },
  'write-baseline': {
    group: BASELINE,
    type: 'boolean',
    desc: 'Accept all findings of now: write them to the --baseline file, else ratel-baseline.json',
  },
  fix: { group: MENDING, type: 'boolean', desc: 'Mend what can be mended safely, then report what is left' },
  diff: { group: MENDING, type: 'boolean', desc: 'Print what --fix would change, and change nothing; fails where it would' },
  format: {
    group: OUTPUT,
    alias: ['f', 'output-format'],
    type: 'string',
    array: true,
    requiresArg: true,
    desc: 'human, concise, json, sarif, github, gitlab or junit; NAME=FILE writes that report to a file; may be repeated',
  },
  output: {
    group: OUTPUT,
    alias: 'o',
    type: 'string',
    requiresArg: true,
    desc: 'Write the report to this file instead of standard output',
  },
  quiet: { group: OUTPUT, alias: 'q', type: 'boolean', desc: 'Findings only: no excerpts, no summary, no notes' },
  'no-progress': { group: OUTPUT, type: 'boolean', desc: 'No progress line; there is none anyway when standard error is no terminal' },
} as const satisfies Readonly<Record<string, Options>>;
