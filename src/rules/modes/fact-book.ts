import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import type { ClassInfo } from '../../evaluate/classes/class-info.ts';
import { ancestors } from '../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { NOTHING, type Value } from '../../evaluate/values/value.ts';
import type { Span } from '../../ir/nodes.ts';
import type { Module } from '../../semantics/module.ts';
import { encloses } from '../../util/encloses.ts';
import type { ExistsSource } from '../rule-source.ts';
import { isCalledBefore } from './called-before.ts';
import { functionsOf, methodsByUse, viewFunctions } from './functions-behind.ts';
import { isOnTheWay } from './on-the-way.ts';
import { isDecoratedSo, runsOtherwise } from './other-requests.ts';
import { whatMostDo } from './peers.ts';
import { isSame, saysAll } from './same-place.ts';

/** Where a fact was met. It keeps no values: there are many facts, and what the values were made of would be kept with them. */
export interface FactPlace {
  readonly module: Module;
  readonly info: FunctionInfo | undefined;
  readonly classInfo: ClassInfo | undefined;
  readonly start: number;
  /** Source of the receiver and of the first argument, for facts about the same thing. */
  readonly receiver: string | undefined;
  readonly firstArgument: string | undefined;
  /** Source of what is called. */
  readonly callee: string | undefined;
  /** The name that is set, defined or called. */
  readonly name: string | undefined;
  /** Source of the value that is stored. */
  readonly stored: string | undefined;
  /** The name that the expression called starts with, or that an import binds. */
  readonly root: string | undefined;
  /** The class whose rows a call looks up: `Order` of `get_object_or_404(Order, pk=pk)` and of `Order.objects.get(pk=pk)`. */
  readonly model: string | undefined;
  /** The classes of the project whose instances a call or comparison is about. */
  readonly rows: readonly ClassInfo[];
  /** The variables that a call passes as they are; of a function its parameters. */
  readonly passed: readonly string[];
  /** Where the object was made that is set something of, called on, or made; `undefined` where that is not known. */
  readonly objects: readonly Span[] | undefined;
  /** Who called the function with what made it a fact; `undefined` where it is one whoever calls it. */
  readonly passedBy: Caller | undefined;
  readonly node: Span;
}

/** A call, by the function around it and where it starts there. */
export interface Caller {
  readonly info: FunctionInfo;
  readonly start: number;
}

/** Where a candidate for a finding was met. */
export interface Place extends FactPlace {
  /** The event's main value, for facts about a decorator's own code. */
  readonly decorator: Value | undefined;
  /** What is passed first, for facts about the code of a function or class that is passed. */
  readonly argument: Value | undefined;
  /** What is called, for facts about its own code. */
  readonly called: Value | undefined;
  /** Of a route: how many calls away from what answers a place is. */
  readonly stepsTo: ((info: FunctionInfo | undefined, at: number) => number | undefined) | undefined;
}

const NOWHERE: ReadonlySet<unknown> = new Set();
/** How many calls away a fact still counts as being in a function. */
const MAX_REACH = 4;

/** Facts by name, and the question whether one stands where a matcher wants it. */
export class FactBook {
  /** In the order in which they were met; what runs several times is met once, unless it is about something else then. */
  private readonly places = new Map<string, Map<Span, FactPlace[]>>();
  private readonly listed = new Map<string, readonly FactPlace[]>();
  private readonly interpreter: Interpreter;
  /** Who calls a function, by nodes; made when first asked for. */
  private callers: ReadonlyMap<Span, readonly Span[]> | undefined;

  constructor(interpreter: Interpreter) {
    this.interpreter = interpreter;
  }

  add(fact: string, place: FactPlace): void {
    let ofFact = this.places.get(fact);
    if (!ofFact) {
      ofFact = new Map();
      this.places.set(fact, ofFact);
    }
    const before = ofFact.get(place.node);
    if (!before) ofFact.set(place.node, [place]);
    else if (!before.some((one) => saysAll(one, place))) before.push(place);
  }

  private factsOf(key: string): readonly FactPlace[] {
    let facts = this.listed.get(key);
    if (!facts) {
      facts = [...(this.places.get(key)?.values() ?? [])].flat();
      this.listed.set(key, facts);
    }
    return facts;
  }

  holds(keyOf: (fact: string) => string, wanted: ExistsSource, at: Place): boolean {
    return this.find(keyOf, wanted, at) !== undefined;
  }

