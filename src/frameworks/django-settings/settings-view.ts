import type { ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ModuleState } from '../../evaluate/names/module-state.ts';
import { rerun } from '../../evaluate/rerun.ts';
import type { EnvironmentAtom, Value } from '../../evaluate/values/value.ts';
import type { Expr } from '../../ir/nodes.ts';
import type { Module } from '../../semantics/module.ts';
import type { PackageVersions } from '../package-versions.ts';
import { type SeenAs, SettingsAssumptions } from './assumptions.ts';
import { attributesOf, sameClass } from './configurations.ts';
import { imports } from './settings-imports.ts';
import type { SettingsModule } from './settings-modules.ts';

/** A settings module as one environment runs it. */
export interface SettingsView {
  readonly settings: SettingsModule;
  readonly seenAs: SeenAs;
  readonly interpreter: Interpreter;
  readonly state: ModuleState;
  /** The class that holds the settings, as this run made it. */
  readonly configuration: ClassInfo | undefined;
  /** What the module, or the class, ends with. */
  readonly vars: ReadonlyMap<string, Value>;
  /** Conditions of its `if` statements that were decided. */
  readonly taken: ReadonlyMap<Expr, boolean>;
  /** Switches that the environment decides, with the values that the module gives them. */
  readonly pinned: ReadonlyMap<string, Value>;
  /** Conditions that a read of the environment decided by what it gives where that says nothing. */
  readonly unset: ReadonlyMap<Expr, EnvironmentAtom>;
}

/**
 * Runs a settings module again as an environment does. `all` are the settings modules of the project: those that it imports run again with it,
 * other modules of the project say the same to every environment. `isSilent` asks what they end with where none of the variables that they read is set.
 */
export function viewOf(
  interpreter: Interpreter,
  settings: SettingsModule,
  all: readonly SettingsModule[],
  versions: PackageVersions,
  seenAs: SeenAs,
  isSilent = false,
): SettingsView {
  const assumptions = new SettingsAssumptions(seenAs, versions, isSilent);
  const again = rerun(interpreter, chainOf(interpreter, settings.state, new Set(all.map(({ state }) => state.module))), assumptions);
  const state = again.states.get(settings.state.module) ?? settings.state;
  const configuration = settings.configuration && sameClass(state, settings.configuration);
  return {
    settings,
    seenAs,
    interpreter: again,
    state,
    configuration,
    vars: configuration ? attributesOf(configuration) : state.frame.vars,
    taken: assumptions.taken,
    pinned: assumptions.pinned,
    unset: assumptions.unset,
  };
}

/** The module and all modules of settings that it takes names from. */
function chainOf(interpreter: Interpreter, start: ModuleState, settings: ReadonlySet<Module>): readonly Module[] {
  const chain = new Set<ModuleState>([start]);
  for (const state of chain)
    for (const imported of imports(interpreter, state)) if (imported.star || settings.has(imported.state.module)) chain.add(imported.state);
  return [...chain].map(({ module }) => module);
}
