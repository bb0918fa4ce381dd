import { ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ModuleState } from '../../evaluate/names/module-state.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import { NOWHERE, opaque, type Value } from '../../evaluate/values/value.ts';
import type { SettingsRole } from '../settings-list.ts';
import { isDjangoName, SHARED_NAMES } from './names.ts';

/** The class that settings classes extend. https://django-configurations.readthedocs.io/en/stable/patterns/ */
const CONFIGURATION = /^configurations\.(?:base\.)?Configuration$/;

/** A class of django-configurations that `DJANGO_CONFIGURATION` may name. */
export interface Configuration {
  readonly state: ModuleState;
  readonly info: ClassInfo;
  readonly role: SettingsRole;
  readonly because: string;
}

/** The classes of settings of a project. `roleOf` says what a name stands for, if it stands for an environment. */
export function configurations(
  interpreter: Interpreter,
  roleOf: (words: readonly string[]) => { readonly role: SettingsRole; readonly word: string } | undefined = () => undefined,
): readonly Configuration[] {
  const found: { readonly state: ModuleState; readonly info: ClassInfo }[] = [];
  for (const state of interpreter.states.values())
    for (const info of classesOf(state)) if (isConfiguration(info) && hasSettings(info)) found.push({ state, info });
  const extended = new Map<ClassInfo, ClassInfo>();
  for (const { info } of found)
    for (const one of ancestors(info).slice(1)) if (one.kind === 'class' && !extended.has(one.info)) extended.set(one.info, info);
  return found.map(({ state, info }) => {
    const { role } = state.module.file;
    if (role === 'test') return { state, info, role, because: 'it is in a file of tests' };
    if (role === 'example' || role === 'docs') return { state, info, role: 'example', because: 'it is in an example' };
    const named = roleOf(info.name.split(/(?<=[a-z0-9])(?=[A-Z])|_/).map((word) => word.toLowerCase()));
    if (named) return { state, info, role: named.role, because: `the class is named “${named.word}”` };
    const by = extended.get(info);
    if (by) return { state, info, role: 'base', because: `${by.name} extends it` };
    return { state, info, role: 'production', because: 'nothing says that it is for something else' };
  });
}

const COMPUTED: Value = opaque({ via: 'many', site: NOWHERE });

/** The class as another run of its module left it. */
export function sameClass(state: ModuleState, { name }: ClassInfo): ClassInfo | undefined {
  return classesOf(state).find((info) => info.name === name);
}

/** All that a class and its project bases hold, the nearest first. */
export function attributesOf(info: ClassInfo): ReadonlyMap<string, Value> {
  const vars = new Map<string, Value>();
  for (const ancestor of ancestors(info)) {
    if (ancestor.kind !== 'class') continue;
    for (const name of ancestor.info.namespace.keyNames()) {
      const value = vars.has(name) ? undefined : ancestor.info.namespace.read(name, ROOT_BRANCH);
      // What a property or method computes is not looked into.
      if (value) vars.set(name, value.some(({ kind }) => kind === 'function') ? COMPUTED : value);
    }
  }
  return vars;
}

/** The classes that a module defines itself. */
function classesOf(state: ModuleState): readonly ClassInfo[] {
  return [...state.frame.vars.values()].flatMap((value) =>
    value.flatMap((atom) => (atom.kind === 'class' && atom.info.module === state.module ? [atom.info] : [])),
  );
}

function isConfiguration(info: ClassInfo): boolean {
  return ancestors(info).some((one) => one.kind === 'library' && CONFIGURATION.test(one.name));
}

function hasSettings(info: ClassInfo): boolean {
  return [...attributesOf(info).keys()].some((name) => isDjangoName(name) || SHARED_NAMES.has(name));
}
