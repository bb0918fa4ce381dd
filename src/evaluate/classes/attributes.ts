import type { Span } from '../../ir/nodes.ts';
import { entryOf } from '../behaviours/own-entries.ts';
import { attributeSlot } from '../behaviours/stores.ts';
import { NO_ARGUMENTS, positional } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import type { FunctionInfo } from '../calls/function-info.ts';
import type { LibraryConstant } from '../calls/library-model.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { setGlobal } from '../names/global-names.ts';
import { moduleMember } from '../names/lookup.ts';
import { libraryAncestors, projectAncestors, qualifiedNames } from '../names/names.ts';
import { ROOT_BRANCH } from '../values/branch.ts';
import { sequence } from '../values/container.ts';
import type { HeapObject } from '../values/heap.ts';
import { reachesSource, STORED } from '../values/taint.ts';
import { truthOf } from '../values/truth.ts';
import { heldBy, typedValue } from '../values/types.ts';
import { type Atom, constant, join, NOTHING, type OpaqueAtom, opaque, type Site, str, symbol, type Value } from '../values/value.ts';
import { aboutClass } from './about-class.ts';
import { accessorsIn, accessorsOf } from './accessors.ts';
import { ancestors, type ClassInfo } from './class-info.ts';
import { setThroughDescriptor, throughDescriptor } from './descriptors.ts';

/** `object.name`, for every alternative of the object. */
export function getAttribute(interpreter: Interpreter, frame: Frame, object: Value, name: string, node: Span): Value {
  const only = object[0];
  if (object.length === 1 && only) return attributeOf(interpreter, frame, only, object, name, node);
  let result: Value = NOTHING;
  for (const atom of object) result = join(result, attributeOf(interpreter, frame, atom, [atom], name, node));
  return result;
}

function attributeOf(interpreter: Interpreter, frame: Frame, atom: Atom, self: Value, name: string, node: Span): Value {
  const here = site(frame, node);
  switch (atom.kind) {
    case 'module':
      return moduleMember(interpreter, atom.state, name, here);
    case 'symbol':
      return symbolMember(interpreter, atom.name, name, self, here);
    case 'object':
      return objectMember(interpreter, frame, atom.info, atom.object, self, name, here);
    case 'class':
      return classMember(interpreter, frame, atom.info, self, name, here);
    case 'super':
      return superMember(interpreter, frame, atom.info, atom.self, name, here);
    case 'opaque':
      if (atom.content) interpreter.shared.contentRead(atom.content, interpreter.running);
      return atom.content?.read(attributeSlot(name), frame.branch) ?? opaqueMember(interpreter, atom.type, self, name, here);
    case 'constant':
      // Members of an Enum evaluate to their values; `.value` and `.name` are asked of them.
      if (name === 'value' && atom.literal.type !== 'none') return self;
      return opaque({ via: 'attribute', of: self, name, site: here });
    case 'function':
      return (
        (RUNNING.has(name) && isTask(interpreter, atom.info) ? startOf(taskOf(atom.info, self, here), name, node) : undefined) ??
        opaque({ via: 'attribute', of: self, name, site: here })
      );
    case 'text':
    case 'bound':
      return opaque({ via: 'attribute', of: self, name, site: here });
    case 'container': {
      const field = atom.object.fields?.indexOf(name) ?? -1;
      const value = field >= 0 ? atom.object.read(String(field), frame.branch) : undefined;
      return value ?? opaque({ via: 'attribute', of: self, name, site: here });
    }
    case 'environment':
    case 'partial':
      return opaque({ via: 'attribute', of: self, name, site: here });
  }
}

/**
 * Methods of a task that run it, or make what runs it, with what they are given. https://docs.celeryq.dev/en/stable/userguide/calling.html,
 * https://docs.celeryq.dev/en/stable/userguide/canvas.html#signatures, https://dramatiq.io/reference.html#dramatiq.Actor.send,
 * https://docs.djangoproject.com/en/stable/topics/tasks/
 */
const RUNNING = new Set(['delay', 'delay_on_commit', 's', 'si', 'send', 'enqueue', 'apply', 'apply_async', 'apply_async_on_commit']);

