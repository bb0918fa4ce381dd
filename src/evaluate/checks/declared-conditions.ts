import type { CallExpr } from '../../ir/nodes.ts';
import { positional } from '../calls/arguments.ts';
import { callPassed } from '../calls/calls.ts';
import type { Frame } from '../frame.ts';
import { type Interpreter, site } from '../interpreter.ts';
import { isContainer, knownElements } from '../values/container.ts';
import type { Atom, CallOrigin, Value } from '../values/value.ts';
import type { Check } from './check.ts';

/**
 * What an instance has of a field that its class declares with a converter and validators: `x = attr.ib(validator=in_(NAMES))`.
 * https://www.attrs.org/en/stable/init.html#validators
 */
export function throughDeclaration(interpreter: Interpreter, frame: Frame, declared: Value, value: Value, node: CallExpr): Value {
  const [only, ...others] = declared;
  if (only?.kind !== 'opaque' || others.length > 0 || only.origin.via !== 'call') return value;
  const { origin } = only;
  if (behaviourOf(interpreter, origin) !== 'declares-field') return value;
  const given = (name: string): Value => origin.args.keywords.find((one) => one.name === name)?.value ?? [];
  const converter = given('converter');
  const kept = converter.length > 0 ? callPassed(interpreter, frame, converter, positional({ value, node }), node) : value;
  const validators = given('validator').flatMap((atom) => (isContainer(atom) ? (knownElements(atom, frame.branch) ?? []).flat() : [atom]));
  return validators.reduce<Value>((all, validator) => all.map((atom) => checked(interpreter, frame, validator, atom, node)), kept);
}

function behaviourOf({ library }: Interpreter, { names }: CallOrigin): string | undefined {
  return names.map((name) => library.row(name)?.behaves).find((one) => one !== undefined);
}

function checked(interpreter: Interpreter, frame: Frame, validator: Atom, atom: Atom, node: CallExpr): Atom {
  if (validator.kind !== 'opaque' || validator.origin.via !== 'call' || (atom.kind !== 'opaque' && atom.kind !== 'text')) return atom;
  const [passed] = validator.origin.args.positional;
  const here = site(frame, node);
  const fact = passed && factOf(behaviourOf(interpreter, validator.origin), passed.value, atom, node);
  if (!fact) return atom;
  return { ...atom, origin: { via: 'checked', of: [atom], check: { fact, holds: true, subject: [atom], site: here }, site: here } };
}

function factOf(behaviour: string | undefined, passed: Value, atom: Atom, node: CallExpr): Check['fact'] | undefined {
  if (behaviour === 'allows-listed') return { kind: 'member', of: passed };
  if (behaviour !== 'allows-matching') return undefined;
  const args = positional({ value: passed, node }, { value: [atom], node });
  return { kind: 'call', names: ['re.fullmatch'], receiver: undefined, args };
}
