import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import type { Frame } from '../../evaluate/frame.ts';
import type { Site } from '../../evaluate/values/value.ts';
import type { Span } from '../../ir/nodes.ts';
import { encloses } from '../../util/encloses.ts';
import type { Flow, FlowPoint } from '../flow/flow.ts';

interface Call {
  readonly node: Span;
  readonly caller: Frame;
  readonly callee: FunctionInfo;
}

/**
 * Steps between source and sink from which on a flow counts as long: of those that were looked at in projects none was true, and programs made of
 * stages have fewer.
 */
const LONG = 9;

/** Whether a flow has so many steps that something on its way was most likely misread. Calls on one text, `name.strip().split()`, are one step. */
export function isLong(flow: Flow, frame: Frame): boolean {
  const steps = stepsOf(flow, frame);
  const apart = steps.filter(({ site }, index) => {
    const next = steps[index + 1]?.site;
    return next?.module !== site.module || !encloses(next.node, site.node);
  });
  return apart.length >= LONG;
}

/** All steps from the source to the sink, with the calls on the way that lead into the function of the sink. */
export function stepsOf(flow: Flow, frame: Frame): readonly FlowPoint[] {
  const steps = [...flow.points];
  let next = 0;
  for (const { node, caller, callee } of callsTowards(flow, frame)) {
    const inside = steps.findIndex((step, index) => index >= next && isIn(step.site, callee));
    const at = inside < 0 ? steps.length : inside;
    steps.splice(at, 0, { site: { module: caller.state.module, node }, words: `goes into ${callee.name}()` });
    next = at + 1;
  }
  return steps;
}

/** The calls between the function where the source, or something made from it, is and that of the sink, outermost first. */
function callsTowards(flow: Flow, frame: Frame): readonly Call[] {
  const calls: Call[] = [];
  let at = frame;
  while (at.caller && at.info && !isIn(flow.source, at.info)) {
    calls.unshift({ node: at.caller.node, caller: at.caller.frame, callee: at.info });
    at = at.caller.frame;
  }
  const { info } = at;
  const isOnTheWay = !info || [flow.source, ...flow.points.map((point) => point.site)].some((site) => isIn(site, info));
  return isOnTheWay ? calls : [];
}

/** Whether something stands in a function. */
export function isIn({ module, node }: Site, info: FunctionInfo): boolean {
  return module === info.module && encloses(info.node, node);
}
