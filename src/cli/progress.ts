import type { AuditRequest } from '../audit-request.ts';

type Step = Parameters<NonNullable<AuditRequest['onProgress']>>[0];

const WORDS: Readonly<Record<Step, string>> = {
  collect: 'collecting files',
  parse: 'reading files',
  evaluate: 'evaluating the project',
  judge: 'asking the rules',
};

/** A line is drawn at most this often (milliseconds): writing to a terminal costs more than reading a file. */
const PACE = 80;

/** One line on a terminal that says what is being done; `clear` removes it. */
export class ProgressLine {
  private readonly stream: NodeJS.WriteStream;
  private drawnAt = 0;
  private isDrawn = false;

  constructor(stream: NodeJS.WriteStream) {
    this.stream = stream;
  }

  readonly show = (step: Step, done: number, total: number): void => {
    const now = performance.now();
    if (done > 0 && now - this.drawnAt < PACE) return;
    this.drawnAt = now;
    this.isDrawn = true;
    const count = total > 1 ? ` ${done}/${total}` : '';
    this.stream.write(`\r\u001b[2K${`ratel: ${WORDS[step]}${count}`.slice(0, (this.stream.columns || 80) - 1)}`);
  };

  clear(): void {
    if (this.isDrawn) this.stream.write('\r\u001b[2K');
    this.isDrawn = false;
  }
}
