/**
 * The reader of a pipe may go away before everything is written (`ratel | head`). That is no failure: the rest is dropped and
 * the exit code stays what the findings make it. Any other failure of a stream is thrown.
 */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
    });
  }
}

/** Writes results. */
export function print(text: string): void {
  if (text !== '') process.stdout.write(text);
}

/** Writes what is not a result: notes, warnings, errors. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
