import type { CompareExpr, Expr, Span, Stmt } from '../ir/nodes.ts';
import type { Module } from '../semantics/module.ts';
import type { ModuleIndex } from '../semantics/module-index.ts';
import type { DataFiles } from './behaviours/data-files.ts';
import type { CallArguments, PassedKeyword } from './calls/arguments.ts';
import type { FunctionInfo } from './calls/function-info.ts';
import type { LibraryModel } from './calls/library-model.ts';
import type { Unwrapping } from './calls/through-decorators.ts';
import type { ClassInfo } from './classes/class-info.ts';
import type { SharedAttributes } from './classes/shared-attributes.ts';
import type { Event, Listener } from './events.ts';
import type { Frame } from './frame.ts';
import type { ModuleState } from './names/module-state.ts';
import type { Raised } from './statements/raised.ts';
import type { Printed } from './values/printed.ts';
import type { CallOrigin, Site, Value } from './values/value.ts';

/** What a framework adds to the language: see frameworks/. */
export interface FrameworkHooks {
  /** The type of a parameter that nothing annotates (`request` of a Django view); `undefined` when it has no opinion. */
  parameterType(info: FunctionInfo, name: string, index: number): string | undefined;
  /** The types of entries of a dict that the framework passes: `context["request"]` of a template tag. */
  parameterEntries?(info: FunctionInfo, name: string, index: number): Iterable<readonly [key: string, type: string]> | undefined;
  /** Kinds of source that a parameter of an entry point is: URL parameters of a view. */
  parameterSource(info: FunctionInfo, name: string): readonly string[] | undefined;
  /** Kinds of source that a part of the URL is for a view class, `self.kwargs["pk"]`: none where its routes let nothing harmful through. */
  urlPart?(owner: ClassInfo, name: string): readonly string[] | undefined;
  /** The same for a function that takes it out of the request that it is handed: `request.path_params["id"]`. */
  handedPart?(info: FunctionInfo, name: string): readonly string[] | undefined;
  /** Whether a parameter of a view is a part of the URL, and its routes let nothing harmful through there: `<slug:name>`. */
  isHarmlessPart?(info: FunctionInfo, name: string): boolean;
  /** The errors that a function is registered to handle, where that parameter is the error. */
  handledErrors?(info: FunctionInfo, index: number): Value;
  /** The names under which a view is handed what the routes take out of the URL: what its `**kwargs` hold. */
  urlParameters?(info: FunctionInfo): Iterable<string>;
  /**
   * The functions whose result, or the classes whose instances, the framework passes itself as a parameter. `marks`: its default and what
   * its annotation adds to the type; `annotated`: an instance of what the annotation names.
   */
  provider?(info: FunctionInfo, name: string, marks: Value, annotated: Value | undefined): Value | undefined;
  /** Whether the framework calls the function before views, and goes on where it gives nothing. */
  isCalledFirst?(info: FunctionInfo): boolean;
  /** Whether it calls such a function before this view. */
  isCalledBefore?(first: FunctionInfo, view: FunctionInfo): boolean;
  /** Whether a call registers the function as a view that answers requests. */
  isRouted?(info: FunctionInfo): boolean;
  /** Whether what the framework says of the function's parameters has changed since it was looked at. */
  askedTooEarly?(info: FunctionInfo): boolean;
  /** Last parts of names of library functions whose calls it wants to see, such as those that register routes. */
  readonly observed?: ReadonlySet<string>;
  observe?(name: string, args: CallArguments, call: CallOrigin, inside: Frame): void;
  /** Those of them that register something else each time a loop calls them. */
  readonly registering?: ReadonlySet<string>;
  /** Whether the function calls one of those: each of its calls may register something else. */
  observesIn?(info: FunctionInfo): boolean;
  /** The type of an attribute that no class in the tree defines (`self.request` of a view). */
  attributeType(ancestors: readonly string[], name: string): string | undefined;
  /** What a template that is rendered there prints without what would make it harmless. */
  printedBy?(interpreter: Interpreter, event: Event): readonly Printed[];
  /** Of what a call that renders a text passes by name, what is in what it gives and was not escaped there. */
  shownKeywords?(interpreter: Interpreter, call: CallOrigin): readonly PassedKeyword[];
  /** A page that is rendered there in which the name of its file keeps what is printed from being escaped, and the names of that. */
  unescapedPage?(interpreter: Interpreter, event: Event): { readonly template: string; readonly names: readonly string[] } | undefined;
  /** What the project configures under a name, where an object of such a type hands it out: `settings.PAGE_SIZE`. */
  configured?(interpreter: Interpreter, type: string, name: string): Value | undefined;
  /** What an attribute holds that the framework sets on instances of a class of the project: `self.object` of a view that saved a form. */
  attributeValue?(interpreter: Interpreter, frame: Frame, info: ClassInfo, self: Value, name: string, here: Site): Value | undefined;
}

