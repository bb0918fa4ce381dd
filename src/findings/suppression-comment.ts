import type { Location } from './finding.ts';

/** A comment of an audited file. `text` is without the comment signs and outer blanks, the span covers all of it. */
export interface SourceComment extends Location {
  readonly text: string;
}

/** Finds rules by any name that users know them by. */
export interface RuleNames {
  /** Ids of the rules that a name means: an id, a code, or an alias, which several rules may share. Empty for an unknown name. */
  readonly resolve: (name: string) => readonly string[];
  /** The known name that an unknown one most resembles. */
  readonly nearest?: (name: string) => string | undefined;
}

/** One name inside the brackets. */
export interface SuppressedName {
  readonly name: string;
  readonly ruleIds: readonly string[];
}

/** `ratel: ignore[names] reason`, understood. */
export interface Suppression {
  readonly comment: SourceComment;
  /** From `ratel` to the end of the reason. */
  readonly directive: Location;
  /** What stands between the brackets. */
  readonly brackets: Location;
  readonly names: readonly SuppressedName[];
  readonly reason: string;
}

/** A comment that is addressed to ratel and cannot be understood; it suppresses nothing. */
export interface MalformedSuppression {
  readonly directive: Location;
  /** Continues "suppresses nothing: "; without a full stop. */
  readonly problem: string;
}

export interface ParsedComment {
  readonly suppressions: readonly Suppression[];
  readonly malformed: readonly MalformedSuppression[];
}

export interface SuppressionGrammar {
  readonly names: RuleNames;
  /** Whether a suppression has to say why. */
  readonly requireReason: boolean;
}

/** Words that people write when they mean to suppress; `ratel` before one of them is meant for us even without the colon. */
const MEANT_FOR_US = /^ratel\s*(:|\[|[\s.-]\s*(ignore|disable|suppress|skip|off|allow|noqa|nosec)\b)/i;

/**
 * Reads the suppressions of a comment. Comments of several tools may stand in one (`# noqa: S201  # ratel: ignore[debug-on] reason`).
 * Blanks and capitals do not matter; everything else does: what is not understood is malformed and never taken for a wider one.
 * @param raw the source text of the whole comment, signs included
 */
export function parseComment(comment: SourceComment, raw: string, grammar: SuppressionGrammar): ParsedComment {
  const suppressions: Suppression[] = [];
  const malformed: MalformedSuppression[] = [];
  const offset = comment.start + Math.max(0, raw.indexOf(comment.text));
  for (const part of partsOf(comment.text)) {
    if (!MEANT_FOR_US.test(part.text)) continue;
    const start = offset + part.start;
    const directive = { path: comment.path, start, end: start + part.text.length };
    const parsed = parseDirective(part.text, grammar);
    if ('problem' in parsed) malformed.push({ directive, problem: parsed.problem });
    else {
      const brackets = { path: comment.path, start: start + parsed.open, end: start + parsed.close };
      suppressions.push({ comment, directive, brackets, names: parsed.names, reason: parsed.reason });
    }
  }
  return { suppressions, malformed };
}

/** The parts of a comment that a further `#` before a word sets apart; `#12` in a reason does not. */
function partsOf(text: string): readonly { readonly start: number; readonly text: string }[] {
  const signs = [...text.matchAll(/(?<=\s)#+\s*(?=[A-Za-z])/g)];
  const starts = [0, ...signs.map((sign) => sign.index + sign[0].length)];
  return starts.map((start, at) => ({ start, text: text.slice(start, signs[at]?.index).trimEnd() }));
}

interface Directive {
  readonly open: number;
  readonly close: number;
  readonly names: readonly SuppressedName[];
  readonly reason: string;
}

function parseDirective(text: string, grammar: SuppressionGrammar): Directive | { readonly problem: string } {
  const start = /^ratel\s*(:?)\s*([\w-]*)\s*(\[?)/i.exec(text);
  const [all = '', colon, verb = '', bracket] = start ?? [];
  if (colon !== ':') return { problem: 'a colon is missing behind "ratel"' };
  if (verb.toLowerCase() !== 'ignore') return { problem: `"${shortened(verb || text)}" is not "ignore", the only word that is known here` };
  if (bracket !== '[') return { problem: 'it names no rule; the names stand in brackets behind "ignore"' };
  const close = text.indexOf(']', all.length);
  if (close < 0) return { problem: 'the bracket is not closed' };
  const names: SuppressedName[] = [];
  for (const entry of text.slice(all.length, close).split(',')) {
    const name = entry.trim();
    if (name === '') return { problem: 'a rule name is missing between the brackets' };
    const ruleIds = grammar.names.resolve(name);
    if (ruleIds.length === 0) return { problem: unknownName(name, grammar.names) };
    names.push({ name, ruleIds });
  }
  const reason = text.slice(close + 1).replace(/^[\s:;,.–—-]+/, '');
  if (grammar.requireReason && !/[\p{L}\p{N}]/u.test(reason)) return { problem: 'the reason is missing behind the brackets' };
  return { open: all.length, close, names, reason };
}

function unknownName(name: string, names: RuleNames): string {
  if (name === '*' || name.toLowerCase() === 'all') return `"${name}" would suppress everything; every rule has to be named`;
  const nearest = names.nearest?.(name);
  return `no rule is called "${shortened(name)}"${nearest === undefined ? '' : ` (did you mean "${nearest}"?)`}`;
}

/** Longest piece of a comment that a message repeats. */
const LONGEST_QUOTE = 40;

function shortened(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
