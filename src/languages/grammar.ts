/** Starts the WASM parser and loads grammars. The only file that knows where they lie. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Language as Grammar, Parser } from 'web-tree-sitter';
import type { Language } from './language.ts';
import type { WasmMemory } from './memory-reader.ts';
import { pythonLanguage } from './python/python-language.ts';
import type { LoadedGrammar } from './tree-reader.ts';

/**
 * Built, this file is part of `dist/cli.js` and both WASM files lie beside it. Run from the sources, they lie where they
 * come from: in `node_modules` and in `grammars/`.
 */
const PLACES = ['./', '../../node_modules/web-tree-sitter/', '../../grammars/'];

/** Path of a WASM file that is part of ratel. */
function pathOf(file: string): string {
  for (const place of PLACES) {
    const path = fileURLToPath(new URL(place + file, import.meta.url));
    if (existsSync(path)) return path;
  }
  throw new Error(`${file} is missing from this installation of ratel; install it again`);
}

/** The runtime's options, and after the start also its memory: Emscripten adds that to the object it is given. */
const runtime: WasmMemory & { locateFile(file: string): string } = { locateFile: pathOf };
let started: Promise<void> | undefined;

/** A parser for Python, with what reading its trees needs; `loadPython` is what the rest of ratel uses. */
export async function loadPythonParser(): Promise<LoadedGrammar> {
  started ??= Parser.init(runtime);
  await started;
  const grammar = await Grammar.load(await readFile(pathOf('tree-sitter-python.wasm')));
  return { grammar, parser: new Parser().setLanguage(grammar), memory: runtime };
}

/** The Python front end. Its parser is used by one `lower` call after another, so one front end serves one thread. */
export async function loadPython(): Promise<Language> {
  return pythonLanguage(await loadPythonParser());
}
