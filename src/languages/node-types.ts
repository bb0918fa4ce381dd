import type { Language as Grammar } from 'web-tree-sitter';

/** What to do with a node of some type when a tree is flattened: a kind number, plus the bits below. */
export type NodeTypes = Uint16Array;

export const KIND_BITS = 0xff;
/** The descendants are not needed. */
export const OPAQUE = 0x100;
export const COMMENT = 0x200;

/** tree-sitter's type id of an error region (`ts_builtin_sym_error`). */
export const ERROR_TYPE = 0xffff;

/** How the front end of one source language names the node types it wants. Names map to numbers from 1 to 255. */
export interface NodeTypeNames {
  readonly named: Readonly<Record<string, number>>;
  readonly tokens: Readonly<Record<string, number>>;
  /** Names out of `named` whose descendants are not needed. */
  readonly opaque: readonly string[];
}

/** A table by type id. 0 means that the node and what is in it are left out. */
export function nodeTypesOf(grammar: Grammar, names: NodeTypeNames): NodeTypes {
  const table = new Uint16Array(ERROR_TYPE + 1);
  const opaque = new Set(names.opaque);
  for (let id = 0; id < grammar.nodeTypeCount; id++) {
    const name = grammar.nodeTypeForId(id);
    if (name === null) continue;
    if (!grammar.nodeTypeIsNamed(id)) table[id] = names.tokens[name] ?? 0;
    else if (name === 'comment') table[id] = COMMENT;
    else table[id] = (names.named[name] ?? 0) | (opaque.has(name) ? OPAQUE : 0);
  }
  table[ERROR_TYPE] = names.named.ERROR ?? 0;
  return table;
}
