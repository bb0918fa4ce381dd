import type { ConfigEvent } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ProjectTexts } from '../project-texts.ts';
import type { RouteCalls } from '../routes/route-calls.ts';
import type { ConfigWrites } from './config-writes.ts';
import { type Configuration, configurations } from './configurations.ts';
import { DEFAULTED } from './defaults.ts';

/** Every key of every configuration that production may run with, set by the project or left to Flask. */
export function* configEvents(
  interpreter: Interpreter,
  calls: RouteCalls,
  writes: ConfigWrites,
  projectTexts: ProjectTexts,
): Generator<ConfigEvent> {
  for (const configuration of configurations(interpreter, calls, writes.all())) yield* eventsOf(configuration, projectTexts);
}

function* eventsOf({ entries, anchor, replacedBy, value, isWhole }: Configuration, projectTexts: ProjectTexts): Generator<ConfigEvent> {
  const shared = {
    kind: 'config' as const,
    others: value,
    silenced: new Set<string>(),
    deployment: () => projectTexts('server', 'container').map(({ text }) => text),
  };
  for (const [name, { value: own, site, statement, valueNode, state }] of entries)
    yield {
      ...shared,
      frame: state.frame,
      statement,
      name,
      value: own,
      isSet: true,
      node: { start: site.node.start, end: site.node.end },
      valueNode,
      written: valueNode ? [{ module: site.module, node: valueNode }] : [],
      replacedBy: replacedBy(name),
    };
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
      replacedBy: undefined,
    };
  }
}
