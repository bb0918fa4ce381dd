import type { Unit } from '../ir/nodes.ts';

/** A front end: turns text into IR. One per source language; see registry.ts. */
export interface Language {
  readonly name: string;
  /** Never throws on bad input: what could not be understood is in `problems`. */
  lower(text: string): Unit;
}
