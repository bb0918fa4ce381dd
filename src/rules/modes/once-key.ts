import { type Event, isSetting } from '../../evaluate/events.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import { valuesBefore } from '../../evaluate/values/taint.ts';
import { type Atom, type Site, type Value, writtenAt } from '../../evaluate/values/value.ts';
import type { Matcher } from '../compile.ts';
import { originLists, originListsIn } from '../name-lists.ts';
import type { ReportSource } from '../rule-source.ts';
import type { Candidate } from './candidate.ts';
import { isIn } from './flow-steps.ts';

/** What candidates have in common of which only the first is told, by `once`: one of these is enough. None: each is told. */
export function onceKeys(candidate: Candidate, report: ReportSource): readonly string[] {
  if (report.once === 'maker') return makerKeys(candidate);
  const key = onceKey(candidate, report);
  return key === undefined ? [] : [key];
}

function onceKey(candidate: Candidate, report: ReportSource): string | undefined {
  const id = candidate.rule.source.description.id;
  const { module, info, classInfo } = candidate.place;
  switch (report.once) {
    case undefined:
    case 'maker':
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
    case 'literal': {
      const text = candidate.event.kind === 'store' ? literalText(candidate.event.value) : undefined;
      return text && `${id}\0${module.path}\0literal\0${text}`;
    }
    case 'module':
      return `${id}\0${module.path}`;
    case 'class':
      return `${id}\0${module.path}\0${classInfo?.qualifiedName ?? ''}`;
    case 'function':
      return `${id}\0${module.path}\0${info?.qualifiedName ?? ''}`;
  }
}

function literalText([only, ...others]: Value): string | undefined {
  return only?.kind === 'constant' && only.literal.type === 'str' && others.length === 0 ? only.literal.value : undefined;
}

/** What every settings module of a project lacks is one finding, with the others beside it. */
function missingKey({ rule, event }: Candidate): string | undefined {
  return isSetting(event) && !event.isSet ? `${rule.source.description.id}\0${event.name}\0missing` : undefined;
}

/** What a function makes goes by the place where it does so, and by the function itself: several secrets that one makes are told once. */
function makerKeys(candidate: Candidate): readonly string[] {
  const { event, place, matcher, rule } = candidate;
  const id = rule.source.description.id;
  const made = (site: Site) => `${id}\0made\0${site.module.path}\0${site.node.start}`;
  if (event.kind === 'call') return [made({ module: place.module, node: event.node })];
  const makers = makersOf(event, matcher).map(made);
  if (makerOf(candidate)) return makers;
  return [`${id}\0${place.module.path}\0${place.info?.qualifiedName ?? ''}`, ...makers];
}

/** Where a function that the one with the event calls has a library make what is stored, or one that calls it: the last such call on the way back. */
export function makerOf({ event, matcher }: Pick<Candidate, 'event' | 'matcher'>): Site | undefined {
  const { info } = event.frame;
  return info && makersOf(event, matcher).findLast((site) => !isIn(site, info));
}

/** Whether a candidate is about what another function, or one that calls it, has made. */
export function isMadeElsewhere(candidate: Candidate, report: ReportSource): boolean {
  return report.once === 'maker' && makerOf(candidate) !== undefined;
}

/** Values that are looked at to find what made one. */
const MAX_LOOKED_AT = 64;

/** The calls of what the rule asks for by `from` that a stored value leads back to. */
function makersOf(event: Event, matcher: Matcher): readonly Site[] {
  if (event.kind !== 'store') return [];
  const wanted = originListsIn(matcher.source.condition).map((list) => originLists.idOf(list));
  const makers: Site[] = [];
  const seen = new Set<Atom>(event.value);
  for (const atom of seen) {
    if (atom.kind === 'opaque' && atom.origin.via === 'call') {
      const on = originLists.ofAll(atom.origin.names);
      if (wanted.some((list) => list !== undefined && on.has(list))) makers.push(atom.origin.site);
    }
    for (const before of valuesBefore(atom)) addAll(seen, before);
    if (atom.kind === 'container') addAll(seen, atom.object.everything(ROOT_BRANCH));
  }
  return makers;
}

function addAll(seen: Set<Atom>, value: Value): void {
  for (const atom of value) if (seen.size < MAX_LOOKED_AT && atom.kind !== 'constant' && atom.kind !== 'symbol') seen.add(atom);
}
