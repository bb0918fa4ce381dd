import { ancestors, type ClassInfo } from '../classes/class-info.ts';
import type { Interpreter } from '../interpreter.ts';
import { membersOf, type Names, NO_NAMES, oneName } from '../values/name-table.ts';
import { Note } from '../values/note.ts';
import type { Atom, Origin, Value } from '../values/value.ts';

/** Steps of an access path that are spelled out in a name; longer chains are cut at their far end. */
const MAX_PATH_STEPS = 8;

/** Library classes among the ancestors of a project class, nearest first, each with its own library ancestors. */
export function libraryAncestors(interpreter: Interpreter, info: ClassInfo): readonly string[] {
  const names: string[] = [];
  for (const ancestor of ancestors(info)) {
    if (ancestor.kind !== 'library') continue;
    for (const name of interpreter.library.order(ancestor.name)) if (!names.includes(name)) names.push(name);
  }
  return names;
}

/** The classes that an alternative is an instance of, nearest first: project classes by qualified name, library classes by theirs. */
export function typeNames(interpreter: Interpreter, atom: Atom): Names {
  switch (atom.kind) {
    case 'constant':
      return oneName(`builtins.${atom.literal.type === 'none' ? 'NoneType' : atom.literal.type}`);
    case 'text':
      return oneName(atom.bytes ? 'builtins.bytes' : 'builtins.str');
    case 'container':
      return oneName(`builtins.${atom.form}`);
    case 'object':
      return classNames(interpreter, atom.info);
    case 'opaque':
      return atom.type === undefined ? NO_NAMES : interpreter.library.order(atom.type);
    case 'environment':
      return oneName(environmentType(atom.cast));
    case 'class':
      return oneName('builtins.type');
    case 'module':
    case 'function':
    case 'bound':
    case 'symbol':
    case 'super':
    case 'partial':
      return NO_NAMES;
  }
}

/** What a cast of an environment read gives. */
export function environmentType(cast: string | undefined): string {
  return cast === undefined ? 'builtins.str' : cast.includes('.') ? cast : `builtins.${cast}`;
}

/** A project class by its own name and those of its ancestors. */
function classNames(interpreter: Interpreter, info: ClassInfo): Names {
  const known = namesOfClasses.get(info);
  if (known) return known;
  const names = [...projectAncestors(info), ...libraryAncestors(interpreter, info)];
  namesOfClasses.set(info, names);
  return names;
}
const namesOfClasses = new WeakMap<ClassInfo, Names>();

export function projectAncestors(info: ClassInfo): readonly string[] {
  const names: string[] = [];
  for (const ancestor of ancestors(info)) if (ancestor.kind === 'class') names.push(ancestor.info.qualifiedName);
  return names;
}

/**
 * The names by which rules know an alternative: the qualified name of a library or project thing, else an access path that starts at
 * a type (`flask.Request.args`), a library call (`foo.connect().cursor`), a parameter (`@cur.execute`) or an unbound name.
 */
export function namesOf(interpreter: Interpreter, atom: Atom): Names {
  switch (atom.kind) {
    case 'symbol':
      return oneName(atom.name);
    case 'function':
    case 'bound':
      return oneName(atom.info.qualifiedName);
    case 'class':
      return classNames(interpreter, atom.info);
    case 'module':
      return oneName(atom.state.module.name);
    case 'opaque': {
      const known = namesOfAtoms.get(atom);
      if (known) return known;
      const plain = originNames(interpreter, atom.origin, MAX_PATH_STEPS);
      const keyed = keyedNames(interpreter, atom.origin);
      const names = keyed.length > 0 ? [...plain, ...keyed] : plain;
      namesOfAtoms.set(atom, names);
      return names;
    }
    case 'partial':
      return qualifiedNames(interpreter, atom.callee);
    case 'constant':
    case 'text':
    case 'object':
    case 'container':
    case 'environment':
    case 'super':
      return NO_NAMES;
  }
}

/** What was taken out under a known key also has a name with it: `flask.Request.form[password]`, however the entry was asked for. */
function keyedNames(interpreter: Interpreter, origin: Origin): readonly string[] {
  if (origin.via === 'item') return entryNames(pathsOf(interpreter, origin.of, MAX_PATH_STEPS), origin.key);
  const [name] = origin.via === 'call' ? origin.names : [];
  const asked = name === undefined ? undefined : ENTRY_METHODS.find((method) => name.endsWith(method));
  if (origin.via !== 'call' || name === undefined || asked === undefined) return NO_NAMES;
  return entryNames([name.slice(0, -asked.length)], origin.args.positional[0]?.value);
}
const ENTRY_METHODS = ['.get', '.pop', '.getlist', '.setdefault'];

