import { NO_ARGUMENTS, positional } from '../../evaluate/calls/arguments.ts';
import { callFunction } from '../../evaluate/calls/call-function.ts';
import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { qualifiedNames } from '../../evaluate/names/names.ts';
import { reachesSource } from '../../evaluate/values/taint.ts';
import { join, NOTHING, opaque, type Value } from '../../evaluate/values/value.ts';
import { texts } from '../route-table.ts';
import { elementsOf, entriesOf as entriesByName } from '../routes/values.ts';
import { entriesOf } from './rendering-call.ts';

/** https://flask.palletsprojects.com/en/stable/templating/#context-processors */
const DECORATOR = /(?:^|\.)(?:app_)?context_processor$/;
/** Settings that name them by their dotted paths, the second up to Django 1.9. https://docs.djangoproject.com/en/stable/ref/templates/api/#writing-your-own-context-processors */
const SETTINGS = ['TEMPLATES', 'TEMPLATE_CONTEXT_PROCESSORS'] as const;

/** What functions of the project give to every template, by name. */
export class ContextProcessors {
  private readonly given = new Map<string, Value>();
  private readonly outside = new Set<string>();
  private readonly asked = new Set<FunctionInfo>();
  /** How many functions of the project were looked at: more are met while it is evaluated. */
  private next = 0;

  /** What templates see under a name that was not passed to them. */
  find(interpreter: Interpreter, name: string): Value | undefined {
    this.look(interpreter);
    return this.given.get(name);
  }

  /** The names under which something from outside stands. */
  namesFromOutside(interpreter: Interpreter): ReadonlySet<string> {
    this.look(interpreter);
    return this.outside;
  }

  private look(interpreter: Interpreter): void {
    if (!interpreter.modulesDone) return;
    const { pending } = interpreter;
    if (this.next === 0) for (const info of ofSettings(interpreter)) this.ask(interpreter, info);
    while (this.next < pending.length) {
      const info = pending[this.next++];
      if (info && isProcessor(interpreter, info)) this.ask(interpreter, info);
    }
  }

  private ask(interpreter: Interpreter, info: FunctionInfo): void {
    if (info.module.file.role === 'test' || this.asked.has(info)) return;
    this.asked.add(info);
    for (const [name, value] of entriesOf(resultOf(interpreter, info), info.closure)) {
      this.given.set(name, join(this.given.get(name) ?? NOTHING, value));
      if (reachesSource(interpreter, value)) this.outside.add(name);
    }
  }
}

function isProcessor(interpreter: Interpreter, { decorators }: FunctionInfo): boolean {
  return decorators.some(({ value }) => qualifiedNames(interpreter, value).some((name) => DECORATOR.test(name)));
}

/** The functions that settings name. */
function ofSettings(interpreter: Interpreter): readonly FunctionInfo[] {
  return [...interpreter.states.values()].flatMap(({ module, frame }) =>
    SETTINGS.flatMap((setting) => {
      const elements = elementsOf(frame.vars.get(setting));
      const named = setting === 'TEMPLATES' ? elements.flatMap(namedByEngine) : elements;
      return named.flatMap(texts).flatMap((path) => {
        const dot = path.lastIndexOf('.');
        const found = interpreter.modules.find(path.slice(0, dot), module);
        const value = found && interpreter.states.get(found)?.frame.vars.get(path.slice(dot + 1));
        return (value ?? NOTHING).flatMap((atom) => (atom.kind === 'function' ? [atom.info] : []));
      });
    }),
  );
}

function namedByEngine(engine: Value): readonly Value[] {
  return elementsOf(entriesByName(entriesByName(engine).get('OPTIONS')).get('context_processors'));
}

/** What it gives; that of Django is called with the request. */
function resultOf(interpreter: Interpreter, info: FunctionInfo): Value {
  const [first] = info.node.params;
  const site = { module: info.module, node: first ?? info.node };
  const request = first && opaque({ via: 'parameter', name: first.name, info, site }, 'django.http.HttpRequest');
  const args = request ? positional({ value: request, node: site.node }) : NO_ARGUMENTS;
  return callFunction(interpreter, info.closure, info, args, undefined, info.node);
}
