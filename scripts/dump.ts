import { basename, dirname, resolve } from 'node:path';
import { evaluateProject } from '../src/evaluate/evaluate-project.ts';
import type { Event } from '../src/evaluate/events.ts';
import type { Interpreter } from '../src/evaluate/interpreter.ts';
import { describeValue } from '../src/evaluate/values/describe.ts';
import { frameworkHooks } from '../src/frameworks/frameworks.ts';
import { loadLanguages } from '../src/languages/registry.ts';
import { loadPack } from '../src/rules/load-pack.ts';
import { importableNames, importLayout } from '../src/semantics/module-index.ts';
import { scopeOfFunction } from '../src/semantics/scope.ts';
import { collect } from '../src/source/collect.ts';
import { LineIndex } from '../src/source/line-index.ts';
import { readSource } from '../src/source/read-source.ts';

/**
 * `npm run dump -- FILE [ROOT]`: what the evaluator makes of a file, line by line: calls with their qualified names, values given to
 * names, functions with what they bind. For whoever debugs a rule. `npx tsx scripts/dump-tree.ts FILE` prints the trees.
 */
const [file, root = file && dirname(file)] = process.argv.slice(2);
if (!file || !root) {
  console.error('usage: npm run dump -- FILE [ROOT]');
  process.exit(2);
}
const { python } = await loadLanguages();
const pack = await loadPack();
const files = collect({ root }).files.filter((one) => one.kind === 'python');
const layout = importLayout(
  files.map((one) => one.path),
  basename(resolve(root)),
);
const modules = files.flatMap((one) => {
  const { text } = readSource(one);
  const isPackage = one.path.endsWith('__init__.py');
  return text
    ? [
        {
          file: one,
          path: one.path,
          name: importableNames(one.path, isPackage, layout)[0] ?? '',
          isPackage,
          unit: python.lower(text.text),
          text: text.text,
        },
      ]
    : [];
});
let interpreter: Interpreter | undefined;
const rows: [number, string][] = [];
const wanted = new Set<Event['kind']>(['call', 'store', 'function', 'class']);
const target = modules.find((module) => resolve(module.file.absolutePath) === resolve(file));
if (!target) throw new Error(`${file} is not among the Python files of ${root}`);
const lines = new LineIndex(target.text);
evaluateProject({
  modules,
  layout,
  library: pack.library,
  hooks: frameworkHooks(modules),
  listener: {
    wanted,
    on(event) {
      if (event.frame.state.module !== target || !interpreter) return;
      const line = lines.at(event.node.start).line;
      if (event.kind === 'call')
        rows.push([line, `call    ${event.names.join(' | ') || '?'} → ${describeValue(interpreter, event.result)}`]);
      else if (event.kind === 'store')
        rows.push([line, `${event.form.padEnd(7)} ${event.name ?? '?'} = ${describeValue(interpreter, event.value)}`]);
      else if (event.kind === 'function' && event.node.kind === 'function')
        rows.push([line, `def     ${event.info.qualifiedName} binds ${[...scopeOfFunction(event.node).locals].join(' ')}`]);
      else if (event.kind === 'class') rows.push([line, `class   ${event.info.qualifiedName}`]);
    },
  },
  onReady: (ready) => {
    interpreter = ready;
  },
});
const seen = new Set<string>();
for (const [line, text] of rows.sort((a, b) => a[0] - b[0])) {
  const row = `${String(line).padStart(5)} │ ${text}`;
  if (!seen.has(row)) console.log(row);
  seen.add(row);
}
