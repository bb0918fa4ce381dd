import { ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { ModuleState } from '../../evaluate/names/module-state.ts';
import { type Opening, openingAt, openingBefore, opens } from './openings.ts';
import { type SettingsRun, statementsOf } from './run-statements.ts';
import { propertyOf, type Write, writeOf } from './setting-write.ts';
import { sourcesOf } from './settings-imports.ts';
import { isSurelySet } from './surely-set.ts';

/** Where a setting comes from: the statement that gives it its value, those that amend it afterwards, and how sure that is. */
export interface SettingSource {
  readonly place: Write;
  readonly amendments: readonly Write[];
  /** Some way through the module leaves it unset. */
  readonly mayBeUnset: boolean;
  /** What may set it anew later. */
  readonly replacedBy: Opening | undefined;
}

/** Finds where the names of a module get their values, through `from … import *`. What they are is the evaluator's to say. */
export function sourceOfSetting(run: SettingsRun, state: ModuleState, name: string): SettingSource | undefined {
  return look(run, state, name, new Set());
}

/** The same for a class of settings: where it, or the nearest of the classes that it extends, sets the name. */
export function sourceInClass(run: SettingsRun, configuration: ClassInfo, name: string): SettingSource | undefined {
  for (const ancestor of ancestors(configuration)) {
    const state = ancestor.kind === 'class' ? run.interpreter.states.get(ancestor.info.module) : undefined;
    if (ancestor.kind !== 'class' || !state) continue;
    const writes = statementsOf(ancestor.info.node.body, run).flatMap(
      (one) => writeOf(state, one, name) ?? propertyOf(state, one, name) ?? [],
    );
    const place = writes.findLast(({ amends }) => !amends);
    if (place) return { place, amendments: writes.filter(({ amends }) => amends).reverse(), mayBeUnset: false, replacedBy: undefined };
  }
  return undefined;
}

function look(run: SettingsRun, state: ModuleState, name: string, seen: Set<ModuleState>): SettingSource | undefined {
  if (seen.has(state)) return undefined;
  seen.add(state);
  const amendments: Write[] = [];
  let replacedBy: Opening | undefined;
  const mayBeUnset = !isSurelySet(run, state, state.module.unit.body, name);
  for (const statement of [...statementsOf(state.module.unit.body, run)].reverse()) {
    const write = writeOf(state, statement, name);
    if (!write && opens(run.interpreter, state, statement)) replacedBy ??= openingAt(state, statement);
    if (write?.amends) amendments.push(write);
    else if (write) return { place: write, amendments, mayBeUnset, replacedBy: replacedBy ?? openingBefore(run, state, write, name) };
    const found = sourcesOf(run.interpreter, state, statement, name).reduce<SettingSource | undefined>(
      (first, from) => first ?? look(run, from.state, from.name, seen),
      undefined,
    );
    if (found)
      return {
        place: found.place,
        amendments: [...amendments, ...found.amendments],
        mayBeUnset: mayBeUnset || found.mayBeUnset,
        replacedBy: replacedBy ?? found.replacedBy,
      };
  }
  const [first] = amendments.slice(-1);
  return first && { place: first, amendments: amendments.slice(0, -1), mayBeUnset, replacedBy };
}
