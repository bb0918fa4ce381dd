import { findInClass } from '../../evaluate/classes/attributes.ts';
import type { Event, ReturnEvent } from '../../evaluate/events.ts';
import type { Frame } from '../../evaluate/frame.ts';
import { NOTHING, type Value } from '../../evaluate/values/value.ts';
import { entriesOf, type RenderingCall } from './rendering-call.ts';

/**
 * Whether a class-based view of Django returns there what its template is given.
 * https://docs.djangoproject.com/en/stable/ref/class-based-views/mixins-simple/#django.views.generic.base.ContextMixin.get_context_data
 */
export function isContextOfView(event: Event): event is ReturnEvent {
  return event.kind === 'return' && event.frame.info?.name === 'get_context_data';
}

/** What such a view renders: the template that its class names, with the context that is returned. */
export function renderedByView(event: Event): RenderingCall | undefined {
  if (!isContextOfView(event) || !event.value) return undefined;
  const templates = templateOfView(event.frame);
  return templates && { templates, context: entriesOf(event.value, event.frame), dialect: 'dtl', library: 'django' };
}

/** `self.render_to_response(context)`: a call that names no template renders that of its view. */
export function withTemplateOfView(call: RenderingCall, frame: Frame): RenderingCall {
  const isNamed = call.templates.length > 0 || call.inline !== undefined;
  return isNamed ? call : { ...call, templates: templateOfView(frame) ?? NOTHING };
}

/** https://docs.djangoproject.com/en/stable/ref/class-based-views/mixins-simple/#django.views.generic.base.TemplateResponseMixin.template_name */
function templateOfView(frame: Frame): Value | undefined {
  return frame.info?.owner && findInClass(frame.info.owner, 'template_name', frame)?.value;
}
