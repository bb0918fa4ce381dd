import type { Printed } from '../../evaluate/values/printed.ts';
import { STORED } from '../../evaluate/values/taint.ts';
import type { Site } from '../../evaluate/values/value.ts';
import { encloses } from '../../util/encloses.ts';

/** How a value from outside came to where it does harm. */
export interface Flow {
  /** The expression that takes it from outside: `request.args.get("q")`. */
  readonly source: Site;
  readonly kinds: readonly string[];
  /** From the source on. */
  readonly points: readonly FlowPoint[];
  /** Steps whose effect is not known: a library without a model, a validator that is not at hand. */
  readonly doubts: number;
  /** What becomes of it behind the sink: where a template prints it. */
  readonly beyond?: Printed;
  /** What else the template prints so that comes from outside. */
  readonly alsoPrinted?: readonly Printed[];
}
export interface FlowPoint {
  readonly site: Site;
  readonly words: string;
}
/** Where texts are put together: what is wrong there is wrong at all places that the result reaches. */
export const COMPOSED = 'becomes part of a string';

/** Whether it starts at what the project has stored, which is only as bad as whoever could store it. */
export function isFromStored({ kinds }: Flow): boolean {
  return kinds.length > 0 && kinds.every((kind) => kind === STORED);
}

/** Whether a flow is told rather than another: it is surer, or as sure and comes straight from outside. */
export function isSurer(flow: Flow, other: Flow | undefined): boolean {
  if (!other || flow.doubts !== other.doubts) return !other || flow.doubts < other.doubts;
  return isFromStored(other) && !isFromStored(flow);
}

/** The source is the whole expression that takes something out of it. */
export function taken(flow: Flow | undefined, site: Site): Flow | undefined {
  if (!flow || flow.points.length > 0 || flow.source.module !== site.module) return flow;
  return encloses(site.node, flow.source.node) ? { ...flow, source: site } : flow;
}

/** One step more, unless it is at the same place as the last one. */
export function extend(flow: Flow | undefined, site: Site, words: string): Flow | undefined {
  if (!flow) return undefined;
  const last = flow.points.at(-1);
  if (last && last.site.node.start === site.node.start && last.site.node.end === site.node.end && last.site.module === site.module)
    return flow;
  return { ...flow, points: [...flow.points, { site, words }] };
}
