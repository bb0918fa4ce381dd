import { loadPython } from './grammar.ts';
import type { Language } from './language.ts';

/** Every front end that reads a whole file of source code. */
export interface Languages {
  readonly python: Language;
}

/** Loads all grammars. Costs some 20 ms, so call it once per thread. */
export function loadLanguages(): Promise<Languages> {
  loaded ??= loadPython().then((python) => ({ python }));
  return loaded;
}
let loaded: Promise<Languages> | undefined;
