import type { SettingEvent } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { isContainer } from '../../evaluate/values/container.ts';
import type { Value } from '../../evaluate/values/value.ts';
import type { Expr, Span, Stmt } from '../../ir/nodes.ts';
import type { PackageVersions } from '../package-versions.ts';
import type { ProjectTexts } from '../project-texts.ts';
import { DEFAULTED } from './defaults.ts';
import { EffectiveSettings } from './effective-settings.ts';
import type { SettingSource } from './setting-source.ts';
import { type Write, writeOf } from './setting-write.ts';
import { settingsModules } from './settings-modules.ts';
import { viewOf } from './settings-view.ts';
import { onWhereUnset } from './unset-environment.ts';
import { writtenParts } from './written-parts.ts';

/** Settings whose line a reader looks at for one that is missing; the first that the module has. */
const ANCHORS = ['DEBUG', 'INSTALLED_APPS', 'MIDDLEWARE', 'ROOT_URLCONF'];
/** A missing setting that belongs to another one is missed there. */
const OWN_ANCHORS: ReadonlyMap<string, readonly string[]> = new Map([
  ['SECURE_HSTS_INCLUDE_SUBDOMAINS', ['SECURE_HSTS_SECONDS']],
  ['SECURE_HSTS_PRELOAD', ['SECURE_HSTS_SECONDS']],
  ['STATIC_ROOT', ['STATIC_URL', 'INSTALLED_APPS']],
  ['REST_FRAMEWORK', ['INSTALLED_APPS']],
  ['DEFAULT_AUTO_FIELD', ['INSTALLED_APPS']],
  ['SECURE_CSP', ['MIDDLEWARE']],
]);
/** Settings without a default that rules miss. */
const MISSED = ['STATIC_ROOT', 'REST_FRAMEWORK', 'SECURE_CSP'];

/** A proxy that only tests start says nothing about production. */
const FOR_TESTS = /(?:^|\/)tests?\//;

/** What the settings of a project are seen against. */
export interface SettingsContext {
  readonly versions: PackageVersions;
  readonly texts: ProjectTexts;
}

/** What every production settings module of a project ends with, set by it or left to Django. Development and test modules are not judged. */
export function* settingEvents(interpreter: Interpreter, context: SettingsContext, isOther: boolean): Generator<SettingEvent> {
  const modules = settingsModules(interpreter, isOther, context.texts);
  for (const settings of modules) {
    if (settings.role !== 'production') continue;
    const seenWhere = (isSilent: boolean): EffectiveSettings =>
      new EffectiveSettings(viewOf(interpreter, settings, modules, context.versions, 'production', isSilent), context.versions);
    yield* eventsOf(seenWhere(false), context, () => seenWhere(true));
  }
}

function* eventsOf(effective: EffectiveSettings, context: SettingsContext, silent: () => EffectiveSettings): Generator<SettingEvent> {
  const names = effective.names();
  const seen: Seen = { effective, silenced: silencedChecks(effective.value('SILENCED_SYSTEM_CHECKS') ?? []), context };
  for (const name of names) {
    const source = effective.source(name);
    const value = effective.value(name);
    const unset = name === 'DEBUG' && source && value ? onWhereUnset(name, { value, source }, silent) : undefined;
    if (unset) yield eventAt(seen, name, unset.value, unset.source, true);
    else if (source && value) yield eventAt(seen, name, value, source, true);
  }
  for (const name of [...DEFAULTED, ...MISSED]) {
    if (names.includes(name)) continue;
    const anchor = anchorOf(effective, name);
    // A module without any of these is a part of the settings at most.
    if (anchor) yield eventAt(seen, name, effective.value(name) ?? [], anchor, false);
  }
}

/** Where a reader looks for a setting that is missing. */
export function anchorOf(effective: EffectiveSettings, name: string): SettingSource | undefined {
  for (const one of [...(OWN_ANCHORS.get(name) ?? []), ...ANCHORS]) {
    const source = effective.source(one);
    if (source) return atTopLevel(source, one);
  }
  return undefined;
}

/** Where a branch sets anew what the module sets anyway, the latter is where a reader looks. */
function atTopLevel(source: SettingSource, name: string): SettingSource {
  const { state, statement } = source.place;
  const { body } = state.module.unit;
  if (body.includes(statement)) return source;
  const place = body.map((one) => writeOf(state, one, name)).find((write) => write?.amends === false);
  return place ? { ...source, place } : source;
}

/** The settings of one module, for the events about them. */
interface Seen {
  readonly effective: EffectiveSettings;
  readonly silenced: ReadonlySet<string>;
  readonly context: SettingsContext;
}

function eventAt({ effective, silenced, context }: Seen, name: string, value: Value, source: SettingSource, isSet: boolean): SettingEvent {
  const { statement, state, valueNode } = (isSet && emptiedBy(value, source)) || source.place;
  const replacement = isSet ? source.replacedBy : effective.opening;
  const parts = (write: Write): readonly { readonly module: typeof state.module; readonly node: Expr }[] =>
    write.valueNode ? [{ module: write.state.module, node: write.valueNode }] : [];
  return {
    kind: 'setting',
    frame: state.frame,
    statement,
    name,
    home: effective.view.settings.state.module,
    value,
    isSet,
    node: spanOf(statement),
    valueNode: isSet ? valueNode : undefined,
    written: isSet ? [source.place, ...source.amendments].flatMap(parts) : [],
    writtenParts: () => (isSet ? writtenParts(effective, source) : []),
    replacedBy: replacement && { module: replacement.state.module, node: replacement.statement },
    others: (other) => effective.value(other),
    silenced,
    deployment: () =>
      context
        .texts('server', 'container')
        .filter(({ path }) => !FOR_TESTS.test(path))
        .map(({ text }) => text),
  };
}

/** `ALLOWED_HOSTS.remove("localhost")` in another module: what leaves nothing is where the setting is wrong. */
function emptiedBy(value: Value, { amendments }: SettingSource): Write | undefined {
  const [last] = amendments;
  const isEmpty = value.length > 0 && value.every((atom) => isContainer(atom) && !atom.object.open && atom.object.size === 0);
  return last && isEmpty ? last : undefined;
}

function spanOf(statement: Stmt): Span {
  return { start: statement.start, end: statement.end };
}

/** The ids of Django's checks that the project turned off. */
function silencedChecks(value: Value): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const atom of value) {
    if (atom.kind !== 'container') continue;
    for (const slot of atom.object.keyNames())
      for (const element of atom.object.read(slot, atom.object.branch) ?? [])
        if (element.kind === 'constant' && element.literal.type === 'str') ids.add(element.literal.value);
  }
  return ids;
}
