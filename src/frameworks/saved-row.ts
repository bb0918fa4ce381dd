import { rowOf, savedInstance } from '../evaluate/behaviours/saved-instance.ts';
import { findInClass, getAttribute } from '../evaluate/classes/attributes.ts';
import { ancestors, type ClassInfo } from '../evaluate/classes/class-info.ts';
import type { Frame } from '../evaluate/frame.ts';
import type { Interpreter } from '../evaluate/interpreter.ts';
import { instanceOf } from '../evaluate/values/types.ts';
import { opaque, type Site, type Value } from '../evaluate/values/value.ts';

/** Methods that run before the instance has what was sent. https://docs.djangoproject.com/en/stable/ref/forms/validation/ */
const BEFORE = /^(?:__init__|clean|validate|is_valid)/;
/** Methods of a view that run after it saved its form. https://docs.djangoproject.com/en/stable/ref/class-based-views/mixins-editing/ */
const AFTER = /^(?:get_success_url|form_valid|post)$/;

/**
 * The row that a form or serializer saves (`form.instance`), or that a view has saved (`self.object`): it holds what was sent.
 */
export function savedRow(
  interpreter: Interpreter,
  frame: Frame,
  info: ClassInfo,
  self: Value,
  name: string,
  here: Site,
): Value | undefined {
  const running = frame.info?.name ?? '';
  if (name === 'instance') {
    if (BEFORE.test(running) || !(isBelow(info, 'django.forms.') || isBelow(info, 'rest_framework.serializers.'))) return undefined;
    return known(savedInstance(interpreter, frame, self, here.node));
  }
  if (!AFTER.test(running) || !isBelow(info, 'django.views.generic.')) return undefined;
  const form = findInClass(info, 'form_class', frame)?.value;
  if (form?.some((one) => one.kind === 'class'))
    return known(savedInstance(interpreter, frame, instanceOf(interpreter, form, { via: 'unresolved', name, site: here }), here.node));
  if (!findInClass(info, 'fields', frame)) return undefined;
  // `CreateView` with `model` and `fields` makes the form itself.
  const made = opaque({ via: 'attribute', of: self, name: 'form', site: here }, 'django.forms.ModelForm');
  return known(rowOf(interpreter, frame, info, getAttribute(interpreter, frame, made, 'cleaned_data', here.node), here.node));
}

function known(value: Value): Value | undefined {
  return value.length > 0 ? value : undefined;
}

function isBelow(info: ClassInfo, prefix: string): boolean {
  return ancestors(info).some((one) => one.kind === 'library' && one.name.startsWith(prefix));
}
