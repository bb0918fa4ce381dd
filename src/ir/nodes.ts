import type { MatchCase } from './patterns.ts';

/**
 * The intermediate representation: a small, language-neutral tree of discriminated unions.
 * A front end in `languages/` lowers its syntax tree to these nodes; everything above sees nothing else.
 * All but the patterns of `match` stands in one file, as its readers look for what else a node can be.
 *
 * `start` and `end` are offsets into the decoded text in UTF-16 code units, `end` exclusive.
 * `source/line-index.ts` turns them into lines and columns.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value that stands literally in the source. `bytes` hold one character per byte (code points 0–255). */
export type LiteralValue =
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'bytes'; readonly value: string }
  | { readonly type: 'int'; readonly value: number | bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'complex'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'none' }
  | { readonly type: 'ellipsis' };

export interface NameExpr extends Span {
  readonly kind: 'name';
  readonly id: string;
}
export interface LiteralExpr extends Span {
  readonly kind: 'literal';
  readonly literal: LiteralValue;
}

/** A piece of an f-string (or t-string): literal text, already unescaped, or an interpolated expression. */
export type FStringPart =
  | { readonly kind: 'text'; readonly value: string }
  | {
      readonly kind: 'hole';
      readonly value: Expr;
      /** `r`, `s` or `a` of `!r`; absent when none is given. */
      readonly conversion?: string;
      /** The format spec after `:`, itself an f-string; absent when none is given. */
      readonly spec?: readonly FStringPart[];
    };
/** Adjacent plain and f-strings are one node. `template` marks PEP 750 t-strings. */
export interface FStringExpr extends Span {
  readonly kind: 'fstring';
  readonly parts: readonly FStringPart[];
  readonly template: boolean;
}

/** `nameStart`/`nameEnd` is the span of the attribute's own name. */
export interface AttributeExpr extends Span {
  readonly kind: 'attribute';
  readonly object: Expr;
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
}
/** Several indices (`x[1, 2]`) are one tuple. */
export interface SubscriptExpr extends Span {
  readonly kind: 'subscript';
  readonly object: Expr;
  readonly index: Expr;
}
export interface SliceExpr extends Span {
  readonly kind: 'slice';
  readonly lower?: Expr;
  readonly upper?: Expr;
  readonly step?: Expr;
}

/** One argument of a call or of a class's bases. The span covers `name=` and stars. */
export interface Argument extends Span {
  /** Keyword name; absent for positional and starred arguments. */
  readonly name?: string;
  readonly star?: '*' | '**';
  readonly value: Expr;
}
/** A generator argument without its own parentheses (`f(x for x in y)`) is one positional argument. */
export interface CallExpr extends Span {
  readonly kind: 'call';
  readonly callee: Expr;
  readonly args: readonly Argument[];
}

export interface SequenceExpr extends Span {
  readonly kind: 'list' | 'tuple' | 'set';
  readonly elements: readonly Expr[];
}
/** `key` is absent for `**spread` entries. */
export interface DictEntry extends Span {
  readonly key?: Expr;
  readonly value: Expr;
}
export interface DictExpr extends Span {
  readonly kind: 'dict';
  readonly entries: readonly DictEntry[];
}

export type ComprehensionClause =
  | { readonly kind: 'for'; readonly target: Expr; readonly iterable: Expr; readonly async: boolean }
  | { readonly kind: 'if'; readonly test: Expr };
export interface ComprehensionExpr extends Span {
  readonly kind: 'comprehension';
  readonly form: 'list' | 'set' | 'dict' | 'generator';
  /** The element, or the value of a dict comprehension. */
  readonly element: Expr;
  /** The key of a dict comprehension. */
  readonly key?: Expr;
  readonly clauses: readonly ComprehensionClause[];
}

