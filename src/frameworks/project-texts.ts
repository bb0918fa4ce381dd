import type { FileKind } from '../source/source-file.ts';

/** A file beside the program, with its text. */
export interface ProjectText {
  readonly path: string;
  readonly kind: FileKind;
  readonly text: string;
}

/** Reads the project's files of some kinds; each file once, whoever asks. */
export type ProjectTexts = (...kinds: readonly FileKind[]) => readonly ProjectText[];

export const NO_TEXTS: ProjectTexts = () => [];
