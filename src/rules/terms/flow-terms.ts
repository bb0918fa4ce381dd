import { ancestors } from '../../evaluate/classes/class-info.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import { STORED } from '../../evaluate/values/taint.ts';
import type { Value } from '../../evaluate/values/value.ts';
import { isForStaff, isUnderTestForStaff } from '../../frameworks/routes/guards/staff-only.ts';
import { isSentByProgramsAlone } from '../../frameworks/routes/methods/sent-by-programs.ts';
import { isLookedUpBefore } from '../flow/checks/looked-up-before.ts';
import { isReadAsFileBefore } from '../flow/checks/read-as-file.ts';
import { type Flow, isSurer } from '../flow/flow.ts';
import { follow } from '../flow/follow.ts';
import { BY_LINK, isGivenToScripts } from '../flow/harmless/own-browser.ts';
import { HARM_NAMES, type HarmName } from '../flow/harms.ts';
import { rowOfCalled, subjectsAt } from '../flow/places.ts';
import { followSecret } from '../flow/secrets.ts';
import {
  type EventTest,
  isObject,
  type Json,
  type Keys,
  listOfStrings,
  NAMES_SCHEMA,
  type Subject,
  type Terms,
  type TestContext,
  type ValueTest,
} from '../term.ts';
import { compileName, NAME_SCHEMA, type NameTest } from './name-pattern.ts';

/**
 * Where rules look when they do not say from where. A path segment, which has no slash, chooses no other folder and no host. Whose page a
 * visitor comes from is not the attacker's to choose alone, and going back there is often meant.
 */
export function defaultSources(harm: HarmName): readonly string[] {
  if (harm === 'redirect') return ['request'];
  const stored = STORED_HARMS.has(harm) ? [STORED] : [];
  return harm === 'path' || harm === 'ssrf' ? ['request', 'referrer', ...stored] : ['request', 'referrer', 'segment', ...stored];
}

/** Where stored data does harm as well (only the wider profiles count it): not where it is stored for that, as addresses to redirect to are. */
const STORED_HARMS: ReadonlySet<HarmName> = new Set<HarmName>([
  'sql',
  'shell',
  'program',
  'code',
  'name',
  'template',
  'path',
  'ssrf',
  'html',
  'deserialization',
  'xml',
  'xpath',
  'ldap',
  'ldap-name',
]);

const HARM_SCHEMA = { enum: [...HARM_NAMES] };

/** How something from outside reaches a value and may do harm there. `isLink`: an address that is only followed, not loaded. */
export function flowOf(
  context: TestContext,
  subject: Subject,
  harm: HarmName,
  from: ReadonlySet<string>,
  isLink = false,
): Flow | undefined {
  if (subject.value === undefined) return undefined;
  const { interpreter, event } = context;
  if (harm === 'path' && event.kind === 'call' && isReadAsFileBefore(event.frame.info, subject.node, event.node)) return undefined;
  const flow = follow({ interpreter, harm, from, frame: event.frame, isLink }, subject.value);
  if (flow && BY_LINK.has(harm) && isSentByProgramsAlone(flow.source)) return { ...flow, doubts: flow.doubts + 1 };
  if (flow && harm === 'html' && (isLookedUpBefore(flow, event.node) || isGivenToScripts(event.frame)))
    return { ...flow, doubts: flow.doubts + 1 };
  if (!flow || !TRUSTED_WITH.has(harm)) return flow;
  // What went wrong may have been caught anywhere; who is told stands where it is sent.
  const place = harm === 'exposure' ? { module: event.frame.state.module, node: event.node } : flow.source;
  const isTold = harm === 'exposure' && isUnderTestForStaff(flow.source);
  return isTold || isForStaff(interpreter, place) ? { ...flow, doubts: flow.doubts + DOUBTS_OF_STAFF } : flow;
}

/**
 * What those who run the application may do and see anyway, by its settings or on the machine. Statements, commands and code of their own they
 * may not; and what harms whoever follows a link harms them as well.
 */
const TRUSTED_WITH: ReadonlySet<HarmName> = new Set<HarmName>([
  'exposure',
  'path',
  'ssrf',
  'keys',
  'fields',
  'regex',
  'regex-subject',
  'log',
  'email',
]);
/** As many as make the surest rule unsure. */
const DOUBTS_OF_STAFF = 2;

/** The flow that a word asks for: of names, where it gives any, else of sources. */
function soughtFlow(context: TestContext, subject: Subject, sought: Sought): Flow | undefined {
  if (!sought.isSecret) return flowOf(context, subject, sought.harm, sought.from);
  const { event, interpreter } = context;
  return followSecret({ interpreter, isSecret: sought.isSecret, site: { module: event.frame.state.module, node: event.node } }, subject);
}

