import { argument, type CallArguments } from '../../evaluate/calls/arguments.ts';
import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { qualifiedNames } from '../../evaluate/names/names.ts';
import { stringOf } from '../../evaluate/values/text.ts';
import type { Value } from '../../evaluate/values/value.ts';
import { filtersAhead } from './filters-ahead.ts';

/** Decorators that make a function a filter. */
const DECORATORS = /(?:^|\.)(?:template_filter|app_template_filter|Library\.filter)(?:\(\))?$/;
/** Calls that do. https://flask.palletsprojects.com/en/stable/api/#flask.Flask.add_template_filter */
const ADDING = /(?:^|\.)add_(?:app_)?template_filter$/;
/** https://docs.djangoproject.com/en/stable/howto/custom-template-tags/#registering-custom-filters */
const OF_LIBRARY = 'django.template.Library.filter';
/** The dict of Jinja's filters. https://jinja.palletsprojects.com/en/stable/api/#jinja2.Environment.filters */
const FILTERS = 'jinja2.Environment.filters';

/** The filters that the project defines, by name. */
export class ProjectFilters {
  /** Last parts of the names of calls that register filters. */
  readonly observed: ReadonlySet<string> = new Set(['add_template_filter', 'add_app_template_filter', 'filter']);
  private readonly added = new Map<string, Value>();
  private written: ReadonlyMap<string, Value> = new Map();
  /** How many functions there were when they were last looked at for that. */
  private seen = -1;

  /** A call by whose name a filter may be registered. */
  observe(called: string, args: CallArguments): void {
    const isOfLibrary = called === OF_LIBRARY;
    if (!isOfLibrary && !ADDING.test(called)) return;
    // `register.filter("name", function)`, but `app.add_template_filter(function, "name")`.
    const isNamedFirst = isOfLibrary && stringOf(argument(args, 0, 'name')?.value) !== undefined;
    const made = (isNamedFirst ? argument(args, 1, 'filter_func') : argument(args, 0, 'f'))?.value;
    const named = (isNamedFirst ? argument(args, 0, 'name') : argument(args, isOfLibrary ? undefined : 1, 'name'))?.value;
    const [only] = made ?? [];
    const name = stringOf(named) ?? (only?.kind === 'function' ? only.info.name : undefined);
    if (made && name !== undefined) this.added.set(name, made);
  }

  find(interpreter: Interpreter, name: string): Value | undefined {
    return (
      this.added.get(name) ??
      this.asWritten(interpreter).get(name) ??
      interpreter.shared.read(FILTERS, `[s:${name}]`, interpreter.running[0])
    );
  }

  /** Those that decorators make, and those that functions will register. */
  private asWritten(interpreter: Interpreter): ReadonlyMap<string, Value> {
    const { pending } = interpreter;
    if (this.seen === pending.length) return this.written;
    const filters = new Map(filtersAhead(interpreter));
    for (const info of pending) for (const name of filterNames(interpreter, info)) filters.set(name, [{ kind: 'function', info }]);
    this.written = filters;
    this.seen = pending.length;
    return filters;
  }
}

/** The names under which decorators make a function a filter: that of the function, where they are called with none. */
function filterNames(interpreter: Interpreter, info: FunctionInfo): readonly string[] {
  return info.decorators.flatMap(({ value }) => {
    if (!qualifiedNames(interpreter, value).some((name) => DECORATORS.test(name))) return [];
    const named = value.flatMap((atom) => {
      if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return [];
      return stringOf(argument(atom.origin.args, 0, 'name')?.value) ?? [];
    });
    return named.length > 0 ? named : [info.name];
  });
}
