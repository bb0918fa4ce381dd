import type { Value } from '../../evaluate/values/value.ts';
import type { MacroParameter, TemplateNode } from '../../ir/template.ts';
import type { TemplateFile } from './template-files.ts';

/** What a name of a template stands for. */
export interface Bound {
  readonly value: Value;
  /** It is printed as it is. */
  readonly isSafe: boolean;
}

export interface Macro {
  readonly file: TemplateFile;
  readonly params: readonly MacroParameter[];
  readonly body: readonly TemplateNode[];
  /** What its body sees besides its parameters. */
  readonly names: Names;
}

/** The names that can be seen at a place, nearest first. */
export class Names {
  private readonly values = new Map<string, Bound>();
  private readonly macros = new Map<string, Macro | ReadonlyMap<string, Macro>>();
  private readonly outer: Names | undefined;

  constructor(outer?: Names) {
    this.outer = outer;
  }

  bind(name: string, value: Value, isSafe = false): void {
    this.values.set(name, { value, isSafe });
  }

  /** A macro, or the macros of a template that is imported under this name. */
  define(name: string, macro: Macro | ReadonlyMap<string, Macro>): void {
    this.macros.set(name, macro);
  }

  value(name: string): Bound | undefined {
    return this.values.get(name) ?? this.outer?.value(name);
  }

  /** All names with what they stand for. */
  all(): ReadonlyMap<string, Bound> {
    return new Map([...(this.outer?.all() ?? []), ...this.values]);
  }

  /** The macro that `name()` calls. */
  macro(name: string): Macro | undefined {
    const found = this.macroOrModule(name);
    return found && 'body' in found ? found : undefined;
  }

  /** The macro that `module.name()` calls. */
  macroOf(module: string, name: string): Macro | undefined {
    const found = this.macroOrModule(module);
    return found && !('body' in found) ? found.get(name) : undefined;
  }

  private macroOrModule(name: string): Macro | ReadonlyMap<string, Macro> | undefined {
    return this.macros.get(name) ?? this.outer?.macroOrModule(name);
  }
}