/** What calling such a method calls: the task itself, or what takes its arguments as a list and a dict. */
function startOf(task: Value, name: string, node: Span): Value {
  if (!name.startsWith('apply')) return task;
  const keywords = [{ name: 'target', value: task, node }];
  return [{ kind: 'partial', callee: [{ kind: 'symbol', name: 'celery.Task.apply_async' }], args: { ...NO_ARGUMENTS, keywords } }];
}

function isTask(interpreter: Interpreter, info: FunctionInfo): boolean {
  return info.decorators.some(({ value }) =>
    qualifiedNames(interpreter, value).some((name) => /(?:^|\.)(?:shared_task|periodic_task|db_task|task|job|actor)(?:\(\))?$/.test(name)),
  );
}

/** Tasks made with `bind=True` take themselves first. */
function taskOf(info: FunctionInfo, self: Value, here: Site): Value {
  const isBound = info.decorators.some(({ value }) =>
    value.some(
      (atom) =>
        atom.kind === 'opaque' &&
        atom.origin.via === 'call' &&
        atom.origin.args.keywords.some((keyword) => keyword.name === 'bind' && truthOf(keyword.value) === true),
    ),
  );
  return isBound ? [{ kind: 'bound', info, self: opaque({ via: 'attribute', of: self, name: 'self', site: here }) }] : self;
}

/** A library name below another: `flask` + `request`. */
export function symbolMember(interpreter: Interpreter, base: string, name: string, self: Value, here: Site): Value {
  // `import a.b` binds `a`, which has no file of its own where the package has no `__init__.py`.
  const module = interpreter.modules.isPackage(base) ? interpreter.modules.find(`${base}.${name}`, here.module) : undefined;
  const state = module && interpreter.states.get(module);
  if (state) return [{ kind: 'module', state }];
  const library = interpreter.library;
  const full = library.canonical(`${base}.${name}`);
  const row = library.row(full) ?? (library.isClass(base) ? library.member(base, name) : undefined) ?? library.assumed(full);
  if (row) {
    if (row.constant !== undefined) return constantOf(row.constant, here);
    if (row.type !== undefined)
      return typedValue(interpreter, row.type, { receiver: self, args: NO_ARGUMENTS }, { via: 'global', name: full, site: here });
  }
  return symbol(full);
}

function constantOf(value: LibraryConstant, here: Site): Value {
  if (typeof value === 'object' && value !== null) return sequence('list', value.map(str), here, ROOT_BRANCH);
  if (value === null) return constant({ type: 'none' });
  if (typeof value === 'string') return constant({ type: 'str', value });
  if (typeof value === 'boolean') return constant({ type: 'bool', value });
  return constant({ type: Number.isInteger(value) ? 'int' : 'float', value });
}

function opaqueMember(interpreter: Interpreter, type: string | undefined, self: Value, name: string, here: Site): Value {
  const origin = { via: 'attribute', of: self, name, site: here } as const;
  const row = type === undefined ? undefined : interpreter.library.member(type, name);
  if (row?.constant !== undefined) return constantOf(row.constant, here);
  if (row?.type !== undefined) return typedValue(interpreter, row.type, { receiver: self, args: NO_ARGUMENTS }, origin);
  // `client.shop.users`: any name is one of what it has.
  const any = row || type === undefined || name.startsWith('_') ? undefined : interpreter.library.member(type, '__getattr__')?.returns;
  if (any !== undefined) return typedValue(interpreter, any, { receiver: self, args: NO_ARGUMENTS }, origin);
  const set = type === undefined || row ? undefined : configured(interpreter, type, name);
  if (set) return set;
  const written = type === undefined || row ? undefined : interpreter.shared.read(type, name, interpreter.running[0]);
  if (!written) return opaque(origin);
  const isKnown = isOwnStore(interpreter, type) && written.every((atom) => reachesSource(interpreter, [atom]));
  return isKnown ? written : join(written, opaque(origin));
}

