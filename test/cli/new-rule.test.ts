import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createRule } from '../../scripts/new-rule/create-rule.ts';
import { testRules } from '../../src/test-rules.ts';
import { project, write } from './run-cli.ts';

const RULES = {
  'shop/old-thing-used/rule.json': '{"code": "SHP107"}',
  'shop/other-thing-used/rule.json': '{"code": "SHP104"}',
  'models/shop.json': '{}',
};

it('a new rule is complete but for what it is about, and the gate says just that', async () => {
  const rules = project(RULES);
  const { id, folder } = createRule(rules, 'shop/new-thing-used');
  expect(folder).toBe(join(rules, 'shop', 'new-thing-used'));
  expect(JSON.parse(readFileSync(join(folder, 'rule.json'), 'utf8'))).toMatchObject({
    id,
    code: 'SHP108',
    $schema: '../../../schema/rule.schema.json',
  });

  const own = join(rules, 'shop', 'new-thing-used');
  const { problems } = await testRules(own);
  expect(problems.map(({ ruleId, kind, line }) => ({ ruleId, kind, line }))).toEqual([{ ruleId: id, kind: 'missing', line: 3 }]);

  const text = readFileSync(join(folder, 'rule.json'), 'utf8');
  write(own, { 'rule.json': text.replace('library.dangerous', 'elsewhere.something') });
  expect((await testRules(own)).problems).toEqual([]);
});

it('a new family begins with codes of its own', () => {
  const rules = project(RULES);
  const { folder } = createRule(rules, 'market/stall-left-open');
  expect(JSON.parse(readFileSync(join(folder, 'rule.json'), 'utf8')).code).toBe('NEW101');
});

it.each([
  ['', 'is not FAMILY/RULE-ID'],
  ['new-thing-used', 'is not FAMILY/RULE-ID'],
  ['shop/New_Thing', 'is not FAMILY/RULE-ID'],
  ['../x/thing-used', 'is not FAMILY/RULE-ID'],
  ['shop/old-thing-used', 'is there already'],
  ['market/old-thing-used', 'is there already'],
])('refuses %j', (name, message) => {
  expect(() => createRule(project(RULES), name)).toThrow(message);
});
