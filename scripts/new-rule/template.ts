/** A `rule.json` that the schema accepts and that finds nothing yet. */
export function ruleTemplate(id: string, code: string): string {
  const rule = {
    $schema: '../../../schema/rule.schema.json',
    id,
    code,
    mode: 'match',
    title: 'What is wrong, in a few words without a full stop',
    message: 'What is wrong here and what follows from it, in one sentence; {call} and its like stand for parts of the code.',
    remediation: 'What to write instead.',
    severity: 'warning',
    confidence: 'medium',
    profile: 'default',
    cwe: [],
    references: [],
    guidance: 'beyond',
  };
  // Written as `npm run format` would.
  const match = '[{ "on": "call", "callee": ["library.dangerous"] }]';
  return `${JSON.stringify(rule, null, 2).slice(0, -2)},\n  "match": ${match}\n}\n`;
}

/** The finding that the new rule has to make. */
export function wrongCode(id: string): string {
  return `from elsewhere import something\n\nsomething()  # expect: ${id}\n`;
}

/** Code that must stay silent. */
export const NEAR_MISS = 'from elsewhere import something_alike\n\nsomething_alike()\n';
