import type { Span } from './nodes.ts';

/**
 * A template as a small tree, whichever of the two languages (Jinja, the one of Django) it is written in. `start` and `end` are offsets into the
 * text in UTF-16 code units, `end` exclusive.
 */
export type TemplateExpr =
  | (Span & { readonly kind: 'literal'; readonly value: string | number | boolean | null })
  | (Span & { readonly kind: 'name'; readonly id: string })
  /** `object.key`: an attribute or an item, whichever there is; Django calls what can be called. */
  | (Span & { readonly kind: 'look-up'; readonly object: TemplateExpr; readonly key: string })
  | (Span & { readonly kind: 'item'; readonly object: TemplateExpr; readonly index: TemplateExpr })
  | (Span & { readonly kind: 'call'; readonly callee: TemplateExpr; readonly args: readonly TemplateArgument[] })
  | (Span & { readonly kind: 'filter'; readonly value: TemplateExpr; readonly name: string; readonly args: readonly TemplateArgument[] })
  /** A choice: `a or b`, `a if c else b`. */
  | (Span & { readonly kind: 'choice'; readonly options: readonly TemplateExpr[] })
  /** Texts behind each other: `a ~ b`, `a + b`. */
  | (Span & { readonly kind: 'joined'; readonly parts: readonly TemplateExpr[] })
  /** `a and b and c`. */
  | (Span & { readonly kind: 'all'; readonly operands: readonly TemplateExpr[] })
  /** `test` is the name of one of Jinja's: `x is number`; `right` is absent where it takes nothing. */
  | (Span & {
      readonly kind: 'compare';
      readonly op: string;
      readonly left: TemplateExpr;
      readonly right?: TemplateExpr;
      readonly test?: string;
    })
  /** Something else that says yes or no, or gives a number. */
  | (Span & { readonly kind: 'plain'; readonly operands: readonly TemplateExpr[] })
  | (Span & { readonly kind: 'list'; readonly elements: readonly TemplateExpr[] })
  | (Span & { readonly kind: 'dict'; readonly entries: readonly { readonly key: TemplateExpr; readonly value: TemplateExpr }[] });

export interface TemplateArgument {
  /** Of keyword arguments. */
  readonly name?: string;
  readonly value: TemplateExpr;
}

/** `name = value`; without a value, what the body of the tag prints. */
export interface TemplateBinding {
  readonly names: readonly string[];
  readonly value: TemplateExpr | undefined;
}

export type TemplateNode =
  | (Span & { readonly kind: 'text' })
  | (Span & { readonly kind: 'print'; readonly value: TemplateExpr })
  | (Span & { readonly kind: 'if'; readonly branches: readonly TemplateBranch[] })
  | (Span & {
      readonly kind: 'for';
      readonly names: readonly string[];
      readonly iterable: TemplateExpr;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    })
  /** Names for the rest of what is around it. */
  | (Span & { readonly kind: 'set'; readonly bindings: readonly TemplateBinding[] })
  /** Names for its body alone. */
  | (Span & { readonly kind: 'with'; readonly bindings: readonly TemplateBinding[]; readonly body: readonly TemplateNode[] })
  | (Span & { readonly kind: 'block'; readonly name: string; readonly body: readonly TemplateNode[] })
  | (Span & { readonly kind: 'extends'; readonly template: TemplateExpr })
  | (Span & {
      readonly kind: 'include';
      readonly template: TemplateExpr;
      readonly bindings: readonly TemplateBinding[];
      /** The names around it are not seen there. */
      readonly only: boolean;
    })
  | (Span & { readonly kind: 'import'; readonly template: TemplateExpr; readonly alias?: string; readonly names: readonly ImportedMacro[] })
  | (Span & {
      readonly kind: 'macro';
      readonly name: string;
      readonly params: readonly MacroParameter[];
      readonly body: readonly TemplateNode[];
    })
  | (Span & { readonly kind: 'autoescape'; readonly on: boolean; readonly body: readonly TemplateNode[] })
  /** A tag that a library or the project defines, `{% avatar user size=3 as image %}`. */
  | (Span & { readonly kind: 'tag'; readonly name: string; readonly args: readonly TemplateArgument[]; readonly target?: string });

export interface TemplateBranch {
  /** Absent for `else`. */
  readonly test?: TemplateExpr;
  readonly body: readonly TemplateNode[];
}
export interface ImportedMacro {
  readonly name: string;
  readonly alias: string;
}
export interface MacroParameter {
  readonly name: string;
  readonly default?: TemplateExpr;
}

/** The two languages of templates that web projects are written in. */
export type TemplateDialect = 'jinja' | 'dtl';
