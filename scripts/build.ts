/** `npm run build`: makes `dist/`, which holds the program, its WASM files, the rule pack and the licences of what it is made of. */
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { UserError } from '../src/util/user-error.ts';
import { bundle } from './build/bundle.ts';
import { checkLayout } from './build/check-layout.ts';
import { copyAssets } from './build/copy-assets.ts';
import { makePack } from './build/make-pack.ts';
import { ROOT } from './build/root.ts';
import { writeThirdParty } from './build/write-third-party.ts';

const DIST = `${ROOT}/dist`;
/** Where the new `dist/` grows, so that the old one works until the new one is whole. */
const GROWING = `${ROOT}/node_modules/.cache/ratel-dist-${process.pid}`;

try {
  await checkLayout();
  const pack = await makePack();
  mkdirSync(GROWING, { recursive: true });
  const packages = await bundle(GROWING);
  chmodSync(`${GROWING}/cli.js`, 0o755);
  copyAssets(GROWING);
  writeThirdParty(GROWING, packages);
  for (const [name, text] of Object.entries(pack.files)) writeFileSync(`${GROWING}/${name}`, text);
  rmSync(DIST, { recursive: true, force: true });
  renameSync(GROWING, DIST);
  console.log(`dist/ built: ${pack.ruleCount} rules, ${packages.length} bundled packages`);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(GROWING, { recursive: true, force: true });
}
