import { fileURLToPath } from 'node:url';

/** Absolute path of the top of this repository, without a slash at its end. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
