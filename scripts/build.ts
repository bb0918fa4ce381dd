/** `npm run build`: makes `dist/`, which holds the program, its WASM files, the rule pack and the licences of what it is made of. */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { UserError } from '../src/util/user-error.ts';
import { bundle } from './build/bundle.ts';
import { copyAssets } from './build/copy-assets.ts';
import { makePack } from './build/make-pack.ts';
import { ROOT } from './build/root.ts';
import { writeThirdParty } from './build/write-third-party.ts';

const DIST = `${ROOT}/dist`;

try {
  // What can be wrong in the sources is found before the last good build is taken away.
  const pack = await makePack();
  rmSync(DIST, { recursive: true, force: true });
  mkdirSync(DIST, { recursive: true });
  const packages = await bundle(DIST);
  chmodSync(`${DIST}/cli.js`, 0o755);
  copyAssets(DIST);
  writeThirdParty(DIST, packages);
  for (const [name, text] of Object.entries(pack.files)) writeFileSync(`${DIST}/${name}`, text);
  console.log(`dist/ built: ${pack.ruleCount} rules, ${packages.length} bundled packages`);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