  /** The first such fact; for routes the one that is fewest calls away, then the first in the text. */
  find(keyOf: (fact: string) => string, wanted: ExistsSource, at: Place): FactPlace | undefined {
    const facts = this.factsOf(keyOf(wanted.fact));
    if (facts.length === 0) return undefined;
    if (wanted.in === 'request') return nearest(facts, wanted, at);
    const inScope = this.scope(wanted, at);
    const isThere = (fact: FactPlace): boolean => inScope(fact) && isDecoratedSo(wanted, fact.info, at.info);
    if (wanted.most !== undefined) {
      const peers = this.factsOf(keyOf(wanted.most)).filter((fact) => isThere(fact) && isSame(wanted, fact, at));
      const among = wanted.among === undefined ? undefined : this.factsOf(keyOf(wanted.among)).filter(isThere);
      return whatMostDo(facts.filter(isThere), { peers, among }, wanted, at);
    }
    const isWanted = (fact: FactPlace): boolean =>
      isThere(fact) &&
      inOrder(wanted, fact, at) &&
      this.isReached(wanted, fact, at) &&
      isSame(wanted, fact, at) &&
      isAlong(wanted, fact, at);
    return wanted.functions === undefined ? facts.find(isWanted) : inOthers(facts.filter(isWanted), at, wanted.functions);
  }

  private scope(wanted: ExistsSource, at: Place): (fact: FactPlace) => boolean {
    switch (wanted.in) {
      case 'project':
        return () => true;
      case 'request':
        return () => false;
      case 'module':
        return (fact) => fact.module === at.module;
      case 'class': {
        const own = at.classInfo;
        if (!own) return () => false;
        const classes = ancestors(own).flatMap((ancestor) => (ancestor.kind === 'class' ? [ancestor.info.node] : []));
        const { methods, overridden } = methodsByUse(own, this.interpreter.calls);
        const answer = wanted.request && at.info;
        const called = answer ? this.reach([answer], undefined, wanted.reach) : NOWHERE;
        const isRun = (info: FunctionInfo | undefined): boolean => !answer || !runsOtherwise(info, answer, called);
        const reach = this.reach(methods.filter(isRun), undefined, wanted.reach);
        return (fact) => {
          if (isInside(fact.info, overridden)) return false;
          if (isInside(fact.info, reach)) return true;
          if (!isRun(fact.info)) return false;
          for (let one = fact.classInfo; one; one = one.outer) if (classes.includes(one.node)) return true;
          return false;
        };
      }
      case 'decorators': {
        const reach = this.reach(
          (at.info?.decorators ?? []).flatMap(({ value }) => functionsOf(value)),
          undefined,
          wanted.reach,
        );
        return (fact) => isInside(fact.info, reach);
      }
      case 'callers': {
        const { info } = at;
        if (!info) return () => false;
        const reach = this.callersOf(info, wanted.reach);
        return (fact) => isInside(fact.info, reach);
      }
      case 'function': {
        const { info } = at;
        if (!info) return (fact) => fact.module === at.module && fact.info === undefined;
        const reach = this.reach([info], undefined, wanted.reach);
        return (fact) => isInside(fact.info, reach);
      }
      case 'body': {
        const { info } = at;
        if (!info) return () => false;
        const called = wanted.reach === 0 ? [] : [...(this.interpreter.calls.get(info.node) ?? [])];
        const reach = new Set([info.node, ...this.reach(called, info, (wanted.reach ?? MAX_REACH) - 1)]);
        return (fact) => isInside(fact.info, reach);
      }
      case 'called-class': {
        const reach = this.reach(
          viewFunctions(
            (at.called ?? NOTHING).filter(({ kind }) => kind === 'class'),
            this.interpreter.calls,
          ),
        );
        return (fact) => isInside(fact.info, reach);
      }
      case 'decorator':
      case 'argument':
      case 'callee': {
        const value = (wanted.in === 'callee' ? at.called : at[wanted.in]) ?? NOTHING;
        const reach = this.reach([
          ...functionsOf(value),
          ...(wanted.in === 'argument' ? viewFunctions(value, this.interpreter.calls) : []),
        ]);
        return (fact) => isInside(fact.info, reach);
      }
    }
  }

  /** What stands in another function has happened before when a call that leads there has. */
  private isReached(wanted: ExistsSource, fact: FactPlace, at: Place): boolean {
    const { info } = fact;
    if (wanted.order !== 'before' || wanted.in !== 'function' || !at.info || !info || info.node === at.info.node) return true;
    return isCalledBefore(this.interpreter, at.info, at.node.end, (callee) => isInside(info, this.reach([callee], at.info, wanted.reach)));
  }

