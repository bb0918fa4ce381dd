import { fieldNames, RECORD_CLASS } from '../classes/records.ts';
import { anyElement, container, copyInto, isContainer, knownElements, listOf, sequence } from '../values/container.ts';
import { numberOf } from '../values/fold.ts';
import { HeapObject } from '../values/heap.ts';
import { truthOf } from '../values/truth.ts';
import { elementOf } from '../values/types.ts';
import { bool, int, join, NOTHING, opaque, str, type Value } from '../values/value.ts';
import { type Behaviour, firstPassed, siteOfPassed } from './behaviour.ts';
import { writePairs, writeSomePairs } from './iteration-behaviours.ts';
import { makeSequence } from './make-sequence.ts';
import { sortedPositions } from './sort-keys.ts';

/** What makes a collection of what it is passed. */
export const makingBehaviours: Readonly<Record<string, Behaviour>> = {
  'make-dict': (call) => {
    const object = new HeapObject(call.origin.site, call.frame.branch);
    // Of several, as `ChainMap` takes them, the first one wins.
    for (const { value } of [...call.args.positional].reverse())
      for (const atom of value) {
        if (isContainer(atom, 'dict')) copyInto(object, atom.object, call.frame.branch);
        else if (!writePairs(object, atom, value.length === 1, call.frame)) writeSomePairs(call, object, atom);
      }
    for (const { name, value } of call.args.keywords) object.write(`s:${name}`, value, call.frame.branch);
    if (call.args.openKeywords) {
      object.writeAnywhere(call.args.spread);
      object.keys = join(object.keys, join(call.args.names ?? NOTHING, call.args.keys ?? NOTHING));
    }
    return container('dict', object);
  },
  /** What is passed by name, and more. */
  'make-open-dict': (call) => {
    const object = new HeapObject(call.origin.site, call.frame.branch);
    for (const { name, value } of call.args.keywords) object.write(`s:${name}`, value, call.frame.branch);
    object.writeAnywhere(call.args.openKeywords ? call.args.spread : opaque({ via: 'unresolved', name: '', site: call.origin.site }));
    return container('dict', object);
  },
  'make-list': (call) => makeSequence(call, 'list'),
  'make-tuple': (call) => makeSequence(call, 'tuple'),
  'make-set': (call) => makeSequence(call, 'set'),
  // `sorted`, `reversed`: constants may stand as they were, of others any may be at any position.
  'make-ordered': (call) => {
    const made = makeSequence(call, 'list');
    const [only] = made;
    if (only?.kind !== 'container') return made;
    const elements = knownElements(only, call.frame.branch);
    if (elements && call.row.name === 'builtins.reversed')
      return sequence('list', [...elements].reverse(), call.origin.site, call.frame.branch);
    const key = call.args.keywords.find(({ name }) => name === 'key')?.value;
    const isReversed = truthOf(call.args.keywords.find(({ name }) => name === 'reverse')?.value ?? bool(false));
    const order = elements && isReversed !== undefined ? sortedPositions(call, elements, key, isReversed) : undefined;
    if (elements && order)
      return sequence(
        'list',
        order.map((at) => elements[at] ?? NOTHING),
        call.origin.site,
        call.frame.branch,
      );
    if (elements?.every((element) => element.every((atom) => atom.kind === 'constant'))) return made;
    return listOf(anyElement(only, call.frame.branch), call.origin.site);
  },
  'iterate-pairs': (call) => {
    const value = firstPassed(call);
    if (!value) return undefined;
    const [only, ...others] = value;
    const known =
      only && others.length === 0 && isContainer(only) && only.form !== 'set' ? knownElements(only, call.frame.branch) : undefined;
    const start = call.args.positional[1]?.value ?? call.args.keywords.find(({ name }) => name === 'start')?.value ?? int(0);
    const first = start.length === 1 && start[0]?.kind === 'constant' ? numberOf(start[0].literal) : undefined;
    if (known && first !== undefined && known.length <= MAX_COUNTED) {
      const pair = (element: Value, at: number) => sequence('tuple', [int(first + at), element], call.origin.site, call.frame.branch);
      return sequence('list', known.map(pair), call.origin.site, call.frame.branch);
    }
    const element = elementOf(call.interpreter, value, { via: 'element', of: value, site: siteOfPassed(call, 0) });
    // Counting says nothing of what is counted.
    const count = opaque({ via: 'operation', operands: [], site: call.origin.site }, 'builtins.int');
    return listOf(sequence('tuple', [count, element], call.origin.site, call.frame.branch), call.origin.site);
  },
  // `namedtuple("Pair", "first second")`: a class whose instances are tuples with names.
  'named-tuple': (call) => {
    const fields = fieldNames(call.args.positional[1]?.value);
    return fields && opaque(call.origin, RECORD_CLASS, fields.flatMap(str));
  },
};

/** Elements that are counted one by one; longer lists are data. */
const MAX_COUNTED = 16;
