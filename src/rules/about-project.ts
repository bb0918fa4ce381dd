import type { CompiledRule } from './compile.ts';

/** Frameworks that a rule can be about. */
export const FRAMEWORKS = ['flask', 'django'] as const;
export type Framework = (typeof FRAMEWORKS)[number];

/**
 * The rules that can have something to say in a project. Where the code names one framework and never another, the rules about that other
 * one are not asked: they and their facts listen to calls and stores that every program has. Code that names none (a lone `config.py`) may
 * belong to either.
 */
export function rulesAbout(texts: readonly string[], rules: readonly CompiledRule[]): readonly CompiledRule[] {
  const named = new Set(
    FRAMEWORKS.filter((framework) => {
      const word = new RegExp(framework, 'i');
      return texts.some((text) => word.test(text));
    }),
  );
  if (named.size === 0) return rules;
  return rules.filter(({ source: { framework } }) => framework === undefined || named.has(framework));
}
