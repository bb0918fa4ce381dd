import type { RuleDescription } from './rule-description.ts';

const COMMON = {
  family: 'suppressions',
  mode: 'match',
  confidence: 'high',
  profile: 'default',
  cwe: [],
  owasp: [],
  references: [],
  helpUri: '',
} as const;

/** A `# ratel: ignore[…]` comment that nothing needed. */
export const SUPPRESSION_UNUSED: RuleDescription = {
  ...COMMON,
  id: 'suppression-unused',
  code: 'RTL001',
  title: 'Suppression comment that suppresses nothing',
  message: 'Nothing here needs the suppression of {rules}; left in place, it hides what may come later.',
  remediation: 'Delete the comment, or the rule name in it that is no longer needed.',
  severity: 'note',
  aliases: ['RUF100'],
};

/** A comment that means to suppress and does not, because it cannot be understood. */
export const SUPPRESSION_MALFORMED: RuleDescription = {
  ...COMMON,
  id: 'suppression-malformed',
  code: 'RTL002',
  title: 'Suppression comment that is not understood',
  message: 'This comment suppresses nothing: {problem}.',
  remediation: 'Write `# ratel: ignore[rule-id] reason`; several rules are separated by commas.',
  severity: 'warning',
  aliases: [],
};

/** Rules about ratel's own comments; they have no `rule.json` because they are about settling, not about code. Sorted by id. */
export const BUILTIN_RULES: readonly RuleDescription[] = [SUPPRESSION_MALFORMED, SUPPRESSION_UNUSED];
