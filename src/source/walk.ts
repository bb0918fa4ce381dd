import { isUtf8 } from 'node:buffer';
import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { AMBIGUOUS_DIRECTORIES, holdsProjectFile, isEnvironment } from './default-excludes.ts';
import { fileKind } from './file-kind.ts';
import { fileRole } from './file-role.ts';
import { describeFileSystemError } from './file-system-error.ts';
import { compareText, type Gap } from './gap.ts';
import { openGitDirectory } from './git-directory.ts';
import { type IgnoreStack, ignoreStackAbove, ignoreStackOfNested, isIgnored, withIgnoreFile } from './ignore-files.ts';
import { byteLimit, type SourceLimits } from './limits.ts';
import { judgeLink } from './link.ts';
import { prefixBelow } from './prefix-below.ts';
import { openRepository, type Repository } from './repository.ts';
import type { Selection } from './selection.ts';
import { mayHaveShebang, readInterpreter } from './shebang.ts';
import type { FileKind, SourceFile } from './source-file.ts';

/** What holds for everything in one directory. */
interface Surroundings {
  readonly ignores: IgnoreStack;
  readonly repository: Repository | undefined;
  /** Inside an ignored directory only tracked files are collected. */
  readonly ignored: boolean;
  readonly depth: number;
}

/** One pass over the audited tree, a directory at a time; what it finds is in `files` and `gaps`, in no useful order. */
export class Walk {
  readonly files: SourceFile[] = [];
  readonly gaps: Gap[] = [];
  private readonly root: string;
  private readonly selection: Selection;
  private readonly limits: SourceLimits;
  private readonly respectGitignore: boolean;
  /** Directories with `__init__.py`, without a `/` at the end. */
  private readonly packages = new Set<string>();
  private readonly isPackage = (directory: string): boolean => this.packages.has(directory);
  private otherFiles = 0;
  private probes = 0;
  private readonly limitsReached = new Set<string>();

  constructor(root: string, selection: Selection, limits: SourceLimits, respectGitignore: boolean) {
    this.root = root;
    this.selection = selection;
    this.limits = limits;
    this.respectGitignore = respectGitignore;
  }

  start(gitRoot: string | undefined): void {
    const git = gitRoot === undefined ? undefined : openGitDirectory(gitRoot);
    const ignores = git === undefined || !this.respectGitignore ? [] : ignoreStackAbove(git, this.root, this.limits, this.gaps);
    const repository = git === undefined ? undefined : openRepository(git, '', prefixBelow(git.workTree, this.root) ?? '');
    this.enter('', { ignores, repository, ignored: false, depth: 0 }, false);
  }

  /** Reads one directory, `''` or ending in `/`. `ambiguous`: its name alone does not say whether it belongs to the project. */
  private enter(directory: string, outer: Surroundings, ambiguous: boolean): void {
    const entries = this.list(directory);
    const names = new Set(entries.map((entry) => entry.name));
    if (directory !== '') {
      if (isEnvironment(names)) return;
      if (ambiguous && !holdsProjectFile(entries.filter((entry) => entry.isFile()).map((entry) => fileKind(directory + entry.name))))
        return;
    }
    if (names.has('__init__.py')) this.packages.add(directory.slice(0, -1));
    const here = this.surroundings(directory, names, outer);
    for (const entry of entries) {
      const path = directory + entry.name;
      if (entry.isDirectory()) this.addDirectory(entry.name, `${path}/`, here);
      else if (entry.isFile()) this.addFile(entry.name, path, here);
      else if (entry.isSymbolicLink()) this.addLink(path, here);
      else if (fileKind(path) !== 'other') this.addGap(path, 'unreadable', 'is no regular file');
    }
  }

  private surroundings(directory: string, names: ReadonlySet<string>, outer: Surroundings): Surroundings {
    let { ignores, repository } = outer;
    if (directory !== '' && names.has('.git')) {
      const git = openGitDirectory(`${this.root}/${directory}`);
      if (git !== undefined) {
        repository = openRepository(git, directory, '');
        ignores = this.respectGitignore ? ignoreStackOfNested(git, directory, this.limits, this.gaps) : [];
      }
    }
    if (this.respectGitignore && names.has('.gitignore')) ignores = withIgnoreFile(ignores, this.root, directory, this.limits, this.gaps);
    return { ...outer, ignores, repository };
  }

