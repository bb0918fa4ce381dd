import type { CallEvent, Event, Listener } from '../../evaluate/events.ts';
import type { Frame } from '../../evaluate/frame.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { reachesSource } from '../../evaluate/values/taint.ts';
import { type Value, writtenAt } from '../../evaluate/values/value.ts';
import { LineIndex } from '../../source/line-index.ts';
import { passedArgument } from '../terms/passed-argument.ts';
import { endsOf } from './checks/value-ends.ts';
import type { Flow } from './flow.ts';
import { follow } from './follow.ts';
import { HARM_NAMES, HARMS, type HarmName } from './harms.ts';
import { rowOfCalled } from './places.ts';
import type { FlowStop } from './stop.ts';

/** A place in the audited project. */
export interface InspectedPlace {
  /** Relative to the root. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
}

/** What is known of one value that is used there. */
export interface Inspection {
  /** `argument query of cursor.execute()`. */
  readonly what: string;
  /** The harm that was looked for, in words; absent where no sink is known. */
  readonly harm: string | undefined;
  /** The way from outside to here that can do the harm. */
  readonly flow: Flow | undefined;
  /** Why other ways from outside do no harm, or are not known further. */
  readonly stops: readonly FlowStop[];
  /** Where a value comes from that nothing from outside is known to reach. */
  readonly ends: readonly FlowStop[];
}

/** Kinds of source that are looked for, whatever a rule would count. */
const ANY_SOURCE = { has: () => true };

/** Passes events on to the rules, and notes what the evaluator knows of the values on one line. */
export class FlowInspector implements Listener {
  readonly wanted: ReadonlySet<Event['kind']>;
  readonly inspections: Inspection[] = [];
  private readonly rules: Listener;
  private readonly place: InspectedPlace;
  private interpreter: Interpreter | undefined;

  constructor(rules: Listener, place: InspectedPlace) {
    this.rules = rules;
    this.place = place;
    this.wanted = new Set([...rules.wanted, 'call', 'store', 'return']);
  }

  attach(interpreter: Interpreter): void {
    this.interpreter = interpreter;
  }

  on(event: Event): void {
    this.rules.on(event);
    const { module } = event.frame.state;
    if (module.path !== this.place.path || !this.interpreter) return;
    if (new LineIndex(module.text).at(event.node.start).line !== this.place.line) return;
    const text = (node: { readonly start: number; readonly end: number }): string => module.text.slice(node.start, node.end);
    if (event.kind === 'call') this.ofCall(this.interpreter, event, shortened(text(event.node.callee)));
    if (event.kind === 'call' || event.kind === 'return') this.ofTemplate(this.interpreter, event);
    if (event.kind === 'store') this.note(this.interpreter, event.frame, `the value of ${text(event.target)}`, event.value, undefined);
    else if (event.kind === 'return') this.note(this.interpreter, event.frame, 'what is returned', event.value, undefined);
  }

  private ofCall(interpreter: Interpreter, event: CallEvent, callee: string): void {
    const before = this.inspections.length;
    for (const name of event.names) {
      const row = rowOfCalled(interpreter, name, event.names);
      for (const harm of HARM_NAMES.filter((one) => one !== 'template-context' && one !== 'message'))
        for (const place of row?.sinks?.[harm] ?? []) {
          const value = place === 'receiver' ? event.receiver : passedArgument(event.args, event.node, place, row?.params).value;
          if (value) this.note(interpreter, event.frame, `${argumentWords(place)} of ${callee}()`, value, harm);
        }
    }
    if (this.inspections.length > before) return;
    // No model says what values do there: a rule may look at them all the same.
    const { positional, keywords } = event.args;
    for (const { place, value } of [
      ...positional.map(({ value }, at) => ({ place: String(at), value })),
      ...keywords.map(({ name, value }) => ({ place: name, value })),
    ])
      if (reachesSource(interpreter, value))
        this.note(interpreter, event.frame, `${argumentWords(place)} of ${callee}()`, value, undefined);
  }

  /** What a template that is rendered there prints unprotected. */
  private ofTemplate(interpreter: Interpreter, event: Event): void {
    for (const hook of interpreter.hooks)
      for (const { value, site, harm, how } of hook.printedBy?.(interpreter, event) ?? []) {
        const { module, node } = writtenAt(site);
        const piece = site.module.text.slice(site.node.start, site.node.end);
        const what = `${piece}, which ${module.path}:${new LineIndex(module.text).at(node.start).line} prints ${how}`;
        this.note(interpreter, event.frame, what, value, harm === 'html' ? 'html' : 'redirect', harm === 'scheme');
      }
  }

  private note(interpreter: Interpreter, frame: Frame, what: string, value: Value, harm: HarmName | undefined, isLink = false): void {
    const stops: FlowStop[] = [];
    // Where no sink is known, what counts is whether something from outside comes here at all: no harm needs less than code.
    const flow = follow({ interpreter, harm: harm ?? 'code', from: ANY_SOURCE, frame, isLink, onStop: (stop) => stops.push(stop) }, value);
    this.inspections.push({
      what,
      harm: harm && HARMS[harm].doc,
      flow,
      stops: flow ? [] : stops,
      ends: flow || reachesSource(interpreter, value) ? [] : endsOf(interpreter, value),
    });
  }
}

/** A method at the end of a long chain of calls is told by its name. */
function shortened(callee: string): string {
  return callee.length > MAX_CALLEE ? `…${callee.slice(Math.max(callee.lastIndexOf('.'), callee.length - MAX_CALLEE))}` : callee;
}
const MAX_CALLEE = 60;

function argumentWords(place: string): string {
  if (place === 'receiver') return 'the object';
  const [name = place, position] = place.split('@');
  return position !== undefined || !/^\d+$/.test(name) ? `argument ${name}` : `argument ${Number(name) + 1}`;
}
