import { build } from 'esbuild';
import { commonjsImports } from './commonjs-imports.ts';
import { ROOT } from './root.ts';

/** CommonJS packages in an ES module bundle find Node's own modules through this. */
const REQUIRE = "import { createRequire as ratelCreateRequire } from 'node:module'; const require = ratelCreateRequire(import.meta.url);";

/**
 * Bundles the program into `outdir`. What only some commands need (ajv, the parser, reports) goes to files of its own,
 * which are read when they are needed; all lie beside each other because the WASM files and the pack are found relative to them.
 * @returns names of the packages that are now part of the program, sorted
 */
export async function bundle(outdir: string): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { cli: 'src/cli.ts' },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    plugins: [commonjsImports],
    alias: { 'string-width': `${ROOT}/scripts/build/string-width.ts` },
    define: { RATEL_LAYOUT_CHECKED: 'true' },
    chunkNames: '[name]-[hash]',
    banner: { js: REQUIRE },
    // The licences of all that is bundled stand in THIRD-PARTY.txt.
    legalComments: 'none',
    // A third of the time that reading the program takes goes by its size. Names stay, for reports of crashes.
    minifyWhitespace: true,
    minifySyntax: true,
    metafile: true,
    logLevel: 'warning',
  });
  const packages = new Set<string>();
  for (const input of Object.keys(metafile.inputs)) {
    const name = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(input)?.[1];
    if (name !== undefined) packages.add(name);
  }
  return [...packages].sort();
}
