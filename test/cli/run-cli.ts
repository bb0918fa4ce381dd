import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

/** Every run is a process of its own, and a test has several. */
vi.setConfig({ testTimeout: 120_000 });

const PROGRAM = join(import.meta.dirname, '../../dist/cli.js');

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a test must not inherit from the terminal or CI that runs it. */
const UNWANTED = /^(?:CI|NO_COLOR|FORCE_COLOR|CLICOLOR.*|GIT_.*|COLUMNS|NODE_OPTIONS|VITEST.*)$/;

/** The environment of a run, without what would change how output looks. */
export function cleanEnvironment(added: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name, value]) => value !== undefined && !UNWANTED.test(name));
  return { ...(Object.fromEntries(kept) as Record<string, string>), ...added };
}

/** Runs the built program as a user's shell would. */
export function ratel(args: readonly string[], options: RunOptions = {}): Run {
  return finished(spawnSync(process.execPath, [program(), ...args], spawnOptions(options)));
}

/** Runs a line of shell in which `ratel` is the built program. */
export function shell(line: string, options: RunOptions = {}): Run {
  const wrapped = `ratel() { "${process.execPath}" "${program()}" "$@"; }\n${line}`;
  return finished(spawnSync('bash', ['-c', wrapped], spawnOptions(options)));
}

/** Path of the built program. */
export function program(): string {
  if (!existsSync(PROGRAM)) throw new Error('dist/cli.js is not there: run `npm run build` first (`npm test` does)');
  return PROGRAM;
}

function spawnOptions({ cwd, env }: RunOptions) {
  return { cwd: cwd ?? emptyFolder(), env: cleanEnvironment(env), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
}

function finished({ status, stdout, stderr, error }: SpawnSyncReturns<string>): Run {
  if (error !== undefined) throw error;
  return { code: status, out: stdout, err: stderr };
}

/** A folder of its own, gone when the test ends. */
export function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ratel-cli-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Content by path. */
type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder with these files. */
export function project(files: Files): string {
  const folder = emptyFolder();
  write(folder, files);
  return folder;
}

export function write(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** An application that runs in debug mode: one error. */
export const DEBUG_APP = `from flask import Flask

app = Flask(__name__)

if __name__ == "__main__":
    app.run(debug=True)
`;

/** An application without any finding. */
export const QUIET_APP = `from flask import Flask

app = Flask(__name__)


def double(number: int) -> int:
    return number * 2
`;

/** A line that is a warning: nothing says how long to wait. */
export const SLOW_CLIENT = `import requests


def status():
    return requests.get("https://status.example.org/").status_code
`;
