import type { Atom } from '../../evaluate/values/value.ts';
import { functionOf, subjectOf, valuesOf } from '../event-parts.ts';
import { type Compiler, type EventTest, isObject, type Json, type JsonObject, type Keys, type TestContext } from '../term.ts';
import { compileFunction } from './function-terms.ts';
import { compileName } from './name-pattern.ts';

/** A test of something that many events in a row share: the function, the conditions, the file. It is asked when that changes. */
export function onceFor<Shared>(
  sharedOf: (context: TestContext) => Shared,
  test: (shared: Shared, context: TestContext) => boolean,
): EventTest {
  let last: { readonly shared: Shared; readonly answer: boolean } | undefined;
  return (context) => {
    const shared = sharedOf(context);
    if (!last || last.shared !== shared) last = { shared, answer: test(shared, context) };
    return last.answer;
  };
}

/** What is called is of some kind, an instance, or neither a name nor an attribute: it was given by a call or taken out of something. */
export function gateOfCallee(pattern: Json, compiler: Compiler): Keys {
  if (!isObject(pattern)) return undefined;
  if (pattern.kind !== undefined) {
    const test = compiler.value({ kind: pattern.kind });
    return [
      { in: 'gate', id: `called ${JSON.stringify(pattern.kind)}`, test: (context) => test(subjectOf(context.event, 'callee'), context) },
    ];
  }
  if (pattern.type !== undefined)
    return [{ in: 'gate', id: 'called an instance', test: ({ event }) => event.kind === 'call' && event.callee.some(isInstance) }];
  return wantsGiven(pattern)
    ? [{ in: 'gate', id: 'called what is given', test: ({ event }) => event.kind === 'call' && event.callee.some(isGiven) }]
    : undefined;
}
function wantsGiven(pattern: JsonObject): boolean {
  return Object.entries(pattern).some(([word, argument]) => {
    if (word === 'result-of' || word === 'item') return true;
    if (word === 'some' && isObject(argument)) return wantsGiven(argument);
    return word === 'any' && Array.isArray(argument) && argument.every((one) => isObject(one) && wantsGiven(one));
  });
}
function isInstance({ kind }: Atom): boolean {
  return kind === 'opaque' || kind === 'object';
}
function isGiven(atom: Atom): boolean {
  return atom.kind === 'opaque' && (atom.origin.via === 'call' || atom.origin.via === 'item');
}

/** One of the values of an event is a parameter as it was passed, or one with such a name. */
export function gateOfParameter(argument: Json): Keys {
  const test = argument === true ? () => true : compileName(argument);
  const isWanted = (atom: Atom): boolean => atom.kind === 'opaque' && atom.origin.via === 'parameter' && test(atom.origin.name);
  return [
    { in: 'gate', id: `parameter ${JSON.stringify(argument)}`, test: ({ event }) => valuesOf(event).some((value) => value.some(isWanted)) },
  ];
}

/** What is asked of a function is the same for all that happens in it, as long as it is not about who calls it. */
export function gateOfFunction(pattern: Json, compiler: Compiler): Keys {
  if (!isObject(pattern)) return undefined;
  const selective = Object.fromEntries(Object.entries(pattern).filter(([word]) => SELECTIVE.has(word)));
  if (Object.keys(selective).length === 0 || 'routed' in pattern || JSON.stringify(selective).includes('"routed"')) return undefined;
  const test = compileFunction(selective, compiler);
  const gate = onceFor(
    ({ event }) => functionOf(event),
    (info, context) => info !== undefined && test(info, context),
  );
  return [{ in: 'gate', id: `function ${JSON.stringify(selective)}`, test: gate }];
}
/** Words about functions that few functions fit. */
const SELECTIVE: ReadonlySet<string> = new Set(['name', 'decorated', 'decorator', 'parameter', 'async', 'class', 'any']);