/** `from state import member as name` in a circle of imports. */
export interface LateImport {
  readonly frame: Frame;
  readonly name: string;
  readonly state: ModuleState;
  readonly member: string;
}

/** Where the work for following calls was used up first. */
export interface OutOfWork {
  readonly module: Module;
  /** The call that was not followed. */
  readonly node: Span;
  /** Dotted name of the function or class that holds it, `''` in a module's body. */
  readonly enclosing: string;
}

/** What is taken for granted while modules run again: see rerun.ts. */
export interface Assumptions {
  /** The value that a name of a module is given in place of this one. */
  bound(name: string, value: Value): Value;
  /** Whether a condition in a module's body holds that has this value, which may say either. */
  decide(frame: Frame, test: Expr, value: Value): boolean | undefined;
  /** Whether a comparison that is not decided holds by how the program was started: `"test" in sys.argv`. */
  program(test: CompareExpr): boolean | undefined;
}

/** The evaluator's state over one project. Passed first to every function that evaluates. */
export interface Interpreter {
  readonly modules: ModuleIndex;
  readonly library: LibraryModel;
  readonly hooks: readonly FrameworkHooks[];
  listener: Listener;
  readonly states: ReadonlyMap<Module, ModuleState>;
  /** Functions met whose bodies have still to be looked at on their own. */
  readonly pending: FunctionInfo[];
  /** The body that each of them was put into `pending` with. */
  readonly queued: Map<Span, FunctionInfo>;
  /** Functions being evaluated, for recursion. */
  readonly running: FunctionInfo[];
  /** Decorated functions whose wrappers run. */
  readonly unwrapping: Unwrapping[];
  /** What comes from outside and was written to a file, by the name of the file where that is written out. */
  readonly savedFiles: Map<string, Value>;
  readonly dataFiles: DataFiles | undefined;
  /** What the project sets on objects of libraries. */
  readonly shared: SharedAttributes;
  /** Which project functions a function calls, by their nodes; what a call graph query walks. */
  readonly calls: Map<Span, Set<FunctionInfo>>;
  /** Where in a function each of these is called first, by the nodes of both. */
  readonly firstCalls: Map<Span, Map<Span, number>>;
  /** Names imported from modules that had not bound them yet (circles): looked up again when all modules have run. */
  readonly lateImports: LateImport[];
  /** Set once every module has run: functions find all globals. */
  modulesDone: boolean;
  /** Statements that may still be evaluated inside calls. */
  callWork: number;
  /** The same for calls that pass something from outside. */
  markedWork: number;
  /** Set by the first call that was not followed because the work was used up. */
  outOfWork: OutOfWork | undefined;
  /** Where a collection is longer than what is kept of one: the first place of each module. */
  readonly cutOff: Map<Module, Span>;
  statement: Stmt | undefined;
  /** Whether what the project has stored (`source: ["stored"]`) counts as coming from outside: rules of wider profiles ask for it. */
  readonly countsStored: boolean;
  /** Absent in the run that rules hear of. */
  readonly assumptions?: Assumptions;
  /** Exceptions with something from outside that were raised and not handled yet. */
  raised: Raised[];
  /** What `print()` writes into where nothing else is named: `with redirect_stdout(buffer)`. */
  output: Value;
  /** Set by a call that never returns (`sys.exit()`, `abort()`), read by the statement around it. */
  ended: boolean;
  /** Whether a form's own checks are looked at for what they let through: what refuses a value (`refuses`) then ends the way. */
  asksValidators: boolean;
}

export function site(frame: Frame, node: Span): Site {
  return { module: frame.state.module, node };
}

/** Hands an event to the listener; call it only for wanted kinds where building the event costs. */
export function emit(interpreter: Interpreter, event: Event): void {
  interpreter.listener.on(event);
}
