import type { Frame } from '../../evaluate/frame.ts';
import type { Printed } from '../../evaluate/values/printed.ts';
import { STORED } from '../../evaluate/values/taint.ts';
import { type Site, writtenAt } from '../../evaluate/values/value.ts';
import type { Confidence, Location } from '../../findings/finding.ts';
import type { FindingBuilder } from '../../findings/finding-builder.ts';
import type { Span } from '../../ir/nodes.ts';
import { LineIndex } from '../../source/line-index.ts';
import { COMPOSED, type Flow, isFromStored } from '../flow/flow.ts';
import { isIn, stepsOf } from './flow-steps.ts';
import { excerpt } from './message-values.ts';

/** Other sources that are named beside a finding; who has mended these sees the rest. */
const MAX_OTHER_SOURCES = 5;
/** Other sinks that are named beside a finding. */
const MAX_OTHER_SINKS = 8;
const CONFIDENCES: readonly Confidence[] = ['low', 'medium', 'high'];

/** What a flow says for a message: `{source}`, where it comes from, and `{sink}`, what it reaches. */
export function flowValues({ flow, event, place }: FlowOfCandidate): Readonly<Record<string, string>> {
  if (!flow) return {};
  const { text } = place.module;
  const node = (event.kind === 'call' ? event.node.callee : undefined) ?? event.node;
  return {
    source: isFromStored(flow) ? `stored data (${sourceText(flow)})` : sourceText(flow),
    sink: `${excerpt(text.slice(node.start, node.end))}${event.kind === 'call' ? '()' : ''}`,
    ...(flow.beyond && printedValues(flow.beyond)),
  };
}

/** What a template prints, and where. */
function printedValues({ site, how, template }: Printed): Readonly<Record<string, string>> {
  const { module, node } = site;
  const written = writtenAt(site);
  return {
    template: template === '' ? 'a template' : template === module.name ? template : `${template} (${module.name})`,
    line: String(new LineIndex(written.module.text).at(written.node.start).line),
    printed: `\`${excerpt(module.text.slice(node.start, node.end))}\` ${how}`,
  };
}

/** The part of a candidate that its flow's report reads. */
export interface FlowOfCandidate {
  readonly flow: Flow | undefined;
  readonly otherSources: readonly Site[];
  readonly event: {
    readonly kind: string;
    readonly frame: Frame;
    readonly node: Span & { readonly callee?: Span };
    readonly statement: Span | undefined;
  };
  readonly place: { readonly module: Site['module'] };
}

/** The source, each step and the sink as code flow; further sources as related places; and how sure all that is. */
export function tellFlow(builder: FindingBuilder, candidate: FlowOfCandidate, flow: Flow, sink: Span): void {
  builder.step(locationOf(headOf(flow.source)), `${sourceText(flow)} ${kindWords(flow.kinds)}`);
  for (const { site, words } of stepsOf(flow, candidate.event.frame)) builder.step(locationOf(site), words);
  builder.step(
    { path: candidate.place.module.path, start: sink.start, end: sink.end },
    `reaches ${flowValues(candidate).sink ?? 'the sink'}`,
  );
  if (flow.beyond) builder.step(locationOf(flow.beyond.site), `is printed ${flow.beyond.how}`);
  tellOtherPrints(builder, flow);
  const said = new Set([placeKey(flow.source)]);
  for (const site of candidate.otherSources) {
    if (said.has(placeKey(site)) || said.size > MAX_OTHER_SOURCES) continue;
    said.add(placeKey(site));
    builder.relate(locationOf(site), `so does ${excerpt(site.module.text.slice(site.node.start, site.node.end))}`);
  }
}

/** What else of the template is printed unprotected: who has mended the first sees it beside it. */
function tellOtherPrints(builder: FindingBuilder, { beyond, alsoPrinted = [] }: Flow): void {
  const said = new Set(beyond && [placeKey(beyond.site)]);
  for (const { site, how } of alsoPrinted) {
    if (said.has(placeKey(site)) || said.size > MAX_OTHER_SINKS) continue;
    said.add(placeKey(site));
    builder.relate(locationOf(site), `is printed ${how}, too`);
  }
}

/** Further sinks in the same function that the same source reaches: who has mended the first sees them beside it. */
export function tellOtherSinks(builder: FindingBuilder, others: readonly FlowOfCandidate[]): void {
  for (const other of others.slice(0, MAX_OTHER_SINKS)) {
    const { start, end } = other.event.node;
    builder.relate({ path: other.place.module.path, start, end }, `it also reaches ${flowValues(other).sink ?? 'this'}`);
  }
}

/**
 * The same for flows that are told as one: from one place outside into one function that is called with it, through the same text that was
 * put together of it, or in one statement through what is written alike.
 */
export function flowGroups({ flow, event, place }: FlowOfCandidate): readonly string[] {
  if (!flow) return [];
  const source = placeKey(flow.source);
  const composed = flow.points.findLast(({ words }) => words === COMPOSED);
  const { info } = event.frame;
  const last = flow.points.at(-1)?.site;
  const written = last ? last.module.text.slice(last.node.start, last.node.end) : '';
  return [
    ...(!info || isIn(flow.source, info) ? [] : [`${source}\0${place.module.path}\0${info.qualifiedName}`]),
    ...(composed ? [`${source}\0${placeKey(composed.site)}`] : []),
    ...(event.statement ? [`${source}\0${placeKey({ module: place.module, node: event.statement })}\0${written}`] : []),
  ];
}

/** Each step that is not known for sure costs one level. */
export function confidenceOf(rule: Confidence, flow: Flow): Confidence {
  return CONFIDENCES[Math.max(0, CONFIDENCES.indexOf(rule) - flow.doubts)] ?? 'low';
}

/** Of an `except` block the line that catches: what is done about the exception is not where it comes from. */
function headOf({ module, node }: Site): Site {
  if (!('types' in node && 'body' in node)) return { module, node };
  const [line = ''] = module.text.slice(node.start, node.end).split('\n', 1);
  return { module, node: { start: node.start, end: node.start + line.trimEnd().length } };
}

/** The source as it is written; of a parameter its name. */
function sourceText({ source: { module, node } }: Flow): string {
  const text = module.text.slice(node.start, node.end);
  // A parameter and what `except … as e` binds are called by their names.
  const isBinding = 'name' in node && typeof node.name === 'string' && ('form' in node || 'types' in node);
  return excerpt(isBinding ? String(node.name) : text);
}

function kindWords(kinds: readonly string[]): string {
  if (kinds.every((kind) => kind === STORED)) return 'is stored data: whoever could store it chose it';
  if (kinds.includes('secret')) return 'is a secret by its name';
  if (kinds.includes('exception')) return 'holds what went wrong';
  const isSent = kinds.includes('request') || kinds.includes('json') || kinds.includes('host');
  return `comes from ${isSent ? 'the request' : `outside (${kinds.join(', ')})`}`;
}

function placeKey({ module, node }: Site): string {
  return `${module.path}:${node.start}`;
}

function locationOf(site: Site): Location {
  const { module, node } = writtenAt(site);
  return { path: module.path, start: node.start, end: node.end };
}
