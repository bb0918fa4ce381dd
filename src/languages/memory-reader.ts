/**
 * Copies a tree into rows straight from the WASM memory: one typed-array load for each thing asked instead of a call.
 * With web-tree-sitter's own nodes and cursors, reading a tree out takes as long as parsing it; this takes a tenth.
 *
 * It depends on how tree-sitter lays out its structures: `TSTree`, `Subtree` and `TSLanguage` in lib/src/tree.h,
 * lib/src/subtree.h and lib/src/parser.h of https://github.com/tree-sitter/tree-sitter, version 0.27. tree-reader.ts checks at start
 * that this reader and the public cursor agree, and falls back to the cursor. What counts as a child and which alias it has
 * follows `ts_node_child_iterator_next` in lib/src/node.c.
 */
import type { Tree } from 'web-tree-sitter';
import { type FlatTree, ROW } from './flat-tree.ts';
import { COMMENT, ERROR_TYPE, KIND_BITS, type NodeTypes, OPAQUE } from './node-types.ts';

/** The views that Emscripten keeps on its module object and renews when the memory grows. */
export interface WasmMemory {
  readonly HEAPU16?: Uint16Array;
  readonly HEAPU32?: Uint32Array;
}

/** `TSTree`, in words: the root subtree (two words), then the language. */
const TREE_LANGUAGE = 2;
/** `TSLanguage`, in words. The first holds a 16-bit number. */
const LANGUAGE_ALIAS_LENGTH = 9;
const LANGUAGE_ALIASES = 21;

/** `Subtree` is two words: an inline leaf when the lowest bit is set, else a pointer to `SubtreeHeapData`. */
const SUBTREE_WORDS = 2;
const INLINE = 1;
const INLINE_VISIBLE = 2;
const INLINE_EXTRA = 8;
const INLINE_MISSING = 32;
/** `SubtreeHeapData`, in words. The children lie before it. */
const PADDING_BYTES = 1;
const SIZE_BYTES = 4;
const CHILD_COUNT = 9;
const SYMBOL = 10;
const FLAGS = 11;
const VISIBLE_DESCENDANTS = 14;
const PRODUCTION = 16;
const HEAP_VISIBLE = 1;
const HEAP_EXTRA = 4;
const HEAP_MISSING = 512;

/** What is kept for each node whose children are being read. */
const FRAME = 5;

/** An error region found on the way: where its subtree is, and the byte before its padding. */
interface Region {
  readonly slot: number;
  readonly position: number;
}

/** Reads trees of one grammar. It keeps its stack between trees, so one reader reads one tree at a time. */
export class MemoryReader {
  private readonly types: NodeTypes;
  private stack: Int32Array = new Int32Array(1024 * FRAME);
  private words: Uint32Array = new Uint32Array();
  private halves: Uint16Array = new Uint16Array();
  private aliases = 0;
  private aliasLength = 0;

  constructor(types: NodeTypes) {
    this.types = types;
  }

  /** Replaces what is in `flat`. `memory` is that of the runtime that parsed the tree. */
  read(tree: Tree, memory: WasmMemory, flat: FlatTree): void {
    if (memory.HEAPU32 === undefined || memory.HEAPU16 === undefined) throw new Error('internal error: the WASM memory is not known');
    this.words = memory.HEAPU32;
    this.halves = memory.HEAPU16;
    flat.clear();
    // A node's id is the address of its subtree, and the root subtree is the first member of TSTree.
    const root = tree.rootNode.id >>> 2;
    const language = this.word(root + TREE_LANGUAGE) >>> 2;
    this.aliases = this.word(language + LANGUAGE_ALIASES) >>> 1;
    this.aliasLength = this.word(language + LANGUAGE_ALIAS_LENGTH) & 0xffff;

    let found = this.readRegion({ slot: root, position: 0 }, flat);
    let nested = false;
    while (found.length > 0) {
      const inner: Region[] = [];
      for (const region of found) {
        const { size } = flat;
        for (const further of this.readRegion(region, flat)) inner.push(further);
        flat.errors.push({ root: size, start: flat.rows[size + 1] as number, nested });
      }
      found = inner;
      nested = true;
    }
    flat.errors.sort((a, b) => a.start - b.start);
  }

  private word(index: number): number {
    return this.words[index] as number;
  }

