import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelRow } from '../../src/evaluate/calls/library-model.ts';

/** Where the models are. */
export const MODELS = join(import.meta.dirname, '../../rules/models');

/** One file of `rules/models`. */
export interface ModelFile {
  readonly name: string;
  readonly library: string;
  readonly rows: readonly DocumentedRow[];
}

/** A row as it is written, with the link to the library's documentation of its name. */
export type DocumentedRow = ModelRow & { readonly docs: string };

/** All model files, in the order in which packs read them. */
export function modelFiles(): readonly ModelFile[] {
  return readdirSync(MODELS)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({
      name,
      ...(JSON.parse(readFileSync(join(MODELS, name), 'utf8')) as { library: string; rows: readonly DocumentedRow[] }),
    }));
}
