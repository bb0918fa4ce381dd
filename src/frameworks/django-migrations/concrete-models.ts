import { ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ModuleState } from '../../evaluate/names/module-state.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import type { Value } from '../../evaluate/values/value.ts';
import { compareText } from '../../util/compare-text.ts';
import { classAttribute } from '../routes/values.ts';

/** A folder with `models.py`, or with `models/`, and what stands there. */
export interface ModelFolder {
  /** Path of the application, `shop`. */
  readonly path: string;
  /** `models.py`, or the file of `models/` that stands for all. */
  readonly main: ModuleState;
  /** Models that get a table of their own from migrations. */
  readonly concrete: readonly { readonly state: ModuleState; readonly info: ClassInfo }[];
}

/** Every folder with models, in order of their paths; tests, examples and what is generated apart. */
export function modelFolders(interpreter: Interpreter): readonly ModelFolder[] {
  const files = new Map<string, ModuleState[]>();
  const states = [...interpreter.states.values()].sort((a, b) => compareText(a.module.path, b.module.path));
  for (const state of states) {
    const [, folder] = /^(?:(.*)\/)?models(?:\.py|\/[^/]+\.py)$/.exec(state.module.path) ?? [];
    if (folder === undefined || state.module.file.role !== 'app') continue;
    files.set(folder, [...(files.get(folder) ?? []), state]);
  }
  return [...files].flatMap(([path, inFolder]) => {
    const main = inFolder.find(({ module }) => /models(?:\/__init__)?\.py$/.test(module.path)) ?? inFolder[0];
    return main ? [{ path, main, concrete: inFolder.flatMap(concreteIn) }] : [];
  });
}

function concreteIn(state: ModuleState): readonly { readonly state: ModuleState; readonly info: ClassInfo }[] {
  const found = new Set<ClassInfo>();
  for (const value of state.frame.vars.values())
    for (const atom of value) if (atom.kind === 'class' && atom.info.module === state.module && isConcrete(atom.info)) found.add(atom.info);
  return [...found].map((info) => ({ state, info }));
}

/** https://docs.djangoproject.com/en/stable/ref/models/options/ */
export function isConcrete(info: ClassInfo): boolean {
  if (!ancestors(info).some((one) => one.kind === 'library' && MODEL.test(one.name))) return false;
  const own = info.namespace.read('Meta', ROOT_BRANCH);
  // `abstract` is the one option that is not inherited; what cannot be told of it counts as set.
  if (mayBe(optionOf(own, 'abstract'), true)) return false;
  const meta = own ?? classAttribute(info, 'Meta');
  return !mayBe(optionOf(meta, 'proxy'), true) && !mayBe(optionOf(meta, 'managed'), false) && !mayBe(optionOf(own, 'app_label'), undefined);
}

const MODEL = /^django\.(?:contrib\.gis\.)?db\.models\.(?:base\.)?Model$|^django\.contrib\.auth\.models\.Abstract(?:Base)?User$/;

function optionOf(meta: Value | undefined, name: string): Value | undefined {
  const [atom] = meta ?? [];
  return atom?.kind === 'class' ? classAttribute(atom.info, name) : undefined;
}

/** It is set, and to something that may be this (or to anything at all). */
function mayBe(value: Value | undefined, wanted: boolean | undefined): boolean {
  return (value ?? []).some(
    (atom) => wanted === undefined || atom.kind !== 'constant' || (atom.literal.type === 'bool' && atom.literal.value === wanted),
  );
}
