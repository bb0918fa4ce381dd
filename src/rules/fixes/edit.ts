import type { Span } from '../../ir/nodes.ts';

/** A replacement of a piece of one file. */
export interface Edit extends Span {
  readonly replacement: string;
}
