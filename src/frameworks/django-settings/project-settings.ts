import type { Interpreter } from '../../evaluate/interpreter.ts';
import { compareText } from '../../util/compare-text.ts';
import { type SettingValue, settingValue } from '../setting-value.ts';
import type { EnvironmentSettings, ProjectSettings, SettingPlace, SettingsRole } from '../settings-list.ts';
import type { SeenAs } from './assumptions.ts';
import { DEFAULTED, defaultOf, djangoVersion } from './defaults.ts';
import { EffectiveSettings } from './effective-settings.ts';
import type { Opening } from './openings.ts';
import { compareSettings, groupOf } from './security-settings.ts';
import { anchorOf, type SettingsContext } from './setting-events.ts';
import type { Write } from './setting-write.ts';
import { type SettingsModule, settingsModules } from './settings-modules.ts';
import { viewOf } from './settings-view.ts';

const ORDER: readonly SettingsRole[] = ['production', 'development', 'test', 'base', 'example'];

/** What every settings module of a project ends with, those for production first. */
export function projectSettings(interpreter: Interpreter, context: SettingsContext, isOther: boolean): ProjectSettings {
  const modules = settingsModules(interpreter, isOther, context.texts);
  const environments = modules.flatMap((settings) => {
    const own = listed(interpreter, context, settings, modules, settings.role === 'production' ? 'production' : 'development');
    if (own.environment !== 'production' || own.debug === undefined) return [own];
    const debugging = listed(interpreter, context, settings, modules, 'development');
    const isSame = JSON.stringify(valuesOf(own)) === JSON.stringify(valuesOf(debugging));
    return isSame ? [own] : [own, { ...debugging, environment: 'development' as const, because: 'where DEBUG is on' }];
  });
  return {
    environments: environments.sort(
      (a, b) => ORDER.indexOf(a.environment) - ORDER.indexOf(b.environment) || compareText(a.module.path, b.module.path),
    ),
  };
}

function listed(
  interpreter: Interpreter,
  context: SettingsContext,
  settings: SettingsModule,
  all: readonly SettingsModule[],
  seenAs: SeenAs,
): EnvironmentSettings {
  const view = viewOf(interpreter, settings, all, context.versions, seenAs);
  const effective = new EffectiveSettings(view, context.versions);
  const own = new Set(effective.names());
  return {
    module: settings.state.module,
    name: settings.name,
    environment: settings.role,
    framework: 'Django',
    version: djangoVersion(context.versions),
    because: settings.because,
    debug: view.pinned.has('DEBUG') ? seenAs === 'development' : undefined,
    settings: [...own, ...DEFAULTED.filter((name) => !own.has(name) && (name === 'SECRET_KEY' || defaultOf(name, context.versions)))]
      .sort(compareSettings)
      .map((name) => {
        const isSet = own.has(name);
        const source = isSet ? effective.source(name) : anchorOf(effective, name);
        return {
          name,
          group: groupOf(name),
          // Django refuses to start with an empty key.
          value:
            isSet || name !== 'SECRET_KEY'
              ? settingValue(isSet ? effective.value(name) : defaultOf(name, context.versions), name)
              : { kind: 'unset' },
          isSet,
          place: source && placeOf(source.place),
          amendments: isSet ? (source?.amendments ?? []).map(placeOf).reverse() : [],
          replacedBy: isSet ? source?.replacedBy && placeOf(source.replacedBy) : effective.opening && placeOf(effective.opening),
        };
      }),
    opening: effective.opening && placeOf(effective.opening),
  };
}

function valuesOf({ settings }: EnvironmentSettings): readonly SettingValue[] {
  return settings.map(({ value }) => value);
}

function placeOf({ state, statement }: Write | Opening): SettingPlace {
  return { module: state.module, node: statement };
}