/** What the project configures under a name that an object of the library hands out. */
export function configured(interpreter: Interpreter, type: string, name: string): Value | undefined {
  for (const hook of interpreter.hooks) {
    const value = hook.configured?.(interpreter, type, name);
    if (value) return value;
  }
  return undefined;
}

/** Whether nobody but the project sets attributes of such an object: `g` of Flask. */
function isOwnStore({ library }: Interpreter, type: string | undefined): boolean {
  return type !== undefined && library.order(type).some((name) => library.row(name)?.remembers === true);
}

function objectMember(
  interpreter: Interpreter,
  frame: Frame,
  info: ClassInfo,
  object: HeapObject,
  self: Value,
  name: string,
  here: Site,
): Value {
  const written = object.read(name, frame.branch) ?? (object === info.anyInstance ? writtenToAncestors(info, name, frame) : undefined);
  const own = declaredAs(written, self, name, here);
  if (own && object !== info.anyInstance) return own;
  const inherited = findInClass(info, name, frame);
  // What `self.name = …` wrote somewhere hides the class's own value, but only where that ran.
  const ofClass = inherited && asStored(interpreter, bindMember(interpreter, frame, inherited.value, self, info, here), self, name, here);
  if (own) return ofClass ? join(own, ofClass) : own;
  if (ofClass) return ofClass;
  if (name === '__class__') return [{ kind: 'class', info }];
  // https://docs.python.org/3/reference/datamodel.html#object.__getattr__
  const isOfLibrary = libraryAncestors(interpreter, info).some((ancestor) => interpreter.library.row(`${ancestor}.${name}`));
  const dynamic =
    name.startsWith('__') || isOfLibrary || object === info.anyInstance ? undefined : findInClass(info, '__getattr__', frame)?.value[0];
  if (dynamic?.kind === 'function') {
    const args = positional({ value: constant({ type: 'str', value: name }), node: here.node });
    const given = callFunction(interpreter, frame, dynamic.info, args, self, here.node);
    interpreter.ended = false;
    if (given.length > 0) return given;
  }
  // `__getattr__ = dict.get`
  if (dynamic?.kind === 'symbol' && /\.(?:get|__getitem__)$/.test(dynamic.name)) {
    const entry = entryOf(interpreter, frame, { kind: 'object', info, object }, str(name), here.node);
    if (entry) return entry;
  }
  return libraryMember(interpreter, frame, info, self, name, here);
}

/** What a row has in a column that keeps data, where that counts as coming from outside: read here, of this row. */
function asStored(interpreter: Interpreter, value: Value, self: Value, name: string, here: Site): Value {
  if (!interpreter.countsStored || !value.some((atom) => isStoredColumn(interpreter, atom))) return value;
  return value.map(
    (atom): Atom =>
      atom.kind === 'opaque' && isStoredColumn(interpreter, atom)
        ? { ...atom, origin: { via: 'attribute', of: self, name, site: here } }
        : atom,
  );
}

/** A column that takes any text: it is not limited to choices, nor to a type that holds none. */
export function isStoredColumn({ library }: Interpreter, atom: Atom): boolean {
  if (atom.kind !== 'opaque' || atom.type === undefined || atom.origin.via !== 'call') return false;
  if (!library.classRow(atom.type, 'source')?.includes(STORED)) return false;
  const { positional, keywords } = atom.origin.args;
  return (
    !keywords.some((passed) => passed.name === 'choices') &&
    ![...positional, ...keywords].some((passed) => passed.value.some((one) => isHarmlessType(library, one)))
  );
}

function isHarmlessType(library: Interpreter['library'], atom: Atom): boolean {
  const type = atom.kind === 'symbol' ? atom.name : atom.kind === 'opaque' ? atom.type : undefined;
  return type !== undefined && library.order(type).some((name) => library.row(name)?.cleans?.includes('all'));
}

/** What is only declared (`name: str` in a class body) comes from the object that it is read of. */
function declaredAs(value: Value | undefined, self: Value, name: string, here: Site): Value | undefined {
  const declared = (atom: Atom): atom is OpaqueAtom =>
    atom.kind === 'opaque' && atom.origin.via === 'unresolved' && atom.origin.name === name;
  if (!value?.some(declared)) return value;
  return value.map((atom): Atom => (declared(atom) ? { ...atom, origin: { via: 'attribute', of: self, name, site: here } } : atom));
}

