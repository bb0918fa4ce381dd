import type { Node, Tree } from 'web-tree-sitter';
import type { FlatTree } from './flat-tree.ts';
import { COMMENT, ERROR_TYPE, KIND_BITS, type NodeTypes, OPAQUE } from './node-types.ts';

/** Copies a tree into rows through web-tree-sitter's public cursor: slow, a call into WASM for each thing asked. */
export function readWithCursor(tree: Tree, types: NodeTypes, flat: FlatTree): void {
  flat.clear();
  let found = readRegion(tree.rootNode, types, flat);
  let nested = false;
  while (found.length > 0) {
    const inner: Node[] = [];
    for (const error of found) {
      flat.errors.push({ root: flat.size, start: error.startIndex, nested });
      for (const further of readRegion(error, types, flat)) inner.push(further);
    }
    found = inner;
    nested = true;
  }
  flat.errors.sort((a, b) => a.start - b.start);
}

/** Reads one tree without the error regions in it, which it returns. */
function readRegion(region: Node, types: NodeTypes, flat: FlatTree): Node[] {
  const root = flat.size;
  const errors: Node[] = [];
  const open: number[] = [];
  const cursor = region.walk();
  try {
    for (;;) {
      const id = cursor.nodeTypeId;
      const type = types.kinds[id] ?? 0;
      const start = cursor.startIndex;
      let descend = false;
      let row = -1;
      if (id === ERROR_TYPE && flat.size > root) errors.push(cursor.currentNode);
      else if (type === COMMENT) flat.comments.push(start, cursor.endIndex);
      else {
        if (cursor.nodeIsMissing) flat.missing.push({ type: cursor.nodeType, offset: start });
        if (type !== 0) {
          row = flat.add(type & KIND_BITS, start, cursor.endIndex);
          descend = (type & OPAQUE) === 0;
        }
      }
      if (descend && cursor.gotoFirstChild()) {
        open.push(row);
        continue;
      }
      if (row >= 0) flat.close(row);
      while (open.length > 0 && !cursor.gotoNextSibling()) {
        cursor.gotoParent();
        flat.close(open.pop() ?? root);
      }
      if (open.length === 0) return errors;
    }
  } finally {
    cursor.delete();
  }
}
