import { findInClass, getAttribute, symbolMember } from '../../evaluate/attributes.ts';
import type { Event } from '../../evaluate/events.ts';
import type { Frame } from '../../evaluate/frame.ts';
import { type FrameworkHooks, type Interpreter, site } from '../../evaluate/interpreter.ts';
import { libraryAncestors } from '../../evaluate/names.ts';
import type { Printed } from '../../evaluate/printed.ts';
import { quietly } from '../../evaluate/refine.ts';
import { reachesSource } from '../../evaluate/taint.ts';
import { type Atom, NOTHING, opaque, symbol, type Value } from '../../evaluate/value.ts';
import type { Span } from '../../ir/nodes.ts';
import type { Module } from '../../semantics/module.ts';
import { isUnescapedByName, namesPrinted } from './escaping.ts';
import { type FlashedMessage, flashedMessage, showingMessages } from './flashed-messages.ts';
import { projectFilters } from './project-filters.ts';
import { Rendering, type Templates } from './render.ts';
import { entriesOf, type RenderingCall, renderingCall } from './rendering-call.ts';
import { type TemplateFile, TemplateFiles, type TemplateSource } from './template-files.ts';
import { libraryFilter } from './template-values.ts';

/** Names that templates see without being passed them. https://flask.palletsprojects.com/en/stable/templating/#standard-context */
const GLOBALS: ReadonlySet<string> = new Set(['request', 'session', 'g', 'url_for', 'get_flashed_messages']);
/** Libraries whose Jinja decides by the name of a file. */
const FLASK = /^(?:flask|quart)$/;

/** Looks into the templates that the project renders. */
export function templateHooks(source: TemplateSource): FrameworkHooks {
  let files: TemplateFiles | undefined;
  /** Several matchers ask of the same event. */
  let last: { readonly event: Event; readonly printed: readonly Printed[] } | undefined;
  const printed = (interpreter: Interpreter, event: Event): readonly Printed[] => {
    const call = event.kind === 'call' ? renderingCall(interpreter, event) : contextOfView(event);
    const message = event.kind === 'call' && !call ? flashedMessage(interpreter, event) : undefined;
    if (!call && !message) return [];
    files ??= new TemplateFiles(source);
    if (message) return shown(interpreter, files, message, event.frame);
    const file = call && templateOf(files, ofView(call, event.frame), event.frame.state.module);
    if (!file || !(isGiven(interpreter, call) || files.asksRequest(file))) return [];
    const templates = templatesFor(interpreter, files, call);
    return aside(interpreter, () => new Rendering(interpreter, templates, event.frame).render(file, call.context));
  };
  return {
    parameterType: () => undefined,
    parameterSource: () => undefined,
    attributeType: () => undefined,
    printedBy(interpreter, event) {
      if (last?.event !== event) last = { event, printed: printed(interpreter, event) };
      return last.printed;
    },
    unescapedPage(interpreter, event) {
      const call = event.kind === 'call' ? renderingCall(interpreter, event) : undefined;
      if (!call || !FLASK.test(call.library)) return undefined;
      files ??= new TemplateFiles(source);
      const file = templateOf(files, call, event.frame.state.module);
      const names = file && isUnescapedByName(file) ? varying(call, namesPrinted(file.nodes)) : [];
      return file && names.length > 0 ? { template: file.name, names } : undefined;
    },
  };
}

/** What is passed and not the same each time. */
function varying({ context }: RenderingCall, names: ReadonlySet<string>): readonly string[] {
  return [...context].flatMap(([name, value]) => (names.has(name) && value.some((atom) => atom.kind !== 'constant') ? [name] : []));
}