/** What methods of project base classes write to any instance. */
function writtenToAncestors(info: ClassInfo, name: string, frame: Frame): Value | undefined {
  for (const ancestor of ancestors(info)) {
    const value = ancestor.kind === 'class' ? ancestor.info.anyInstance.read(name, frame.branch) : undefined;
    if (value) return value;
  }
  return undefined;
}

/** An attribute that only library ancestors can have. */
function libraryMember(interpreter: Interpreter, frame: Frame, info: ClassInfo, self: Value, name: string, here: Site): Value {
  const origin = { via: 'attribute', of: self, name, site: here } as const;
  const names = libraryAncestors(interpreter, info);
  for (const ancestor of names) {
    const row = interpreter.library.row(`${ancestor}.${name}`);
    if (row?.constant !== undefined) return constantOf(row.constant, here);
    if (row?.type !== undefined) return typedValue(interpreter, row.type, { receiver: self, args: NO_ARGUMENTS }, origin);
    if (row) break;
  }
  for (const hook of interpreter.hooks) {
    const value = hook.attributeValue?.(interpreter, frame, info, self, name, here);
    if (value) return value;
  }
  // Mixins of a project know their library only by the classes that they are mixed into.
  const all = [...projectAncestors(info), ...names];
  for (const hook of interpreter.hooks) {
    const type = hook.attributeType(all, name);
    if (type !== undefined) return typedValue(interpreter, type, { receiver: self, args: NO_ARGUMENTS }, origin);
  }
  return opaque(origin);
}

/** The first project class in the method resolution order that has the name. */
export function findInClass(info: ClassInfo, name: string, frame: Frame): { readonly info: ClassInfo; readonly value: Value } | undefined {
  for (const ancestor of ancestors(info)) {
    if (ancestor.kind !== 'class') continue;
    const value = ancestor.info.namespace.read(name, frame.branch);
    if (value) return { info: ancestor.info, value };
  }
  return undefined;
}

/** A class attribute as seen through an instance: functions become bound methods, properties their results. */
function bindMember(interpreter: Interpreter, frame: Frame, value: Value, self: Value, info: ClassInfo, here: Site): Value {
  if (!value.some((atom) => atom.kind === 'function' || atom.kind === 'partial' || atom.kind === 'object')) return value;
  let result: Value = NOTHING;
  for (const atom of value) {
    const given = throughDescriptor(interpreter, frame, atom, self, info, here);
    if (given) {
      result = join(result, given);
      continue;
    }
    if (atom.kind === 'partial' && atom.isMethod === true)
      result = join(result, [{ ...atom, callee: bindMember(interpreter, frame, atom.callee, self, info, here), isMethod: false }]);
    else if (atom.kind !== 'function' || atom.info.binding === 'static') result = join(result, [atom]);
    else if (atom.info.binding === 'class') result = join(result, [{ kind: 'bound', info: atom.info, self: [{ kind: 'class', info }] }]);
    else {
      const getter = atom.info.binding === 'property' ? atom.info : accessorsOf(atom.info)?.getter;
      result = join(result, getter ? property(interpreter, frame, getter, self, here) : [{ kind: 'bound', info: atom.info, self }]);
    }
  }
  return result;
}

function property(interpreter: Interpreter, frame: Frame, info: FunctionInfo, self: Value, here: Site): Value {
  return callFunction(interpreter, frame, info, NO_ARGUMENTS, self, here.node);
}

function classMember(interpreter: Interpreter, frame: Frame, info: ClassInfo, self: Value, name: string, here: Site): Value {
  const found = findInClass(info, name, frame);
  if (found) {
    return aboutClass(interpreter, found.value, info).map(
      (atom): Atom => (atom.kind === 'function' && atom.info.binding === 'class' ? { kind: 'bound', info: atom.info, self } : atom),
    );
  }
  if (name === '__name__') return constant({ type: 'str', value: info.name });
  return libraryMember(interpreter, frame, info, self, name, here);
}

