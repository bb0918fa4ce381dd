import type { AuditOutcome } from '../audit-request.ts';
import type { SettingValue } from '../frameworks/setting-value.ts';
import type { EnvironmentSettings, ProjectSetting, SettingPlace } from '../frameworks/settings-list.ts';
import { LineIndex } from '../source/line-index.ts';

/** A line of a file. */
export interface ListedPlace {
  readonly file: string;
  readonly line: number;
}

/** A setting as it is listed. */
export interface ListedSetting {
  readonly name: string;
  /** What it is about, where it decides how safe the application is. */
  readonly group: string | undefined;
  readonly value: SettingValue;
  readonly set: boolean;
  /** Absent where the framework's default holds. */
  readonly place: ListedPlace | undefined;
  readonly amended: readonly ListedPlace[];
  readonly replacedBy: ListedPlace | undefined;
  /** Ids of the rules with open findings about it. */
  readonly findings: readonly string[];
}

/** A settings module as one environment runs it, as it is listed. */
export interface ListedEnvironment extends Pick<EnvironmentSettings, 'environment' | 'because' | 'debug' | 'framework' | 'version'> {
  readonly module: string;
  readonly file: string;
  readonly settings: readonly ListedSetting[];
  readonly opening: ListedPlace | undefined;
}

/** What of the settings is wanted. */
export interface SettingsFilter {
  /** Names, with `*` for any part; absent: those that decide how safe the application is. */
  readonly only: readonly string[] | undefined;
  readonly all: boolean;
  readonly environments: readonly string[] | undefined;
  /** Dotted names or files of settings modules. */
  readonly modules: readonly string[] | undefined;
}

/** The settings of an audited project. */
export function listedSettings({ result, settings }: AuditOutcome, filter: SettingsFilter): readonly ListedEnvironment[] {
  const lines = new Map<string, LineIndex>();
  const lineOf = ({ module, node }: SettingPlace): ListedPlace => {
    const index = lines.get(module.path) ?? new LineIndex(module.text);
    lines.set(module.path, index);
    return { file: module.path, line: index.at(node.start).line };
  };
  const open = result.findings.filter(({ status }) => status === 'open');
  const isWanted = nameTest(filter);
  const found = (environment: EnvironmentSettings, { name, place }: ProjectSetting): readonly string[] => {
    // Only modules for production are judged, as production runs them.
    if (environment.environment !== 'production' || !place) return [];
    const about = open.filter(
      ({ ruleId, primary, statement }) =>
        settings?.rules.get(ruleId)?.includes(name) === true &&
        [primary, statement].some((one) => one.path === place.module.path && one.start <= place.node.end && one.end >= place.node.start),
    );
    return [...new Set(about.map(({ ruleId }) => ruleId))].sort();
  };
  return (settings?.environments ?? [])
    .filter((one) => isShown(one, filter))
    .map((environment) => ({
      environment: environment.environment,
      because: environment.because,
      debug: environment.debug,
      framework: environment.framework,
      version: environment.version,
      module: environment.name,
      file: environment.module.path,
      opening: environment.opening && lineOf(environment.opening),
      settings: environment.settings.filter(isWanted).map((setting) => ({
        name: setting.name,
        group: setting.group,
        value: setting.value,
        set: setting.isSet,
        place: setting.isSet && setting.place ? lineOf(setting.place) : undefined,
        amended: setting.amendments.map(lineOf),
        replacedBy: setting.replacedBy && lineOf(setting.replacedBy),
        findings: found(environment, setting),
      })),
    }));
}

/** What others import is listed by itself only where it is asked for. */
function isShown({ environment, module, name }: EnvironmentSettings, { environments, modules }: SettingsFilter): boolean {
  if (modules && !modules.some((one) => one === name || one === module.name || samePath(one, module.path))) return false;
  if (environments) return environments.includes(environment);
  return modules !== undefined || (environment !== 'base' && environment !== 'example');
}

function samePath(given: string, path: string): boolean {
  const plain = given.replaceAll('\\', '/').replace(/^\.\//, '');
  return plain === path || path.endsWith(`/${plain}`);
}

function nameTest({ only, all }: SettingsFilter): (setting: ProjectSetting) => boolean {
  if (!only) return ({ group }) => all || group !== undefined;
  const patterns = only.map((one) => new RegExp(`^${one.toUpperCase().split('*').map(escaped).join('.*')}$`));
  return ({ name }) => patterns.some((pattern) => pattern.test(name));
}

function escaped(text: string): string {
  return text.replaceAll(/[^A-Z0-9_]/g, '\\$&');
}