/** What pages print of a message. */
function shown(interpreter: Interpreter, files: TemplateFiles, message: FlashedMessage, frame: Frame): readonly Printed[] {
  const { library, messages } = message;
  const context = new Map(library === 'django' ? [['messages', messages] as const] : []);
  const call: RenderingCall = { templates: NOTHING, context, dialect: library === 'django' ? 'dtl' : 'jinja', library };
  const templates: Templates = {
    ...templatesFor(interpreter, files, call),
    given: (name, hasArguments) => (name === 'get_flashed_messages' ? (hasArguments ? message.pairs : message.texts) : undefined),
  };
  return aside(interpreter, () =>
    showingMessages(files, message).flatMap((file) => new Rendering(interpreter, templates, frame).render(file, context)),
  );
}

/** Without leaving a trace: what a filter of the project raises ends a page, and not the evaluation of the code that renders it. */
function aside<T>(interpreter: Interpreter, work: () => T): T {
  const { ended, raised } = interpreter;
  interpreter.raised = [];
  try {
    return quietly(interpreter, work);
  } finally {
    interpreter.ended = ended;
    interpreter.raised = raised;
  }
}

function isGiven(interpreter: Interpreter, { context }: RenderingCall): boolean {
  for (const [name, value] of context)
    if (name !== 'request' && (reachesSource(interpreter, value) || value.some((atom) => isForm(interpreter, atom)))) return true;
  return false;
}

/** A form, whose fields hold what was sent. */
function isForm(interpreter: Interpreter, atom: Atom): boolean {
  return atom.kind === 'object' && libraryAncestors(interpreter, atom.info).some((name) => FORM.test(name));
}
const FORM = /^(?:wtforms|flask_wtf|django\.forms)\./;

function templateOf(files: TemplateFiles, { templates, inline, dialect }: RenderingCall, from: Module): TemplateFile | undefined {
  if (inline !== undefined) return files.inside(inline, from, dialect);
  for (const atom of templates)
    if (atom.kind === 'constant' && atom.literal.type === 'str') {
      const file = files.find(atom.literal.value, from.path, dialect);
      if (file) return file;
    }
  return undefined;
}

/** What a class-based view of Django gives its template: the `get_context_data()` that returns it, and the name in the class. */
function contextOfView(event: Event): RenderingCall | undefined {
  if (event.kind !== 'return' || event.frame.info?.name !== 'get_context_data' || !event.value) return undefined;
  const templates = templateOfView(event.frame);
  return templates && { templates, context: entriesOf(event.value, event.frame), dialect: 'dtl', library: 'django' };
}

/** `self.render_to_response(context)`: the template is that of the view. */
function ofView(call: RenderingCall, frame: Frame): RenderingCall {
  const isNamed = call.templates.length > 0 || call.inline !== undefined;
  return isNamed ? call : { ...call, templates: templateOfView(frame) ?? NOTHING };
}

function templateOfView(frame: Frame): Value | undefined {
  return frame.info?.owner && findInClass(frame.info.owner, 'template_name', frame)?.value;
}

function templatesFor(interpreter: Interpreter, files: TemplateFiles, { library, dialect, context }: RenderingCall): Templates {
  return {
    find: (name, from) => files.find(name, from.module.path, dialect),
    global: (name, here) => globalValue(interpreter, library, context, name, here) ?? unresolved(name, here),
    given: () => undefined,
    filter: (name, file) => projectFilters(interpreter).get(name) ?? libraryFilter(file.dialect, name),
  };
}

function globalValue(
  interpreter: Interpreter,
  library: string,
  context: ReadonlyMap<string, Value>,
  name: string,
  { frame, node }: { readonly frame: Frame; readonly node: Span },
): Value | undefined {
  const request = context.get('request');
  if (name === 'user' && library === 'django' && request) return getAttribute(interpreter, frame, request, 'user', node);
  if (!GLOBALS.has(name) || !FLASK.test(library)) return undefined;
  return symbolMember(interpreter, library, name, symbol(library), site(frame, node));
}

function unresolved(name: string, { frame, node }: { readonly frame: Frame; readonly node: Span }): Value {
  return opaque({ via: 'unresolved', name, site: site(frame, node) });
}
