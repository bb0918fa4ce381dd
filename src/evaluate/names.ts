import { ancestors, type ClassInfo } from './class-info.ts';
import type { Interpreter } from './interpreter.ts';
import { Note } from './note.ts';
import type { Atom, Origin, Value } from './value.ts';

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
export function typeNames(interpreter: Interpreter, atom: Atom): readonly string[] {
  switch (atom.kind) {
    case 'constant':
      return [`builtins.${atom.literal.type === 'none' ? 'NoneType' : atom.literal.type}`];
    case 'text':
      return [atom.bytes ? 'builtins.bytes' : 'builtins.str'];
    case 'container':
      return [`builtins.${atom.form}`];
    case 'object':
      return [...projectAncestors(atom.info), ...libraryAncestors(interpreter, atom.info)];
    case 'opaque':
      return atom.type === undefined ? [] : interpreter.library.order(atom.type);
    case 'environment':
      return [environmentType(atom.cast)];
    case 'class':
      return ['builtins.type'];
    case 'module':
    case 'function':
    case 'bound':
    case 'symbol':
    case 'super':
    case 'partial':
      return [];
  }
}

/** What a cast of an environment read gives. */
export function environmentType(cast: string | undefined): string {
  return cast === undefined ? 'builtins.str' : cast.includes('.') ? cast : `builtins.${cast}`;
}

export function projectAncestors(info: ClassInfo): readonly string[] {
  const names: string[] = [];
  for (const ancestor of ancestors(info)) if (ancestor.kind === 'class') names.push(ancestor.info.qualifiedName);
  return names;
}

/**
 * The names by which rules know an alternative: the qualified name of a library or project thing, else an access path that starts at
 * a type (`flask.Request.args`), a library call (`foo.connect().cursor`), a parameter (`@cur.execute`) or an unbound name.
 */
export function namesOf(interpreter: Interpreter, atom: Atom): readonly string[] {
  switch (atom.kind) {
    case 'symbol':
      return [atom.name];
    case 'function':
      return [atom.info.qualifiedName];
    case 'bound':
      return [atom.info.qualifiedName];
    case 'class':
      return [...projectAncestors(atom.info), ...libraryAncestors(interpreter, atom.info)];
    case 'module':
      return [atom.state.module.name];
    case 'opaque': {
      const known = namesOfAtoms.get(atom);
      if (known) return known;
      const names = [...originNames(interpreter, atom.origin, MAX_PATH_STEPS), ...keyedNames(interpreter, atom.origin)];
      namesOfAtoms.set(atom, names);
      return names;
    }
    case 'partial':
      return atom.callee.flatMap((callee) => namesOf(interpreter, callee));
    case 'constant':
    case 'text':
    case 'object':
    case 'container':
    case 'environment':
    case 'super':
      return [];
  }
}

/** What was taken out under a known key also has a name with it: `flask.Request.form[password]`, however the entry was asked for. */
function keyedNames(interpreter: Interpreter, origin: Origin): readonly string[] {
  if (origin.via === 'item') return entryNames(pathsOf(interpreter, origin.of, MAX_PATH_STEPS), origin.key);
  const [name] = origin.via === 'call' ? origin.names : [];
  const asked = name === undefined ? undefined : ENTRY_METHODS.find((method) => name.endsWith(method));
  if (origin.via !== 'call' || name === undefined || asked === undefined) return [];
  return entryNames([name.slice(0, -asked.length)], origin.args.positional[0]?.value);
}
const ENTRY_METHODS = ['.get', '.pop', '.getlist', '.setdefault'];

function entryNames(paths: readonly string[], key: Value | undefined): readonly string[] {
  const [only] = key ?? [];
  if (key?.length !== 1 || only?.kind !== 'constant' || only.literal.type !== 'str' || only.literal.value.length > MAX_KEY) return [];
  const { value } = only.literal;
  return paths.map((path) => `${path}[${value}]`);
}
/** Longer keys are texts, not names of entries. */
const MAX_KEY = 40;

/** Rules ask for the same names many times. */
const namesOfAtoms = new Note<readonly string[]>();

/** All names of all alternatives, each once. */
export function qualifiedNames(interpreter: Interpreter, value: Value): readonly string[] {
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
          more.push(...interpreter.library.order(owner.type));
  }
  return more.length > 0 ? [...more, ...names] : names;
}

/** The names of a member of a value: `execute` of a cursor. */
export function memberNames(interpreter: Interpreter, object: Value, name: string, steps = MAX_PATH_STEPS): readonly string[] {
  const names: string[] = [];
  for (const atom of object) {
    // `View.as_view` is known by the classes that have it, not as a member of `type`.
    let bases: readonly string[] = atom.kind === 'class' ? namesOf(interpreter, atom) : typeNames(interpreter, atom);
    if (bases.length === 0) bases = atom.kind === 'opaque' ? originNames(interpreter, atom.origin, steps - 1) : namesOf(interpreter, atom);
    for (const base of bases) names.push(joined(base, name));
  }
  return names;
}

/** `base.name`, `base[]`, `base()`, `@name`: the same string each time, so that looking it up costs no building and hashing of it. */
function joined(base: string, name: string): string {
  let members = joinedNames.get(base);
  if (!members) {
    if (joinedNames.size > MAX_JOINED) joinedNames.clear();
    members = new Map();
    joinedNames.set(base, members);
  }
  const known = members.get(name);
  if (known !== undefined) return known;
  const text = base === '@' || name === '[]' || name === '()' ? `${base}${name}` : `${base}.${name}`;
  members.set(name, text);
  return text;
}
const joinedNames = new Map<string, Map<string, string>>();
/** Bases remembered; enough for those of one file after another. */
const MAX_JOINED = 20_000;

function originNames(interpreter: Interpreter, origin: Origin, steps: number): readonly string[] {
  if (steps <= 0) return ['…'];
  switch (origin.via) {
    case 'parameter':
      return [joined('@', origin.name)];
    case 'attribute':
      return memberNames(interpreter, origin.of, origin.name, steps);
    case 'item':
    case 'element':
      return pathsOf(interpreter, origin.of, steps).map((path) => joined(path, '[]'));
    case 'call':
      return origin.names.length === 0 ? [] : [joined(origin.names[0] ?? '', '()')];
    case 'global':
    case 'unresolved':
      return [origin.name];
    case 'checked':
      return origin.of.flatMap((atom) => namesOf(interpreter, atom));
    case 'operation':
    case 'budget':
    case 'many':
      return [];
  }
}

/** A value's type names, or where it has none its access paths. */
export function pathsOf(interpreter: Interpreter, value: Value, steps = MAX_PATH_STEPS): readonly string[] {
  const names: string[] = [];
  for (const atom of value) {
    const types = typeNames(interpreter, atom);
    if (types.length > 0) names.push(...types);
    else if (atom.kind === 'opaque') names.push(...originNames(interpreter, atom.origin, steps - 1));
    else names.push(...namesOf(interpreter, atom));
  }
  return names;
}
