import { relative } from 'node:path';
import { compilePack, readPackSources } from '../../src/rules/load-pack.ts';
import { examplesOf, type RuleExamples } from '../docs/rule-examples.ts';
import { ROOT } from './root.ts';

/** The built-in rules as `dist/` has them. */
export interface BuiltPack {
  readonly ruleCount: number;
  /** Texts by file name. `pack.json` is read at every start, `examples.json` by `ratel explain` only. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Validates `rules/` and puts it into one file that a start reads without a validator. Paths inside are relative to the
 * repository, so that two builds are the same.
 * @throws UserError naming the file and place of whatever is wrong
 */
export async function makePack(folder = `${ROOT}/rules`): Promise<BuiltPack> {
  const sources = await readPackSources(folder);
  // Catches what no schema sees: an id used twice, a fact that nobody defines, a word that does not compile.
  const pack = compilePack([sources]);
  for (const rule of pack.rules) void [rule.matchers, rule.facts];
  const rules = sources.rules.map((rule) => ({ ...rule, path: relative(ROOT, rule.path).replaceAll('\\', '/') }));
  // Links are for those who check the models; a third of the file.
  const settledModels = pack.library.settled().map((row) => ({ ...row, docs: undefined }));
  const examples: Record<string, RuleExamples> = {};
  for (const { path, json } of sources.rules) examples[String(json.id)] = examplesOf(path);
  return {
    ruleCount: rules.length,
    files: {
      'pack.json': `${inAscii(JSON.stringify({ ...sources, rules, models: [], settledModels }))}\n`,
      'examples.json': `${JSON.stringify(examples)}\n`,
    },
  };
}

/** One curly quote makes V8 keep two bytes for each character of a text: two megabytes more to decode and parse at every start. */
function inAscii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
