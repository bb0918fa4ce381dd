import { type Event, isSetting } from '../../evaluate/events.ts';
import { valuesBefore } from '../../evaluate/values/taint.ts';
import { type Atom, type Site, type Value, writtenAt } from '../../evaluate/values/value.ts';
import type { ReportSource } from '../rule-source.ts';
import type { Candidate } from './candidate.ts';
import { isIn } from './flow-steps.ts';

/** What candidates have in common of which only the first is told, by `once`; `undefined`: each is told. */
export function onceKey(candidate: Candidate, report: ReportSource): string | undefined {
  const id = candidate.rule.source.description.id;
  const { module, info, classInfo } = candidate.place;
  switch (report.once) {
    case undefined:
      return missingKey(candidate);
    case 'project':
      return id;
    case 'printed': {
      const printed = candidate.flow?.beyond?.site;
      const site = printed && writtenAt(printed);
      return site && `${id}\0${site.module.path}\0${site.node.start}`;
    }
    case 'source': {
      const source = candidate.flow?.source;
      return source && `${id}\0${source.module.path}\0${source.module.text.slice(source.node.start, source.node.end)}`;
    }
    case 'module':
      return `${id}\0${module.path}`;
    case 'class':
      return `${id}\0${module.path}\0${classInfo?.qualifiedName ?? ''}`;
    case 'maker': {
      const made = makerOf(candidate.event);
      if (made) return `${id}\0made\0${made.module.path}\0${made.node.start}`;
      return `${id}\0${module.path}\0${info?.qualifiedName ?? ''}`;
    }
    case 'function':
      return `${id}\0${module.path}\0${info?.qualifiedName ?? ''}`;
  }
}

/** What every settings module of a project lacks is one finding, with the others beside it. */
function missingKey({ rule, event }: Candidate): string | undefined {
  return isSetting(event) && !event.isSet ? `${rule.source.description.id}\0${event.name}\0missing` : undefined;
}

/** Values that are looked at to find what made one. */
const MAX_LOOKED_AT = 64;

/** Where a function that the one with the event calls has a library make what is stored: the last call on the way back that is not in the function. */
export function makerOf(event: Event): Site | undefined {
  const { info } = event.frame;
  if (!info || event.kind !== 'store') return undefined;
  let made: Site | undefined;
  const seen = new Set<Atom>(event.value);
  for (const atom of seen) {
    if (atom.kind === 'opaque' && atom.origin.via === 'call' && atom.origin.names.length > 0 && !isIn(atom.origin.site, info))
      made = atom.origin.site;
    for (const before of valuesBefore(atom)) addAll(seen, before);
  }
  return made;
}

function addAll(seen: Set<Atom>, value: Value): void {
  for (const atom of value) if (seen.size < MAX_LOOKED_AT && atom.kind !== 'constant' && atom.kind !== 'symbol') seen.add(atom);
}
