import { type Event, isSetting, type SettingEvent } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Site } from '../../evaluate/values/value.ts';
import type { Confidence, Fix, RawFinding } from '../../findings/finding.ts';
import { FindingBuilder, type FindingContext } from '../../findings/finding-builder.ts';
import { placeholdersOf } from '../../findings/message.ts';
import type { Span } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import type { Module } from '../../semantics/module.ts';
import { encloses } from '../../util/encloses.ts';
import { configFix } from '../fixes/config-fix.ts';
import type { FixSource } from '../fixes/fix-source.ts';
import { settingFix } from '../fixes/setting-fix.ts';
import type { ReportSource } from '../rule-source.ts';
import { calledText } from './called-text.ts';
import type { Candidate } from './candidate.ts';
import { firstLine } from './first-line.ts';
import { confidenceOf, flowValues, tellFlow, tellOtherSinks } from './flow-report.ts';
import { messageValues } from './message-values.ts';
import { makerOf } from './once-key.ts';
import { collisionSite, placeOf, writtenPlaces } from './report-place.ts';

/** A candidate that becomes a finding, and those that are told beside it. */
export interface Spoken {
  speaker: Candidate;
  report: ReportSource;
  readonly otherSinks: Candidate[];
  /** What wider profiles tell by itself, see `once` and `rest`. */
  readonly likewise: Candidate[];
  /** Where the fact was met that `report.at` (“fact:NAME”) or `report.change` names. */
  readonly fact: Site | undefined;
}

/** Places that are alike and named beside a finding. */
const MAX_LIKEWISE = 8;

/** The finding that a candidate becomes. */
export function buildFinding({ speaker: candidate, report, otherSinks, likewise, fact }: Spoken, finding: FindingContext): RawFinding {
  const wanted = report.at?.startsWith('fact:') ? fact : undefined;
  // Where it stands in another file, a reader looks at what leads there, and is shown the way.
  const apart = wanted && wanted.module !== candidate.place.module ? wanted : undefined;
  const places = writtenPlaces(candidate.context, report.at);
  const written = (apart ? undefined : wanted) ?? places[0] ?? collisionSite(candidate.context, report.at);
  const module = written?.module ?? candidate.place.module;
  const { description } = candidate.rule.source;
  const span = firstLine(module.text, written?.node ?? placeOf(candidate.context, report.at));
  const around = module === candidate.place.module ? (candidate.event.statement ?? candidate.event.node) : span;
  const statement = encloses(around, span) ? around : span;
  const values: Record<string, string> = {
    ...messageValues(candidate.context, report),
    ...flowValues(candidate),
    ...(fact ? { change: excerptOf(fact) } : {}),
  };
  const template = report.message ?? description.message;
  const builder = new FindingBuilder(finding, description.id)
    .at({ path: module.path, ...span })
    .inside({ path: module.path, start: statement.start, end: statement.end }, candidate.enclosing)
    .say(Object.fromEntries(placeholdersOf(template).map((name) => [name, values[name] ?? ''])), template)
    .rate({
      ...(report.severity ? { severity: report.severity } : {}),
      ...(report.confidence || candidate.flow || replacementOf(candidate) ? { confidence: sureness(candidate, report) } : {}),
    });
  const replacement = replacementOf(candidate);
  if (replacement)
    builder.relate(
      { path: replacement.module.path, ...firstLine(replacement.module.text, replacement.node) },
      'what this runs is not in the repository, and may set it anew',
    );
  if (apart) builder.relate({ path: apart.module.path, ...firstLine(apart.module.text, apart.node) }, 'here');
  if (candidate.flow) tellFlow(builder, candidate, candidate.flow, span);
  tellOtherSinks(builder, otherSinks);
  const made = report.once === 'maker' ? makerOf(candidate) : undefined;
  if (made) builder.relate({ path: made.module.path, ...firstLine(made.module.text, made.node) }, 'it is made here');
  for (const { context, place } of likewise.slice(0, MAX_LIKEWISE))
    builder.relate({ path: place.module.path, ...firstLine(place.module.text, placeOf(context, report.at)) }, 'the same here');
  if (report.remediation !== undefined) builder.advise(report.remediation);
  if (report.secret)
    for (const { start, end } of secretsIn(candidate, report, module, places)) builder.hide({ path: module.path, start, end });
  const { event, context, alike } = candidate;
  const fix = report.fix && fixOf(context.interpreter, event, alike, report.fix);
  if (fix) builder.mendWith(fix);
  return builder.build();
}

/** What of a file a finding keeps from reports. */
function secretsIn(candidate: Candidate, report: ReportSource, module: Module, places: readonly Site[]): readonly Span[] {
  const { event } = candidate;
  const here = places.filter((place) => place.module === module).map(({ node }) => node);
  // What else a dict holds is no secret: engines, hosts, names.
  if (report.at?.startsWith('entry:') && here.length > 0) return here;
  const around = isSetting(event) && event.valueNode;
  const [first] = here;
  // Written in another file, or by another statement, than the setting itself.
  if (first && (module !== candidate.place.module || !around || !encloses(around, first))) return [first];
  if (event.kind === 'store' || isSetting(event)) return [fallbackText(event) ?? event.valueNode ?? event.node];
  return [placeOf(candidate.context, report.of ?? report.at)];
}

function fixOf(interpreter: Interpreter, event: Event, alike: readonly SettingEvent[], wish: FixSource): Fix | undefined {
  if (event.kind === 'setting') return settingFix(interpreter, [event, ...alike], wish);
  return event.kind === 'config' || event.kind === 'store' ? configFix(interpreter, [event], wish) : undefined;
}

/** The text that stands for a variable of the environment: the name of the variable beside it is no secret. */
function fallbackText(event: Event): Span | undefined {
  if (!isSetting(event) || !event.valueNode) return undefined;
  const [read, ...more] = event.value;
  const [text] = read?.kind === 'environment' && more.length === 0 ? (read.fallback ?? []) : [];
  if (text?.kind !== 'constant' || text.literal.type !== 'str') return undefined;
  const { value } = text.literal;
  let found: Span | undefined;
  walk(event.valueNode, (node) => {
    if (node.kind === 'literal' && node.literal.type === 'str' && node.literal.value === value) found = node;
    return true;
  });
  return found;
}

/** What is called there, without what is passed. */
function excerptOf({ module, node }: Site): string {
  return calledText(module.text.slice(node.start, node.end));
}

/** How sure the finding is. */
export function sureness(candidate: Candidate, report: ReportSource): Confidence {
  const own = report.confidence ?? candidate.rule.source.description.confidence;
  if (replacementOf(candidate)) return own === 'high' ? 'medium' : 'low';
  return candidate.flow ? confidenceOf(own, candidate.flow) : own;
}

/** What is not in the tree and may make the finding untrue. */
function replacementOf({ event }: Candidate): Site | undefined {
  return isSetting(event) ? event.replacedBy : undefined;
}
