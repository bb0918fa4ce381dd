import type { Event } from '../../evaluate/events.ts';
import type { Value } from '../../evaluate/value.ts';

/** The values of an event whose provenance matchers are found by: all but what is called and its result, which show in other ways. */
export function valuesOf(event: Event): readonly Value[] {
  switch (event.kind) {
    case 'call': {
      const values: Value[] = [event.args.spread, event.args.names ?? [], event.args.keys ?? []];
      if (event.receiver) values.push(event.receiver);
      for (const passed of event.args.positional) values.push(passed.value);
      for (const passed of event.args.keywords) values.push(passed.value);
      return values;
    }
    case 'store':
      return [event.value, ...(event.object ? [event.object] : []), ...(event.key ? [event.key] : [])];
    case 'compare':
      return [event.left, event.right];
    case 'test':
    case 'iterate':
    case 'assert':
    case 'return':
    case 'setting':
    case 'decorator':
      return [event.value];
    case 'handler':
      return [event.types];
    case 'body':
      return [event.returned];
    case 'class':
    case 'function':
    case 'import':
      return [];
  }
}
