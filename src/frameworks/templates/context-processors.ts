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
  private given: ReadonlyMap<string, Value> = new Map();
  private outside: ReadonlySet<string> = new Set();
  private readonly results = new Map<FunctionInfo, Value>();
  /** How many functions there were when they were last looked at. */
  private seen = -1;

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

  private resultOf(interpreter: Interpreter, info: FunctionInfo): Value {
    const known = this.results.get(info) ?? resultOf(interpreter, info);
    this.results.set(info, known);
    return known;
  }

  private look(interpreter: Interpreter): void {
    if (this.seen === interpreter.pending.length || !interpreter.modulesDone) return;
    this.seen = interpreter.pending.length;
    const given = new Map<string, Value>();
    for (const info of processorsOf(interpreter))
      for (const [name, value] of entriesOf(this.resultOf(interpreter, info), info.closure))
        given.set(name, join(given.get(name) ?? NOTHING, value));
    this.given = given;
    this.outside = new Set([...given].flatMap(([name, value]) => (reachesSource(interpreter, value) ? [name] : [])));
  }
}

function processorsOf(interpreter: Interpreter): readonly FunctionInfo[] {
  const decorated = interpreter.pending.filter(({ decorators }) =>
    decorators.some(({ value }) => qualifiedNames(interpreter, value).some((name) => DECORATOR.test(name))),
  );
  return [...new Set([...decorated, ...ofSettings(interpreter)])].filter(({ module }) => module.file.role !== 'test');
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
