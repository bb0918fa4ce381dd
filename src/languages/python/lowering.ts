import type { Expr, SyntaxProblem } from '../../ir/nodes.ts';
import type { FlatTree } from '../flat-tree.ts';
import { ROW } from '../flat-tree.ts';

/**
 * How deep the IR nests at most. CPython refuses more than 200 brackets and 100 indentations within each other
 * (MAXLEVEL and MAXINDENT in Parser/lexer/state.h), so real code stays below; what reads the IR may recurse over it without
 * running out of stack. Deeper syntax becomes an `unknown` node and a problem.
 */
export const MAX_NESTING = 300;

/** How many problems one file may list: enough to see what is wrong, and a binary file does not fill the report. */
export const MAX_PROBLEMS = 20;

/** What lowering one file carries along: the rows, the text, and what it has found so far. */
export class Lowering {
  readonly text: string;
  readonly flat: FlatTree;
  readonly problems: SyntaxProblem[] = [];
  /** True when every identifier is ASCII and needs no normalisation. */
  readonly ascii: boolean;
  /** Levels of IR above the node being lowered. */
  depth = 0;
  /** True when the function being lowered yields. */
  yields = false;
  /** Index into `flat.errors` of the first region that no statement list has taken up yet. */
  nextError = 0;
  private readonly rows: Int32Array;
  private readonly python2Seen = new Set<string>();
  private tooDeep = false;

  constructor(flat: FlatTree, text: string) {
    this.flat = flat;
    this.rows = flat.rows;
    this.text = text;
    this.ascii = !NON_ASCII.test(text);
  }

  kind(node: number): number {
    return this.rows[node] as number;
  }
  start(node: number): number {
    return this.rows[node + 1] as number;
  }
  end(node: number): number {
    return this.rows[node + 2] as number;
  }
  /** The node after all descendants of this one: its next sibling, if it has one. */
  next(node: number): number {
    return this.rows[node + 3] as number;
  }
  hasChildren(node: number): boolean {
    return this.next(node) > node + ROW;
  }
  /** The last child; the node itself when it has none. */
  last(node: number): number {
    let last = node;
    for (let child = node + ROW, stop = this.next(node); child < stop; child = this.next(child)) last = child;
    return last;
  }
  slice(node: number): string {
    return this.text.slice(this.start(node), this.end(node));
  }

  /** An identifier as Python sees it: in Unicode form NFKC (reference manual, 2.3.2), so that `ｅval` is `eval`. */
  name(node: number): string {
    const written = this.slice(node);
    const known = names.get(written);
    if (known !== undefined) return known;
    const name = this.ascii || !NON_ASCII.test(written) ? written : written.normalize('NFKC');
    if (names.size > MAX_NAMES) names.clear();
    names.set(written, name);
    return name;
  }

  /** Notes something that was not understood. After MAX_PROBLEMS one last problem says that more follow. */
  problem(start: number, end: number, detail: string): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ start, end, detail });
    else if (this.problems.length === MAX_PROBLEMS) {
      this.problems.push({ start, end, detail: `more than ${MAX_PROBLEMS} problems; those from here on are not listed` });
    }
  }

  /** Notes a construct of Python 2 at its first occurrence; `detail` says which one, the same for all like it. */
  python2(start: number, end: number, detail: string): void {
    if (this.python2Seen.has(detail)) return;
    this.python2Seen.add(detail);
    this.problem(start, end, `Python 2: ${detail}`);
  }

  /** Stands for an expression nested too deeply, and says so once for the file. */
  nestedTooDeep(node: number, children: readonly Expr[] = []): Expr {
    this.noteTooDeep(node);
    return { kind: 'unknown', start: this.start(node), end: this.end(node), children };
  }

  noteTooDeep(node: number): void {
    if (this.tooDeep) return;
    this.tooDeep = true;
    this.problem(this.start(node), this.end(node), `nested more than ${MAX_NESTING} levels deep; what is deeper was not read`);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is "all of ASCII"
const NON_ASCII = /[^\x00-\x7f]/;

/** Identifiers are looked up in many tables later: the very same string each time is found fastest. */
const names = new Map<string, string>();
/** Names remembered; those of a large project. */
const MAX_NAMES = 200_000;
