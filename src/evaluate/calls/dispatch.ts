import { quietly } from '../checks/refine.ts';
import { evaluate } from '../expressions/expressions.ts';
import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { qualifiedNames, typeNames } from '../names/names.ts';
import { isInstance } from '../values/instance-of.ts';
import type { Atom, Value } from '../values/value.ts';
import type { CallArguments } from './arguments.ts';
import type { AppliedDecorator, FunctionInfo } from './function-info.ts';

interface Implementation {
  readonly info: FunctionInfo;
  /** The types that it is for. */
  readonly types: Value;
}
const implementations = new WeakMap<FunctionInfo, Implementation[]>();

/** `@show.register`, `@show.register(int)`: what else a generic function or method does. https://docs.python.org/3/library/functools.html#functools.singledispatch */
export function registerImplementation(interpreter: Interpreter, frame: Frame, decorator: AppliedDecorator, value: Value): void {
  const [own] = value;
  const [only] = decorator.value;
  if (own?.kind !== 'function' || only?.kind !== 'opaque') return;
  const { origin } = only;
  const isNamed = origin.via === 'attribute' && origin.name === 'register';
  const isCalled = origin.via === 'call' && (origin.names[0]?.endsWith('.register') ?? false);
  const of = isNamed ? origin.of : isCalled ? origin.receiver : undefined;
  for (const generic of of ?? []) {
    if (generic.kind !== 'function' || !isGeneric(interpreter, generic.info)) continue;
    const annotation = own.info.node.params[own.info.owner ? 1 : 0]?.annotation;
    const given = origin.via === 'call' ? origin.args.positional[0]?.value : undefined;
    const types = given ?? (annotation ? quietly(interpreter, () => evaluate(interpreter, frame, annotation)) : []);
    const all = implementations.get(generic.info) ?? [];
    all.push({ info: own.info, types });
    implementations.set(generic.info, all);
  }
}

function isGeneric(interpreter: Interpreter, info: FunctionInfo): boolean {
  return info.decorators.some(({ value }) => qualifiedNames(interpreter, value).some((name) => GENERIC.test(name)));
}

const GENERIC = /^functools\.singledispatch(?:method)?$/;

/** The functions that a call of a generic function may run, by the type of its first argument; `undefined` of any other function. */
export function dispatched(interpreter: Interpreter, info: FunctionInfo, args: CallArguments): readonly FunctionInfo[] | undefined {
  const all = implementations.get(info);
  if (!all) return undefined;
  const passed = args.positional[0]?.value ?? [];
  const fitting = (one: Implementation): boolean =>
    one.types.some((type) => passed.every((atom) => isOf(interpreter, atom, type) === true));
  const sure = passed.length > 0 ? all.find(fitting) : undefined;
  if (sure) return [sure.info];
  const possible = all.filter((one) => one.types.some((type) => passed.some((atom) => isOf(interpreter, atom, type) !== false)));
  return [info, ...possible.map((one) => one.info)];
}

function isOf(interpreter: Interpreter, atom: Atom, type: Atom): boolean | undefined {
  if (type.kind === 'class') return isInstance(atom, type.info);
  if (type.kind !== 'symbol') return undefined;
  const names = typeNames(interpreter, atom);
  if (names.length === 0) return undefined;
  if (names.includes(type.name)) return true;
  return atom.kind === 'constant' || atom.kind === 'text' || atom.kind === 'container' ? false : undefined;
}
