import pc from 'picocolors';
import type { SettingValue } from '../frameworks/setting-value.ts';
import { printableLine } from '../report/printable.ts';
import type { ListedEnvironment, ListedPlace, ListedSetting } from './listed-settings.ts';
import { settingText } from './setting-text.ts';
import type { Look } from './terminal.ts';
import { wrap } from './wrap.ts';

/** Width where the terminal tells none: wide enough for most values, narrow enough for a page. */
const DEFAULT_WIDTH = 110;
/** A value narrower than this is no longer read. */
const LEAST_VALUE = 24;
/** Lines of one value; the rest is told with `--only`. */
const MAX_LINES = 4;
const GAP = '  ';
/** Lists whose entries are classes, known by their last name. */
const CLASS_LISTS = new Set(['MIDDLEWARE', 'AUTHENTICATION_BACKENDS', 'PASSWORD_HASHERS', 'AUTH_PASSWORD_VALIDATORS']);

const OCTAL = new Set(['FILE_UPLOAD_PERMISSIONS', 'FILE_UPLOAD_DIRECTORY_PERMISSIONS']);

export interface SettingsLook extends Pick<Look, 'color' | 'width'> {
  /** Every value in full: few settings were asked for. */
  readonly full: boolean;
  /** Settings that are as in the environment above are left out. */
  readonly differences: boolean;
}

/** The settings for people: production in full, the other environments by what differs from it. */
export function settingsReport(environments: readonly ListedEnvironment[], look: SettingsLook): string {
  if (environments.length === 0) return 'No settings modules were found here.\n';
  const blocks = environments.map((environment, at) => {
    const other = look.differences
      ? environments.slice(0, at).find((one) => one.environment === 'production' && isNear(one, environment))
      : undefined;
    return block(environment, other, look);
  });
  return `${blocks.join('\n\n')}\n\n${summary(environments)}\n`;
}

/** Whether two modules belong to one application: they share their top folder. */
function isNear(a: ListedEnvironment, b: ListedEnvironment): boolean {
  return top(a.file) === top(b.file);
}

function top(path: string): string {
  return path.includes('/') ? (path.split('/', 1)[0] ?? '') : '';
}

function block(environment: ListedEnvironment, other: ListedEnvironment | undefined, look: SettingsLook): string {
  const paint = pc.createColors(look.color);
  const { settings } = environment;
  const shown = other ? settings.filter((setting) => differs(setting, other)) : settings;
  const lines = heading(environment, look);
  if (other) {
    const same = settings.length - shown.length;
    const like = `as in production (${other.file})`;
    lines.push(
      paint.dim(shown.length === 0 ? `All ${settings.length} settings are ${like}.` : `${same} settings are ${like}; these are not:`),
    );
  }
  if (shown.length > 0) lines.push('', ...rows(environment, shown, look));
  return lines.join('\n');
}

function heading(
  { environment, module, file, because, debug, opening, framework, version }: ListedEnvironment,
  { color }: SettingsLook,
): string[] {
  const paint = pc.createColors(color);
  const facts = [
    because,
    version === undefined ? `defaults of the newest ${framework}` : `defaults of ${framework} ${version}`,
    ...(debug === undefined ? [] : [`seen with DEBUG ${debug ? 'on' : 'off'}, which the environment decides`]),
  ];
  return [
    `${paint.bold(environment.toUpperCase())}  ${paint.bold(printableLine(module === '' ? file : module))}`,
    paint.dim(printableLine(facts.join(' · '))),
    ...(opening
      ? [paint.yellow(printableLine(`${opening.file}:${opening.line} runs what is not in the repository and may set anything`))]
      : []),
  ];
}

function differs(setting: ListedSetting, other: ListedEnvironment): boolean {
  const same = other.settings.find(({ name }) => name === setting.name);
  return JSON.stringify(same?.value ?? null) !== JSON.stringify(setting.value);
}

