import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LibraryModel, type ModelRow } from '../evaluate/calls/library-model.ts';
import { UserError } from '../util/user-error.ts';
import { type CompiledRule, compileFacts, compileRule, type Matcher } from './compile.ts';
import { modelSchema } from './model-schema.ts';
import { addOriginLists, originListsIn } from './name-lists.ts';
import { expandPatterns } from './named-patterns.ts';
import { repeatMatchers } from './repeated-matchers.ts';
import { factSources, type PackSource, type RuleSource, ruleSource } from './rule-source.ts';
import { factsSchema, ruleSchema } from './schema.ts';
import { type JsonObject, wordsIn } from './term.ts';
import { validateJson } from './validate.ts';

/** Rules and knowledge ready to run. */
export interface RulePack {
  readonly rules: readonly CompiledRule[];
  readonly facts: ReadonlyMap<string, readonly Matcher[]>;
  readonly library: LibraryModel;
}

const HELP = 'https://github.com/ratel-audit/ratel/blob/main/docs/rules';

/** The built-in pack: the one file that the build made, else (from sources) the folder `rules/`. Users' packs are added. */
export async function loadPack(directories: readonly string[] = []): Promise<RulePack> {
  const own = builtIn() ?? (await readPackSources(fileURLToPath(new URL('../../rules', import.meta.url))));
  const added: PackSource[] = [];
  for (const directory of directories) added.push(await readPackSources(directory));
  return compilePack([own, ...added]);
}

function builtIn(): PackSource | undefined {
  const file = join(dirname(fileURLToPath(import.meta.url)), 'pack.json');
  // The build writes ASCII only, which Latin-1 reads as it stands.
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'latin1')) as PackSource) : undefined;
}

/** Puts packs together. Ids and codes are unique over all of them. @throws UserError on duplicates. */
export function compilePack(sources: readonly PackSource[]): RulePack {
  const rules: CompiledRule[] = [];
  const owners = new Map<string, string>();
  const facts: JsonObject = Object.assign({}, ...sources.map((source) => source.facts));
  for (const { path, family, json, origins } of sources.flatMap((source) => source.rules)) {
    const rule = ruleSource(json, origins, family, `${HELP}/${family}/${String(json.id)}.md`);
    for (const name of [rule.description.id, rule.description.code]) {
      const other = owners.get(name);
      if (other !== undefined)
        throw new UserError(`${path}: the rule name “${name}” is taken by ${other}. Give this rule another id or code.`);
      owners.set(name, path);
    }
    checkFacts(path, rule, facts);
    rules.push(compileRule(rule));
  }
  rules.sort((a, b) => (a.source.description.id < b.source.description.id ? -1 : 1));
  addOriginLists(originListsIn(facts));
  const library = new LibraryModel(
    sources.flatMap((source) => source.models),
    sources.flatMap((source) => source.settledModels ?? []),
  );
  return { rules, facts: compileFacts(factSources(facts)), library };
}

function checkFacts(path: string, rule: RuleSource, shared: JsonObject): void {
  for (const matcher of rule.match) {
    for (const wanted of [...matcher.exists, ...matcher.unless]) {
      if (rule.facts[wanted.fact] === undefined && shared[wanted.fact] === undefined)
        throw new UserError(`${path}: the fact “${wanted.fact}” is defined neither in this rule nor in facts.json.`);
    }
  }
}

/**
 * Reads and validates a pack folder: `<family>/<rule-id>/rule.json` (or `<rule-id>/rule.json`), `facts.json`, `models/*.json`.
 * `onlyIds` leaves other rules unread. @throws UserError naming file, place and nearest known key of whatever is wrong.
 */
export async function readPackSources(directory: string, onlyIds?: ReadonlySet<string>): Promise<PackSource> {
  const files = listRuleFiles(directory).filter(({ path }) => !onlyIds || onlyIds.has(dirname(path).split(/[\\/]/).at(-1) ?? ''));
  const facts = join(directory, 'facts.json');
  const models = join(directory, 'models');
  const rules: PackSource['rules'][number][] = [];
  for (const { path, family } of files) {
    const json = await readValid(path, ruleSchema());
    const whole = expandPatterns(path, repeatMatchers(path, json));
    // Only in its place does it show whether a named pattern is about a value or an event.
    if (whole !== json) await validateJson(path, whole, ruleSchema());
    const folder = dirname(path).split(/[\\/]/).at(-1);
    if (json.id !== folder) throw new UserError(`${path}: the id “${String(json.id)}” must be the name of its folder, “${folder}”.`);
    rules.push({ path, family, json: whole, origins: originListsIn(whole) });
  }
  const rows: ModelRow[] = [];
  if (existsSync(models)) {
    for (const name of readdirSync(models).sort()) {
      if (!name.endsWith('.json')) continue;
      const json = await readValid(join(models, name), modelSchema());
      rows.push(...((json.rows ?? []) as unknown as ModelRow[]));
    }
  }
  if (rules.length + rows.length === 0 && !existsSync(facts) && onlyIds === undefined)
    throw new UserError(
      `There are no rules in ${directory}. A rule is a folder with a rule.json in it; give the path of a folder of rules.`,
    );
  const shared = existsSync(facts) ? repeatMatchers(facts, await readValid(facts, factsSchema())).facts : {};
  return { rules, facts: wordsIn(shared), models: rows };
}

function listRuleFiles(directory: string): readonly { path: string; family: string }[] {
  if (!existsSync(directory)) throw new UserError(`There is no rule folder ${directory}. Give the path of a folder that holds rules.`);
  const found: { path: string; family: string }[] = [];
  const visit = (folder: string, family: string, depth: number): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (!entry.isDirectory() || entry.name === 'fixtures' || entry.name === 'models' || entry.name.startsWith('_')) continue;
      const path = join(folder, entry.name);
      if (existsSync(join(path, 'rule.json'))) found.push({ path: join(path, 'rule.json'), family: family === '' ? 'custom' : family });
      else if (depth < 2) visit(path, entry.name, depth + 1);
    }
  };
  if (existsSync(join(directory, 'rule.json'))) found.push({ path: join(directory, 'rule.json'), family: 'custom' });
  else visit(directory, '', 0);
  return found;
}

async function readValid(path: string, schema: JsonObject): Promise<JsonObject> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UserError(`${path}: not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  await validateJson(path, json, schema);
  return json as JsonObject;
}
