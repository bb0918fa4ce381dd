import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ExampleFile, RuleExample, RuleExamples } from '../../src/cli/rule-examples.ts';

export type { RuleExamples } from '../../src/cli/rule-examples.ts';

const MARK = /\s*(?:#|\{#|<!--|\/\/)\s*expect(?:-missing|-spurious)?:\s*[a-z0-9-]+[^\n]*$/;

/**
 * The fixtures that show best what a rule is about: of the projects that hold an expected finding, and of those that hold none,
 * the first each, as their author ordered them.
 * @param ruleFile path of the rule's `rule.json`
 */
export function examplesOf(ruleFile: string): RuleExamples {
  const folder = join(dirname(ruleFile), 'fixtures');
  if (!existsSync(folder)) return {};
  const projects = readdirSync(folder)
    .sort()
    .map((name) => projectAt(folder, name));
  const bad = projects.find((project) => project.files.some((file) => file.reported.length > 0));
  const good = projects.find((project) => project.files.every((file) => file.reported.length === 0 && file.text.trim() !== ''));
  return { ...(bad === undefined ? {} : { bad }), ...(good === undefined ? {} : { good }) };
}

function projectAt(folder: string, name: string): RuleExample {
  const paths = filesBelow(folder, name).sort();
  const prefix = statSync(join(folder, name)).isDirectory() ? `${name}/` : '';
  return { files: paths.map((path) => exampleFile(path.slice(prefix.length), readFileSync(join(folder, path), 'utf8'))) };
}

function filesBelow(folder: string, path: string): string[] {
  if (!statSync(join(folder, path)).isDirectory()) return [path];
  return readdirSync(join(folder, path)).flatMap((name) => filesBelow(folder, `${path}/${name}`));
}

/** Takes the marks out. One alone on its line is about the next line that is not one, and its own line goes. */
function exampleFile(path: string, source: string): ExampleFile {
  const lines: string[] = [];
  const reported = new Set<number>();
  let pending = false;
  for (const line of source.split(/\r?\n/)) {
    const mark = MARK.exec(line);
    const rest = mark === null ? line : line.slice(0, mark.index);
    const expects = mark !== null && /expect:/.test(mark[0]);
    if (mark !== null && rest.trim() === '') {
      pending ||= expects;
      continue;
    }
    lines.push(rest);
    if (expects || pending) reported.add(lines.length);
    pending = false;
  }
  return { path, text: `${lines.join('\n').trimEnd()}\n`, reported: [...reported].sort((a, b) => a - b) };
}