function entryNames(paths: readonly string[], key: Value | undefined): readonly string[] {
  const [only] = key ?? [];
  if (key?.length !== 1 || only?.kind !== 'constant' || only.literal.type !== 'str' || only.literal.value.length > MAX_KEY) return NO_NAMES;
  const { value } = only.literal;
  return paths.map((path) => `${path}[${value}]`);
}
/** Longer keys are texts, not names of entries. */
const MAX_KEY = 40;

/** Rules ask for the same names many times. */
const namesOfAtoms = new Note<Names>();

/** All names of all alternatives, each once. */
export function qualifiedNames(interpreter: Interpreter, value: Value): Names {
  if (value.length === 1 && value[0]) return namesOf(interpreter, value[0]);
  const names: string[] = [];
  for (const atom of value) for (const name of namesOf(interpreter, atom)) if (!names.includes(name)) names.push(name);
  return names;
}

/**
 * The names of what a call of the value calls: for an instance whose class says what calling it does, that method's; for
 * `super().__init__` also the library class's own, because it is given what a call of the class is given.
 */
export function calledNames(interpreter: Interpreter, callee: Value): readonly string[] {
  const names = qualifiedNames(interpreter, callee);
  const more: string[] = [];
  for (const atom of callee) {
    if (atom.kind !== 'opaque') continue;
    if (atom.type !== undefined && interpreter.library.member(atom.type, '__call__'))
      more.push(...memberNames(interpreter, [atom], '__call__'));
    else if (atom.origin.via === 'attribute' && atom.origin.name === '__init__')
      for (const owner of atom.origin.of)
        if (owner.kind === 'opaque' && owner.type !== undefined && owner.origin.via === 'global' && owner.origin.name === 'super')
          more.push(...untilOwnParameters(interpreter, owner.type));
  }
  return more.length > 0 ? [...more, ...names] : names;
}

/** A library class and those it hands its arguments on to as they are: one that takes others of its own makes something else of them. */
function untilOwnParameters({ library }: Interpreter, type: string): readonly string[] {
  const order = library.order(type);
  const own = order.findIndex((name) => library.row(name)?.params !== undefined);
  return own < 0 ? order : order.slice(0, own + 1);
}

/** The names of a member of a value: `execute` of a cursor. */
export function memberNames(interpreter: Interpreter, object: Value, name: string, steps = MAX_PATH_STEPS): Names {
  return together(object, (atom) => {
    // `View.as_view` is known by the classes that have it, not as a member of `type`.
    let bases = atom.kind === 'class' ? namesOf(interpreter, atom) : typeNames(interpreter, atom);
    if (bases.length === 0) bases = atom.kind === 'opaque' ? originNames(interpreter, atom.origin, steps - 1) : namesOf(interpreter, atom);
    return membersOf(bases, name);
  });
}

/** The names of all alternatives; of a single one the very list. */
function together(value: Value, namesOfAtom: (atom: Atom) => Names): Names {
  const [only] = value;
  if (value.length === 1 && only) return namesOfAtom(only);
  return value.flatMap(namesOfAtom);
}

function originNames(interpreter: Interpreter, origin: Origin, steps: number): Names {
  if (steps <= 0) return oneName('…');
  switch (origin.via) {
    case 'parameter':
      return oneName(`@${origin.name}`);
    case 'attribute':
      return memberNames(interpreter, origin.of, origin.name, steps);
    case 'item':
    case 'element':
      return membersOf(pathsOf(interpreter, origin.of, steps), '[]');
    case 'call':
      return origin.names.length === 0 ? NO_NAMES : membersOf(oneName(origin.names[0] ?? ''), '()');
    case 'global':
    case 'unresolved':
      return oneName(origin.name);
    case 'checked':
      return together(origin.of, (atom) => namesOf(interpreter, atom));
    case 'operation':
    case 'budget':
    case 'many':
      return NO_NAMES;
  }
}

/** A value's type names, or where it has none its access paths. */
export function pathsOf(interpreter: Interpreter, value: Value, steps = MAX_PATH_STEPS): Names {
  return together(value, (atom) => {
    const types = typeNames(interpreter, atom);
    if (types.length > 0) return types;
    return atom.kind === 'opaque' ? originNames(interpreter, atom.origin, steps - 1) : namesOf(interpreter, atom);
  });
}
