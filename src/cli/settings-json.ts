import type { ListedEnvironment, ListedSetting } from './listed-settings.ts';

/** For programs: `schema/ratel-settings-1.schema.json`. Keys are only ever added. */
export function settingsJson(environments: readonly ListedEnvironment[]): string {
  const document = {
    schema: 'ratel-settings/1',
    environments: environments.map(({ environment, module, file, because, framework, version, debug, opening, settings }) => ({
      environment,
      module,
      file,
      because,
      framework,
      ...(version === undefined ? {} : { version }),
      ...(debug === undefined ? {} : { assumedDebug: debug }),
      ...(opening ? { openedAt: opening } : {}),
      settings: settings.map(settingOf),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function settingOf({ name, group, value, set, place, amended, replacedBy, findings }: ListedSetting): object {
  return {
    name,
    ...(group === undefined ? {} : { group }),
    set,
    value,
    ...(place ?? {}),
    amended,
    ...(replacedBy ? { replacedBy } : {}),
    findings,
  };
}