export type UnaryOperator = 'not' | '-' | '+' | '~';
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '@' | '**' | '|' | '&' | '^' | '<<' | '>>';
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not';
export interface UnaryExpr extends Span {
  readonly kind: 'unary';
  readonly op: UnaryOperator;
  readonly operand: Expr;
}
export interface BinaryExpr extends Span {
  readonly kind: 'binary';
  readonly op: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
}
/** `a and b and c` has three operands. */
export interface BooleanExpr extends Span {
  readonly kind: 'boolean';
  readonly op: 'and' | 'or';
  readonly operands: readonly Expr[];
}
/** `a < b < c` has two comparisons. */
export interface CompareExpr extends Span {
  readonly kind: 'compare';
  readonly first: Expr;
  readonly rest: readonly { readonly op: CompareOperator; readonly right: Expr }[];
}
export interface ConditionalExpr extends Span {
  readonly kind: 'conditional';
  readonly test: Expr;
  readonly then: Expr;
  readonly otherwise: Expr;
}
export interface LambdaExpr extends Span {
  readonly kind: 'lambda';
  readonly params: readonly Parameter[];
  readonly body: Expr;
}
export interface AwaitExpr extends Span {
  readonly kind: 'await';
  readonly value: Expr;
}
export interface YieldExpr extends Span {
  readonly kind: 'yield';
  readonly from: boolean;
  readonly value?: Expr;
}
export interface WalrusExpr extends Span {
  readonly kind: 'walrus';
  readonly target: NameExpr;
  readonly value: Expr;
}
export interface StarredExpr extends Span {
  readonly kind: 'starred';
  readonly value: Expr;
}
/** Syntax that was not understood; what could be saved of it is in `children`. */
export interface UnknownExpr extends Span {
  readonly kind: 'unknown';
  readonly children: readonly Expr[];
}

export type Expr =
  | NameExpr
  | LiteralExpr
  | FStringExpr
  | AttributeExpr
  | SubscriptExpr
  | SliceExpr
  | CallExpr
  | SequenceExpr
  | DictExpr
  | ComprehensionExpr
  | UnaryExpr
  | BinaryExpr
  | BooleanExpr
  | CompareExpr
  | ConditionalExpr
  | LambdaExpr
  | AwaitExpr
  | YieldExpr
  | WalrusExpr
  | StarredExpr
  | UnknownExpr;

export interface Parameter extends Span {
  readonly name: string;
  /** `positional-only` before `/`, `keyword-only` after `*`, `rest` is `*args`, `keywords` is `**kwargs`. */
  readonly form: 'positional-only' | 'plain' | 'keyword-only' | 'rest' | 'keywords';
  readonly annotation?: Expr;
  readonly default?: Expr;
}
export interface Decorator extends Span {
  readonly expression: Expr;
}

/** The span covers `def … body`, without decorators; `nameStart`/`nameEnd` the name. */
export interface FunctionStmt extends Span {
  readonly kind: 'function';
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly params: readonly Parameter[];
  readonly returns?: Expr;
  readonly body: readonly Stmt[];
  readonly decorators: readonly Decorator[];
  readonly async: boolean;
  /** True when the body itself (not a nested function) yields. */
  readonly generator: boolean;
}
export interface ClassStmt extends Span {
  readonly kind: 'class';
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  /** Bases, and keywords such as `metaclass=`. */
  readonly args: readonly Argument[];
  readonly body: readonly Stmt[];
  readonly decorators: readonly Decorator[];
}
export interface ExpressionStmt extends Span {
  readonly kind: 'expression';
  readonly value: Expr;
}
/** `a = b = v` has two targets; `x: T` has an annotation and no value. */
export interface AssignStmt extends Span {
  readonly kind: 'assign';
  readonly targets: readonly Expr[];
  readonly value?: Expr;
  readonly annotation?: Expr;
}
export interface AugmentedAssignStmt extends Span {
  readonly kind: 'augmented';
  readonly target: Expr;
  readonly op: BinaryOperator;
  readonly value: Expr;
}
/** `elif` is an `if` alone in `otherwise`. */
export interface IfStmt extends Span {
  readonly kind: 'if';
  readonly test: Expr;
  readonly then: readonly Stmt[];
  readonly otherwise: readonly Stmt[];
}
export interface WhileStmt extends Span {
  readonly kind: 'while';
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly otherwise: readonly Stmt[];
}
export interface ForStmt extends Span {
  readonly kind: 'for';
  readonly target: Expr;
  readonly iterable: Expr;
  readonly body: readonly Stmt[];
  readonly otherwise: readonly Stmt[];
  readonly async: boolean;
}
/** `types` is the expression after `except`, absent for a bare one. `span` covers the whole handler. */
export interface ExceptHandler extends Span {
  readonly types?: Expr;
  readonly name?: string;
  readonly body: readonly Stmt[];
}
export interface TryStmt extends Span {
  readonly kind: 'try';
  readonly body: readonly Stmt[];
  readonly handlers: readonly ExceptHandler[];
  readonly otherwise: readonly Stmt[];
  readonly final: readonly Stmt[];
  /** `except*` of PEP 654. */
  readonly group: boolean;
}
export interface WithItem extends Span {
  readonly context: Expr;
  readonly target?: Expr;
}
export interface WithStmt extends Span {
  readonly kind: 'with';
  readonly items: readonly WithItem[];
  readonly body: readonly Stmt[];
  readonly async: boolean;
}

