import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { Value } from '../../../evaluate/values/value.ts';
import type { Module } from '../../../semantics/module.ts';
import { attributesOf, configurations } from '../../django-settings/configurations.ts';
import { texts } from '../../route-table.ts';
import { elementsOf } from '../values.ts';

/** What settings modules of the application say; those of tests say nothing about it. */
export class DjangoSettings {
  private readonly modules: readonly { readonly module: Module; readonly vars: ReadonlyMap<string, Value> }[];

  constructor(interpreter: Interpreter) {
    const classes = configurations(interpreter).map(({ state, info }) => ({ module: state.module, vars: attributesOf(info) }));
    this.modules = [...[...interpreter.states.values()].map(({ module, frame }) => ({ module, vars: frame.vars })), ...classes].filter(
      ({ module, vars }) => module.file.role !== 'test' && (vars.has('INSTALLED_APPS') || vars.has('ROOT_URLCONF')),
    );
  }

  get found(): boolean {
    return this.modules.length > 0;
  }

  /** Where it is set, with its value there. */
  all(name: string): readonly { readonly module: Module; readonly value: Value }[] {
    return this.modules.flatMap(({ module, vars }) => {
      const value = vars.get(name);
      return value ? [{ module, value }] : [];
    });
  }

  /** The class names in `MIDDLEWARE`. */
  middleware(): readonly string[] {
    return [...new Set(this.all('MIDDLEWARE').flatMap(({ value }) => elementsOf(value).flatMap(texts)))];
  }
}