function superMember(interpreter: Interpreter, frame: Frame, owner: ClassInfo, self: Value, name: string, here: Site): Value {
  const instance = self[0];
  const actual = instance?.kind === 'object' || instance?.kind === 'class' ? instance.info : owner;
  const order = ancestors(actual);
  const start = order.findIndex((ancestor) => ancestor.kind === 'class' && ancestor.info === owner);
  for (const ancestor of order.slice(start + 1)) {
    if (ancestor.kind === 'library') {
      const row = interpreter.library.member(ancestor.name, name);
      // Only a modelled library class is known to have (or not to have) the name; the last one is taken as it is.
      if (row || interpreter.library.row(ancestor.name) === undefined) {
        return opaque({
          via: 'attribute',
          of: opaque({ via: 'global', name: 'super', site: here }, ancestor.name, heldBy(self)),
          name,
          site: here,
        });
      }
      continue;
    }
    const value = ancestor.info.namespace.read(name, frame.branch);
    if (value)
      return value.map(
        (atom): Atom => (atom.kind === 'function' && atom.info.binding !== 'static' ? { kind: 'bound', info: atom.info, self } : atom),
      );
  }
  const library = libraryAncestors(interpreter, actual)[0];
  return opaque({
    via: 'attribute',
    of: library ? opaque({ via: 'global', name: 'super', site: here }, library, heldBy(self)) : self,
    name,
    site: here,
  });
}

/** Whether a database keeps the instances of a class, and this is not code of the class itself. */
function isStored(interpreter: Interpreter, frame: Frame, info: ClassInfo): boolean {
  const { library } = interpreter;
  return frame.info?.owner !== info && libraryAncestors(interpreter, info).some((name) => library.row(name)?.stored === true);
}

function isCallable({ kind }: Atom): boolean {
  return kind === 'function' || kind === 'bound' || kind === 'partial';
}

/** `object.name = value`. */
export function setAttribute(interpreter: Interpreter, frame: Frame, object: Value, name: string, value: Value): void {
  const single = object.length === 1;
  const isMarked = reachesSource(interpreter, value);
  for (const atom of object) {
    if (atom.kind === 'object') {
      const accessors = accessorsIn(atom.info, name);
      if (accessors) {
        const { node } = accessors.setter;
        callFunction(interpreter, frame, accessors.setter, positional({ value, node }), [atom], node);
        interpreter.ended = false;
        continue;
      }
      if (setThroughDescriptor(interpreter, frame, atom, name, value)) continue;
      // All rows of a table share one object here: what a request sets on one of them is not what is in the others.
      if (isMarked && atom.object === atom.info.anyInstance && isStored(interpreter, frame, atom.info)) continue;
      // Which of them it wraps is not known: each keeps its own method, `runner.run = traced(runner.run)`.
      if (!single && value.every(isCallable) && findInClass(atom.info, name, frame)?.value.some(isCallable)) continue;
      if (isMarked) atom.object.marks++;
      if (single && atom.object !== atom.info.anyInstance) atom.object.write(name, value, frame.branch);
      else atom.object.widen(name, value, frame.branch);
    } else if (atom.kind === 'opaque' && atom.content) {
      if (isMarked) interpreter.shared.contentMarked(atom.content);
      if (single) atom.content.write(attributeSlot(name), value, frame.branch);
      else atom.content.widen(attributeSlot(name), value, frame.branch);
    } else if (atom.kind === 'opaque' && atom.type !== undefined) interpreter.shared.write(atom.type, name, value, isMarked, frame.info);
    else if (atom.kind === 'class') {
      if (isMarked) atom.info.namespace.marks++;
      if (single) atom.info.namespace.write(name, value, frame.branch);
      else atom.info.namespace.widen(name, value, frame.branch);
    } else if (atom.kind === 'module') {
      const { vars } = atom.state.frame;
      // Only a module that runs knows in which order its names are set.
      if (single && atom.state.status === 'running') setGlobal(interpreter, frame, atom.state.frame, name, value);
      else vars.set(name, join(vars.get(name) ?? NOTHING, value));
    }
  }
}
