import type {
  AssertStmt,
  CallExpr,
  ClassStmt,
  CompareOperator,
  Decorator,
  ExceptHandler,
  Expr,
  FunctionStmt,
  ImportedName,
  LambdaExpr,
  Span,
  Stmt,
  TryStmt,
} from '../ir/nodes.ts';
import type { Module } from '../semantics/module.ts';
import type { CallArguments } from './calls/arguments.ts';
import type { AppliedDecorator, FunctionInfo } from './calls/function-info.ts';
import type { ClassInfo } from './classes/class-info.ts';
import type { Frame } from './frame.ts';
import type { Site, Value } from './values/value.ts';

/** What happens in the program, as the evaluator meets it. `frame` is the place: module, function, class, guards. */
interface At {
  readonly frame: Frame;
  /** The statement it stands in. */
  readonly statement: Stmt | undefined;
}

export interface CallEvent extends At {
  readonly kind: 'call';
  readonly node: CallExpr;
  /** Qualified names of what may be called; empty when nothing is known. */
  readonly names: readonly string[];
  readonly callee: Value;
  /** The object a method is called on. */
  readonly receiver: Value | undefined;
  readonly args: CallArguments;
  readonly result: Value;
  readonly awaited: boolean;
}
/** Something is given a name: a variable, attribute, item, dict entry, keyword argument or parameter default. */
export interface StoreEvent extends At {
  readonly kind: 'store';
  readonly form: 'variable' | 'class-variable' | 'attribute' | 'item' | 'entry' | 'keyword' | 'default';
  /** The variable's, attribute's or keyword's name, or the key where it is one known string. */
  readonly name: string | undefined;
  /** The key of an item. */
  readonly key?: Value | undefined;
  /** The object whose attribute or item it is. */
  readonly object: Value | undefined;
  readonly value: Value;
  readonly augmented: boolean;
  /** The target, and the whole assignment, entry or argument. */
  readonly target: Span;
  readonly node: Span;
  readonly valueNode: Expr | undefined;
}
export interface ClassEvent extends At {
  readonly kind: 'class';
  readonly node: ClassStmt;
  readonly info: ClassInfo;
}
export interface FunctionEvent extends At {
  readonly kind: 'function';
  readonly node: FunctionStmt | LambdaExpr;
  readonly info: FunctionInfo;
}
export interface DecoratorEvent extends At {
  readonly kind: 'decorator';
  readonly node: Decorator;
  readonly value: Value;
  readonly index: number;
  readonly all: readonly AppliedDecorator[];
  readonly target: FunctionInfo | ClassInfo;
}
export interface ImportEvent extends At {
  readonly kind: 'import';
  /** `from a import b` is `a.b`. */
  readonly name: string;
  readonly node: ImportedName;
  /** True when it leads to a module or name of the project. */
  readonly local: boolean;
}
export interface CompareEvent extends At {
  readonly kind: 'compare';
  readonly node: Span;
  readonly op: CompareOperator;
  readonly left: Value;
  readonly leftNode: Expr;
  readonly right: Value;
  readonly rightNode: Expr;
}
/** A value is tested for being true: in `if`, `while`, `not`, `and`/`or`, a conditional expression, `bool()`. */
export interface TestEvent extends At {
  readonly kind: 'test';
  readonly node: Expr;
  readonly value: Value;
}
/** A value is iterated over: by `for` or a comprehension. */
export interface IterateEvent extends At {
  readonly kind: 'iterate';
  readonly node: Expr;
  readonly value: Value;
  /** `async for`. */
  readonly async: boolean;
}
export interface AssertEvent extends At {
  readonly kind: 'assert';
  readonly node: AssertStmt;
  readonly value: Value;
}
export interface HandlerEvent extends At {
  readonly kind: 'handler';
  readonly node: ExceptHandler;
  readonly attempt: TryStmt;
  readonly types: Value;
}
export interface ReturnEvent extends At {
  readonly kind: 'return';
  readonly node: Span;
  readonly value: Value;
}
/** The body of a function looked at on its own has been evaluated: its return value is known. */
export interface BodyEvent extends At {
  readonly kind: 'body';
  readonly node: FunctionStmt | LambdaExpr;
  readonly info: FunctionInfo;
  readonly returned: Value;
}

