import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { CallExpr, Expr, Parameter, Span, Stmt } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';

/** Parameters of a function that all calls in question give something known to be true or false. */
export type Switches = ReadonlyMap<string, boolean>;

export const NO_SWITCHES: Switches = new Map();

/**
 * What the calls of a function in some statements pass for its switches: of `merge(a, b, preview=True)` the branch for previews runs alone.
 * Calls in the parts that are left out do not count.
 */
export function passedSwitches(body: readonly Stmt[], unreached: readonly Span[], callee: FunctionInfo): Switches {
  let common: Switches | undefined;
  const called = /^__\w+__$/.test(callee.name) ? (callee.owner?.name ?? callee.name) : callee.name;
  for (const statement of body)
    walk(statement, (node) => {
      if (node.kind !== 'call' || calledName(node.callee) !== called) return true;
      if (unreached.some(({ start, end }) => start <= node.start && node.start < end)) return true;
      const own = switchesOf(node, callee);
      common = common ? commonSwitches(common, own) : own;
      return true;
    });
  return common ?? NO_SWITCHES;
}

export function commonSwitches(one: Switches, other: Switches): Switches {
  return new Map([...one].filter(([name, value]) => other.get(name) === value));
}

function switchesOf(call: CallExpr, { node, owner, binding, name }: FunctionInfo): Switches {
  const isSpread = call.args.some(({ star }) => star !== undefined);
  // `Cart.add(cart, item)` passes the receiver itself.
  const isUnbound = owner && binding === 'plain' && call.callee.kind === 'attribute' && calledName(call.callee.object) === owner.name;
  if (isSpread || (isUnbound && name !== '__init__')) return NO_SWITCHES;
  const takesReceiver = owner !== undefined && binding !== 'static';
  const params = node.params.slice(takesReceiver ? 1 : 0);
  const positional = call.args.filter((one) => one.name === undefined);
  const found = new Map<string, boolean>();
  for (const [at, parameter] of params.entries()) {
    const named = call.args.find((one) => one.name === parameter.name);
    const passed = named?.value ?? (takesPosition(parameter) ? positional[at]?.value : undefined) ?? parameter.default;
    const truth = passed && truthOfLiteral(passed);
    if (truth !== undefined && parameter.form !== 'rest' && parameter.form !== 'keywords') found.set(parameter.name, truth);
  }
  return found;
}

function takesPosition({ form }: Parameter): boolean {
  return form === 'plain' || form === 'positional-only';
}

function truthOfLiteral(node: Expr): boolean | undefined {
  if (node.kind !== 'literal') return undefined;
  return node.literal.type === 'bool' ? node.literal.value : node.literal.type === 'none' ? false : undefined;
}

function calledName(node: Expr): string {
  return node.kind === 'name' ? node.id : node.kind === 'attribute' ? node.name : '';
}
