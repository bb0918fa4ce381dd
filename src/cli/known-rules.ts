import { BUILTIN_RULES } from '../findings/builtin-rules.ts';
import type { RuleDescription } from '../findings/rule-description.ts';
import { printable } from '../report/printable.ts';
import { loadPack } from '../rules/load-pack.ts';
import { compareText } from '../util/compare-text.ts';
import { nearestWord } from '../util/nearest.ts';
import { UserError } from '../util/user-error.ts';

/** A rule as `ratel rules` and `ratel explain` show it. */
export interface KnownRule {
  readonly description: RuleDescription;
  /** What it does not see, and other remarks on its scope. */
  readonly notes: string | undefined;
}

/**
 * Every rule there is, by id: the built-in ones, those about ratel's own comments, and those of the given folders.
 * @throws UserError when a folder's rules are broken
 */
export async function knownRules(packs: readonly string[]): Promise<readonly KnownRule[]> {
  const pack = await loadPack(packs);
  const own = BUILTIN_RULES.map((description): KnownRule => ({ description, notes: undefined }));
  const packed = pack.rules.map(({ source }) => withPrintableText({ description: source.description, notes: source.notes }));
  return [...own, ...packed].sort((a, b) => compareText(a.description.id, b.description.id));
}

/** The configuration of a tree that nobody trusts may name rules, and their texts end up on a terminal. */
function withPrintableText({ description, notes }: KnownRule): KnownRule {
  const { title, message, remediation, aliases, owasp, references } = description;
  return {
    description: {
      ...description,
      title: printable(title),
      message: printable(message),
      remediation: printable(remediation),
      aliases: aliases.map(printable),
      owasp: owasp.map(printable),
      references: references.map(printable),
    },
    notes: notes === undefined ? undefined : printable(notes),
  };
}

/**
 * The rules that a name means: one by id or code, maybe several by alias.
 * @throws UserError for a name that no rule has
 */
export function rulesNamed(rules: readonly KnownRule[], name: string): readonly KnownRule[] {
  const wanted = name.trim().toLowerCase();
  const exact = rules.filter(({ description }) => description.id === wanted || description.code.toLowerCase() === wanted);
  if (exact.length > 0) return exact;
  const aliased = rules.filter(({ description }) => description.aliases.some((alias) => alias.toLowerCase() === wanted));
  if (aliased.length > 0) return aliased;
  const ids = rules.map(({ description }) => description.id);
  const nearest = nearestWord(name, [...ids, ...rules.flatMap(({ description }) => [description.code, ...description.aliases])]);
  if (rules.some(({ description }) => description.family === wanted))
    throw new UserError(`“${name}” is a family of rules. \`ratel rules --family ${wanted}\` lists them; give one of those.`);
  const holding = ids.filter((id) => wanted.length >= SHORTEST_PART && id.includes(wanted)).slice(0, MOST_SUGGESTIONS);
  const suggestions = nearest === undefined ? holding : [nearest, ...holding.filter((id) => id !== nearest)].slice(0, MOST_SUGGESTIONS);
  const hint = suggestions.length === 0 ? '' : ` Did you mean ${suggestions.map((id) => `“${id}”`).join(' or ')}?`;
  throw new UserError(`There is no rule “${name}”.${hint} \`ratel rules\` lists all.`);
}

const MOST_SUGGESTIONS = 3;
/** A shorter part of an id is in too many. */
const SHORTEST_PART = 3;
