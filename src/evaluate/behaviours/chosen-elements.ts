import { NO_ARGUMENTS, positional } from '../calls/arguments.ts';
import { callPassed } from '../calls/calls.ts';
import { filterElements } from '../checks/filter-elements.ts';
import { combine } from '../expressions/operators.ts';
import { orderedElements, sequence } from '../values/container.ts';
import { truthOf } from '../values/truth.ts';
import { NONE, NOTHING, sameLiteral, type Value } from '../values/value.ts';
import { type Behaviour, type BehaviourCall, firstPassed } from './behaviour.ts';
import { onlyConstant } from './constant-behaviours.ts';

/** More elements than this are data, of which any is as good as another. */
const MAX_COMBINED = 32;

/**
 * Functions that choose, group or pair elements of lists of which all elements are known. Of others the `returns` of their rows holds.
 * https://docs.python.org/3/library/itertools.html
 */
export const choosingBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `takewhile(test, values)`: those in front of the first that fails. */
  'take-while': (call) => {
    const known = tested(call);
    // Where the truth of each is not known, it passed the test all the same.
    if (!known) return filterElements(call);
    const end = known.truths.indexOf(false);
    return listed(call, end < 0 ? known.elements : known.elements.slice(0, end));
  },
  /** `dropwhile(test, values)`: from the first that fails on. */
  'drop-while': (call) => {
    const known = tested(call);
    if (!known) return undefined;
    const start = known.truths.indexOf(false);
    return listed(call, start < 0 ? [] : known.elements.slice(start));
  },
  /** `compress(values, chosen)` */
  'choose-elements': (call) => {
    const [elements, chosen] = call.args.positional.map(({ value }) => orderedElements(value, call.frame.branch));
    const truths = chosen?.map(truthOf);
    if (!elements || !truths || truths.includes(undefined)) return undefined;
    return listed(
      call,
      elements.filter((_, at) => truths[at] === true),
    );
  },
  /** `accumulate(values, function)`: what the function, or `+`, makes of all elements so far. */
  accumulate: (call) => {
    const [values, given] = call.args.positional;
    const elements = values && orderedElements(values.value, call.frame.branch);
    const callee = given?.value ?? call.args.keywords.find(({ name }) => name === 'func')?.value;
    const first = call.args.keywords.find(({ name }) => name === 'initial')?.value;
    if (!elements || elements.length > MAX_COMBINED) return undefined;
    const { interpreter, frame, node } = call;
    const all: Value[] = [];
    let sum = first;
    if (first) all.push(first);
    for (const element of elements) {
      if (sum === undefined) sum = element;
      else if (callee) sum = callPassed(interpreter, frame, callee, positional({ value: sum, node }, { value: element, node }), node);
      else sum = combine(interpreter, frame, '+', sum, element, node, node, node);
      all.push(sum);
    }
    return listed(call, all);
  },
  /** `groupby(values, key)`: neighbours with the same key. */
  'group-neighbours': (call) => {
    const [values, given] = call.args.positional;
    const elements = values && orderedElements(values.value, call.frame.branch);
    const callee = given?.value ?? call.args.keywords.find(({ name }) => name === 'key')?.value;
    if (!elements || elements.length > MAX_COMBINED) return undefined;
    const keys = callee ? elements.map((element) => applied(call, callee, element)) : elements;
    const groups: { readonly key: Value; readonly members: Value[] }[] = [];
    for (const [at, key] of keys.entries()) {
      const literal = onlyConstant(key)?.literal;
      if (!literal) return undefined;
      const last = groups.at(-1);
      const before = onlyConstant(last?.key)?.literal;
      if (last && before && sameLiteral(before, literal)) last.members.push(elements[at] ?? NOTHING);
      else groups.push({ key, members: [elements[at] ?? NOTHING] });
    }
    return listed(
      call,
      groups.map(({ key, members }) => tuple(call, [key, listed(call, members)])),
    );
  },
  /** `product(first, second)`: each of the one with each of the other. */
  'pair-all': (call) => {
    const lists = call.args.positional.map(({ value }) => orderedElements(value, call.frame.branch));
    if (call.args.openPositional || call.args.keywords.length > 0) return undefined;
    let rows: readonly (readonly Value[])[] = [[]];
    for (const list of lists) {
      if (!list || rows.length * list.length > MAX_COMBINED) return undefined;
      rows = rows.flatMap((row) => list.map((element) => [...row, element]));
    }
    return listed(
      call,
      rows.map((row) => tuple(call, row)),
    );
  },
  /** `pairwise(values)` */
  'pair-neighbours': (call) => {
    const elements = firstElements(call);
    return (
      elements &&
      listed(
        call,
        elements.slice(1).map((element, at) => tuple(call, [elements[at] ?? NOTHING, element])),
      )
    );
  },
  /** `zip_longest(first, second, fillvalue=None)` */
  'zip-longest': (call) => {
    const lists = call.args.positional.map(({ value }) => orderedElements(value, call.frame.branch));
    const fill = call.args.keywords.find(({ name }) => name === 'fillvalue')?.value ?? NONE;
    if (call.args.openPositional || lists.includes(undefined)) return undefined;
    const length = Math.max(0, ...lists.map((list) => list?.length ?? 0));
    if (length > MAX_COMBINED) return undefined;
    return listed(
      call,
      Array.from({ length }, (_, at) =>
        tuple(
          call,
          lists.map((list) => list?.[at] ?? fill),
        ),
      ),
    );
  },
  /** `starmap(function, rows)`: what it gives for the elements of each row. */
  'apply-to-rows': (call) => {
    const callee = firstPassed(call);
    const rows = call.args.positional[1] && orderedElements(call.args.positional[1].value, call.frame.branch);
    const { interpreter, frame, node } = call;
    if (!callee || !rows || rows.length > MAX_COMBINED) return undefined;
    const passed = rows.map((row) => orderedElements(row, frame.branch));
    if (passed.includes(undefined)) return undefined;
    const given = passed.map((row) =>
      callPassed(interpreter, frame, callee, row ? positional(...row.map((value) => ({ value, node }))) : NO_ARGUMENTS, node),
    );
    return listed(call, given);
  },
};

/** The elements of the second argument, and what the test that is passed first says of each; `undefined` where it says it of one of them alone. */
function tested(call: BehaviourCall): { readonly elements: readonly Value[]; readonly truths: readonly boolean[] } | undefined {
  const callee = firstPassed(call);
  const elements = call.args.positional[1] && orderedElements(call.args.positional[1].value, call.frame.branch);
  if (!callee || !elements || elements.length > MAX_COMBINED) return undefined;
  const truths: boolean[] = [];
  for (const element of elements) {
    const truth = truthOf(applied(call, callee, element));
    // What comes behind the first that fails is not asked.
    if (truth === undefined) return undefined;
    truths.push(truth);
    if (!truth) break;
  }
  return { elements, truths };
}

function applied({ interpreter, frame, node }: BehaviourCall, callee: Value, element: Value): Value {
  return callPassed(interpreter, frame, callee, positional({ value: element, node }), node);
}

function firstElements(call: BehaviourCall): readonly Value[] | undefined {
  const values = firstPassed(call);
  const elements = values && orderedElements(values, call.frame.branch);
  return elements && elements.length <= MAX_COMBINED ? elements : undefined;
}

function listed({ origin, frame }: BehaviourCall, elements: readonly Value[]): Value {
  return sequence('list', elements, origin.site, frame.branch);
}

function tuple({ origin, frame }: BehaviourCall, elements: readonly Value[]): Value {
  return sequence('tuple', elements, origin.site, frame.branch);
}
