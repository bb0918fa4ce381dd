import { argument, type CallArguments } from '../../evaluate/calls/arguments.ts';
import type { ModelRow } from '../../evaluate/calls/library-model.ts';
import type { CallEvent } from '../../evaluate/events.ts';
import { dictKeys } from '../../evaluate/expressions/subscripts.ts';
import type { Frame } from '../../evaluate/frame.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { isContainer } from '../../evaluate/values/container.ts';
import { stringOf } from '../../evaluate/values/text.ts';
import { join, NOTHING, str, type Value } from '../../evaluate/values/value.ts';
import type { TemplateDialect } from '../../ir/template.ts';

/** The kinds of harm by which model rows name the arguments of functions that render: the template, and what it is given. */
const TEMPLATE = 'template-name';
const CONTEXT = 'template-context';
const SOURCE = 'template';

/** What takes the name of a template or its text, whichever it is by the characters in it. https://bottlepy.org/docs/dev/api.html#bottle.template */
const NAMES_OR_TEXTS = /^bottle\.template$/;

/** A call that renders a template, or makes what will. */
export interface RenderingCall {
  /** Names of templates, the first that is there is taken. */
  readonly templates: Value;
  /** The text of the template itself. */
  readonly inline?: string | undefined;
  readonly context: ReadonlyMap<string, Value>;
  readonly dialect: TemplateDialect;
  /** The library whose own names templates see: `flask`. */
  readonly library: string;
}

/** What a call renders, by the rows of what it calls. */
export function renderingCall(interpreter: Interpreter, { names, args, receiver, frame }: CallEvent): RenderingCall | undefined {
  for (const name of names) {
    const row = interpreter.library.row(name);
    const places = row?.sinks?.[CONTEXT];
    if (!row || !places) continue;
    const context = new Map<string, Value>();
    for (const place of places) addContext(context, place, args, frame);
    const request = argument(args, row.params?.indexOf('request'), 'request');
    if (request && row.params?.includes('request')) context.set('request', request.value);
    const inline = sourceOf(row, args) ?? sourceOfReceiver(interpreter, receiver);
    const isName = inline !== undefined && NAMES_OR_TEXTS.test(name) && !/[\n{%$]/.test(inline);
    return {
      templates: isName ? str(`${inline}.tpl`) : (templateOf(row, args) ?? templateOfReceiver(interpreter, receiver) ?? NOTHING),
      inline: isName ? undefined : inline,
      context,
      dialect: name.startsWith('django.') ? 'dtl' : 'jinja',
      library: name.slice(0, name.indexOf('.')),
    };
  }
  return undefined;
}

/** Of several places that it may stand at, as in `TemplateResponse(request, "page.html")`, the one with a name. */
function templateOf(row: ModelRow, args: CallArguments): Value | undefined {
  const given = (row.sinks?.[TEMPLATE] ?? []).flatMap((place) => {
    const value = at(args, place);
    return value ? [value] : [];
  });
  return given.find((value) => stringOf(value) !== undefined) ?? given[0];
}

function sourceOf(row: ModelRow, args: CallArguments): string | undefined {
  const [place] = row.sinks?.[SOURCE] ?? [];
  return place === undefined ? undefined : stringOf(at(args, place));
}

/** `get_template(name).render(…)`: what the call that gave the template was passed. */
function templateOfReceiver(interpreter: Interpreter, receiver: Value | undefined): Value | undefined {
  let result: Value | undefined;
  for (const atom of receiver ?? [])
    if (atom.kind === 'opaque' && atom.origin.via === 'call')
      for (const name of atom.origin.names) {
        const row = interpreter.library.row(name);
        const value = row && templateOf(row, atom.origin.args);
        if (value) result = result ? join(result, value) : value;
      }
  return result;
}

/** `Template(text).render(…)`, `Engine().from_string(text).render(…)` */
export function sourceOfReceiver(interpreter: Interpreter, receiver: Value | undefined): string | undefined {
  const [only, ...others] = receiver ?? NOTHING;
  if (only?.kind !== 'opaque' || others.length > 0 || only.origin.via !== 'call') return undefined;
  const { names, args } = only.origin;
  for (const name of names) {
    const row = interpreter.library.row(name);
    const text = row && sourceOf(row, args);
    if (text !== undefined) return text;
  }
  return undefined;
}

function at(args: CallArguments, place: string): Value | undefined {
  const [name, position] = place.split('@');
  return argument(args, position === undefined ? undefined : Number(position), name)?.value;
}

function addContext(context: Map<string, Value>, place: string, args: CallArguments, frame: Frame): void {
  if (place === '=*') for (const { name, value } of args.keywords) context.set(name, value);
  else for (const [name, value] of entriesOf(at(args, place) ?? NOTHING, frame)) context.set(name, value);
}

/** What a dict, or a context made of one, holds under names that are known. */
export function entriesOf(value: Value, frame: Frame): ReadonlyMap<string, Value> {
  const entries = new Map<string, Value>();
  const add = (name: string | undefined, one: Value | undefined): void => {
    if (name !== undefined && one) entries.set(name, join(entries.get(name) ?? NOTHING, one));
  };
  for (const atom of value) {
    if (isContainer(atom, 'dict')) {
      for (const key of dictKeys(atom)) {
        const name = stringOf(key);
        add(name, atom.object.read(`s:${name}`, frame.branch));
      }
    } else if (atom.kind === 'opaque' && atom.origin.via === 'call') {
      // `Context({…})`, `RequestContext(request, {…})`
      for (const passed of atom.origin.args.positional) for (const [name, one] of entriesOf(passed.value, frame)) add(name, one);
    }
  }
  return entries;
}
