import { closeSync, openSync, readSync } from 'node:fs';
import { OPEN_FLAGS } from './read-regular-file.ts';

/** Linux reads at most 256 bytes of a shebang line (BINPRM_BUF_SIZE, include/uapi/linux/binfmts.h). */
const HEAD_BYTES = 256;

/** `python3.12`, `/usr/bin/env -S python -u`, `pypy3`, and the two launchers that run a script with its own dependencies. */
const PYTHON = /^#!.*?(?:\b(?:i?python|pypy)[\d.]*w?(?:\s|$)|\buv\s+run\b|\bpipx\s+run\b)/;
const SHELL = /^#!.*?\b(?:ba|da|k|z|a)?sh(?:\s|$)/;

/** Names such as object ids and UUIDs: a store of data, whose files need not be opened. */
const DATA_NAME = /^[0-9a-f-]{32,}$/i;

/** Whether a file without extension can be a program, from its name alone. */
export function mayHaveShebang(name: string): boolean {
  return !name.includes('.') && !DATA_NAME.test(name);
}

/** What the first line of a file says it is run by. Throws the file system's error when it cannot be opened. */
export function readInterpreter(absolutePath: string): 'python' | 'shell' | undefined {
  const head = Buffer.alloc(HEAD_BYTES);
  const descriptor = openSync(absolutePath, OPEN_FLAGS);
  let length: number;
  try {
    length = readSync(descriptor, head, 0, HEAD_BYTES, 0);
  } finally {
    closeSync(descriptor);
  }
  const line = head.toString('latin1', 0, length).split(/[\r\n]/, 1)[0] ?? '';
  return PYTHON.test(line) ? 'python' : SHELL.test(line) ? 'shell' : undefined;
}
