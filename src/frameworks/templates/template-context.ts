import { attributeSlot } from '../../evaluate/behaviours/stores.ts';
import type { Frame } from '../../evaluate/frame.ts';
import { site } from '../../evaluate/interpreter.ts';
import { HeapObject } from '../../evaluate/values/heap.ts';
import { opaqueAtom, type Value } from '../../evaluate/values/value.ts';
import type { Span } from '../../ir/nodes.ts';
import type { Names } from './names.ts';

/** The names that a template sees, as tags are passed them. https://docs.djangoproject.com/en/stable/ref/templates/api/#django.template.RequestContext */
export function contextValue(names: Names, frame: Frame, node: Span): Value {
  const here = site(frame, node);
  const content = new HeapObject(here, frame.branch);
  const all = names.all();
  for (const [name, { value }] of all) content.write(`s:${name}`, value, frame.branch);
  const request = all.get('request');
  if (request) content.write(attributeSlot('request'), request.value, frame.branch);
  return [opaqueAtom({ via: 'unresolved', name: '', site: here }, 'django.template.RequestContext', undefined, content)];
}
