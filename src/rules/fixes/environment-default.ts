import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { CallOrigin, Value } from '../../evaluate/values/value.ts';
import type { Argument, CallExpr, Expr } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import type { Edit } from './edit.ts';

/** Changes the default of the one read of the environment that a value is: takes it away, or turns it off. */
export function changeDefault(interpreter: Interpreter, text: string, node: Expr, value: Value, wish: 'none' | 'off'): readonly Edit[] {
  const [only, ...more] = value;
  if (only?.kind !== 'environment' || more.length > 0 || only.origin.via !== 'call') return [];
  const call = callIn(node, only.origin);
  const argument = call && defaultOf(interpreter, call, only.origin);
  if (!call || !argument) return [];
  return wish === 'off' ? turnedOff(text, argument.value) : taken(text, call, argument);
}

function callIn(node: Expr, { site }: CallOrigin): CallExpr | undefined {
  let found: CallExpr | undefined;
  walk(node, (one) => {
    if (one.kind === 'call' && one.start === site.node.start && one.end === site.node.end) found = one;
    return found === undefined;
  });
  return found;
}

function defaultOf(interpreter: Interpreter, call: CallExpr, { names }: CallOrigin): Argument | undefined {
  if (call.args.some(({ star }) => star !== undefined)) return undefined;
  const named = call.args.find(({ name }) => name === 'default');
  if (named) return named;
  const position = names.map((name) => interpreter.library.row(name)?.environment?.default).find((one) => typeof one === 'number');
  const positional = call.args.filter(({ name }) => name === undefined);
  return typeof position === 'number' ? positional[position] : undefined;
}

const OFF: ReadonlyMap<string, string> = new Map([
  ['True', 'False'],
  ['true', 'false'],
  ['TRUE', 'FALSE'],
  ['1', '0'],
  ['on', 'off'],
  ['On', 'Off'],
  ['ON', 'OFF'],
  ['yes', 'no'],
  ['Yes', 'No'],
  ['YES', 'NO'],
]);

function turnedOff(text: string, node: Expr): readonly Edit[] {
  if (node.kind !== 'literal') return [];
  const source = text.slice(node.start, node.end);
  const [, quote = '', word = ''] = /^(["']?)(\w+)\1$/.exec(source) ?? [];
  const off = OFF.get(word);
  return off === undefined ? [] : [{ start: node.start, end: node.end, replacement: `${quote}${off}${quote}` }];
}

/** `os.environ.get("KEY", "…")` becomes `os.environ["KEY"]`, which fails where the variable is not set; of other calls the argument goes. */
function taken(text: string, call: CallExpr, argument: Argument): readonly Edit[] {
  const { callee } = call;
  const source = text.slice(callee.start, callee.end);
  const mapping =
    /^(.*\benviron)\.get$/.exec(source)?.[1] ?? (/^(?:\w+\.)?getenv$/.test(source) ? source.replace(/getenv$/, 'environ') : undefined);
  const [name, ...others] = call.args;
  if (mapping !== undefined) {
    // `from os import getenv` gives no name to read from.
    if (mapping === 'environ' && source === 'getenv') return [];
    if (!name || others.length !== 1) return [];
    return [{ start: call.start, end: call.end, replacement: `${mapping}[${text.slice(name.value.start, name.value.end)}]` }];
  }
  const at = call.args.indexOf(argument);
  const before = call.args[at - 1];
  // What stands behind a positional one would move up.
  if (!before || (argument.name === undefined && call.args.slice(at + 1).some(({ name: keyword }) => keyword === undefined))) return [];
  return [{ start: before.end, end: argument.end, replacement: '' }];
}
