import { getAttribute, symbolMember } from '../../evaluate/classes/attributes.ts';
import type { Frame } from '../../evaluate/frame.ts';
import { type Interpreter, site } from '../../evaluate/interpreter.ts';
import { opaque, symbol, type Value } from '../../evaluate/values/value.ts';
import type { Span } from '../../ir/nodes.ts';
import type { RenderingCall } from './rendering-call.ts';

/** https://flask.palletsprojects.com/en/stable/templating/#standard-context */
const OF_FLASK: ReadonlySet<string> = new Set(['request', 'session', 'g', 'url_for', 'get_flashed_messages']);
/** The dict of names that all templates of Jinja see. https://jinja.palletsprojects.com/en/stable/api/#jinja2.Environment.globals */
const GLOBALS = 'jinja2.Environment.globals';
/** Libraries with these names in their templates. */
const FLASK = /^(?:flask|quart)$/;

/** Whether a library sets Jinja up as Flask does. */
export function isLikeFlask({ library }: RenderingCall): boolean {
  return FLASK.test(library);
}

/** What a name that was not passed stands for in a template. */
export function globalValue(interpreter: Interpreter, call: RenderingCall, name: string, frame: Frame, node: Span): Value {
  const request = call.context.get('request');
  // https://docs.djangoproject.com/en/stable/topics/auth/default/#authentication-data-in-templates
  if (name === 'user' && call.library === 'django' && request) return getAttribute(interpreter, frame, request, 'user', node);
  const here = site(frame, node);
  const added = call.dialect === 'jinja' ? interpreter.shared.read(GLOBALS, `[s:${name}]`, interpreter.running[0]) : undefined;
  if (added) return added;
  if (isLikeFlask(call) && OF_FLASK.has(name)) return symbolMember(interpreter, call.library, name, symbol(call.library), here);
  return opaque({ via: 'unresolved', name, site: here });
}
