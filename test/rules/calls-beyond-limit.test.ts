import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { auditCollected } from '../../src/audit.ts';
import { MAX_MARKED_SIGNATURES } from '../../src/evaluate/budget.ts';
import { compilePack, readPackSources } from '../../src/rules/load-pack.ts';
import { collect } from '../../src/source/collect.ts';
import { defaultConfig } from '../../src/source/config.ts';

const root = mkdtempSync(join(tmpdir(), 'ratel-calls-'));
afterAll(() => rmSync(root, { recursive: true }));
const rule = 'reflected-xss';
const pack = compilePack([await readPackSources(fileURLToPath(new URL('../../rules', import.meta.url)), new Set([rule]))]);
const VIEWS = MAX_MARKED_SIGNATURES + 5;

async function places(answer: string): Promise<number> {
  const views = Array.from(
    { length: VIEWS },
    (_, at) => `@app.route("/${at}")\ndef view_${at}():\n    return answer(request.args["q${at}"])\n`,
  );
  const text = `from flask import Flask, jsonify, request\n\napp = Flask(__name__)\n\n\ndef answer(value):\n    ${answer}\n\n\n${views.join('\n\n')}`;
  writeFileSync(join(root, 'app.py'), text);
  const request = {
    root,
    config: defaultConfig(root),
    profile: 'default' as const,
    select: [rule],
    ignore: [],
    minSeverity: 'note' as const,
    minConfidence: 'low' as const,
    packs: [],
  };
  return (await auditCollected(collect({ root }), request, pack)).result.findings.length;
}

it('takes calls of a helper that are not followed any more for what the others were', async () => {
  expect(await places('return jsonify({"value": value})')).toBe(0);
  expect(await places('return "<b>" + value')).toBe(VIEWS);
});
