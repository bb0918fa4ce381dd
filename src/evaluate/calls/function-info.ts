import type { Decorator, FunctionStmt, LambdaExpr, Parameter, Span } from '../../ir/nodes.ts';
import type { Module } from '../../semantics/module.ts';
import type { FunctionScope } from '../../semantics/scope.ts';
import type { Exit } from '../checks/exits.ts';
import type { ClassInfo } from '../classes/class-info.ts';
import type { Frame, Guard } from '../frame.ts';
import type { Raised } from '../statements/raised.ts';
import type { Value } from '../values/value.ts';
import type { SharedReads } from './shared-reads.ts';

/** How a function in a class is reached. */
export type Binding = 'plain' | 'static' | 'class' | 'property';

/** One decorator as written: the value of its expression, and the expression. */
export interface AppliedDecorator {
  readonly value: Value;
  readonly node: Decorator;
}

/** A function, method or lambda of the project, as it exists after its `def` ran in some frame. */
export interface FunctionInfo {
  readonly module: Module;
  readonly node: FunctionStmt | LambdaExpr;
  /** `<lambda>` for lambdas. */
  readonly name: string;
  /** Dotted, with module and enclosing names: `shop.views.Cart.add`. */
  readonly qualifiedName: string;
  readonly scope: FunctionScope;
  /** The frame the `def` ran in, for free variables. */
  readonly closure: Frame;
  /** Conditions that the `def` stands under. */
  readonly guards: readonly Guard[];
  readonly owner: ClassInfo | undefined;
  /** Outermost (first written) first. */
  readonly decorators: readonly AppliedDecorator[];
  readonly binding: Binding;
  readonly defaults: ReadonlyMap<Parameter, Value>;
  /** Results by argument signature; see call-function.ts. */
  readonly results: Map<string, Value>;
  /** What it reads that others may fill while the program runs. */
  reads?: SharedReads;
  /** Exceptions that hold something from outside, by argument signature. */
  raises?: Map<string, readonly Raised[]>;
  /** Whether calls in the project were followed with what they pass, and whether there are others, which pass what is not known. */
  handed?: 'followed' | 'unknown';
  /** It was connected to a signal by a call: `saved.connect(index)`. */
  isConnected?: true;
  /** Something from outside was passed on to another function of the project in it. */
  handsOn?: true;
  /** The conditions that hold where it ends without giving anything, looked at on its own; none where it does so in several places. */
  atEnd?: readonly Guard[];
  /** The same where it hands on to the method that it overrides: `return super().dispatch(request)`. */
  atSuper?: readonly Guard[];
  /** What `marksOf` its class was when it was last looked at on its own. */
  marksSeen?: number;
  /** What is known of arguments from outside at each return, by argument signature. */
  exits?: Map<string, readonly Exit[]>;
  /** The argument signature of the latest call from a place that passed something from outside. */
  latest?: Map<Span, string>;
}
