import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ROOT } from './root.ts';

/** Writes `THIRD-PARTY.txt`: name, version and full licence of everything by others that `dist/` holds. */
export function writeThirdParty(outdir: string, packages: readonly string[]): void {
  const parts = [...packages.map(packageLicence), ...grammarLicences()];
  const intro = 'ratel contains the following works of others. Each stands under its own licence.';
  writeFileSync(`${outdir}/THIRD-PARTY.txt`, [intro, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`).concat('\n'));
}

function packageLicence(name: string): string {
  const folder = `${ROOT}/node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { version: string; license?: string };
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  if (file === undefined)
    throw new Error(`${folder} holds no licence file; say in scripts/build/write-third-party.ts where its licence is`);
  return `${name} ${version} (${license ?? 'see below'})\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}`;
}

function grammarLicences(): readonly string[] {
  return readdirSync(`${ROOT}/grammars`)
    .filter((entry) => entry.endsWith('.LICENSE'))
    .map((entry) => `${entry.replace('.LICENSE', '')} (grammar)\n\n${readFileSync(`${ROOT}/grammars/${entry}`, 'utf8').trim()}`);
}
