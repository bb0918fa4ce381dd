import { positional } from '../calls/arguments.ts';
import { callPassed } from '../calls/calls.ts';
import { container, isContainer } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { constantText } from '../values/text.ts';
import { type Atom, NOTHING, type Value } from '../values/value.ts';
import type { Behaviour, BehaviourCall } from './behaviour.ts';
import { textRead, valueOfJson } from './data-files.ts';
import { readLiteral } from './read-constant.ts';

/** Dicts in dicts that a hook is called with. */
const MAX_NESTED = 3;

/** What reads back what was written as text right before. */
export const dumpBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `json.loads(json.dumps(data))`, `fromstring(tostring(element))`: what was in it is in it again, as `object_hook` makes it. */
  'undo-dump': (call) => {
    const text = call.args.positional[0]?.value ?? NOTHING;
    const writers = call.row.undoes ?? [call.row.name.replace(/loads$/, 'dumps')];
    const dumped = text.flatMap((atom) =>
      atom.kind === 'opaque' && atom.origin.via === 'call' && atom.origin.names.some((name) => writers.includes(name))
        ? (atom.origin.args.positional[0]?.value ?? NOTHING)
        : [],
    );
    if (dumped.length === 0 || dumped.length !== text.length || !dumped.every(hasContent)) return readLiteral(call) ?? dataRead(call);
    const hook = call.args.keywords.find(({ name }) => name === 'object_hook')?.value;
    return hook ? hooked(call, hook, dumped, MAX_NESTED) : dumped;
  },
  /** `json.load(file)` of a file of the project. */
  'load-data': (call) => dataRead(call),
};

/** What a data file of the project, or a text that is written out, holds. */
function dataRead({ interpreter, frame, args, origin }: BehaviourCall): Value | undefined {
  const passed = args.positional[0]?.value;
  if (!passed || args.keywords.length > 0) return undefined;
  const written = constantText(passed);
  const text = written ?? textRead(interpreter, passed);
  return text === undefined ? undefined : valueOfJson(text, origin.site, frame, written === undefined);
}

function hasContent(atom: Atom): boolean {
  return isContainer(atom) || (atom.kind === 'opaque' && atom.content !== undefined);
}

/** Each dict is passed to the hook, those inside first. https://docs.python.org/3/library/json.html#json.load */
function hooked(call: BehaviourCall, hook: Value, value: Value, depth: number): Value {
  const { interpreter, frame, node, origin } = call;
  return value.flatMap((atom) => {
    if (!isContainer(atom, 'dict') || atom.object.open || depth === 0) return [atom];
    const object = new HeapObject(origin.site, frame.branch);
    for (const slot of atom.object.keyNames())
      object.write(slot, hooked(call, hook, atom.object.read(slot, frame.branch) ?? NOTHING, depth - 1), frame.branch);
    return callPassed(interpreter, frame, hook, positional({ value: container('dict', object), node }), node);
  });
}