function rows(environment: ListedEnvironment, settings: readonly ListedSetting[], look: SettingsLook): readonly string[] {
  const paint = pc.createColors(look.color);
  const places = new Map(settings.map((setting) => [setting, printableLine(from(setting, environment))]));
  const nameWidth = Math.max(...settings.map(({ name }) => name.length));
  const placeWidth = Math.max(...[...places.values()].map((place) => place.length));
  const room = (look.width > 0 ? look.width : DEFAULT_WIDTH) - nameWidth - placeWidth - 2 * GAP.length;
  const valueWidth = Math.max(LEAST_VALUE, room);
  const texts = new Map(settings.map((setting) => [setting, valueLines(setting, valueWidth, look.full)]));
  const column = Math.max(...[...texts.values()].flat().map((line) => line.length));
  const lines: string[] = [];
  let group: string | undefined;
  for (const setting of settings) {
    const own = setting.group ?? 'others';
    if (own !== group && settings.length > 1) lines.push(...(lines.length > 0 ? [''] : []), paint.underline(own));
    group = own;
    const [first = '', ...more] = texts.get(setting) ?? [];
    const value = toneOf(setting, paint);
    const place = places.get(setting) ?? '';
    lines.push(
      `${setting.findings.length > 0 ? paint.red(setting.name.padEnd(nameWidth)) : setting.name.padEnd(nameWidth)}${GAP}${value(first.padEnd(column))}${GAP}${paint.dim(place)}`.trimEnd(),
    );
    for (const line of more) lines.push(`${' '.repeat(nameWidth)}${GAP}${value(line)}`);
    for (const id of setting.findings) lines.push(`${' '.repeat(nameWidth)}${GAP}${paint.red(`▲ ${id}`)}`);
  }
  return lines;
}

type Paint = ReturnType<typeof pc.createColors>;

/** What the project leaves to Django stands back, what the environment decides stands out. */
function toneOf({ set, value }: ListedSetting, paint: Paint): (text: string) => string {
  if (!set) return paint.dim;
  return isFromEnvironment(value) ? paint.cyan : (text) => text;
}

function isFromEnvironment(value: SettingValue): boolean {
  return value.kind === 'environment' || (value.kind === 'any' && value.of.some(isFromEnvironment));
}

function valueLines({ name, value }: ListedSetting, width: number, full: boolean): readonly string[] {
  const ways = value.kind === 'any' ? value.of : [value];
  const lines = ways.flatMap((way, at) => {
    const text = printableLine(settingText(way, { short: !full && CLASS_LISTS.has(name), octal: OCTAL.has(name) }));
    return wrap(at === 0 ? text : `or ${text}`, width).flatMap((line) => pieces(line, width));
  });
  if (full || lines.length <= MAX_LINES) return lines;
  const size = sizeOf(value);
  return [...lines.slice(0, MAX_LINES - 1), size === undefined ? '…' : `… ${size} in all`];
}

/** Breaks what holds no blank and is too long. */
function pieces(line: string, width: number): readonly string[] {
  const parts: string[] = [];
  for (let at = 0; at < line.length; at += width) parts.push(line.slice(at, at + width));
  return parts.length === 0 ? [''] : parts;
}

function sizeOf(value: SettingValue): number | undefined {
  if (value.kind === 'dict') return value.entries.length;
  return value.kind === 'list' || value.kind === 'tuple' || value.kind === 'set' ? value.items.length : undefined;
}

/** Where it is set, seen from the module's own folder. */
function from({ place, amended, set, replacedBy }: ListedSetting, environment: ListedEnvironment): string {
  if (!set) return replacedBy ? 'default?' : 'default';
  const folder = environment.file.slice(0, environment.file.lastIndexOf('/') + 1);
  const text = ({ file, line }: ListedPlace): string => `${file.startsWith(folder) ? file.slice(folder.length) : file}:${line}`;
  const [first, ...more] = [...(place ? [place] : []), ...amended].map(text);
  const file = first?.slice(0, first.lastIndexOf(':') + 1);
  const others = more
    .filter((one) => one !== first)
    .map((one) => (file !== undefined && one.startsWith(file) ? one.slice(file.length - 1) : one));
  return `${first ?? ''}${others.length > 0 ? `, ${others[0] ?? ''}` : ''}${others.length > 1 ? ` +${others.length - 1}` : ''}`;
}

function summary(environments: readonly ListedEnvironment[]): string {
  const settings = environments.flatMap((one) => one.settings);
  const variables = new Set(settings.flatMap(({ value }) => variablesOf(value)));
  const found = new Set(settings.flatMap(({ findings }) => findings)).size;
  const modules = new Set(environments.map(({ file }) => file)).size;
  return [
    `${modules} settings ${modules === 1 ? 'module' : 'modules'}`,
    `${variables.size} environment ${variables.size === 1 ? 'variable' : 'variables'} read`,
    found === 0 ? 'no findings' : `${found} ${found === 1 ? 'rule has' : 'rules have'} findings (▲)`,
  ].join(' · ');
}

/** The environment variables that a value is read from. */
export function variablesOf(value: SettingValue): readonly string[] {
  switch (value.kind) {
    case 'environment':
      return [...(value.variable === undefined ? [] : [value.variable]), ...(value.default ? variablesOf(value.default) : [])];
    case 'list':
    case 'tuple':
    case 'set':
      return value.items.flatMap(variablesOf);
    case 'dict':
      return value.entries.flatMap((entry) => variablesOf(entry.value));
    case 'any':
      return value.of.flatMap(variablesOf);
    default:
      return [];
  }
}
