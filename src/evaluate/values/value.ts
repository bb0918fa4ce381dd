import type { CompareOperator, LiteralValue, Span } from '../../ir/nodes.ts';
import type { Module } from '../../semantics/module.ts';
import type { CallArguments } from '../calls/arguments.ts';
import type { FunctionInfo } from '../calls/function-info.ts';
import type { Check } from '../checks/check.ts';
import type { ClassInfo } from '../classes/class-info.ts';
import type { ModuleState } from '../names/module-state.ts';
import type { HeapObject } from './heap.ts';
import type { Noted } from './note.ts';

/**
 * What an expression may be: a small set of alternatives (*atoms*). Nobody mutates a value; what can change in
 * Python (lists, dicts, instances) is a `HeapObject` that atoms refer to. An empty value is code that cannot be reached.
 */
export type Value = readonly Atom[];

/** Where in the project something stands. */
export interface Site {
  readonly module: Module;
  readonly node: Span;
}

/**
 * Where a site stands in a file. Of a text that the program puts together only the pieces are written: it is where this piece is, if that
 * is written once where the text is used, or else the use.
 */
export function writtenAt(site: Site): Site {
  const { used, text } = site.module;
  if (!used) return site;
  const piece = text.slice(site.node.start, site.node.end);
  const start = used.module.text.indexOf(piece);
  const isOnlyOne = start >= 0 && used.module.text.indexOf(piece, start + 1) < 0;
  return isOnlyOne ? { module: used.module, node: { start, end: start + piece.length } } : used;
}

/** A known constant. */
export interface ConstantAtom extends Noted {
  readonly kind: 'constant';
  readonly literal: LiteralValue;
}

/** A string (or bytes) with literal parts and holes; at least one hole. */
export interface TextAtom extends Noted {
  readonly kind: 'text';
  readonly segments: readonly Segment[];
  readonly bytes: boolean;
  readonly origin: Origin;
}
export type Segment = string | Hole;
/** What is put into a text there, and the expression that puts it (for the names in messages). */
export interface Hole {
  readonly value: Value;
  readonly site: Site;
  /** Whether an absolute path put in there takes the place of all before it, as `os.path.join` does. */
  readonly startsAnew?: true;
}

/** A thing of a library, or of a project module that is not in the tree, by its qualified name: a module, class, function. */
export interface SymbolAtom extends Noted {
  readonly kind: 'symbol';
  readonly name: string;
}

/**
 * Something whose content is not known. `type` is its library class where known; `of` is what the type is about
 * (the model of a Django manager).
 */
export interface OpaqueAtom extends Noted {
  readonly kind: 'opaque';
  readonly type: string | undefined;
  readonly of: Value | undefined;
  readonly origin: Origin;
  /** What was put into it, where values are put into such an object and taken from it (see evaluate/stores.ts). */
  readonly content: HeapObject | undefined;
}

export interface ClassAtom extends Noted {
  readonly kind: 'class';
  readonly info: ClassInfo;
}
export interface FunctionAtom extends Noted {
  readonly kind: 'function';
  readonly info: FunctionInfo;
}
/** A method bound to its receiver. */
export interface BoundAtom extends Noted {
  readonly kind: 'bound';
  readonly info: FunctionInfo;
  readonly self: Value;
}
export interface ModuleAtom extends Noted {
  readonly kind: 'module';
  readonly state: ModuleState;
}
/** An instance of a project class. */
export interface ObjectAtom extends Noted {
  readonly kind: 'object';
  readonly info: ClassInfo;
  readonly object: HeapObject;
  /** The class that it is about where it was read of that: the model of a manager. */
  readonly of?: readonly [ClassAtom];
}
/** A list, tuple, set or dict whose entries are (partly) known. */
export interface ContainerAtom extends Noted {
  readonly kind: 'container';
  readonly form: ContainerForm;
  readonly object: HeapObject;
}
export type ContainerForm = 'list' | 'tuple' | 'set' | 'dict';
/** A value read from the environment: variable name where known, what it is when unset, and how it is cast. */
export interface EnvironmentAtom extends Noted {
  readonly kind: 'environment';
  readonly variable: string | undefined;
  /** `undefined`: no default is given, the read fails or gives None. */
  readonly fallback: Value | undefined;
  /** Without a default it gives None where the variable is not set: `os.environ.get("DEBUG")`. */
  readonly optional?: true;
  readonly cast: string | undefined;
  readonly origin: Origin;
}
/** `super()` inside a method: attribute look-up starts after `info`. */
export interface SuperAtom extends Noted {
  readonly kind: 'super';
  readonly info: ClassInfo;
  readonly self: Value;
}
/** `functools.partial`: a callee with arguments already given. */
export interface PartialAtom extends Noted {
  readonly kind: 'partial';
  readonly callee: Value;
  /** `functools.partialmethod`: it is bound to the instance that it is read of. */
  readonly isMethod?: boolean;
  readonly args: CallArguments;
}