  /** Reads one tree without the error regions in it, which it returns. */
  private readRegion(region: Region, flat: FlatTree): Region[] {
    const { words, halves, aliases, aliasLength } = this;
    const { kinds, names } = this.types;
    const errors: Region[] = [];
    const rootPointer = this.word(region.slot);
    flat.reserve(rootPointer & INLINE ? 1 : this.word((rootPointer >>> 2) + VISIBLE_DESCENDANTS) + 1);
    const { rows } = flat;
    let size = flat.size;
    let stack = this.stack;

    let depth = 0;
    /** The next subtree to read, and how many of its siblings are left with it. */
    let slot = region.slot;
    let left = 1;
    /** The alias sequence of the parent, 0 for none, and which of its entries comes next. */
    let alias = 0;
    /** The parent's row; -1 when it has none. */
    let parent = -1;
    /** In bytes, of which two make a code unit. */
    let position = region.position;

    for (;;) {
      while (left === 0) {
        if (parent >= 0) rows[parent + 3] = size;
        if (depth === 0) {
          flat.size = size;
          return errors;
        }
        depth -= FRAME;
        slot = stack[depth] as number;
        left = stack[depth + 1] as number;
        alias = stack[depth + 2] as number;
        parent = stack[depth + 3] as number;
      }
      left--;
      const at = slot;
      slot += SUBTREE_WORDS;
      const word = words[at] as number;
      let symbol: number;
      let visible: boolean;
      let missing: boolean;
      let start: number;
      let end: number;
      let extra: boolean;
      let data = 0;
      if (word & INLINE) {
        const lengths = words[at + 1] as number;
        symbol = (word >>> 8) & 0xff;
        visible = (word & INLINE_VISIBLE) !== 0;
        extra = (word & INLINE_EXTRA) !== 0;
        missing = (word & INLINE_MISSING) !== 0;
        start = position + ((lengths >>> 16) & 0xff);
        end = start + (lengths >>> 24);
      } else {
        data = word >>> 2;
        const flags = words[data + FLAGS] as number;
        symbol = (words[data + SYMBOL] as number) & 0xffff;
        visible = (flags & HEAP_VISIBLE) !== 0;
        extra = (flags & HEAP_EXTRA) !== 0;
        missing = (flags & HEAP_MISSING) !== 0;
        start = position + (words[data + PADDING_BYTES] as number);
        end = start + (words[data + SIZE_BYTES] as number);
      }
      if (alias !== 0 && !extra) {
        const renamed = halves[alias] as number;
        alias++;
        if (renamed !== 0) {
          symbol = renamed;
          visible = true;
        }
      }
      let row = parent;
      if (visible) {
        if (missing) flat.missing.push({ type: names[symbol] ?? '', offset: start >>> 1 });
        const kind = kinds[symbol] as number;
        if (symbol === ERROR_TYPE && at !== region.slot) {
          errors.push({ slot: at, position });
          position = end;
          continue;
        }
        if (kind === COMMENT) flat.comments.push(start >>> 1, end >>> 1);
        if ((kind & KIND_BITS) === 0) {
          position = end;
          continue;
        }
        row = size;
        rows[row] = kind & KIND_BITS;
        rows[row + 1] = start >>> 1;
        rows[row + 2] = end >>> 1;
        size += ROW;
        if (data === 0 || (kind & OPAQUE) !== 0) {
          rows[row + 3] = size;
          position = end;
          continue;
        }
      }
      const children = data === 0 ? 0 : (words[data + CHILD_COUNT] as number);
      if (children === 0) {
        if (row !== parent) rows[row + 3] = size;
        position = end;
        continue;
      }
      if (depth === stack.length) stack = this.growStack();
      stack[depth] = slot;
      stack[depth + 1] = left;
      stack[depth + 2] = alias;
      stack[depth + 3] = parent;
      depth += FRAME;
      slot = data - children * SUBTREE_WORDS;
      left = children;
      const production = (words[data + PRODUCTION] as number) >>> 16;
      alias = production === 0 ? 0 : aliases + production * aliasLength;
      parent = visible ? row : -1;
    }
  }

  private growStack(): Int32Array {
    const stack = new Int32Array(this.stack.length * 2);
    stack.set(this.stack);
    this.stack = stack;
    return stack;
  }
}
