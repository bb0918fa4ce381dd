/**
 * `npm run prepare`: builds when this repository is installed, from a checkout or from Git. A global install from Git
 * (`npm install --global git+https://…`, and pre-commit) hands its `--global` on to the inner install, which then leaves out the
 * development dependencies in many versions of npm: https://github.com/npm/cli/issues/8440. So they are installed here if missing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

if (!existsSync(`${root}/node_modules/esbuild`)) {
  const inherited = /^npm_config_(?:global|prefix|local_prefix|global_prefix|globalconfig|omit|production)$/i;
  npm(['install', '--include=dev', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'], (name) => !inherited.test(name));
}
npm(['run', '--silent', 'build'], () => true);

/**
 * @param {readonly string[]} args
 * @param {(name: string) => boolean} keeps which variables of the environment to hand on
 */
function npm(args, keeps) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => keeps(name)));
  const script = process.env.npm_execpath;
  const [command, first] = script === undefined ? ['npm', []] : [process.execPath, [script]];
  execFileSync(command, [...first, ...args], {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: script === undefined && process.platform === 'win32',
  });
}
