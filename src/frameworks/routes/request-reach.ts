import type { FunctionInfo } from '../../evaluate/function-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Span } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import { unreachedBy } from './method-tests.ts';

/** How many calls away from a view the look ends. */
const MAX_STEPS = 4;

/** What a request by one method runs: the functions that answer it and those that they call, without the parts that their tests keep it from. */
export class RequestReach {
  /** The parts left out, by function, with how many calls away it is. */
  private readonly functions = new Map<Span, { readonly steps: number; readonly unreached: readonly Span[] }>();

  constructor(interpreter: Interpreter, handlers: readonly FunctionInfo[], method: string) {
    let frontier = handlers;
    for (let steps = 0; steps <= MAX_STEPS && frontier.length > 0; steps++) {
      const next: FunctionInfo[] = [];
      for (const { node } of frontier) {
        if (this.functions.has(node)) continue;
        const unreached = unreachedBy(node, method);
        this.functions.set(node, { steps, unreached });
        const called = node.kind === 'function' ? calledNames(node.body, unreached) : undefined;
        for (const callee of interpreter.calls.get(node) ?? [])
          if (callee.module.file.role !== 'test' && (called?.(callee) ?? true)) next.push(callee);
      }
      frontier = next;
    }
  }

  /** How many calls away from the view a place in a function is; `undefined` where no such request gets. */
  stepsTo(info: FunctionInfo | undefined, at: number): number | undefined {
    // What makes a class does not run its methods.
    for (let one = info; one; one = one.owner ? undefined : one.closure.info) {
      const found = this.functions.get(one.node);
      if (found) return found.unreached.some(({ start, end }) => start <= at && at < end) ? undefined : found.steps;
    }
    return undefined;
  }
}

/** Whether a function is called outside the parts that are left out. What is called under other names may be anywhere. */
function calledNames(body: readonly Parameters<typeof walk>[0][], unreached: readonly Span[]): (callee: FunctionInfo) => boolean {
  const all = new Set<string>();
  const reached = new Set<string>();
  for (const statement of body)
    walk(statement, (node) => {
      if (node.kind === 'name' || node.kind === 'attribute') {
        const name = node.kind === 'name' ? node.id : node.name;
        all.add(name);
        if (!unreached.some(({ start, end }) => start <= node.start && node.start < end)) reached.add(name);
      }
      return true;
    });
  return ({ name, owner }) => {
    const called = /^__\w+__$/.test(name) ? (owner?.name ?? name) : name;
    return reached.has(called) || !all.has(called);
  };
}
