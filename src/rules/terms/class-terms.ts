import { type Ancestor, ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import { qualifiedNames } from '../../evaluate/names/names.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import type { Atom, Value } from '../../evaluate/values/value.ts';
import { assigns } from '../../frameworks/assignment-of.ts';
import type { Stmt } from '../../ir/nodes.ts';
import { classOf } from '../event-parts.ts';
import { best, either, keysOfNames } from '../keys.ts';
import { compileNames } from '../name-match.ts';
import {
  type Compiler,
  isObject,
  type Json,
  type JsonObject,
  type Keys,
  listOfStrings,
  NAMES_SCHEMA,
  type Schema,
  type Subject,
  type Term,
  type TestContext,
  VALUE_SCHEMA,
  wordsIn,
} from '../term.ts';
import { decoratorWords } from './decorator-words.ts';
import { compileName, NAME_SCHEMA } from './name-pattern.ts';

export type ClassTest = (info: ClassInfo, context: TestContext) => boolean;

const CLASS_SCHEMA: Schema = { $ref: '#/$defs/class' };
const ENTRIES_SCHEMA: Schema = { type: 'object', additionalProperties: VALUE_SCHEMA };

/** Words with which a rule can describe a class. All words of one pattern must hold. */
export const classTerms: { readonly [key: string]: Term<ClassTest> } = {
  name: {
    doc: 'It has such a name.',
    schema: NAME_SCHEMA,
    keys: (pattern) => {
      const test = compileName(pattern);
      return [{ in: 'gate', id: `class ${JSON.stringify(pattern)}`, test: ({ event }) => test(classOf(event)?.name) }];
    },
    compile: (pattern) => {
      const test = compileName(pattern);
      return (info) => test(info.name);
    },
  },
  extends: {
    doc: 'One of these is among its ancestors.',
    schema: NAMES_SCHEMA,
    keys: keysOfNames('ancestors'),
    compile: (patterns) => {
      const matches = compileNames(listOfStrings(patterns));
      return (info, context) => matches(ancestorNames(info, context));
    },
  },
  ...decoratorWords,
  attribute: {
    doc: 'These attributes, own or inherited from project classes, are such values.',
    schema: ENTRIES_SCHEMA,
    compile: (entries, compiler) => compileEntries(entries, compiler, (info, name) => classSubject(info, name)),
  },
  meta: {
    doc: 'These attributes of its inner class Meta are such values; an inherited `abstract` counts as absent, as in Django.',
    schema: ENTRIES_SCHEMA,
    compile: (entries, compiler) =>
      compileEntries(entries, compiler, (info, name) => {
        const own = info.namespace.read('Meta', ROOT_BRANCH)?.[0];
        // https://docs.djangoproject.com/en/stable/topics/db/models/#meta-inheritance
        if (name === 'abstract') return subjectOf(own?.kind === 'class' ? own.info.namespace.read(name, ROOT_BRANCH) : undefined);
        const meta = own ?? classAttribute(info, 'Meta')?.[0];
        return meta?.kind === 'class' ? classSubject(meta.info, name, isForeign) : subjectOf(undefined);
      }),
  },
  inherits: {
    doc: 'It has these attributes from a project class such as this, and does not give them a value itself.',
    schema: { type: 'object', additionalProperties: CLASS_SCHEMA },
    compile: (entries, compiler) => {
      const tests = Object.entries(wordsIn(entries)).map(([name, pattern]) => ({
        name,
        test: compileClass(pattern, compiler),
      }));
      return (info, context) =>
        tests.every(({ name, test }) => {
          const owner = ancestors(info).find((one) => one.kind === 'class' && one.info.namespace.read(name, ROOT_BRANCH) !== undefined);
          return owner?.kind === 'class' && owner.info !== info && test(owner.info, context);
        });
    },
  },
  defines: {
    doc: 'It, or a project class it inherits from, defines such a name.',
    schema: NAME_SCHEMA,
    compile: (pattern) => {
      if (isObject(pattern)) {
        const matches = compileName(pattern);
        return (info) =>
          ancestors(info).some((ancestor) => ancestor.kind === 'class' && [...ancestor.info.namespace.keyNames()].some(matches));
      }
      const wanted = listOfStrings(pattern);
      return (info) => wanted.some((name) => classAttribute(info, name) !== undefined || namedInBody(info, name));
    },
  },
  outer: {
    doc: 'It stands in such a class.',
    schema: CLASS_SCHEMA,
    compile: (pattern, compiler) => {
      const test = compileClass(pattern, compiler);
      return (info, context) => info.outer !== undefined && test(info.outer, context);
    },
  },
  order: {
    doc: 'In its bases as written, a class that extends one of `before`, or a class of the project such as `base`, comes after one that extends one of `after`, and before none: what two bases have in common comes behind both.',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['after'],
      properties: { before: NAMES_SCHEMA, base: CLASS_SCHEMA, after: NAMES_SCHEMA },
    },
    compile: (argument, compiler) => {
      const parts = isObject(argument) ? argument : {};
      const before = compileNames(listOfStrings(parts.before ?? []));
      const after = compileNames(listOfStrings(parts.after ?? []));
      const base = isObject(parts.base) ? compileClass(parts.base, compiler) : undefined;
      return (info, context) => {
        // A class of a library that is not at hand extends what it is called after, if it is no mixin.
        const isAway = (atom: Atom | Ancestor) =>
          (atom.kind === 'symbol' || atom.kind === 'library') && !context.interpreter.library.row(atom.name) && !/Mixin$/.test(atom.name);
        const mayExtend = (base: Value = []) =>
          base.some((atom) => isAway(atom) || (atom.kind === 'class' && ancestors(atom.info).some(isAway)));
        const names = info.bases.map((base) =>
          base.flatMap((atom) =>
            atom.kind === 'symbol' ? context.interpreter.library.order(atom.name) : qualifiedNames(context.interpreter, [atom]),
          ),
        );
        const first = names.findIndex((one) => after(one) && !before(one));
        if (first < 0) return false;
        // `class Page(MenuMixin, CheckMixin, TemplateView)` where the first extends `View`: that is resolved behind the last, which extends it, too.
        return info.bases.some((one, index) => {
          const behind = info.bases.slice(index);
          if (index <= first || behind.some((other, at) => after(names[index + at] ?? []) || mayExtend(other))) return false;
          return (
            before(names[index] ?? []) || (base !== undefined && one.some((atom) => atom.kind === 'class' && base(atom.info, context)))
          );
        });
      };
    },
  },
  like: {
    doc: 'It is such a class as the rule names so under `patterns`.',
    schema: { oneOf: [{ type: 'string' }, CLASS_SCHEMA] },
    compile: (pattern, compiler) => compileClass(pattern, compiler),
  },
  any: {
    doc: 'One of these patterns holds.',
    schema: { type: 'array', items: CLASS_SCHEMA, minItems: 1 },
    keys: (patterns, compiler) =>
      either((Array.isArray(patterns) ? patterns : []).filter(isObject).map((one) => keysOfClass(one, compiler))),
    compile: (patterns, compiler) => {
      const tests = (Array.isArray(patterns) ? patterns : []).filter(isObject).map((pattern) => compileClass(pattern, compiler));
      return (info, context) => tests.some((test) => test(info, context));
    },
  },
  not: {
    doc: 'The pattern does not hold.',
    schema: CLASS_SCHEMA,
    compile: (pattern, compiler) => {
      const test = compileClass(pattern, compiler);
      return (info, context) => !test(info, context);
    },
  },
};

