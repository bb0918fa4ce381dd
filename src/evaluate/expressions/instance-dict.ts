import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { reachesSource } from '../values/taint.ts';
import { stringOf } from '../values/text.ts';
import { join, NOTHING, type ObjectAtom, type OpaqueAtom, type Value } from '../values/value.ts';

/** `instance.__dict__[self.name]`: the attribute itself, past what the class says of it. https://docs.python.org/3/howto/descriptor.html */
export function readOwn(frame: Frame, atom: OpaqueAtom, key: Value): Value | undefined {
  const instances = instancesOf(atom);
  const name = stringOf(key);
  if (!instances || name === undefined) return undefined;
  let result: Value = NOTHING;
  for (const { object } of instances) {
    const value = object.read(name, frame.branch);
    if (!value) return undefined;
    result = join(result, value);
  }
  return result;
}

/** `instance.__dict__[self.name] = value`; whether that is what it is. */
export function setOwn(interpreter: Interpreter, frame: Frame, atom: OpaqueAtom, key: Value, value: Value): boolean {
  const instances = instancesOf(atom);
  const name = stringOf(key);
  if (!instances || name === undefined) return false;
  const [only, ...others] = instances;
  const isSure = only !== undefined && others.length === 0 && only.object !== only.info.anyInstance;
  for (const { object } of instances) {
    if (reachesSource(interpreter, value)) object.marks++;
    if (isSure) object.write(name, value, frame.branch);
    else object.widen(name, value, frame.branch);
  }
  return true;
}

function instancesOf({ origin }: OpaqueAtom): readonly ObjectAtom[] | undefined {
  if (origin.via !== 'attribute' || origin.name !== '__dict__') return undefined;
  const instances = origin.of.filter((one) => one.kind === 'object');
  return instances.length > 0 && instances.length === origin.of.length ? instances : undefined;
}
