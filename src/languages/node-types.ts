import type { Language as Grammar } from 'web-tree-sitter';

/** What to do with a node of some type when a tree is flattened. */
export interface NodeTypes {
  /** By type id: a kind number plus the bits below. 0 means that the node and what is in it are left out. */
  readonly kinds: Uint16Array;
  /** By type id: its name in the grammar. */
  readonly names: readonly string[];
}

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

/** The tables for one grammar, with the kinds that its front end gives the node types. */
export function nodeTypesOf(grammar: Grammar, names: NodeTypeNames): NodeTypes {
  const kinds = new Uint16Array(ERROR_TYPE + 1);
  const types: string[] = [];
  const opaque = new Set(names.opaque);
  for (let id = 0; id < grammar.nodeTypeCount; id++) {
    const name = grammar.nodeTypeForId(id);
    types.push(name ?? '');
    if (name === null) continue;
    if (!grammar.nodeTypeIsNamed(id)) kinds[id] = names.tokens[name] ?? 0;
    else if (name === 'comment') kinds[id] = COMMENT;
    else kinds[id] = (names.named[name] ?? 0) | (opaque.has(name) ? OPAQUE : 0);
  }
  kinds[ERROR_TYPE] = names.named.ERROR ?? 0;
  return { kinds, names: types };
}