/** A class pattern: all its words must hold. */
export function compileClass(pattern: Json | undefined, compiler: Compiler): ClassTest {
  const tests = Object.entries(wordsIn(pattern)).map(([key, argument]) => classTerms[key]?.compile(argument, compiler) ?? (() => false));
  return (info, context) => tests.every((test) => test(info, context));
}

/** What a class must show before a class pattern can hold. */
export function keysOfClass(pattern: JsonObject, compiler: Compiler): Keys {
  return best(Object.entries(pattern).map(([key, argument]) => classTerms[key]?.keys?.(argument, compiler)));
}

/** Names of a class and all its ancestors, library ancestors of library classes included. */
export function ancestorNames(info: ClassInfo, { interpreter }: Pick<TestContext, 'interpreter'>): readonly string[] {
  const known = namesOfAncestors.get(info);
  if (known) return known;
  const names: string[] = [];
  for (const ancestor of ancestors(info).slice(1)) {
    if (ancestor.kind === 'class') names.push(ancestor.info.qualifiedName);
    else names.push(...interpreter.library.order(ancestor.name));
  }
  // Bases that are unknown values still have a path (`db.Model` where db is a parameter or an object).
  for (const base of info.bases) for (const atom of base) if (atom.kind === 'opaque') names.push(...qualifiedNames(interpreter, [atom]));
  namesOfAncestors.set(info, names);
  return names;
}
/** Every rule about classes asks for them. */
const namesOfAncestors = new WeakMap<ClassInfo, readonly string[]>();

/** The value of a class attribute, own or inherited from a project class. */
export function classAttribute(info: ClassInfo, name: string): Value | undefined {
  for (const ancestor of ancestors(info)) {
    const value = ancestor.kind === 'class' ? ancestor.info.namespace.read(name, ROOT_BRANCH) : undefined;
    if (value) return value;
  }
  return undefined;
}

function subjectOf(value: Value | undefined): Subject {
  return { value, node: undefined, absent: value ? 'no' : 'yes' };
}

/** A class attribute as rules see it: what no class of the project gives a value may still come from a base that is not known. */
function classSubject(info: ClassInfo, name: string, mayHave: (base: Atom) => boolean = isUnknown): Subject {
  const value = classAttribute(info, name);
  const open = !value && ancestors(info).some((one) => one.kind === 'class' && one.info.bases.some((base) => base.some(mayHave)));
  return open ? { value, node: undefined, absent: 'maybe' } : subjectOf(value);
}

function isUnknown(base: Atom): boolean {
  return base.kind === 'opaque' && base.type === undefined;
}

/** Options are all that a library's `Meta` is for: `class Meta(UserCreationForm.Meta)` has `fields`. */
function isForeign(base: Atom): boolean {
  return isUnknown(base) || (base.kind === 'symbol' && base.name !== 'builtins.object');
}

function namedInBody(info: ClassInfo, name: string): boolean {
  return statementOf(info.node.body, name) !== undefined;
}

/** The statement in a class body that gives a name its value. */
export function statementOf(body: readonly Stmt[], name: string): Stmt | undefined {
  return body.findLast(
    (statement) => assigns(statement, name) || ((statement.kind === 'function' || statement.kind === 'class') && statement.name === name),
  );
}

function compileEntries(entries: Json, compiler: Compiler, read: (info: ClassInfo, name: string) => Subject): ClassTest {
  const tests = Object.entries(wordsIn(entries)).map(([name, pattern]) => ({
    name,
    test: compiler.value(pattern),
  }));
  return (info, context) => tests.every(({ name, test }) => test(read(info, name), context));
}
