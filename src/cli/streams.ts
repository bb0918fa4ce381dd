import { printableCode } from '../report/printable.ts';
import { EXIT } from './exit-code.ts';

/**
 * The reader of a pipe may go away before everything is written (`ratel | head`). That is no failure: the rest is dropped and
 * the exit code stays what the findings make it. Any other failure, such as a full disk, is said once and makes the run fail.
 */
export function watchStreams(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') return;
      if (stream === process.stdout)
        tell(`ratel: standard output cannot be written (${error.message}). Make room, or choose another place.`);
      process.once('exit', () => {
        process.exitCode = EXIT.failed;
      });
    });
  }
}

/** Writes results. */
export function print(text: string): void {
  if (text !== '') process.stdout.write(text);
}

/** Writes what is not a result: notes, warnings, errors. Names in it may come from the audited tree, so it steers no terminal. */
export function tell(text: string): void {
  process.stderr.write(`${printableCode(text)}\n`);
}
