import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FRAMEWORKS } from '../../src/rules/about-project.ts';

const RULES = readdirSync('rules', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('rule.json'));

/** All text of a fixture, which is a project of its own. */
function textOf(path: string): string {
  if (!statSync(path).isDirectory()) return readFileSync(path, 'utf8');
  return readdirSync(path)
    .map((name) => textOf(join(path, name)))
    .join('\n');
}

function namedIn(text: string): readonly string[] {
  return FRAMEWORKS.filter((framework) => new RegExp(framework, 'i').test(text.replaceAll(/(?:expect|source)(?:-\w+)?: .*/g, '')));
}

describe('a rule about one framework', () => {
  it('expects no finding in code that names another one alone: nobody would ask it there', () => {
    const never = RULES.flatMap((path) => {
      const { framework, id } = JSON.parse(readFileSync(join('rules', path), 'utf8')) as {
        readonly framework?: string;
        readonly id: string;
      };
      const folder = join('rules', dirname(path), 'fixtures');
      if (framework === undefined) return [];
      return readdirSync(folder).flatMap((name) => {
        const text = textOf(join(folder, name));
        const named = namedIn(text);
        return text.includes(`expect: ${id}`) && named.length > 0 && !named.includes(framework) ? [`${id}: ${name}`] : [];
      });
    });
    expect(never).toEqual([]);
  });
});
