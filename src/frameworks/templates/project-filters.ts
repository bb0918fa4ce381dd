import type { FunctionInfo } from '../../evaluate/function-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { qualifiedNames } from '../../evaluate/names.ts';
import { stringOf } from '../../evaluate/text.ts';
import type { Value } from '../../evaluate/value.ts';

/** Decorators that make a function a filter. */
const REGISTERING = /(?:^|\.)(?:template_filter|app_template_filter|Library\.filter)(?:\(\))?$/;

const known = new WeakMap<Interpreter, { readonly count: number; readonly filters: ReadonlyMap<string, Value> }>();

/**
 * The filters that the project defines, by name.
 * https://flask.palletsprojects.com/en/stable/api/#flask.Flask.template_filter, https://docs.djangoproject.com/en/stable/howto/custom-template-tags/#registering-custom-filters
 */
export function projectFilters(interpreter: Interpreter): ReadonlyMap<string, Value> {
  const count = interpreter.pending.length;
  const before = known.get(interpreter);
  if (before?.count === count) return before.filters;
  const filters = new Map<string, Value>();
  for (const info of interpreter.pending)
    for (const name of filterNames(interpreter, info)) filters.set(name, [{ kind: 'function', info }]);
  known.set(interpreter, { count, filters });
  return filters;
}

function filterNames(interpreter: Interpreter, info: FunctionInfo): readonly string[] {
  return info.decorators.flatMap(({ value }) => {
    if (!qualifiedNames(interpreter, value).some((name) => REGISTERING.test(name))) return [];
    const named = value.flatMap((atom) => {
      if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return [];
      const { keywords, positional } = atom.origin.args;
      return stringOf((keywords.find(({ name }) => name === 'name') ?? positional[0])?.value) ?? [];
    });
    return named.length > 0 ? named : [info.name];
  });
}
