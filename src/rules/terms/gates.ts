import type { FunctionInfo } from '../../evaluate/function-info.ts';
import type { Atom } from '../../evaluate/value.ts';
import { functionOf, subjectOf } from '../event-parts.ts';
import { type Compiler, type EventTest, isObject, type Json, type JsonObject, type Keys } from '../term.ts';
import { compileFunction } from './function-terms.ts';

/** What is called is of some kind, or is neither a name nor an attribute: it was given by a call or taken out of something. */
export function gateOfCallee(pattern: Json, compiler: Compiler): Keys {
  if (!isObject(pattern)) return undefined;
  if (pattern.kind !== undefined) {
    const test = compiler.value({ kind: pattern.kind });
    return [
      { in: 'gate', id: `called ${JSON.stringify(pattern.kind)}`, test: (context) => test(subjectOf(context.event, 'callee'), context) },
    ];
  }
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
function isGiven(atom: Atom): boolean {
  return atom.kind === 'opaque' && (atom.origin.via === 'call' || atom.origin.via === 'item');
}

/** What is asked of a function is the same for all that happens in it, as long as it is not about who calls it. */
export function gateOfFunction(pattern: Json, compiler: Compiler): Keys {
  if (!isObject(pattern)) return undefined;
  const selective = Object.fromEntries(Object.entries(pattern).filter(([word]) => SELECTIVE.has(word)));
  if (Object.keys(selective).length === 0 || 'routed' in pattern || JSON.stringify(selective).includes('"routed"')) return undefined;
  const test = compileFunction(selective, compiler);
  let last: FunctionInfo | undefined;
  let answer = false;
  const gate: EventTest = (context) => {
    const info = functionOf(context.event);
    if (info === undefined) return false;
    if (info !== last) {
      last = info;
      answer = test(info, context);
    }
    return answer;
  };
  return [{ in: 'gate', id: `function ${JSON.stringify(selective)}`, test: gate }];
}
/** Words about functions that few functions fit. */
const SELECTIVE: ReadonlySet<string> = new Set(['name', 'decorated', 'decorator', 'parameter', 'async', 'class', 'any']);
