import type { Span } from '../ir/nodes.ts';
import type { Module } from '../semantics/module.ts';
import type { SettingValue } from './setting-value.ts';

/** What a settings module is for. `base` is only there for others to import; `example` is copied by people. */
export type SettingsRole = 'production' | 'development' | 'test' | 'base' | 'example';

/** Where something about a setting stands. */
export interface SettingPlace {
  readonly module: Module;
  readonly node: Span;
}

/** A setting as one environment has it. */
export interface ProjectSetting {
  readonly name: string;
  readonly value: SettingValue;
  /** What of the application it is about, where it decides how safe that is: `HTTPS`. */
  readonly group: string | undefined;
  /** Whether the project sets it; else it is the framework's default. */
  readonly isSet: boolean;
  /** The statement that gives it its value; where a missing one is missed. */
  readonly place: SettingPlace | undefined;
  /** Statements that change the value afterwards. */
  readonly amendments: readonly SettingPlace[];
  /** What is not in the tree and may set it anew. */
  readonly replacedBy: SettingPlace | undefined;
}

/** A settings module as one environment runs it. */
export interface EnvironmentSettings {
  readonly module: Module;
  /** Dotted name, as those who choose it write it. */
  readonly name: string;
  /** What it is seen as: its role, or `development` for a module for production with its debug switch on. */
  readonly environment: SettingsRole;
  /** Whose defaults are listed: a framework, and its version where the dependencies tell. */
  readonly framework: string;
  readonly version: string | undefined;
  readonly because: string;
  /** The debug switch comes from outside; it was taken to be so. */
  readonly debug: boolean | undefined;
  readonly settings: readonly ProjectSetting[];
  /** What is not in the tree and may set any name. */
  readonly opening: SettingPlace | undefined;
}

/** The settings of a project. */
export interface ProjectSettings {
  readonly environments: readonly EnvironmentSettings[];
}
