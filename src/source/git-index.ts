import { join } from 'node:path';
import type { GitDirectory } from './git-directory.ts';
import { readRegularFile } from './read-regular-file.ts';

/**
 * Paths that Git tracks below `prefix` (relative to the work tree, `''` or ending in `/`), relative to `prefix`.
 * `undefined` means unknown: no index, a form of index that lists only part of the files (split, sparse), or a damaged one.
 */
export function readTrackedPaths(git: GitDirectory, prefix: string): ReadonlySet<string> | undefined {
  const bytes = readRegularFile(join(git.directory, 'index'), LARGEST_INDEX).bytes;
  if (bytes === undefined) return undefined;
  const config = readRegularFile(join(git.commonDirectory, 'config'), LARGEST_CONFIG).bytes?.toString('latin1') ?? '';
  return parseIndex(bytes, /^\s*objectformat\s*=\s*sha256\b/im.test(config) ? 32 : 20, prefix);
}

/** About a million files, at a little over a hundred bytes each. */
const LARGEST_INDEX = 128 * 1024 * 1024;
const LARGEST_CONFIG = 1024 * 1024;

const SIGNATURE = 'DIRC';
const HEADER = 12;
/** Times, device, inode, mode, owner and size before the object name. */
const STAT_BYTES = 40;
const EXTENDED_FLAG = 0x40;
const MODE_OFFSET = 24;
/** First two of the four bytes of the mode 040000: a directory kept as one entry, in a sparse index. */
const MODE_TREE = 0x4000;

/**
 * Layout: gitformat-index(5), https://git-scm.com/docs/index-format — versions 2 to 4. The bytes are taken as one text of a
 * character per byte: cutting names out of it is several times faster than decoding each from the buffer.
 */
function parseIndex(bytes: Buffer, hashBytes: number, prefix: string): ReadonlySet<string> | undefined {
  if (bytes.length < HEADER + hashBytes || bytes.toString('latin1', 0, 4) !== SIGNATURE) return undefined;
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  if (version < 2 || version > 4) return undefined;
  const text = bytes.toString('latin1');
  const wanted = Buffer.from(prefix).toString('latin1');
  const end = bytes.length - hashBytes;
  const paths = new Set<string>();
  let previous = '';
  let at = HEADER;
  for (let entry = 0; entry < count; entry++) {
    const flagsAt = at + STAT_BYTES + hashBytes;
    if (flagsAt + 2 > end || bytes.readUInt16BE(at + MODE_OFFSET + 2) === MODE_TREE) return undefined;
    let nameAt = flagsAt + (version >= 3 && ((bytes[flagsAt] ?? 0) & EXTENDED_FLAG) !== 0 ? 4 : 2);
    let name = '';
    if (version === 4) {
      // The name is written as how many bytes of the previous name to drop, then what follows.
      const dropped = readVariable(bytes, nameAt);
      if (dropped.value > previous.length) return undefined;
      name = previous.slice(0, previous.length - dropped.value);
      nameAt = dropped.next;
    }
    const nul = text.indexOf('\0', nameAt);
    if (nul < 0 || nul >= end) return undefined;
    name += text.slice(nameAt, nul);
    if (name.startsWith(wanted) && name.length > wanted.length) paths.add(decodeName(name.slice(wanted.length)));
    previous = name;
    // Versions 2 and 3 pad each entry with one to eight NULs to a multiple of eight bytes.
    at = version === 4 ? nul + 1 : at + (((nul - at + 8) >> 3) << 3);
  }
  return hasSplitExtension(bytes, at, end) ? undefined : paths;
}

function decodeName(name: string): string {
  return /[\x80-\xff]/.test(name) ? Buffer.from(name, 'latin1').toString('utf8') : name;
}

/** The number format of packfiles for offsets (gitformat-pack(5), OFS_DELTA): seven bits a byte, the high bit says that more follow. */
function readVariable(bytes: Buffer, start: number): { readonly value: number; readonly next: number } {
  let byte = bytes[start] ?? 0;
  let value = byte & 0x7f;
  let next = start + 1;
  while ((byte & 0x80) !== 0) {
    byte = bytes[next++] ?? 0;
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, next };
}

/** With a `link` extension most entries are in another file, the shared index. */
function hasSplitExtension(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at + 8 <= end; at += 8 + bytes.readUInt32BE(at + 4)) {
    if (bytes.toString('latin1', at, at + 4) === 'link') return true;
  }
  return false;
}
