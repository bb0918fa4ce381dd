import { join, NOWHERE, opaque, type Value } from '../../evaluate/values/value.ts';
import type { PackageVersions } from '../package-versions.ts';
import { defaultOf } from './defaults.ts';
import { type Opening, openingOf } from './openings.ts';
import { type SettingSource, sourceInClass, sourceOfSetting } from './setting-source.ts';
import type { SettingsView } from './settings-view.ts';

const UNKNOWN: Value = opaque({ via: 'many', site: NOWHERE });

/** What Django reads of a settings module. https://docs.djangoproject.com/en/stable/topics/settings/#creating-your-own-settings */
const SETTING = /^[A-Z][A-Z0-9_]*$/;

/** The values with which a settings module, or a class of settings, ends as one environment runs it, as far as the tree tells. */
export class EffectiveSettings {
  /** Where names may be set by what is not in the tree. */
  readonly opening: Opening | undefined;
  readonly view: SettingsView;
  private readonly sources = new Map<string, SettingSource | undefined>();
  private readonly versions: PackageVersions;

  constructor(view: SettingsView, versions: PackageVersions) {
    this.view = view;
    this.versions = versions;
    this.opening = view.configuration ? undefined : openingOf(view, view.state);
  }

  /** Every setting that the module or one that it imports sets. */
  names(): readonly string[] {
    return [...this.view.vars.keys()].filter((name) => SETTING.test(name) && this.source(name) !== undefined);
  }

  source(name: string): SettingSource | undefined {
    const { view } = this;
    if (!this.sources.has(name))
      this.sources.set(name, view.configuration ? sourceInClass(view, view.configuration, name) : sourceOfSetting(view, view.state, name));
    return this.sources.get(name);
  }

  /**
   * With the default joined in where some way leaves it unset. What something outside may set anew counts as it stands here; what has to be there
   * and is not in the tree leaves nothing known of what is not set.
   */
  value(name: string): Value | undefined {
    const byDefault = defaultOf(name, this.versions);
    const own = this.view.pinned.get(name) ?? this.view.vars.get(name);
    if (!own || isGlobal(own, name)) return this.opening?.optional === false ? UNKNOWN : byDefault;
    return this.source(name)?.mayBeUnset ? join(own, byDefault ?? UNKNOWN) : own;
  }
}

/** What `from django.conf.global_settings import *` gives. */
function isGlobal([only, ...more]: Value, name: string): boolean {
  return only?.kind === 'symbol' && more.length === 0 && only.name === `django.conf.global_settings.${name}`;
}
