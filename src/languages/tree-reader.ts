import type { Language as Grammar, Parser, Tree } from 'web-tree-sitter';
import { readWithCursor } from './cursor-reader.ts';
import { FlatTree, ROW } from './flat-tree.ts';
import { MemoryReader, type WasmMemory } from './memory-reader.ts';
import { type NodeTypeNames, type NodeTypes, nodeTypesOf } from './node-types.ts';

/** A parser for one grammar, and the memory it works in. */
export interface LoadedGrammar {
  readonly parser: Parser;
  readonly grammar: Grammar;
  readonly memory: WasmMemory;
}

/** Copies trees into rows. */
export interface TreeReader {
  /** `memory` is the fast way, `cursor` the fallback. */
  readonly via: 'memory' | 'cursor';
  /** Replaces what is in `flat`. */
  read(tree: Tree, flat: FlatTree): void;
}

/**
 * The fast reader, if it reads `sample` as the public interface does, else the slow one. The sample should hold whatever the
 * tree's layout can differ in: long and short tokens, aliases, comments, error regions, missing tokens.
 */
export function treeReader(loaded: LoadedGrammar, names: NodeTypeNames, sample: string): TreeReader {
  const types = nodeTypesOf(loaded.grammar, names);
  const slow: TreeReader = { via: 'cursor', read: (tree, flat) => readWithCursor(tree, types, flat) };
  const fast = memoryReader(loaded.memory, types);
  return LAYOUT_IS_CHECKED || readsAlike(loaded.parser, sample, fast, slow) ? fast : slow;
}

/** Set by the build, which has compared both readers on the very WASM files that it ships: at each start that would cost a tenth of a small audit. */
declare const RATEL_LAYOUT_CHECKED: true;
const LAYOUT_IS_CHECKED = typeof RATEL_LAYOUT_CHECKED !== 'undefined';

function memoryReader(memory: WasmMemory, types: NodeTypes): TreeReader {
  const reader = new MemoryReader(types);
  return { via: 'memory', read: (tree, flat) => reader.read(tree, memory, flat) };
}

/** True when both readers give the same rows, comments, errors and missing tokens. */
export function readsAlike(parser: Parser, text: string, one: TreeReader, other: TreeReader): boolean {
  const tree = parser.parse(text);
  if (tree === null) return false;
  try {
    const [first, second] = [new FlatTree(), new FlatTree()];
    other.read(tree, second);
    one.read(tree, first);
    return describe(first) === describe(second);
  } catch {
    // A wrong layout can lead anywhere, for instance to an address outside the memory: then the fast way is not to be used.
    return false;
  } finally {
    tree.delete();
  }
}

function describe(flat: FlatTree): string {
  const { comments, errors, missing } = flat;
  return JSON.stringify([flat.size / ROW, Array.from(flat.rows.subarray(0, flat.size)), comments, errors, missing]);
}
