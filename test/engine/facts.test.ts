import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateProject } from '../../src/evaluate/evaluate-project.ts';
import type { Interpreter } from '../../src/evaluate/interpreter.ts';
import { describeValue } from '../../src/evaluate/values/describe.ts';
import { frameworkHooks } from '../../src/frameworks/frameworks.ts';
import { loadLanguages } from '../../src/languages/registry.ts';
import { compilePack, readPackSources } from '../../src/rules/load-pack.ts';
import { importableNames, importLayout } from '../../src/semantics/module-index.ts';
import { collect } from '../../src/source/collect.ts';
import { LineIndex } from '../../src/source/line-index.ts';
import { readSource } from '../../src/source/read-source.ts';

/**
 * Small programs in fixtures/engine/<topic>/, one project each. Marks say what the evaluator concludes about a line:
 * `# fact: calls NAME` a call with that qualified name; `# fact: is VALUE` what is stored; `# fact: never` code that is not reached.
 */
const ROOT = join(import.meta.dirname, '../../fixtures/engine');
const MARK = /# fact: (calls|is|never)(?: (.*))?$/;

async function factsOf(root: string): Promise<{ expected: string[]; found: Set<string> }> {
  const { python } = await loadLanguages();
  const pack = compilePack([await readPackSources(join(import.meta.dirname, '../../rules'), new Set())]);
  const files = collect({ root, respectGitignore: false }).files.filter((file) => file.kind === 'python');
  const layout = importLayout(
    files.map((file) => file.path),
    'root',
  );
  const modules = files.flatMap((file) => {
    const text = readSource(file).text?.text;
    if (text === undefined) return [];
    const isPackage = file.path.endsWith('__init__.py');
    return [
      { file, path: file.path, name: importableNames(file.path, isPackage, layout)[0] ?? '', isPackage, unit: python.lower(text), text },
    ];
  });
  const found = new Set<string>();
  const reached = new Set<string>();
  let interpreter: Interpreter | undefined;
  evaluateProject({
    modules,
    layout,
    library: pack.library,
    hooks: frameworkHooks(modules),
    listener: {
      wanted: new Set(['call', 'store'] as const),
      on(event) {
        const { module } = event.frame.state;
        const line = new LineIndex(module.text).at(event.node.start).line;
        reached.add(`${module.path}:${line}`);
        if (event.kind === 'call') for (const name of event.names) found.add(`${module.path}:${line} calls ${name}`);
        if (event.kind === 'store' && interpreter) found.add(`${module.path}:${line} is ${describeValue(interpreter, event.value)}`);
      },
    },
    onReady: (ready) => {
      interpreter = ready;
    },
  });
  const expected: string[] = [];
  for (const module of modules) {
    module.text.split('\n').forEach((line, index) => {
      const match = MARK.exec(line);
      if (!match) return;
      const place = `${module.path}:${index + 1}`;
      if (match[1] === 'never') {
        expected.push(`${place} never`);
        if (!reached.has(place)) found.add(`${place} never`);
      } else expected.push(`${place} ${match[1]} ${match[2] ?? ''}`);
    });
  }
  return { expected, found };
}

describe('engine facts', () => {
  // fixtures/engine/flow holds templates: see flow-matrix.test.ts.
  for (const topic of readdirSync(ROOT).filter((name) => name !== 'flow')) {
    it(topic, async () => {
      const { expected, found } = await factsOf(join(ROOT, topic));
      expect(expected.length).toBeGreaterThan(0);
      const missing = expected.filter((fact) => !found.has(fact));
      const places = new Set(missing.map((fact) => fact.split(' ')[0]));
      expect(missing, `found there instead:\n${[...found].filter((fact) => places.has(fact.split(' ')[0])).join('\n')}`).toEqual([]);
    });
  }
});
