import { getAttribute } from '../classes/attributes.ts';
import { iterated } from '../expressions/iterate.ts';
import type { Interpreter } from '../interpreter.ts';
import { environmentOf, isCollection, recast } from '../names/environment.ts';
import { anyElement, isContainer, keyOfSlot, knownElements, listOf, sequence } from '../values/container.ts';
import { elementOf } from '../values/types.ts';
import type { Value } from '../values/value.ts';
import { type BehaviourCall, firstPassed, siteOfPassed } from './behaviour.ts';

/** `list(xs)`, `tuple(xs)`, `set(xs)`: the elements one by one where they are known. */
export function makeSequence(call: BehaviourCall, form: 'list' | 'tuple' | 'set'): Value {
  const given = firstPassed(call);
  const value = given && iterated(call.interpreter, call.frame, given, call.node);
  const only = value?.[0];
  if (!value) return sequence(form, [], call.origin.site, call.frame.branch);
  const read = environmentOf(value);
  if (isCollection(read)) return recast(read, form, call.origin.site, call.frame);
  if (value.length === 1 && only && isContainer(only)) {
    const isKnownDict = only.form === 'dict' && !only.object.open && only.object.holdsForSure();
    const elements = isKnownDict ? [...only.object.keyNames()].map(keyOfSlot) : knownElements(only, call.frame.branch);
    return elements
      ? sequence(form, elements, call.origin.site, call.frame.branch)
      : listOf(anyElement(only, call.frame.branch), call.origin.site, form);
  }
  const fields = form === 'set' ? undefined : fieldsOf(call.interpreter, value);
  if (fields)
    return sequence(
      form,
      fields.map((name) => getAttribute(call.interpreter, call.frame, value, name, call.node)),
      call.origin.site,
      call.frame.branch,
    );
  return listOf(elementOf(call.interpreter, value, { via: 'element', of: value, site: siteOfPassed(call, 0) }), call.origin.site, form);
}

/** The fields of a named tuple of a library in their order: `list(urlsplit(url))` has the scheme first. */
export function fieldsOf({ library }: Interpreter, [only, ...others]: Value): readonly string[] | undefined {
  if (only?.kind !== 'opaque' || only.type === undefined || others.length > 0) return undefined;
  const row = library.row(only.type);
  return row?.bases?.includes('builtins.tuple') ? row.params : undefined;
}