interface Sought {
  readonly harm: HarmName;
  readonly from: ReadonlySet<string>;
  readonly isSecret: NameTest | undefined;
}
function soughtOf(argument: Json): Sought {
  const named = isObject(argument) ? argument.named : undefined;
  return { harm: harmOf(argument), from: new Set(sourcesOf(argument)), isSecret: named === undefined ? undefined : compileName(named) };
}
/** Values with a name may be anywhere; those from a source are looked up. */
function keysOfSought(argument: Json): Keys {
  if (isObject(argument) && argument.named !== undefined) return undefined;
  return keysOfKinds(sourcesOf(argument));
}

/** Keeps the surest flow of a test, for the report. */
function found(context: TestContext, flow: Flow | undefined): boolean {
  if (!flow) return false;
  const { trace } = context;
  if (isSurer(flow, trace.flow)) trace.flow = flow;
  return true;
}

/** Terms about values that come from outside and may do harm where they are used. */
export const taintTerms: Terms<ValueTest> = {
  tainted: {
    doc:
      'It comes from outside and may do this harm here: no sanitizer, type or condition on its way keeps it from that. ' +
      '`from` names kinds of source by the library models; default `request`, and `segment` (a URL parameter without slash) where that can do harm, and in the wider profiles `stored`. ' +
      '`named` asks for values that are read, kept or passed under such a name instead.',
    schema: {
      oneOf: [
        HARM_SCHEMA,
        {
          type: 'object',
          additionalProperties: false,
          required: ['for'],
          properties: { for: HARM_SCHEMA, from: NAMES_SCHEMA, named: NAME_SCHEMA },
        },
      ],
    },
    keys: keysOfSought,
    compile: (argument) => {
      const sought = soughtOf(argument);
      return (subject, context) => found(context, soughtFlow(context, subject, sought));
    },
  },
};

/** Kinds that are told apart only on the way back, out of what holds a whole request: one header of it, JSON that was its plain text. */
const OF_REQUEST = ['host', 'referrer', 'json'];

function keysOfKinds(kinds: readonly string[]): readonly { readonly in: 'sources'; readonly kind: string }[] {
  const all = kinds.some((kind) => OF_REQUEST.includes(kind)) ? new Set([...kinds, 'request']) : kinds;
  return [...all].map((kind) => ({ in: 'sources', kind }));
}

function harmOf(argument: Json): HarmName {
  const name = isObject(argument) ? argument.for : argument;
  return HARM_NAMES.find((one) => one === name) ?? 'code';
}
function sourcesOf(argument: Json): readonly string[] {
  return isObject(argument) && argument.from !== undefined ? listOfStrings(argument.from) : defaultSources(harmOf(argument));
}

/** Terms about calls that the library models know as sinks. */
export const sinkTerms: Terms<EventTest> = {
  sink: {
    doc:
      'call: the library models name one of its arguments (`sinks`), or its receiver, as a place where values from outside do this harm, ' +
      'and such a value is passed there. `from` names kinds of source; default `request`, and `segment` (a URL parameter without slash) where that can do harm, and in the wider profiles `stored`.',
    schema: taintTerms.tainted?.schema ?? {},
    keys: (argument) => [{ in: 'sink', harm: harmOf(argument) }],
    compile: (argument) => {
      const sought = soughtOf(argument);
      return (context) => {
        const { event, interpreter } = context;
        if (event.kind !== 'call' || hasOwnConstructor(event.callee)) return false;
        const isMade = event.callee.some((atom) => atom.kind === 'class');
        for (const name of event.names) {
          const row = rowOfCalled(interpreter, name, event.names);
          if (!row?.sinks) continue;
          for (const place of row.sinks[sought.harm] ?? [])
            for (const subject of subjectsAt(event, place, row.params))
              if (found(context, soughtFlow(context, subject, sought))) return true;
          // What a class takes the nearest ancestor says: a redirect is a response, and has no content.
          if (isMade) return false;
        }
        return false;
      };
    },
  },
};

/** A class of the project that takes other arguments than its library ancestor: where it passes them on is looked at by itself. */
function hasOwnConstructor(callee: Value): boolean {
  return callee.some(
    (atom) =>
      atom.kind === 'class' &&
      ancestors(atom.info).some((one) => one.kind === 'class' && one.info.namespace.read('__init__', ROOT_BRANCH) !== undefined),
  );
}
