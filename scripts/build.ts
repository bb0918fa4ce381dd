/**
 * `npm run build`: makes `dist/` (the program, its WASM files, the compiled rule pack, licences) and `schema/`.
 * `npm run build -- --check` builds nothing and fails when a committed schema lags behind the sources.
 */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { bundle } from './build/bundle.ts';
import { copyAssets } from './build/copy-assets.ts';
import { makePack } from './build/make-pack.ts';
import { ROOT } from './build/root.ts';
import { staleSchemas, writeSchemas } from './build/schemas.ts';
import { writeThirdParty } from './build/write-third-party.ts';

const DIST = `${ROOT}/dist`;

if (process.argv.includes('--check')) {
  const stale = await staleSchemas();
  for (const file of stale) console.error(`${file} does not match the sources. Run \`npm run build\` and commit it.`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  // What can be wrong in the sources is found before the last good build is taken away.
  const pack = await makePack();
  rmSync(DIST, { recursive: true, force: true });
  mkdirSync(DIST, { recursive: true });
  await writeSchemas();
  const packages = await bundle(DIST);
  chmodSync(`${DIST}/cli.js`, 0o755);
  copyAssets(DIST);
  writeThirdParty(DIST, packages);
  for (const [name, text] of Object.entries(pack.files)) writeFileSync(`${DIST}/${name}`, text);
  console.log(`dist/ built: ${pack.ruleCount} rules, ${packages.length} bundled packages`);
}
