import { LibraryModel } from '../../src/evaluate/calls/library-model.ts';
import { evaluateProject } from '../../src/evaluate/evaluate-project.ts';
import type { Interpreter } from '../../src/evaluate/interpreter.ts';
import { describeValue } from '../../src/evaluate/values/describe.ts';
import { frameworkHooks } from '../../src/frameworks/frameworks.ts';
import { loadLanguages } from '../../src/languages/registry.ts';
import type { Module } from '../../src/semantics/module.ts';
import { importLayout } from '../../src/semantics/module-index.ts';
import { modelFiles } from './model-files.ts';

/** What the evaluator concludes about a one-file program with the real models. */
export interface ProgramFacts {
  /** Qualified names of all calls. */
  readonly calls: ReadonlySet<string>;
  /** What is stored under each name, last store wins. */
  readonly values: ReadonlyMap<string, string>;
}

const library = new LibraryModel(modelFiles().flatMap((file) => file.rows));

/** Evaluates a program as the only module of a project. */
export async function evaluateProgram(text: string): Promise<ProgramFacts> {
  const { python } = await loadLanguages();
  const file = { path: 'app.py', absolutePath: '/app.py', kind: 'python', role: 'app', size: text.length } as const;
  const module: Module = { file, path: file.path, name: 'app', isPackage: false, unit: python.lower(text), text };
  const calls = new Set<string>();
  const values = new Map<string, string>();
  let interpreter: Interpreter | undefined;
  const result = evaluateProject({
    modules: [module],
    layout: importLayout([file.path], 'root'),
    library,
    hooks: frameworkHooks([module]),
    listener: {
      wanted: new Set(['call', 'store'] as const),
      on(event) {
        if (event.kind === 'call') for (const name of event.names) calls.add(name);
        if (event.kind === 'store' && event.name !== undefined && interpreter)
          values.set(event.name, describeValue(interpreter, event.value));
      },
    },
    onReady: (ready) => {
      interpreter = ready;
    },
  });
  if (result.crashes[0]) throw result.crashes[0].error;
  return { calls, values };
}
