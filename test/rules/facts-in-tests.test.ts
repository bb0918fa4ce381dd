import { expect, it } from 'vitest';
import { auditFiles } from './audit-files.ts';

const APP = 'from urllib.request import urlopen\n\n\ndef ping():\n    return urlopen("https://example.org/")\n';
const PATCHES = 'import socket\n\nsocket.setdefaulttimeout(10)\n';

async function places(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = await auditFiles(
    { 'shop/web.py': `import flask\n\n${APP}`, ...files },
    ['outbound-request-without-timeout'],
    'default',
  );
  return findings.map(({ primary }) => primary.path);
}

it('lets what an application does speak for it, and not what its tests do', async () => {
  expect(await places({})).toEqual(['shop/web.py']);
  expect(await places({ 'shop/start.py': PATCHES })).toEqual([]);
  expect(await places({ 'tests/test_web.py': PATCHES })).toEqual(['shop/web.py']);
});

it('tells nothing of what tests pass to the code that they test', async () => {
  const tools = 'import requests\n\n\ndef fetch(url, verify):\n    return requests.get(url, verify=verify, timeout=5)\n';
  const call = 'from shop.tools import fetch\n\n\ndef test_fetch():\n    fetch("https://example.org/", False)\n';
  const found = async (path: string): Promise<number> =>
    (await auditFiles({ 'shop/tools.py': tools, [path]: call }, ['tls-verification-disabled'], 'default')).findings.length;
  expect(await found('shop/main.py')).toBe(1);
  expect(await found('tests/test_tools.py')).toBe(0);
});
