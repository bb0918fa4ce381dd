import { decode } from './decode.ts';
import type { Gap } from './gap.ts';
import { byteLimit, SOURCE_LIMITS, type SourceLimits } from './limits.ts';
import { readRegularFile } from './read-regular-file.ts';
import type { SourceFile, SourceText } from './source-file.ts';

/**
 * A file's text, or the gap that says why there is none. A text can come with a gap: its encoding did not fit, and what did
 * not decode is U+FFFD.
 */
export type ReadResult = { readonly text: SourceText; readonly gap?: Gap } | { readonly text?: undefined; readonly gap: Gap };

/** Reads and decodes a collected file. Never throws for what is on the disk. */
export function readSource(file: SourceFile, limits: SourceLimits = SOURCE_LIMITS): ReadResult {
  const { bytes, problem } = readRegularFile(file.absolutePath, byteLimit(file.kind, limits));
  if (bytes === undefined) {
    return { gap: { path: file.path, reason: problem.reason === 'too-large' ? 'too-large' : 'unreadable', detail: problem.detail } };
  }
  const decoded = decode(bytes, file.kind === 'python');
  const gap: Gap | undefined = decoded.problem === undefined ? undefined : { path: file.path, ...decoded.problem };
  if (decoded.text === undefined) return { gap: gap ?? { path: file.path, reason: 'binary', detail: 'is no text' } };
  const text: SourceText = { file, text: decoded.text };
  return gap === undefined ? { text } : { text, gap };
}