export type Atom =
  | ConstantAtom
  | TextAtom
  | SymbolAtom
  | OpaqueAtom
  | ClassAtom
  | FunctionAtom
  | BoundAtom
  | ModuleAtom
  | ObjectAtom
  | ContainerAtom
  | EnvironmentAtom
  | SuperAtom
  | PartialAtom;

/**
 * Where a value that is not known came from. Origins form a graph back to where the value entered the program:
 * rules ask it ("is this an attribute of the request?"), and code flows are read off it.
 */
export type Origin =
  | { readonly via: 'parameter'; readonly name: string; readonly info: FunctionInfo; readonly site: Site }
  | { readonly via: 'attribute'; readonly of: Value; readonly name: string; readonly site: Site }
  /** `slice`: the known bounds of a slice, which has no key: `32:`. */
  | { readonly via: 'item'; readonly of: Value; readonly key: Value; readonly slice?: string | undefined; readonly site: Site }
  /** An element of an iteration, an unpacking, an await or a context manager's result. */
  | { readonly via: 'element'; readonly of: Value; readonly site: Site }
  | {
      readonly via: 'call';
      readonly names: readonly string[];
      readonly receiver: Value | undefined;
      readonly args: CallArguments;
      readonly site: Site;
      /** The call that gave what is called: `app.route("/")` of `app.route("/")(view)`. */
      readonly called?: CallOrigin;
    }
  | { readonly via: 'operation'; readonly operands: readonly Value[]; readonly op?: CompareOperator | 'not'; readonly site: Site }
  /** The same value where a condition on it holds, or where it passed a validator. */
  | { readonly via: 'checked'; readonly of: Value; readonly check: Check; readonly site: Site }
  /** A library value, `flask.request`. */
  | { readonly via: 'global'; readonly name: string; readonly site: Site }
  /** A name that nothing binds. */
  | { readonly via: 'unresolved'; readonly name: string; readonly site: Site }
  /** A budget stopped the look. */
  | { readonly via: 'budget'; readonly site: Site }
  /** More alternatives than are kept. */
  | { readonly via: 'many'; readonly site: Site };

/** Where the result of a call came from. */
export type CallOrigin = Origin & { readonly via: 'call' };
export type AttributeOrigin = Origin & { readonly via: 'attribute' };

/** More alternatives than this say nothing useful; the value widens to unknown. */
export const MAX_ALTERNATIVES = 8;

/** A place for what stands nowhere in the project. */
export const NOWHERE: Site = {
  module: {
    file: { path: '', absolutePath: '', kind: 'other', role: 'app', size: 0 },
    path: '',
    name: '',
    isPackage: false,
    unit: { body: [], comments: [], problems: [] },
    text: '',
  },
  node: { start: 0, end: 0 },
};
const MANY: OpaqueAtom = opaqueAtom({ via: 'many', site: NOWHERE });

export const NOTHING: Value = [];
export const NONE: Value = [{ kind: 'constant', literal: { type: 'none' } }];
export const TRUE: Value = [{ kind: 'constant', literal: { type: 'bool', value: true } }];
export const FALSE: Value = [{ kind: 'constant', literal: { type: 'bool', value: false } }];

export function constant(literal: LiteralValue): Value {
  return [{ kind: 'constant', literal }];
}
export function str(value: string): Value {
  return [{ kind: 'constant', literal: { type: 'str', value } }];
}
export function int(value: number): Value {
  return [{ kind: 'constant', literal: { type: 'int', value } }];
}
export function bool(value: boolean): Value {
  return value ? TRUE : FALSE;
}
export function opaque(origin: Origin, type?: string, of?: Value): Value {
  return [opaqueAtom(origin, type, of)];
}
/** All are made here: objects of one shape are read fastest. */
export function opaqueAtom(origin: Origin, type?: string, of?: Value, content?: HeapObject): OpaqueAtom {
  return { kind: 'opaque', type, of, origin, content, notes: undefined };
}
export function symbol(name: string): Value {
  return [{ kind: 'symbol', name }];
}

