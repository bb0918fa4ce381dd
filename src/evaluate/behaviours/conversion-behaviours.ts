import { argument, NO_ARGUMENTS } from '../calls/arguments.ts';
import { callFunction } from '../calls/call-function.ts';
import { isInstanceOf } from '../checks/instance-checks.ts';
import { findInClass } from '../classes/attributes.ts';
import { unsetValue } from '../names/environment.ts';
import { isContainer } from '../values/container.ts';
import { numberOf } from '../values/fold.ts';
import { AS_REPR, ownText } from '../values/own-text.ts';
import { segmentsOf, textOf } from '../values/text.ts';
import { truthOf } from '../values/truth.ts';
import { type Atom, bool, constant, int, str } from '../values/value.ts';
import { type Behaviour, firstPassed, siteOfPassed } from './behaviour.ts';
import { inBase } from './number-behaviours.ts';

/** Keys and vectors are shorter. */
const MAX_ZEROS = 64;

/** What makes a text, a number or a truth value of something, and what asks how long or of which class it is. */
export const conversionBehaviours: Readonly<Record<string, Behaviour>> = {
  'to-text': (call) => {
    const value = firstPassed(call);
    if (!value) return str('');
    const [only, ...others] = value;
    const own = only?.kind === 'object' && others.length === 0 ? findInClass(only.info, '__str__', call.frame)?.value[0] : undefined;
    if (own?.kind === 'function') return callFunction(call.interpreter, call.frame, own.info, NO_ARGUMENTS, value, call.node);
    return textOf(segmentsOf(ownText(call.interpreter, call.frame, value, call.node), siteOfPassed(call, 0)), false, call.origin);
  },
  /** `bytes(16)`: so many zeros. https://docs.python.org/3/library/stdtypes.html#bytes */
  'to-bytes': (call) => {
    const [only, ...others] = firstPassed(call) ?? [];
    if (only?.kind !== 'constant' || others.length > 0 || only.literal.type !== 'int') return undefined;
    const length = Number(only.literal.value);
    return length >= 0 && length <= MAX_ZEROS ? constant({ type: 'bytes', value: '\0'.repeat(length) }) : undefined;
  },
  'to-shown': (call) => {
    const value = firstPassed(call);
    const own = value && ownText(call.interpreter, call.frame, value, call.node, AS_REPR);
    return own === value ? undefined : own;
  },
  'to-integer': (call) => {
    const only = firstPassed(call)?.[0];
    const base = argument(call.args, 1, 'base')?.value;
    if (base) return inBase(only, base);
    if (only?.kind === 'constant') {
      const number =
        only.literal.type === 'str' && /^\s*[+-]?\d+\s*$/.test(only.literal.value) ? Number(only.literal.value) : numberOf(only.literal);
      if (number !== undefined) return int(Math.trunc(number));
    }
    if (only?.kind === 'environment') {
      const unset = only.fallback?.[0];
      const number =
        unset?.kind === 'constant' && unset.literal.type === 'str' && /^\s*[+-]?\d+\s*$/.test(unset.literal.value)
          ? Number(unset.literal.value)
          : undefined;
      return [{ ...only, cast: 'int', ...(number === undefined ? {} : { fallback: int(Math.trunc(number)) }) }];
    }
    return undefined;
  },
  'to-boolean': (call) => {
    const value = firstPassed(call);
    if (!value) return bool(false);
    if (call.interpreter.listener.wanted.has('test')) {
      const passed = call.node.args[0];
      if (passed)
        call.interpreter.listener.on({ kind: 'test', frame: call.frame, statement: call.interpreter.statement, node: passed.value, value });
    }
    const only = value[0];
    if (value.length === 1 && only?.kind === 'environment') {
      const absent = unsetValue(only);
      const unset = absent && truthOf(absent);
      return [{ ...only, cast: 'bool', ...(unset === undefined ? {} : { fallback: bool(unset) }) }];
    }
    const truth = truthOf(value);
    return truth === undefined ? undefined : bool(truth);
  },
  length: (call) => {
    const value = firstPassed(call);
    const only = value?.[0];
    if (value?.length !== 1 || !only) return undefined;
    if (only.kind === 'constant' && (only.literal.type === 'str' || only.literal.type === 'bytes')) return int(only.literal.value.length);
    if (isContainer(only) && !only.object.open)
      return int(only.form === 'dict' ? only.object.size : (only.object.length ?? only.object.size));
    return undefined;
  },
  'is-callable': (call) => {
    const [answer, ...others] = new Set(firstPassed(call)?.map(isCallable));
    return answer === undefined || others.length > 0 ? undefined : bool(answer);
  },
  'is-instance': (call) => {
    const value = firstPassed(call);
    const type = call.args.positional[1]?.value;
    if (!value || !type) return undefined;
    const [answer, ...others] = new Set(value.map((atom) => isInstanceOf(call.interpreter, call.frame, atom, type)));
    return answer === undefined || others.length > 0 ? undefined : bool(answer);
  },
};

/** Whether something can be called; `undefined` where that is not known here. https://docs.python.org/3/library/functions.html#callable */
function isCallable(atom: Atom): boolean | undefined {
  switch (atom.kind) {
    case 'function':
    case 'class':
    case 'bound':
    case 'partial':
      return true;
    case 'constant':
    case 'text':
    case 'container':
    case 'module':
      return false;
    default:
      return undefined;
  }
}
