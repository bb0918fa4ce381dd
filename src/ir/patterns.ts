import type { Expr, Span, Stmt } from './nodes.ts';

/** `case Point(0, y=1)` */
export interface ClassPattern extends Span {
  readonly kind: 'class';
  readonly callee: Expr;
  readonly positional: readonly Pattern[];
  readonly keywords: readonly { readonly name: string; readonly value: Pattern }[];
}
/** What the value of a `match` statement is compared with, and what it binds. */
export type Pattern =
  /** A literal or dotted name compared by value. */
  | (Span & { readonly kind: 'value'; readonly value: Expr })
  /** A bare name that binds, or `_` (no name). */
  | (Span & { readonly kind: 'capture'; readonly name?: string })
  | (Span & { readonly kind: 'sequence'; readonly elements: readonly Pattern[] })
  /** `*rest` inside a sequence. */
  | (Span & { readonly kind: 'star'; readonly name?: string })
  | (Span & {
      readonly kind: 'mapping';
      readonly entries: readonly { readonly key: Expr; readonly value: Pattern }[];
      readonly rest?: string;
    })
  | ClassPattern
  | (Span & { readonly kind: 'or'; readonly alternatives: readonly Pattern[] })
  | (Span & { readonly kind: 'as'; readonly pattern: Pattern; readonly name: string });
export interface MatchCase extends Span {
  readonly pattern: Pattern;
  readonly guard?: Expr;
  readonly body: readonly Stmt[];
}
