import { describe, expect, it } from 'vitest';
import { auditFiles } from './audit-files.ts';

const RULE = 'provider-secret-committed';

/** Random letters of one seed; tokens are put together here, because whoever hosts this repository looks for them, too. */
function random(length: number, letters = 'k3Zq0mXv2dT9rLwPbN5uH6yJ4eR8fG7tVhAiOaUxYlDs1'): string {
  let seed = 7;
  return Array.from({ length }, () => {
    seed = (seed * 31 + 11) % 9973;
    return letters[seed % letters.length];
  }).join('');
}

const TOKENS = [
  ['AKIA', random(16, 'Q7WZ2MPN4RVT5XBKJH')],
  ['ghp_', random(36)],
  ['ghs_', random(36)],
  ['github_pat_', `${random(22)}_${random(59)}`],
  ['glpat-', random(20)],
  ['xoxb-', `${random(12, '0123456789')}-${random(24)}`],
  ['sk_live_', random(24)],
  ['rk_live_', random(24)],
  ['AIza', random(35)],
  ['SG.', `${random(22)}.${random(43)}`],
  ['SK', random(32, '0123456789abcdef')],
  ['npm_', random(36)],
  ['pypi-', `AgE${random(60)}`],
] as const;

async function found(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return (await auditFiles(files, [RULE], 'default')).findings.map(({ primary, status }) => `${primary.path} ${status}`);
}

describe('texts that rules look for in files', () => {
  it.each(TOKENS)('has %s', async (start, rest) => {
    const token = start + rest;
    expect(await found({ 'deploy/values.yaml': `token: ${token}\n` })).toEqual(['deploy/values.yaml open']);
    expect(await found({ 'run.py': `# once ${token}.\n` })).toEqual(['run.py open']);
  });

  it.each(TOKENS)('has %s neither inside a word nor made up', async (start, rest) => {
    const files = {
      'a.env': `A=x${start}${rest}\n`,
      'b.env': `B=${start}${'x'.repeat(rest.length)}\nC=${start}\nD=${start}${rest.slice(0, 9)}…\n`,
    };
    expect(await found(files)).toEqual([]);
  });

  it('says one text once in a file, and hides it', async () => {
    const token = TOKENS[0].join('');
    const { findings } = await auditFiles({ 'a.env': `A=${token}\nB=${token}\n`, 'b.env': `A=${token}\n` }, [RULE], 'default');
    expect(findings.map((finding) => finding.primary.path)).toEqual(['a.env', 'b.env']);
    expect(findings.map((finding) => finding.message).join()).not.toContain(token);
    expect(findings[0]?.secrets).toEqual([{ path: 'a.env', start: 6, end: 22 }]);
  });

  it('hides nothing that the rule calls no secret', async () => {
    const file = 'FROM python:3.13-slim\nCMD ["python", "manage.py", "runserver"]\n';
    const { findings } = await auditFiles({ Dockerfile: file }, ['container-runs-dev-server'], 'default');
    expect(findings.map(({ primary, secrets }) => [file.slice(primary.start, primary.end), secrets ?? []])).toEqual([
      ['CMD ["python", "manage.py", "runserver"]', []],
    ]);
  });

  it('is accepted by a comment of whatever language', async () => {
    const token = TOKENS[0].join('');
    const why = `ratel: ignore[${RULE}] revoked`;
    const files = {
      'a.yaml': `# ${why}\nkey: ${token}\n`,
      'b.js': `const key = '${token}' // ${why}\n`,
      'c.html': `<!-- ${why} -->\n<p>${token}</p>\n`,
      'd.ini': `key = ${token}\n`,
    };
    expect(await found(files)).toEqual(['a.yaml suppressed', 'b.js suppressed', 'c.html suppressed', 'd.ini open']);
  });

  it('is not looked for in what is no text', async () => {
    const token = TOKENS[0].join('');
    const { findings, gaps } = await auditFiles({ 'a.png': token, 'b.dat': `\0${token}`, 'c.min.js': token }, [RULE], 'default');
    expect([findings, gaps]).toEqual([[], []]);
  });
});
