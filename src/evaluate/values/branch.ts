/**
 * One way through the program text: the body of an `if`, an `except`, a loop. Branches form a tree by nesting.
 * What is written to an object inside a branch holds for sure only inside it (see heap.ts).
 */
export class Branch {
  readonly parent: Branch | undefined;
  private readonly depth: number;
  /** Whether the branch left its function or loop: nothing after it sees what it wrote. */
  private ended = false;

  constructor(parent: Branch | undefined) {
    this.parent = parent;
    this.depth = parent ? parent.depth + 1 : 0;
  }

  /** Told when it left its function or loop, and again when that is over: the caller goes on after a `return`. */
  end(ended = true): void {
    if (ended === this.ended) return;
    this.ended = ended;
    branchEnds.count++;
  }

  /** True for the same branch and for branches nested in `outer`. */
  isWithin(outer: Branch): boolean {
    let branch: Branch = this;
    while (branch.depth > outer.depth && branch.parent) branch = branch.parent;
    return branch === outer;
  }

  /** True when this branch, or one around it that `reader` is not in, has ended. */
  isGoneFor(reader: Branch): boolean {
    let branch: Branch | undefined = this;
    while (branch && !reader.isWithin(branch)) {
      if (branch.ended) return true;
      branch = branch.parent;
    }
    return false;
  }
}

/** Counts the branches that ended or came back: what was read from objects before may hold something else afterwards. */
export const branchEnds = { count: 0 };

/** Module bodies run here; every function's own branch is inside it. */
export const ROOT_BRANCH = new Branch(undefined);
