import type { ConfigEvent } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Span } from '../../ir/nodes.ts';
import type { ProjectTexts } from '../project-texts.ts';
import type { RouteCalls } from '../routes/route-calls.ts';
import type { ConfigWrites } from './config-writes.ts';
import { type Configuration, configurations } from './configurations.ts';
import { DEFAULTED } from './defaults.ts';

/** The name of the event that stands for an application itself, where it is made; no key is called so. */
const APPLICATION = 'application';

/** Every key of every configuration that production may run with, set by the project or left to Flask. */
export function* configEvents(
  interpreter: Interpreter,
  calls: RouteCalls,
  writes: ConfigWrites,
  projectTexts: ProjectTexts,
): Generator<ConfigEvent> {
  const told = new Set<Span>();
  for (const configuration of configurations(interpreter, calls, writes.all())) {
    yield* eventsOf(configuration, projectTexts);
    const { app } = configuration;
    const frame = app && interpreter.states.get(app.module)?.frame;
    if (!app || !frame || told.has(app.node)) continue;
    told.add(app.node);
    yield {
      ...sharedBy(configuration, projectTexts),
      frame,
      statement: undefined,
      name: APPLICATION,
      value: [],
      isSet: true,
      node: app.node,
      valueNode: undefined,
      written: [],
      writtenParts: () => [],
      replacedBy: undefined,
    };
  }
}

function* eventsOf(configuration: Configuration, projectTexts: ProjectTexts): Generator<ConfigEvent> {
  const { entries, anchor, replacedBy, value, isWhole } = configuration;
  const shared = sharedBy(configuration, projectTexts);
  for (const [name, { value: own, site, statement, valueNode, state }] of entries) {
    const written = valueNode ? [{ module: site.module, node: valueNode }] : [];
    yield {
      ...shared,
      frame: state.frame,
      statement,
      name,
      value: own,
      isSet: true,
      node: { start: site.node.start, end: site.node.end },
      valueNode,
      written,
      writtenParts: () => written,
      replacedBy: replacedBy(name),
    };
  }
  for (const name of isWhole ? DEFAULTED : []) {
    if (entries.has(name)) continue;
    yield {
      ...shared,
      frame: anchor.state.frame,
      statement: anchor.statement,
      name,
      value: value(name) ?? [],
      isSet: false,
      node: { start: anchor.node.start, end: anchor.node.end },
      valueNode: undefined,
      written: [],
      writtenParts: () => [],
      replacedBy: undefined,
    };
  }
}

function sharedBy({ value }: Configuration, projectTexts: ProjectTexts): Pick<ConfigEvent, 'kind' | 'others' | 'silenced' | 'deployment'> {
  return {
    kind: 'config',
    others: value,
    silenced: new Set(),
    deployment: () => projectTexts('server', 'container').map(({ text }) => text),
  };
}