  private addDirectory(name: string, path: string, here: Surroundings): void {
    if (this.selection.excludesDirectory(name, path)) return;
    const tracked = here.repository?.holdsTracked(path) === true;
    const ignored = here.ignored || isIgnored(here.ignores, path);
    if (ignored && !tracked) return;
    if (here.depth >= this.limits.depth) {
      this.addGap(path.slice(0, -1), 'limit', `more than ${this.limits.depth} directories deep`);
      return;
    }
    const ambiguous = this.selection.usesDefaults && !tracked && AMBIGUOUS_DIRECTORIES.has(name);
    this.enter(path, { ...here, ignored, depth: here.depth + 1 }, ambiguous);
  }

  private addFile(name: string, path: string, here: Surroundings): void {
    const tracked = here.repository?.isTracked(path);
    if (tracked !== true && (here.ignored || isIgnored(here.ignores, path))) return;
    if (this.selection.excludesFile(path)) return;
    const absolutePath = `${this.root}/${path}`;
    let kind = fileKind(path);
    let size: number;
    try {
      size = lstatSync(absolutePath).size;
      if (kind === 'other' && size > 0 && mayHaveShebang(name)) kind = this.kindByShebang(absolutePath);
    } catch (error) {
      this.addGap(path, 'unreadable', describeFileSystemError(error));
      return;
    }
    if (!this.hasRoom(kind, path, size)) return;
    const role = this.selection.roleOf(path) ?? fileRole(path, kind, this.isPackage);
    this.files.push({ path, absolutePath, kind, role, size, ...(tracked === undefined ? {} : { tracked }) });
  }

  private addLink(path: string, here: Surroundings): void {
    if (here.ignored || isIgnored(here.ignores, path) || this.selection.excludesFile(path)) return;
    const gap = judgeLink(this.root, path);
    if (gap !== undefined) this.gaps.push(gap);
  }

  private kindByShebang(absolutePath: string): FileKind {
    if (this.probes >= this.limits.shebangProbes) {
      this.addLimit(`only the first ${this.limits.shebangProbes} files without extension were checked for a Python shebang`);
      return 'other';
    }
    this.probes++;
    return readInterpreter(absolutePath) ?? 'other';
  }

  private hasRoom(kind: FileKind, path: string, size: number): boolean {
    if (kind === 'other') {
      const room = this.otherFiles < this.limits.otherFiles;
      if (room) this.otherFiles++;
      else this.addLimit(`more than ${this.limits.otherFiles} files that no front end reads; the rest is left out`);
      return room;
    }
    const bytes = byteLimit(kind, this.limits);
    if (size > bytes) {
      this.addGap(path, 'too-large', `${size} bytes, more than the ${bytes} that are read of such a file`);
      return false;
    }
    const room = this.files.length - this.otherFiles < this.limits.files;
    if (!room) this.addLimit(`more than ${this.limits.files} files; the rest is left out`);
    return room;
  }

  /** The entries of a directory, files before directories and each by name, so that limits cut the same way everywhere. */
  private list(directory: string): Dirent[] {
    try {
      const entries = readdirSync(this.root + (directory === '' ? '' : `/${directory}`), { withFileTypes: true });
      const readable = entries.some((entry) => entry.name.includes('\uFFFD')) ? this.withoutUndecodable(directory, entries) : entries;
      return readable.sort((left, right) => Number(left.isDirectory()) - Number(right.isDirectory()) || compareText(left.name, right.name));
    } catch (error) {
      this.addGap(directory.slice(0, -1), 'unreadable', `directory: ${describeFileSystemError(error)}`);
      return [];
    }
  }

  /** A name that is not UTF-8 is listed with U+FFFD in it, under which nothing can be opened. */
  private withoutUndecodable(directory: string, entries: readonly Dirent[]): Dirent[] {
    const names = new Set(readdirSync(`${this.root}/${directory}`, { encoding: 'buffer' }).filter(isUtf8).map(String));
    const kept: Dirent[] = [];
    for (const entry of entries) {
      if (names.has(entry.name)) kept.push(entry);
      else this.addGap(directory + entry.name, 'unreadable', 'its name is not UTF-8; rename it to have it audited');
    }
    return kept;
  }

  private addGap(path: string, reason: Gap['reason'], detail: string): void {
    this.gaps.push({ path, reason, detail });
  }

  private addLimit(detail: string): void {
    if (this.limitsReached.has(detail)) return;
    this.limitsReached.add(detail);
    this.addGap('', 'limit', detail);
  }
}
