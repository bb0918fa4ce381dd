import { BUILTIN_RULES } from '../findings/builtin-rules.ts';
import { type Profile, type RuleDescription, shows } from '../findings/rule-description.ts';
import type { RuleNames } from '../findings/suppression-comment.ts';
import type { RuleIdReference } from '../source/config.ts';
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

/** The rules of a run. */
export interface SelectedRules {
  readonly compiled: readonly CompiledRule[];
  /** Those about ratel's own comments. */
  readonly builtin: readonly RuleDescription[];
}

/** The rules of a run. @throws UserError for a name that no rule has, with the nearest one. */
export function selectRules(rules: readonly CompiledRule[], selection: RuleSelection): SelectedRules {
  const named = (names: readonly string[]): ReadonlySet<string> => new Set(names.flatMap((name) => knownIds(rules, name)));
  const ignored = named(selection.ignore);
  const selected = selection.select && named(selection.select);
  const isWanted = ({ id, profile }: RuleDescription): boolean => {
    if (ignored.has(id)) return false;
    // Naming a rule asks for it, whatever its profile.
    return selected ? selected.has(id) : shows(selection.profile, profile);
  };
  return { compiled: rules.filter((rule) => isWanted(rule.source.description)), builtin: BUILTIN_RULES.filter(isWanted) };
}

/** Ids of the rules that a name means: an id, a code, an alias or a family. Empty for an unknown name. */
export function ruleIdsNamed(rules: readonly CompiledRule[], name: string): readonly string[] {
  return descriptionsOf(rules)
    .filter((description) => description.family === name || answersTo(description, name))
    .map((description) => description.id);
}

/** @throws UserError that lists every name of a configuration that no rule has. */
export function refuseUnknownRules(rules: readonly CompiledRule[], references: readonly RuleIdReference[]): void {
  const problems = references
    .filter(({ id }) => ruleIdsNamed(rules, id).length === 0)
    .map(
      ({ id, file, key }) => `${file}: “${key}” names “${id}”, and there is no such rule.${nearest(rules, id)} \`ratel rules\` lists all.`,
    );
  if (problems.length > 0) throw new UserError(problems);
}

function knownIds(rules: readonly CompiledRule[], name: string): readonly string[] {
  const ids = ruleIdsNamed(rules, name);
  if (ids.length === 0) throw new UserError(`There is no rule “${name}”.${nearest(rules, name)} \`ratel rules\` lists all.`);
  return ids;
}

function nearest(rules: readonly CompiledRule[], name: string): string {
  return didYouMean(
    name,
    descriptionsOf(rules).flatMap(({ id, code, family }) => [id, code, family]),
  );
}

function descriptionsOf(rules: readonly CompiledRule[]): readonly RuleDescription[] {
  return [...rules.map((rule) => rule.source.description), ...BUILTIN_RULES];
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
  for (const description of descriptionsOf(rules)) {
    for (const name of [description.id, description.code, ...description.aliases]) {
      const key = name.toLowerCase();
      const ids = byName.get(key);
      if (ids) ids.push(description.id);
      else byName.set(key, [description.id]);
    }
  }
  return { resolve: (name) => byName.get(name.toLowerCase()) ?? [], nearest: (name) => nearestWord(name, byName.keys()) };
}
