import { combine } from '../expressions/operators.ts';
import { parserBehaviours } from './argument-parsers.ts';
import { attributeEntries } from './attribute-entries.ts';
import { type Behaviour, firstPassed } from './behaviour.ts';
import { bufferBehaviours } from './buffer-behaviours.ts';
import { callingBehaviours } from './calling-behaviours.ts';
import { choosingBehaviours } from './chosen-elements.ts';
import { classBehaviours } from './class-behaviours.ts';
import { constantBehaviours } from './constant-behaviours.ts';
import { conversionBehaviours } from './conversion-behaviours.ts';
import { copyBehaviours } from './copy-behaviours.ts';
import { dumpBehaviours } from './dump-behaviours.ts';
import { durationBehaviours } from './duration-behaviours.ts';
import { elementBehaviours } from './element-behaviours.ts';
import { formatEscaped } from './escaped-format.ts';
import { fillTemplate } from './fill-template.ts';
import { includeFiles } from './included-files.ts';
import { iterationBehaviours } from './iteration-behaviours.ts';
import { joinPath, joinUrl, splitAtDelimiter } from './join-behaviours.ts';
import { makingBehaviours } from './making-behaviours.ts';
import { mappingBehaviours } from './mapping-behaviours.ts';
import { memberBehaviours } from './member-behaviours.ts';
import { numberBehaviours } from './number-behaviours.ts';
import { ownEntryBehaviours } from './own-entries.ts';
import { packedBehaviours } from './packed-behaviours.ts';
import { patternBehaviours } from './pattern-behaviours.ts';
import { priorityBehaviours } from './priority-behaviours.ts';
import { readingBehaviours } from './read-constant.ts';
import { rowWriters } from './row-writers.ts';
import { savingBehaviours } from './saved-files.ts';
import { savingForms } from './saved-instance.ts';
import { sectionBehaviours } from './section-behaviours.ts';
import { sequenceBehaviours } from './sequence-stores.ts';
import { signalBehaviours } from './signal-behaviours.ts';
import { storeBehaviours } from './stores.ts';
import { taskBehaviours } from './task-behaviours.ts';
import { urlBehaviours } from './url-behaviours.ts';
import { callMethodOfValue } from './value-methods.ts';

/** What `behaves` of a model row may name. The rows say which library functions behave so; here is how. */
export const behaviours: Readonly<Record<string, Behaviour>> = {
  ...conversionBehaviours,
  ...makingBehaviours,
  ...memberBehaviours,
  ...callingBehaviours,
  ...storeBehaviours,
  ...signalBehaviours,
  ...sequenceBehaviours,
  ...parserBehaviours,
  ...numberBehaviours,
  ...constantBehaviours,
  ...readingBehaviours,
  ...ownEntryBehaviours,
  ...urlBehaviours,
  ...sectionBehaviours,
  ...bufferBehaviours,
  ...dumpBehaviours,
  ...durationBehaviours,
  ...packedBehaviours,
  ...patternBehaviours,
  ...copyBehaviours,
  ...priorityBehaviours,
  ...savingBehaviours,
  ...savingForms,
  ...iterationBehaviours,
  ...choosingBehaviours,
  ...elementBehaviours,
  ...taskBehaviours,
  ...rowWriters,
  ...mappingBehaviours,
  ...classBehaviours,
  ...attributeEntries,
  'join-url': joinUrl,
  'split-at-delimiter': splitAtDelimiter,
  'first-argument': firstPassed,
  'fill-template': fillTemplate,
  'format-escaped': formatEscaped,
  /** `Formatter().format("{} of {}", a, b)`: what the method of that text gives. */
  'format-first': ({ interpreter, frame, args, node }) => {
    const [format, ...passed] = args.positional;
    if (!format || args.openPositional) return undefined;
    return callMethodOfValue(interpreter, frame, format.value, 'format', { ...args, positional: passed }, node);
  },
  'join-path': (call) => joinPath(call),
  'sum-text': (call) => {
    const left = call.receiver;
    const right = firstPassed(call);
    return left && right ? combine(call.interpreter, call.frame, '+', left, right, call.node, call.node, call.node) : undefined;
  },
  'include-files': includeFiles,
};
