import type { SettingEvent } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { join, NOWHERE, opaque, type Value } from '../../evaluate/value.ts';
import type { Expr, Span, Stmt } from '../../ir/nodes.ts';
import type { PackageVersions } from '../package-versions.ts';
import { DEFAULTED, defaultOf } from './defaults.ts';
import { type SettingsModule, settingsModules } from './settings-modules.ts';
import { isOpen, type SettingSource, sourceOfSetting, type Write } from './writes.ts';

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

const UNKNOWN: Value = opaque({ via: 'many', site: NOWHERE });

/** What the settings of a project are seen against. */
export interface SettingsContext {
  readonly versions: PackageVersions;
  /** The texts of the project's files about servers and containers. */
  readonly deployment: () => readonly string[];
}

/** What every production settings module of a project ends with, set by it or left to Django. Development and test modules are not judged. */
export function* settingEvents(interpreter: Interpreter, context: SettingsContext, isOther: boolean): Generator<SettingEvent> {
  for (const settings of settingsModules(interpreter, isOther))
    if (settings.role === 'production') yield* eventsOf(interpreter, context, settings);
}

function* eventsOf(interpreter: Interpreter, context: SettingsContext, settings: SettingsModule): Generator<SettingEvent> {
  const effective = new EffectiveSettings(interpreter, context.versions, settings);
  const names = [...settings.state.frame.vars.keys()].filter((name) => /^[A-Z][A-Z0-9_]*$/.test(name));
  const others = (name: string): Value | undefined => effective.value(name);
  for (const name of names) {
    const source = effective.source(name);
    const value = effective.value(name);
    if (source && value) yield eventAt(name, value, source.place, source.amendments, true, others, context);
  }
  for (const name of [...DEFAULTED, ...MISSED]) {
    if (names.includes(name)) continue;
    const anchor = [...(OWN_ANCHORS.get(name) ?? []), ...ANCHORS].map((one) => effective.source(one)).find((source) => source);
    // A module without any of these is a part of the settings at most.
    if (anchor) yield eventAt(name, effective.value(name) ?? [], anchor.place, [], false, others, context);
  }
}

function eventAt(
  name: string,
  value: Value,
  place: Write,
  amendments: readonly Write[],
  isSet: boolean,
  others: (name: string) => Value | undefined,
  { deployment }: SettingsContext,
): SettingEvent {
  const { statement, state } = place;
  const parts = (write: Write): readonly { readonly module: typeof state.module; readonly node: Expr }[] =>
    write.valueNode ? [{ module: write.state.module, node: write.valueNode }] : [];
  return {
    kind: 'setting',
    frame: state.frame,
    statement,
    name,
    value,
    isSet,
    node: spanOf(statement),
    valueNode: isSet ? place.valueNode : undefined,
    written: isSet ? [place, ...amendments].flatMap(parts) : [],
    others,
    silenced: silencedChecks(others('SILENCED_SYSTEM_CHECKS') ?? []),
    deployment,
  };
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

/** The values with which a settings module ends, as far as the tree tells. */
class EffectiveSettings {
  private readonly sources = new Map<string, SettingSource | undefined>();
  private readonly isOpen: boolean;
  private readonly interpreter: Interpreter;
  private readonly versions: PackageVersions;
  private readonly settings: SettingsModule;

  constructor(interpreter: Interpreter, versions: PackageVersions, settings: SettingsModule) {
    this.interpreter = interpreter;
    this.versions = versions;
    this.settings = settings;
    this.isOpen = isOpen(interpreter, settings.state);
  }

  source(name: string): SettingSource | undefined {
    if (!this.sources.has(name)) this.sources.set(name, sourceOfSetting(this.interpreter, this.settings.state, name));
    return this.sources.get(name);
  }

  /** With the default joined in where some way leaves it unset, and what is not known where something outside may replace it. */
  value(name: string): Value | undefined {
    const own = this.settings.state.frame.vars.get(name);
    const byDefault = defaultOf(name, this.versions);
    if (!own) return this.isOpen ? UNKNOWN : byDefault;
    const source = this.source(name);
    let value = own;
    if (source?.mayBeUnset) value = join(value, byDefault ?? UNKNOWN);
    return source?.mayBeReplaced ? join(value, UNKNOWN) : value;
  }
}
