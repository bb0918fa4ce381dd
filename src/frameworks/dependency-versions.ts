import { satisfies, valid } from '@renovatebot/pep440';
import { parse as parseToml } from 'smol-toml';
import type { SourceFile } from '../source/source-file.ts';
import { lastPartOf } from '../util/folder-of.ts';
import type { PackageVersions } from './package-versions.ts';

/** How sure a statement about a version is: a lock file is what runs, a pin what is meant to, a lower bound what may. */
type Certainty = 'lock' | 'pin' | 'bound';
interface Known {
  readonly version: string;
  readonly certainty: Certainty;
}
const ORDER: readonly Certainty[] = ['lock', 'pin', 'bound'];

/** Reads versions from lock files, then exact pins, then lower bounds, over all dependency files. What cannot be parsed tells nothing. */
export function dependencyVersions(files: readonly SourceFile[], read: (file: SourceFile) => string | undefined): PackageVersions {
  const known = new Map<string, Known>();
  const add = (name: string, version: string, certainty: Certainty): void => {
    if (!valid(version)) return;
    const key = normalise(name);
    const before = known.get(key);
    if (!before || ORDER.indexOf(certainty) < ORDER.indexOf(before.certainty)) known.set(key, { version, certainty });
  };
  for (const file of files) {
    const text = read(file);
    if (text === undefined) continue;
    const name = lastPartOf(file.path);
    if (name.endsWith('.txt') || name.endsWith('.in')) for (const line of text.split(/\r?\n/)) requirement(line, add);
    else if (name === 'setup.py') setupScript(text, add);
    else if (name === 'setup.cfg') setupConfig(text, add);
    else if (name === 'Pipfile.lock') pipfileLock(text, add);
    else if (name.endsWith('.lock') || /^pylock.*\.toml$/.test(name)) tomlLock(text, add);
    else if (name === 'pyproject.toml' || name === 'Pipfile') tomlManifest(text, add);
  }
  return {
    inRange: (packageName, range) => {
      const version = known.get(normalise(packageName))?.version;
      return version === undefined ? undefined : satisfies(version, range);
    },
  };
}

type Add = (name: string, version: string, certainty: Certainty) => void;

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
function normalise(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** One line of a requirements file or one PEP 508 string. */
function requirement(line: string, add: Add): void {
  const match = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*([^;#]*)/.exec(line);
  if (!match?.[1] || line.trimStart().startsWith('-')) return;
  specifiers(match[1], match[2] ?? '', add);
}

function specifiers(name: string, text: string, add: Add): void {
  const pin = /(?:^|[,(\s])===?\s*v?([0-9][^\s,;)*]*)(?!\*)/.exec(text)?.[1];
  if (pin) add(name, pin, 'pin');
  const bound = /(?:>=|~=|\^|~)\s*v?([0-9][^\s,;)*]*)/.exec(text)?.[1];
  if (bound) add(name, bound, 'bound');
}

/** The texts of `setup.py` that are PEP 508 strings with a version, wherever its lists are put together. */
function setupScript(text: string, add: Add): void {
  for (const [, line] of text.matchAll(/["']([A-Za-z0-9][\w.-]*(?:\[[\w,\s-]*\])?\s*(?:===?|>=|~=)[^"'\n]*)["']/g))
    if (line) requirement(line, add);
}

/** The lines below `install_requires`. https://setuptools.pypa.io/en/latest/userguide/declarative_config.html */
function setupConfig(text: string, add: Add): void {
  const listed = /^install_requires[ \t]*=(.*(?:\r?\n[ \t]+.*)*)/m.exec(text)?.[1];
  for (const line of listed?.split(/\r?\n/) ?? []) requirement(line, add);
}

function pipfileLock(text: string, add: Add): void {
  const json = tryParse(() => JSON.parse(text) as { readonly default?: Record<string, { readonly version?: string }> });
  for (const [name, entry] of Object.entries(json?.default ?? {}))
    if (entry.version?.startsWith('==')) add(name, entry.version.slice(2), 'lock');
}

/** poetry.lock, uv.lock, pdm.lock and pylock.toml: `[[package]]` (or `[[packages]]`) with name and version. */
function tomlLock(text: string, add: Add): void {
  const toml = tryParse(() => parseToml(text));
  const packages = toml?.package ?? toml?.packages;
  if (!Array.isArray(packages)) return;
  for (const entry of packages) {
    if (typeof entry !== 'object' || entry === null || !('name' in entry) || !('version' in entry)) continue;
    if (typeof entry.name === 'string' && typeof entry.version === 'string') add(entry.name, entry.version, 'lock');
  }
}

function tomlManifest(text: string, add: Add): void {
  const toml = tryParse(() => parseToml(text)) as
    | { project?: { dependencies?: unknown }; tool?: { poetry?: { dependencies?: unknown } }; packages?: unknown }
    | undefined;
  const listed = toml?.project?.dependencies;
  if (Array.isArray(listed)) for (const line of listed) if (typeof line === 'string') requirement(line, add);
  for (const table of [toml?.tool?.poetry?.dependencies, toml?.packages]) {
    if (typeof table !== 'object' || table === null) continue;
    for (const [name, value] of Object.entries(table)) {
      const range =
        typeof value === 'string' ? value : typeof value === 'object' && value !== null && 'version' in value ? String(value.version) : '';
      if (/^[0-9]/.test(range)) add(name, range, 'pin');
      else specifiers(name, range, add);
    }
  }
}

/** A dependency file that is broken tells no versions; its own rules (and its users' tools) say so. */
function tryParse<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