  /** The nodes of the functions that call this one, of those that call them, and of what else they call. */
  private callersOf(info: FunctionInfo, most = MAX_REACH): ReadonlySet<unknown> {
    this.callers ??= reversed(this.interpreter.calls);
    const found = new Set<Span>();
    let frontier: readonly Span[] = [info.node];
    for (let step = 0; step < most && frontier.length > 0; step++) {
      const next: Span[] = [];
      for (const callee of frontier)
        for (const caller of this.callers.get(callee) ?? []) {
          if (caller === info.node || found.has(caller)) continue;
          found.add(caller);
          next.push(caller);
        }
      frontier = next;
    }
    const called = [...found].flatMap((caller) => [...(this.interpreter.calls.get(caller) ?? [])]);
    return new Set<unknown>([...found, ...this.reach(called, info, Math.max(0, most - 1))]);
  }

  /** The nodes of functions that run when these do: what they call, and what decorates them; calls of `without` are not followed. */
  private reach(start: readonly FunctionInfo[], without?: FunctionInfo, most = MAX_REACH): ReadonlySet<unknown> {
    const seen = new Set<unknown>();
    let frontier: readonly FunctionInfo[] = start;
    for (let step = 0; step <= most && frontier.length > 0; step++) {
      const next: FunctionInfo[] = [];
      for (const info of frontier) {
        if (seen.has(info.node) || info.node === without?.node) continue;
        seen.add(info.node);
        next.push(...(this.interpreter.calls.get(info.node) ?? []));
        for (const decorator of info.decorators) next.push(...functionsOf(decorator.value));
      }
      frontier = next;
    }
    return seen;
  }
}

/** The first of these, where they stand in so many other functions. */
function inOthers(facts: readonly FactPlace[], at: Place, least: number): FactPlace | undefined {
  const others = facts.filter(({ info }) => info !== undefined && info.node !== at.info?.node);
  return new Set(others.map(({ info }) => info?.node)).size >= least ? others[0] : undefined;
}

function nearest(facts: readonly FactPlace[], wanted: ExistsSource, at: Place): FactPlace | undefined {
  const reached = facts.flatMap((fact) => {
    const { passedBy } = fact;
    const steps = at.stepsTo?.(fact.info, fact.start);
    if (steps === undefined || steps > (wanted.reach ?? MAX_REACH) || !isSame(wanted, fact, at)) return [];
    // What another request passes says nothing of this one.
    return passedBy && at.stepsTo?.(passedBy.info, passedBy.start) === undefined ? [] : [{ fact, steps }];
  });
  return reached.sort((a, b) => a.steps - b.steps || a.fact.start - b.fact.start)[0]?.fact;
}

function reversed(calls: Interpreter['calls']): ReadonlyMap<Span, readonly Span[]> {
  const callers = new Map<Span, Span[]>();
  for (const [caller, callees] of calls)
    for (const callee of callees) {
      const list = callers.get(callee.node);
      if (list) list.push(caller);
      else callers.set(callee.node, [caller]);
    }
  return callers;
}

/** Whether a function is one of these or stands in one of them. */
function isInside(info: FunctionInfo | undefined, nodes: ReadonlySet<unknown>): boolean {
  for (let at = info; at; at = at.closure.info) if (nodes.has(at.node)) return true;
  return false;
}

function inOrder(wanted: ExistsSource, fact: FactPlace, at: Place): boolean {
  if (wanted.order === undefined || fact.module !== at.module || fact.info?.node !== at.info?.node) return true;
  return wanted.order === 'before' ? isBefore(fact, at) : isBefore(at, fact);
}

function isAlong(wanted: ExistsSource, fact: FactPlace, at: Place): boolean {
  return !wanted.along || !at.info || fact.info?.node !== at.info.node || isOnTheWay(at.info.node, fact.node, at.node);
}

/** Calls happen after what they are made on and what they are passed: `find(pk).delete()`, `Form(instance=find(pk))`. */
function isBefore(one: FactPlace, other: FactPlace): boolean {
  if (isWrapped(one, other)) return true;
  return one.start < other.start && !isWrapped(other, one);
}
function isWrapped(inner: FactPlace, outer: FactPlace): boolean {
  return outer.callee !== undefined && encloses(outer.node, inner.node) && !encloses(inner.node, outer.node);
}
