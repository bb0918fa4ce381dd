import { copyFileSync, readdirSync } from 'node:fs';
import { ROOT } from './root.ts';

/** Puts the WASM files beside the program: the parser's runtime and the vendored grammars. */
export function copyAssets(outdir: string): void {
  copyFileSync(`${ROOT}/node_modules/web-tree-sitter/web-tree-sitter.wasm`, `${outdir}/web-tree-sitter.wasm`);
  for (const name of readdirSync(`${ROOT}/grammars`)) {
    if (name.endsWith('.wasm')) copyFileSync(`${ROOT}/grammars/${name}`, `${outdir}/${name}`);
  }
}
