import { quietly } from '../../evaluate/checks/refine.ts';
import type { Event } from '../../evaluate/events.ts';
import type { Frame } from '../../evaluate/frame.ts';
import { type FrameworkHooks, type Interpreter, site } from '../../evaluate/interpreter.ts';
import { libraryAncestors } from '../../evaluate/names/names.ts';
import type { Printed } from '../../evaluate/values/printed.ts';
import { reachesSource } from '../../evaluate/values/taint.ts';
import { type Atom, NOTHING } from '../../evaluate/values/value.ts';
import { renderedByView, withTemplateOfView } from './class-views.ts';
import { ContextProcessors } from './context-processors.ts';
import { type FlashedMessage, flashedMessage, showingMessages } from './flashed-messages.ts';
import { keepsFromOutside } from './given-objects.ts';
import { ProjectFilters } from './project-filters.ts';
import { ProjectTags } from './project-tags.ts';
import { type ProjectTemplates, templateOf, templatesFor } from './project-templates.ts';
import { Rendering } from './render.ts';
import { type RenderingCall, renderingCall } from './rendering-call.ts';
import type { Templates } from './rendering-project.ts';
import { shownKeywords } from './shown-keywords.ts';
import { TemplateFiles, type TemplateSource } from './template-files.ts';
import { isLikeFlask } from './template-globals.ts';
import { namesUnescaped } from './unescaped-page.ts';

/** Looks into the templates that the project renders. */
export function templateHooks(source: TemplateSource): FrameworkHooks {
  const filters = new ProjectFilters();
  const tags = new ProjectTags();
  const processors = new ContextProcessors();
  let made: ProjectTemplates | undefined;
  const project = (): ProjectTemplates => {
    made ??= { files: new TemplateFiles(source), filters, tags, processors };
    return made;
  };
  /** Several matchers ask of the same event. */
  let last: { readonly event: Event; readonly printed: readonly Printed[] } | undefined;
  const printed = (interpreter: Interpreter, event: Event): readonly Printed[] => {
    const call = event.kind === 'call' ? renderingCall(interpreter, event) : renderedByView(event);
    const message = event.kind === 'call' && !call ? flashedMessage(interpreter, event) : undefined;
    if (!call && !message) return [];
    if (message) return shown(interpreter, project(), message, event.frame);
    const { files } = project();
    const file = call && templateOf(files, withTemplateOfView(call, event.frame), site(event.frame, event.node));
    if (!file || !call) return [];
    const fromAll = aside(interpreter, () => processors.namesFromOutside(interpreter));
    if (!isGiven(interpreter, event.frame, call) && !files.asksRequest(file) && !files.names(file, fromAll)) return [];
    const templates = templatesFor(interpreter, project(), call);
    return aside(interpreter, () => new Rendering(interpreter, templates, event.frame).render(file, call.context));
  };
  return {
    parameterType: () => undefined,
    parameterSource: () => undefined,
    attributeType: () => undefined,
    observed: filters.observed,
    observe: (name, args) => filters.observe(name, args),
    printedBy(interpreter, event) {
      if (last?.event !== event) last = { event, printed: printed(interpreter, event) };
      return last.printed;
    },
    shownKeywords: (interpreter, call) => shownKeywords(interpreter, project().files, call),
    unescapedPage(interpreter, event) {
      const call = event.kind === 'call' ? renderingCall(interpreter, event) : undefined;
      if (!call || !isLikeFlask(call)) return undefined;
      const file = templateOf(project().files, call, site(event.frame, event.node));
      const names = file ? namesUnescaped(interpreter, call, file) : [];
      return file && names.length > 0 ? { template: file.name, names } : undefined;
    },
  };
}

/** What pages print of a message. */
function shown(interpreter: Interpreter, project: ProjectTemplates, message: FlashedMessage, frame: Frame): readonly Printed[] {
  const { library, messages } = message;
  const context = new Map(library === 'django' ? [['messages', messages] as const] : []);
  const call: RenderingCall = { templates: NOTHING, context, dialect: library === 'django' ? 'dtl' : 'jinja', library };
  const templates: Templates = {
    ...templatesFor(interpreter, project, call),
    given: (name, hasArguments) => (name === 'get_flashed_messages' ? (hasArguments ? message.pairs : message.texts) : undefined),
  };
  return aside(interpreter, () =>
    showingMessages(project.files, message).flatMap((file) => new Rendering(interpreter, templates, frame).render(file, context)),
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

/** Whether something is passed that comes from outside. */
function isGiven(interpreter: Interpreter, frame: Frame, { context }: RenderingCall): boolean {
  for (const [name, value] of context) {
    if (name === 'request') continue;
    if (reachesSource(interpreter, value) || value.some((atom) => isForm(interpreter, atom))) return true;
    if (keepsFromOutside(interpreter, frame, value)) return true;
  }
  return false;
}

/** A form, whose fields hold what was sent. */
function isForm(interpreter: Interpreter, atom: Atom): boolean {
  return atom.kind === 'object' && libraryAncestors(interpreter, atom.info).some((name) => FORM.test(name));
}
const FORM = /^(?:wtforms|flask_wtf|django\.forms)\./;
