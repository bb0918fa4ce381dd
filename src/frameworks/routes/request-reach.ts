import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import { ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Span } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import { unreachedBy } from './methods/method-tests.ts';
import { commonSwitches, NO_SWITCHES, passedSwitches, type Switches } from './methods/passed-switches.ts';

/** How many calls away from a view the look ends. */
const MAX_STEPS = 4;

/** A function that a request runs. */
interface Reached {
  readonly steps: number;
  readonly unreached: readonly Span[];
  /** What every call that the request makes gives its switches. */
  readonly switches: Switches;
}

interface Call {
  readonly info: FunctionInfo;
  readonly switches: Switches;
}

/** What a request by one method runs: the functions that answer it and those that they call, without the parts that their tests keep it from. */
export class RequestReach {
  private readonly functions = new Map<Span, Reached>();

  constructor(interpreter: Interpreter, handlers: readonly FunctionInfo[], method: string, view: ClassInfo | undefined) {
    let frontier = handlers.map((info): Call => ({ info, switches: NO_SWITCHES }));
    for (let steps = 0; steps <= MAX_STEPS && frontier.length > 0; steps++) {
      const next: Call[] = [];
      // What is pushed to the frontier on the way comes in the same round.
      for (const { info, switches: passed } of frontier) {
        const { node } = info;
        const before = this.functions.get(node);
        const switches = before ? commonSwitches(before.switches, passed) : passed;
        if (before && switches.size === before.switches.size) continue;
        const unreached = unreachedBy(node, method, switches);
        this.functions.set(node, { steps: before?.steps ?? steps, unreached, switches });
        const called = node.kind === 'function' ? calledNames(node.body, unreached) : undefined;
        for (const callee of interpreter.calls.get(node) ?? [])
          if (callee.module.file.role !== 'test' && !isOfSister(callee, info, view) && (called?.(callee) ?? true))
            (isPlainStore(callee) ? frontier : next).push({
              info: callee,
              switches: node.kind === 'function' ? passedSwitches(node.body, unreached, callee) : NO_SWITCHES,
            });
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

/** `self.act()` in a view that others build upon: what another of them makes of `act` does not run in this one. */
function isOfSister({ owner, name }: FunctionInfo, { owner: base }: FunctionInfo, view: ClassInfo | undefined): boolean {
  if (!owner || !base || !view || owner === base || extendsClass(view, owner)) return false;
  return extendsClass(view, base) && extendsClass(owner, base) && !/^__\w+__$/.test(name);
}

function extendsClass(info: ClassInfo, base: ClassInfo): boolean {
  return ancestors(info).some((one) => one.kind === 'class' && one.info === base);
}

/** Whether a function is called outside the parts that are left out. What is called under other names may be anywhere. */
function calledNames(body: readonly Parameters<typeof walk>[0][], unreached: readonly Span[]): (callee: FunctionInfo) => boolean {
  const all = new Set<string>();
  const reached = new Set<string>();
  for (const statement of body)
    walk(statement, (node) => {
      if (node.kind === 'name' || node.kind === 'attribute') {
        const name = node.kind === 'name' ? node.id : `.${node.name}`;
        all.add(name);
        if (!unreached.some(({ start, end }) => start <= node.start && node.start < end)) reached.add(name);
      }
      if (node.kind === 'assign')
        for (const target of node.targets)
          if (target.kind === 'attribute') {
            all.add(`=${target.name}`);
            if (!unreached.some(({ start, end }) => start <= target.start && target.start < end)) reached.add(`=${target.name}`);
          }
      return true;
    });
  return ({ name, owner, node, isConnected }) => {
    // Reading a property does not set it.
    if (isSetter(node)) return reached.has(`=${name}`) || !all.has(`=${name}`);
    // A receiver runs where its signal is sent, or where what sends one is done.
    if (isConnected || isReceiver(node)) return SENDING.some((one) => reached.has(one)) || !SENDING.some((one) => all.has(one));
    const isMaker = /^__\w+__$/.test(name);
    const called = isMaker ? (owner?.name ?? name) : name;
    // A variable that is called as a method is something else.
    const spellings = owner && !isMaker ? [`.${called}`] : [called, `.${called}`];
    return spellings.some((one) => reached.has(one)) || !spellings.some((one) => all.has(one));
  };
}

/** https://docs.djangoproject.com/en/stable/topics/signals/#sending-signals, …/ref/signals/#module-django.db.models.signals, https://blinker.readthedocs.io */
const SENDING: readonly string[] = [
  ...'send send_robust asend asend_robust send_async save create delete update_or_create get_or_create add remove set clear'
    .split(' ')
    .map((name) => `.${name}`),
  'login',
  'logout',
];

/** `@receiver(post_save)`, `@ordered.connect`; one that a call connects says so itself. */
function isReceiver(node: FunctionInfo['node']): boolean {
  return (
    node.kind === 'function' &&
    node.decorators.some(({ expression }) => {
      const called = expression.kind === 'call' ? expression.callee : expression;
      return called.kind === 'name'
        ? called.id === 'receiver'
        : called.kind === 'attribute' && /^(?:receiver|connect|connect_via)$/.test(called.name);
    })
  );
}

function isSetter(node: FunctionInfo['node']): boolean {
  return (
    node.kind === 'function' && node.decorators.some(({ expression }) => expression.kind === 'attribute' && expression.name === 'setter')
  );
}

/** `def save(self): db.session.add(self); db.session.commit()`: another spelling of what it calls, and no step of its own. */
function isPlainStore({ name, owner, node }: FunctionInfo): boolean {
  if (!owner || node.kind !== 'function' || !/^(?:save|delete|remove|store|add|update|create|commit)(?:_(?:to|in|from)_db)?$/.test(name))
    return false;
  return node.body.length <= MAX_PLAIN && node.body.every(({ kind }) => kind === 'expression' || kind === 'return');
}
/** A text, the call, a commit, and what is given back. */
const MAX_PLAIN = 4;
