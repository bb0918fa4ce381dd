import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appReports } from '../../scripts/docs/app-reports.ts';
import { loadPack } from '../../src/rules/load-pack.ts';

const ROOT = join(import.meta.dirname, '../..');

/** When they differ and should: `npm run docs` writes them. */
describe.each(readdirSync(join(ROOT, 'fixtures/apps')))('reports on %s', (app) => {
  it('are as they were', async () => {
    for (const [ending, text] of await appReports(join(ROOT, 'fixtures/apps', app), await loadPack()))
      expect(text).toBe(readFileSync(join(ROOT, `fixtures/reports/${app}.${ending}`), 'utf8'));
  });

  it('are the same from any place, and name none', async () => {
    const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'ratel elsewhere ')));
    try {
      cpSync(join(ROOT, 'fixtures/apps', app), join(elsewhere, app), { recursive: true });
      const pack = await loadPack();
      const reports = await appReports(join(elsewhere, app), pack);
      expect(reports).toEqual(await appReports(join(ROOT, 'fixtures/apps', app), pack));
      for (const text of reports.values()) expect(text).not.toMatch(new RegExp(`${tmpdir()}|${ROOT}|ratel-app-`));
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });
});