/** The alternatives of both, each once. Wider than `MAX_ALTERNATIVES`, only what kind of thing it is survives. */
export function join(a: Value, b: Value): Value {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  let result: Atom[] | undefined;
  for (const atom of b) {
    if (a.some((other) => sameAtom(other, atom)) || result?.some((other) => sameAtom(other, atom))) continue;
    result ??= [...a];
    result.push(atom);
  }
  if (!result) return a;
  return result.length > MAX_ALTERNATIVES ? widen(result) : result;
}

/** Whether two alternatives are the same for all that rules can ask. */
export function sameAtom(a: Atom, b: Atom): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'constant':
      return sameLiteral(a.literal, (b as ConstantAtom).literal);
    case 'symbol':
      return a.name === (b as SymbolAtom).name;
    case 'opaque': {
      const other = b as OpaqueAtom;
      return (
        a.type === other.type &&
        a.content === other.content &&
        a.origin.site.node === other.origin.site.node &&
        sameWay(a.origin, other.origin)
      );
    }
    case 'text':
      return a.origin.site.node === (b as TextAtom).origin.site.node && sameSegments(a.segments, (b as TextAtom).segments);
    case 'class':
    case 'function':
      return a.info === (b as ClassAtom | FunctionAtom).info;
    case 'bound':
      return a.info === (b as BoundAtom).info && a.self === (b as BoundAtom).self;
    case 'module':
      return a.state === (b as ModuleAtom).state;
    case 'object':
      return a.object === (b as ObjectAtom).object && a.of?.[0].info === (b as ObjectAtom).of?.[0].info;
    case 'container':
      return a.object === (b as ContainerAtom).object;
    case 'environment':
      return a.variable === (b as EnvironmentAtom).variable && a.origin.site.node === (b as EnvironmentAtom).origin.site.node;
    case 'super':
      return a.info === (b as SuperAtom).info && a.self === (b as SuperAtom).self;
    case 'partial':
      return a.callee === (b as PartialAtom).callee && a.args === (b as PartialAtom).args;
  }
}

/** Whether two values that come from the same place were made of the same: one may have passed a check that the other has not. */
function sameWay(a: Origin, b: Origin): boolean {
  switch (a.via) {
    case 'attribute':
    case 'item':
    case 'element':
      return b.via === a.via && sameAtoms(a.of, b.of);
    case 'checked':
      return b.via === 'checked' && a.check === b.check && sameAtoms(a.of, b.of);
    case 'operation':
      return b.via === 'operation' && a.operands.every((operand, at) => sameAtoms(operand, b.operands[at] ?? NOTHING));
    case 'call':
      return (
        b.via === 'call' &&
        sameAtoms(a.receiver ?? NOTHING, b.receiver ?? NOTHING) &&
        a.args.positional.every((passed, at) => sameAtoms(passed.value, b.args.positional[at]?.value ?? NOTHING))
      );
    default:
      return a.via === b.via;
  }
}
function sameAtoms(a: Value, b: Value): boolean {
  return a === b || (a.length === b.length && a.every((atom, at) => atom === b[at] || sameHeap(atom, b[at])));
}
/** Wrappers of one thing that are made anew each time it is named. */
function sameHeap(a: Atom, b: Atom | undefined): boolean {
  if (b === undefined || a.kind !== b.kind || a.kind === 'opaque' || a.kind === 'text') return false;
  return sameAtom(a, b);
}
function sameSegments(a: readonly Segment[], b: readonly Segment[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((segment, at) => {
        const other = b[at];
        if (typeof segment === 'string' || typeof other === 'string' || other === undefined) return segment === other;
        return sameAtoms(segment.value, other.value);
      }))
  );
}

export function sameLiteral(a: LiteralValue, b: LiteralValue): boolean {
  if (a.type !== b.type) return false;
  return 'value' in a && 'value' in b ? a.value === b.value : true;
}

function widen(atoms: readonly Atom[]): Value {
  // What stays useful in a wide union is code (dispatch tables) and where data came from; many constants are just "some text".
  const kept: Atom[] = [MANY];
  for (const atom of atoms) {
    if (kept.length < MAX_ALTERNATIVES && atom.kind !== 'constant' && atom !== MANY) kept.push(atom);
  }
  return kept;
}
