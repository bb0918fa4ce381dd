import { isUtf8 } from 'node:buffer';
import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { compareText } from '../util/compare-text.ts';
import { AMBIGUOUS_DIRECTORIES, holdsProjectFile } from './default-excludes.ts';
import { fileKind } from './file-kind.ts';
import { fileRole } from './file-role.ts';
import { describeFileSystemError } from './file-system-error.ts';
import type { Gap } from './gap.ts';
import { openGitDirectory } from './git-directory.ts';
import { type IgnoreStack, ignoreStackAbove, ignoreStackOfNested, isIgnored, withIgnoreFile } from './ignore-files.ts';
import { installedIn } from './installed-packages.ts';
import { findLandmarks, type Landmarks } from './landmarks.ts';
import { byteLimit, type SourceLimits } from './limits.ts';
import { judgeLink } from './link.ts';
import { type Place, placeBelow, ROOT_PLACE } from './place.ts';
import { prefixBelow } from './prefix-below.ts';
import { openRepository, type Repository } from './repository.ts';
import type { Selection } from './selection.ts';
import { mayHaveShebang, readInterpreter } from './shebang.ts';
import { type FileKind, type SourceFile, UNKNOWN_SIZE } from './source-file.ts';

/** What holds for everything in one directory. */
interface Surroundings {
  readonly ignores: IgnoreStack;
  readonly repository: Repository | undefined;
  readonly place: Place;
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
    this.enter('', '', { ignores, repository, place: ROOT_PLACE, ignored: false, depth: 0 }, false);
  }

  /** Reads one directory, `''` or ending in `/`. `ambiguous`: its name alone does not say whether it belongs to the project. */
  private enter(directory: string, name: string, outer: Surroundings, ambiguous: boolean): void {
    const entries = this.list(directory);
    const landmarks = findLandmarks(entries);
    const place = directory === '' ? ROOT_PLACE : placeBelow(outer.place, name, landmarks.package);
    if (directory !== '' && (landmarks.environment || (ambiguous && !holdsProjectFile(kindsOf(entries, place))))) return;
    const here = { ...this.surroundings(directory, landmarks, outer), place };
    // At the root somebody asked for it: what is installed there is what is to be audited.
    const installed = directory !== '' && this.selection.usesDefaults ? installedIn(`${this.root}/${directory}`, entries) : NOT_INSTALLED;
    for (const entry of entries) {
      if (installed.has(entry.name)) continue;
      const path = directory + entry.name;
      if (entry.isDirectory()) this.addDirectory(entry.name, `${path}/`, here);
      else if (entry.isFile()) this.addFile(entry.name, path, here);
      else if (entry.isSymbolicLink()) this.addLink(path, here);
      else if (fileKind(entry.name, place) !== 'other') this.addGap(path, 'unreadable', 'is no regular file');
    }
  }

  private surroundings(directory: string, landmarks: Landmarks, outer: Surroundings): Surroundings {
    let { ignores, repository } = outer;
    if (directory !== '' && landmarks.git) {
      const git = openGitDirectory(`${this.root}/${directory}`);
      if (git !== undefined) {
        repository = openRepository(git, directory, '');
        ignores = this.respectGitignore ? ignoreStackOfNested(git, directory, this.limits, this.gaps) : [];
      }
    }
    if (this.respectGitignore && landmarks.gitignore) ignores = withIgnoreFile(ignores, this.root, directory, this.limits, this.gaps);
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
    this.enter(path, name, { ...here, ignored, depth: here.depth + 1 }, ambiguous);
  }

  private addFile(name: string, path: string, here: Surroundings): void {
    // The pointer that a linked work tree or a submodule has in place of the directory is no file of the project.
    if (name === '.git') return;
    const tracked = here.repository?.isTracked(path);
    if (tracked !== true && (here.ignored || isIgnored(here.ignores, path))) return;
    if (this.selection.excludesFile(path)) return;
    const absolutePath = `${this.root}/${path}`;
    let kind = fileKind(name, here.place);
    let size = UNKNOWN_SIZE;
    try {
      if (kind === 'other' && mayHaveShebang(name)) kind = this.kindByShebang(absolutePath);
      // What no front end reads is not looked at: half the files of a project are pictures, scripts for browsers and translations.
      if (kind !== 'other') size = lstatSync(absolutePath).size;
    } catch (error) {
      this.addGap(path, 'unreadable', describeFileSystemError(error));
      return;
    }
    if (!this.hasRoom(kind, path, size)) return;
    const role = this.selection.roleOf(path) ?? fileRole(name, kind, here.place);
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

  /** The entries of a directory by name, so that limits cut the same way everywhere. */
  private list(directory: string): Dirent[] {
    try {
      const entries = readdirSync(this.root + (directory === '' ? '' : `/${directory}`), { withFileTypes: true });
      const readable = entries.some((entry) => entry.name.includes('\uFFFD')) ? this.withoutUndecodable(directory, entries) : entries;
      return readable.sort((left, right) => compareText(left.name, right.name));
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

const NOT_INSTALLED: ReadonlySet<string> = new Set();

function kindsOf(entries: readonly Dirent[], place: Place): FileKind[] {
  return entries.filter((entry) => entry.isFile()).map((entry) => fileKind(entry.name, place));
}
