import { BUILTIN_RULES } from '../findings/builtin-rules.ts';
import type { Profile, RuleDescription } from '../findings/rule-description.ts';
import type { RuleNames } from '../findings/suppression-comment.ts';
import { didYouMean, nearestWord } from '../util/nearest.ts';
import { UserError } from '../util/user-error.ts';
import type { CompiledRule } from './compile.ts';

/** Which rules a run wants. */
export interface RuleSelection {
  readonly profile: Profile;
  /** Ids, codes, aliases or families; absent: what the profile has. */
  readonly select?: readonly string[];
  readonly ignore: readonly string[];
}

const PROFILES: readonly Profile[] = ['default', 'strict', 'pedantic'];

/** The rules of a run. @throws UserError for a name that no rule has, with the nearest one. */
export function selectRules(rules: readonly CompiledRule[], selection: RuleSelection): readonly CompiledRule[] {
  const ignored = new Set(selection.ignore.flatMap((name) => idsNamed(rules, name)));
  const selected = selection.select === undefined ? undefined : new Set(selection.select.flatMap((name) => idsNamed(rules, name)));
  return rules.filter(({ source: { description } }) => {
    if (ignored.has(description.id)) return false;
    // Naming a rule asks for it, whatever its profile.
    return selected ? selected.has(description.id) : PROFILES.indexOf(description.profile) <= PROFILES.indexOf(selection.profile);
  });
}

function idsNamed(rules: readonly CompiledRule[], name: string): readonly string[] {
  const found = rules
    .map((rule) => rule.source.description)
    .filter((description) => answersTo(description, name) || description.family === name);
  if (found.length > 0) return found.map((description) => description.id);
  if (BUILTIN_RULES.some((rule) => answersTo(rule, name))) return [name];
  const known = rules.flatMap((rule) => [rule.source.description.id, rule.source.description.code, rule.source.description.family]);
  throw new UserError(`There is no rule “${name}”.${didYouMean(name, known)} \`ratel rules\` lists all.`);
}

function answersTo(description: RuleDescription, name: string): boolean {
  const wanted = name.toLowerCase();
  return (
    description.id === name ||
    description.code.toLowerCase() === wanted ||
    description.aliases.some((alias) => alias.toLowerCase() === wanted)
  );
}

/** Finds rules by the names that suppressions use. */
export function ruleNames(rules: readonly CompiledRule[]): RuleNames {
  const byName = new Map<string, string[]>();
  for (const description of [...rules.map((rule) => rule.source.description), ...BUILTIN_RULES]) {
    for (const name of [description.id, description.code, ...description.aliases]) {
      const key = name.toLowerCase();
      const ids = byName.get(key);
      if (ids) ids.push(description.id);
      else byName.set(key, [description.id]);
    }
  }
  return { resolve: (name) => byName.get(name.toLowerCase()) ?? [], nearest: (name) => nearestWord(name, byName.keys()) };
}
