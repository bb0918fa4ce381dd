import type { SourceComment } from './suppression-comment.ts';

/** Comments meant for ratel in a file that no front end reads: whatever its language starts or ends comments with. */
export function commentsInText(path: string, text: string): readonly SourceComment[] {
  return [...text.matchAll(COMMENT)].map((found) => {
    const start = found.index;
    const words = (found[1] ?? '').trimEnd();
    return { path, start, end: start + found[0].trimEnd().length, text: words };
  });
}

const COMMENT = /(?:#+|\/\/+|\/\*+|--+|;+|<!--+|\{#|%)[ \t]*(ratel[ \t]*:(?:(?!\*\/|-->|#\}).)*)(?:\*\/|-->|#\})?/g;