/**
 * A setting as an application's settings module leaves it: the project's own value, or the framework's default. Made by frameworks/ when all has
 * run; `frame` and `node` are where it is set, or where it is missed.
 */
export interface SettingEvent extends At {
  readonly kind: 'setting';
  readonly name: string;
  /** The settings module that ends with it, wherever it is set. */
  readonly home: Module;
  /** Empty when it is not set and has no default. */
  readonly value: Value;
  /** Whether the project sets it. */
  readonly isSet: boolean;
  readonly node: Span;
  readonly valueNode: Expr | undefined;
  /** The expressions that its value was written with, wherever they stand. */
  readonly written: readonly { readonly module: Module; readonly node: Expr }[];
  /** The same, and what the variables in them were written with in turn. */
  readonly writtenParts: () => readonly { readonly module: Module; readonly node: Expr }[];
  /** What is not in the tree and may set it anew: `from .local_settings import *`. */
  readonly replacedBy: Site | undefined;
  /** What another setting of the same module ends with; `undefined` when it is not set and has no default. */
  readonly others: (name: string) => Value | undefined;
  /** The ids of the framework's own checks that the project turned off. */
  readonly silenced: ReadonlySet<string>;
  /** The texts of the project's files about servers and containers: what a proxy does need not be done again. */
  readonly deployment: () => readonly string[];
}

/** The same for a key of the configuration of a Flask application. */
export type ConfigEvent = Omit<SettingEvent, 'kind' | 'home'> & { readonly kind: 'config' };

/** Whether it is about something that the configuration of an application ends with. */
export function isSetting(event: Event): event is SettingEvent | ConfigEvent {
  return event.kind === 'setting' || event.kind === 'config';
}

/** One method of one view, with all routes that lead to it. Made by frameworks/ when all has run. */
export interface RouteEvent extends At {
  readonly kind: 'route';
  /** The view's name where it is defined. */
  readonly node: Span;
  readonly framework: string;
  readonly method: string;
  /** The function, or the method of the class, that answers. */
  readonly info: FunctionInfo | undefined;
  /** The class, where the view is one. */
  readonly classInfo: ClassInfo | undefined;
  /** For people. */
  readonly view: string;
  readonly paths: readonly string[];
  readonly names: readonly string[];
  /** As in `ratel routes`: `required`, `partly`, `none`, `unknown`; what decides it. */
  readonly login: string;
  readonly loginBy: string;
  readonly csrf: string;
  /** `false`: no URL is known, it only looks like a view. */
  readonly isRouted: boolean;
  /** How many views of the framework ask for a login. */
  readonly peers: number;
  /** How many of them stand in the same application of a project. */
  readonly nearPeers: number;
  /** So many views of the same application ask for no login. */
  readonly nearOpen: number;
  /** How many views of the framework change something on requests that may come from other sites. */
  readonly unprotected: number;
  /** The other route that stands in its way. */
  readonly collision:
    | { readonly kind: string; readonly detail: string; readonly place: { readonly module: Module; readonly node: Span } }
    | undefined;
  /** How many calls away from what answers a place in a function is; `undefined` where no request by the method gets. */
  readonly stepsTo: (info: FunctionInfo | undefined, at: number) => number | undefined;
}

/** Migrations and models of an application that do not fit together. Made by frameworks/ when all has run. */
export interface MigrationsEvent extends At {
  readonly kind: 'migrations';
  readonly node: Span;
  readonly app: string;
  readonly problem: string;
  /** For people. */
  readonly detail: string;
}

export type Event =
  | CallEvent
  | StoreEvent
  | ClassEvent
  | FunctionEvent
  | DecoratorEvent
  | ImportEvent
  | CompareEvent
  | TestEvent
  | IterateEvent
  | AssertEvent
  | HandlerEvent
  | ReturnEvent
  | BodyEvent
  | SettingEvent
  | ConfigEvent
  | RouteEvent
  | MigrationsEvent;

/** Who listens. Events are only built for kinds that somebody wants. */
export interface Listener {
  readonly wanted: ReadonlySet<Event['kind']>;
  on(event: Event): void;
}
