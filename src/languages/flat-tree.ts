/**
 * A syntax tree as rows of numbers in preorder, which lowering reads without calling into WASM.
 *
 * A node is the index of its row: kind, start, end, and the index after its last descendant. So the first child of `n` is
 * `n + ROW` unless that is `next(n)`, and the sibling after `c` is `next(c)`.
 *
 * What the grammar allows anywhere (comments, line continuations, error regions) is kept out of the rows, so that the
 * children of a row always follow the grammar's production and can be known by position. An error region starts a tree of
 * its own behind the main one; see `errors`.
 */
export const ROW = 4;

/** Where one error region is: a root in the rows, and whether it stands inside another error region. */
export interface ErrorRegion {
  readonly root: number;
  readonly start: number;
  readonly nested: boolean;
}

/** A token that the parser supplied to go on; `kind` is 0 when lowering does not know the token. */
export interface MissingToken {
  readonly type: string;
  readonly offset: number;
}

export class FlatTree {
  rows: Int32Array = new Int32Array(1 << 16);
  /** Number of array elements in use; the next row starts here. */
  size = 0;
  /** Start and end of each comment, alternating, in source order within one region. */
  comments: number[] = [];
  errors: ErrorRegion[] = [];
  missing: MissingToken[] = [];

  /** Empties the tree and keeps its memory for the next file. */
  clear(): void {
    this.size = 0;
    this.comments = [];
    this.errors = [];
    this.missing = [];
  }

  /** Appends a row and returns its index; `next` must be set when its descendants are known. */
  add(kind: number, start: number, end: number): number {
    const row = this.size;
    this.reserve(1);
    const rows = this.rows;
    rows[row] = kind;
    rows[row + 1] = start;
    rows[row + 2] = end;
    this.size = row + ROW;
    return row;
  }

  /** Ends a row's descendants here. */
  close(row: number): void {
    this.rows[row + 3] = this.size;
  }

  /** Makes room for this many more rows. */
  reserve(count: number): void {
    const needed = this.size + count * ROW;
    if (needed <= this.rows.length) return;
    const rows = new Int32Array(Math.max(needed, this.rows.length * 2));
    rows.set(this.rows);
    this.rows = rows;
  }
}
