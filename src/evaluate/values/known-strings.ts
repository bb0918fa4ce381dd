import type { LiteralValue } from '../../ir/nodes.ts';
import { onlyConstant } from '../behaviours/constant-behaviours.ts';
import { MAX_TEXT_LENGTH } from '../budget.ts';
import type { CallArguments } from '../calls/arguments.ts';
import { numberOf } from './fold.ts';

const text = (value: string): LiteralValue | undefined => (value.length <= MAX_TEXT_LENGTH ? { type: 'str', value } : undefined);
const int = (value: number): LiteralValue => ({ type: 'int', value });
const bool = (value: boolean): LiteralValue => ({ type: 'bool', value });

/** A method of a known string, with constants as arguments. */
type Method = (self: string, args: readonly LiteralValue[]) => LiteralValue | undefined;

/** Methods that are asked about the string alone: of letters beyond ASCII Python and JavaScript may think differently. */
const asks =
  (pattern: RegExp): Method =>
  (self) =>
    /^[\x20-\x7e]*$/.test(self) ? bool(pattern.test(self)) : undefined;

/** https://docs.python.org/3/library/stdtypes.html#string-methods */
const METHODS: Readonly<Record<string, Method>> = {
  isdigit: asks(/^[0-9]+$/),
  isdecimal: asks(/^[0-9]+$/),
  isnumeric: asks(/^[0-9]+$/),
  isalpha: asks(/^[A-Za-z]+$/),
  isalnum: asks(/^[A-Za-z0-9]+$/),
  isidentifier: asks(/^[A-Za-z_][A-Za-z0-9_]*$/),
  isspace: asks(/^ +$/),
  isupper: (self) => bool(self === self.toUpperCase() && self !== self.toLowerCase()),
  islower: (self) => bool(self === self.toLowerCase() && self !== self.toUpperCase()),
  istitle: (self) => bool(/[A-Za-z]/.test(self) && (self.match(/[A-Za-z]+/g) ?? []).every((word) => /^[A-Z][a-z]*$/.test(word))),
  count: (self, [part]) => (part?.type === 'str' && part.value !== '' ? int(self.split(part.value).length - 1) : undefined),
  find: (self, [part]) => (part?.type === 'str' ? int(self.indexOf(part.value)) : undefined),
  rfind: (self, [part]) => (part?.type === 'str' ? int(self.lastIndexOf(part.value)) : undefined),
  index: (self, [part]) => (part?.type === 'str' && self.includes(part.value) ? int(self.indexOf(part.value)) : undefined),
  rindex: (self, [part]) => (part?.type === 'str' && self.includes(part.value) ? int(self.lastIndexOf(part.value)) : undefined),
  removeprefix: (self, [part]) =>
    part?.type === 'str' ? text(self.startsWith(part.value) ? self.slice(part.value.length) : self) : undefined,
  removesuffix: (self, [part]) =>
    part?.type === 'str' && part.value !== '' ? text(self.endsWith(part.value) ? self.slice(0, -part.value.length) : self) : undefined,
  swapcase: (self) => text([...self].map((one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase())).join('')),
  zfill: (self, [width]) => {
    const sign = /^[+-]/.exec(self)?.[0] ?? '';
    const wanted = width && numberOf(width);
    return wanted === undefined || wanted > MAX_TEXT_LENGTH
      ? undefined
      : text(sign + self.slice(sign.length).padStart(wanted - sign.length, '0'));
  },
  ljust: (self, args) => padded(self, args, (width, fill) => self.padEnd(width, fill)),
  rjust: (self, args) => padded(self, args, (width, fill) => self.padStart(width, fill)),
};

function padded(
  self: string,
  [width, fill]: readonly LiteralValue[],
  pad: (width: number, fill: string) => string,
): LiteralValue | undefined {
  const wanted = width && numberOf(width);
  if (wanted === undefined || wanted > MAX_TEXT_LENGTH || (fill && fill.type !== 'str')) return undefined;
  return wanted <= self.length ? text(self) : text(pad(wanted, fill?.value ?? ' '));
}

/** What a method of a known string gives for known arguments; `undefined` where that is not computed here. */
export function knownStringMethod(self: string, method: string, args: CallArguments): LiteralValue | undefined {
  const known = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (!known || args.openPositional || args.openKeywords || args.keywords.length > 0 || args.positional.length > 2) return undefined;
  const passed = args.positional.flatMap(({ value }) => onlyConstant(value)?.literal ?? []);
  // `count(part, start)` counts in a part.
  const most = method === 'ljust' || method === 'rjust' ? 2 : 1;
  return passed.length === args.positional.length && passed.length <= most ? known(self, passed) : undefined;
}