export interface MatchStmt extends Span {
  readonly kind: 'match';
  readonly subject: Expr;
  readonly cases: readonly MatchCase[];
}

export interface ReturnStmt extends Span {
  readonly kind: 'return';
  readonly value?: Expr;
}
export interface RaiseStmt extends Span {
  readonly kind: 'raise';
  readonly exception?: Expr;
  readonly cause?: Expr;
}
export interface DeleteStmt extends Span {
  readonly kind: 'delete';
  readonly targets: readonly Expr[];
}
export interface AssertStmt extends Span {
  readonly kind: 'assert';
  readonly test: Expr;
  readonly message?: Expr;
}
export interface ScopeStmt extends Span {
  readonly kind: 'global' | 'nonlocal';
  readonly names: readonly string[];
}
/** `import a.b as c, d`: `name` is dotted, `alias` absent when none is given. The spans are those of each clause. */
export interface ImportedName extends Span {
  readonly name: string;
  readonly alias?: string;
}
export interface ImportStmt extends Span {
  readonly kind: 'import';
  readonly names: readonly ImportedName[];
}
/** `from ..a.b import c as d`: level 2, module `a.b`; `star` for `import *`. */
export interface ImportFromStmt extends Span {
  readonly kind: 'import-from';
  readonly module: string;
  readonly level: number;
  readonly names: readonly ImportedName[];
  readonly star: boolean;
}
export interface SimpleStmt extends Span {
  readonly kind: 'pass' | 'break' | 'continue';
}
/** PEP 695 `type X[T] = …`. */
export interface TypeAliasStmt extends Span {
  readonly kind: 'type-alias';
  readonly name: string;
  readonly value: Expr;
}
/** A statement that was not understood, with what could be saved of it in source order. */
export interface UnknownStmt extends Span {
  readonly kind: 'unknown';
  readonly body: readonly Stmt[];
}

export type Stmt =
  | FunctionStmt
  | ClassStmt
  | ExpressionStmt
  | AssignStmt
  | AugmentedAssignStmt
  | IfStmt
  | WhileStmt
  | ForStmt
  | TryStmt
  | WithStmt
  | MatchStmt
  | ReturnStmt
  | RaiseStmt
  | DeleteStmt
  | AssertStmt
  | ScopeStmt
  | ImportStmt
  | ImportFromStmt
  | SimpleStmt
  | TypeAliasStmt
  | UnknownStmt;

/** `text` is without the comment sign and outer blanks; the span covers the whole comment. */
export interface Comment extends Span {
  readonly text: string;
}

/** Somewhere the front end gave up on; `detail` is for people. */
export interface SyntaxProblem extends Span {
  readonly detail: string;
}

/** One lowered file. */
export interface Unit {
  readonly body: readonly Stmt[];
  readonly comments: readonly Comment[];
  /** Empty when all of the file was understood. */
  readonly problems: readonly SyntaxProblem[];
}
