import { parserBehaviours } from './argument-parsers.ts';
import { argument, NO_ARGUMENTS, positional } from './arguments.ts';
import { attributeEntries, entriesOf, onlyObject } from './attribute-entries.ts';
import { findInClass, getAttribute, setAttribute } from './attributes.ts';
import { type Behaviour, type BehaviourCall, firstPassed, siteOfPassed } from './behaviour.ts';
import { bufferBehaviours } from './buffer-behaviours.ts';
import { callFunction } from './call-function.ts';
import { callPassed, callValue } from './calls.ts';
import { choosingBehaviours } from './chosen-elements.ts';
import { attributeNames, classBehaviours } from './class-behaviours.ts';
import { constantBehaviours } from './constant-behaviours.ts';
import { anyElement, container, copyInto, isContainer, knownElements, listOf, sequence } from './container.ts';
import { copyBehaviours } from './copy-behaviours.ts';
import { dumpBehaviours } from './dump-behaviours.ts';
import { elementBehaviours } from './element-behaviours.ts';
import { enteredValue } from './enter.ts';
import { unsetValue } from './environment.ts';
import { formatEscaped } from './escaped-format.ts';
import { fillTemplate } from './fill-template.ts';
import { numberOf } from './fold.ts';
import { isModuleBody } from './frame.ts';
import { HeapObject } from './heap.ts';
import { includeFiles } from './included-files.ts';
import { isOfProject } from './instance-of.ts';
import { iterationBehaviours, writePairs, writeSomePairs } from './iteration-behaviours.ts';
import { joinPath, joinUrl } from './join-behaviours.ts';
import { namesOfFrame, namesOfModule } from './lookup.ts';
import { makeSequence } from './make-sequence.ts';
import { mappingBehaviours } from './mapping-behaviours.ts';
import { typeNames } from './names.ts';
import { inBase, numberBehaviours } from './number-behaviours.ts';
import { combine } from './operators.ts';
import { ownEntryBehaviours } from './own-entries.ts';
import { AS_REPR, ownText } from './own-text.ts';
import { patternBehaviours } from './pattern-behaviours.ts';
import { priorityBehaviours } from './priority-behaviours.ts';
import { fieldNames, RECORD_CLASS } from './records.ts';
import { rowWriters } from './row-writers.ts';
import { savingBehaviours } from './saved-files.ts';
import { savingForms } from './saved-instance.ts';
import { sectionBehaviours } from './section-behaviours.ts';
import { sequenceBehaviours } from './sequence-stores.ts';
import { signalBehaviours } from './signal-behaviours.ts';
import { sortedPositions } from './sort-keys.ts';
import { storeBehaviours } from './stores.ts';
import { getItem, setItem } from './subscripts.ts';
import { taskBehaviours } from './task-behaviours.ts';
import { segmentsOf, textOf } from './text.ts';
import { truthOf } from './truth.ts';
import { elementOf } from './types.ts';
import { urlBehaviours } from './url-behaviours.ts';
import { bool, int, join, NONE, NOTHING, opaque, str, symbol, type Value } from './value.ts';

/** What `behaves` of a model row may name. The rows say which library functions behave so; here is how. */
export const behaviours: Readonly<Record<string, Behaviour>> = {
  'to-text': (call) => {
    const value = firstPassed(call);
    if (!value) return str('');
    const [only, ...others] = value;
    const own = only?.kind === 'object' && others.length === 0 ? findInClass(only.info, '__str__', call.frame)?.value[0] : undefined;
    if (own?.kind === 'function') return callFunction(call.interpreter, call.frame, own.info, NO_ARGUMENTS, value, call.node);
    return textOf(segmentsOf(ownText(call.interpreter, call.frame, value, call.node), siteOfPassed(call, 0)), false, call.origin);
  },
  'to-shown': (call) => {
    const value = firstPassed(call);
    const own = value && ownText(call.interpreter, call.frame, value, call.node, AS_REPR);
    return own === value ? undefined : own;
  },
  'to-integer': (call) => {
    const only = firstPassed(call)?.[0];
    const base = argument(call.args, 1, 'base')?.value;
    if (base) return inBase(only, base);
    if (only?.kind === 'constant') {
      const number =
        only.literal.type === 'str' && /^\s*[+-]?\d+\s*$/.test(only.literal.value) ? Number(only.literal.value) : numberOf(only.literal);
      if (number !== undefined) return int(Math.trunc(number));
    }
    if (only?.kind === 'environment') {
      const unset = only.fallback?.[0];
      const number =
        unset?.kind === 'constant' && unset.literal.type === 'str' && /^\s*[+-]?\d+\s*$/.test(unset.literal.value)
          ? Number(unset.literal.value)
          : undefined;
      return [{ ...only, cast: 'int', ...(number === undefined ? {} : { fallback: int(Math.trunc(number)) }) }];
    }
    return undefined;
  },
  'to-boolean': (call) => {
    const value = firstPassed(call);
    if (!value) return bool(false);
    if (call.interpreter.listener.wanted.has('test')) {
      const passed = call.node.args[0];
      if (passed)
        call.interpreter.listener.on({ kind: 'test', frame: call.frame, statement: call.interpreter.statement, node: passed.value, value });
    }
    const only = value[0];
    if (value.length === 1 && only?.kind === 'environment') {
      const absent = unsetValue(only);
      const unset = absent && truthOf(absent);
      return [{ ...only, cast: 'bool', ...(unset === undefined ? {} : { fallback: bool(unset) }) }];
    }
    const truth = truthOf(value);
    return truth === undefined ? undefined : bool(truth);
  },
  length: (call) => {
    const value = firstPassed(call);
    const only = value?.[0];
    if (value?.length !== 1 || !only) return undefined;
    if (only.kind === 'constant' && (only.literal.type === 'str' || only.literal.type === 'bytes')) return int(only.literal.value.length);
    if (isContainer(only) && !only.object.open)
      return int(only.form === 'dict' ? only.object.size : (only.object.length ?? only.object.size));
    return undefined;
  },
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
  'join-url': joinUrl,
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
  'first-argument': firstPassed,
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
    return listOf(sequence('tuple', [opaque(call.origin, 'builtins.int'), element], call.origin.site, call.frame.branch), call.origin.site);
  },
  /** `vars(module)`, `vars(object)`. */
  'names-of': (call) => {
    const [only, ...others] = firstPassed(call) ?? NOTHING;
    const object = onlyObject(firstPassed(call));
    if (object) return entriesOf(call.interpreter, call.frame, object, call.origin.site, 0);
    return only?.kind === 'module' && others.length === 0 ? namesOfModule(only.state, call.origin.site) : undefined;
  },
  /** `locals()` */
  'local-names': ({ frame, origin }) => (isModuleBody(frame) ? undefined : namesOfFrame(frame.vars, origin.site, frame.branch)),
  'list-names': (call) => {
    const [only, ...others] = firstPassed(call) ?? NOTHING;
    if (only?.kind !== 'module' || others.length > 0) return undefined;
    const names = [...only.state.frame.vars.keys()].sort();
    return sequence(
      'list',
      names.map((name) => str(name)),
      call.origin.site,
      call.frame.branch,
    );
  },
  'get-attribute': (call) => {
    const object = firstPassed(call);
    const names = object && attributeNames(call.args.positional[1]?.value ?? NOTHING, object);
    if (!names) return undefined;
    return names.reduce<Value>((all, name) => join(all, getAttribute(call.interpreter, call.frame, object, name, call.node)), NOTHING);
  },
  'set-attribute': (call) => {
    const object = firstPassed(call);
    const name = call.args.positional[1]?.value[0];
    const value = call.args.positional[2]?.value;
    if (!object || !value || name?.kind !== 'constant' || name.literal.type !== 'str') return undefined;
    setAttribute(call.interpreter, call.frame, object, name.literal.value, value);
    if (call.interpreter.listener.wanted.has('store')) {
      const target = call.args.positional[1]?.node ?? call.node;
      call.interpreter.listener.on({
        kind: 'store',
        form: 'attribute',
        frame: call.frame,
        statement: call.interpreter.statement,
        name: name.literal.value,
        object,
        value,
        augmented: false,
        target,
        node: call.node,
        valueNode: call.node.args[2]?.value,
      });
    }
    return NONE;
  },
  'is-instance': (call) => {
    const value = firstPassed(call);
    const type = call.args.positional[1]?.value;
    const wanted = type?.[0];
    if (value && type?.length === 1 && wanted?.kind === 'class') return isOfProject(value, wanted.info);
    if (!value || type?.length !== 1 || wanted?.kind !== 'symbol') return undefined;
    const answers = new Set(
      value.map((atom) =>
        typeNames(call.interpreter, atom).length === 0 ? undefined : typeNames(call.interpreter, atom).includes(wanted.name),
      ),
    );
    const [answer] = answers;
    return answers.size === 1 && answer === true ? bool(true) : undefined;
  },
  super: (call) => {
    const { info } = call.frame;
    const owner = info?.owner ?? call.frame.parent?.info?.owner;
    const parameter = info?.node.params[0];
    if (!owner || !parameter) return undefined;
    const self = call.frame.vars.get(parameter.name);
    return self ? [{ kind: 'super', info: owner, self }] : undefined;
  },
  'partial-application': (call) => partialOf(call, false),
  'partial-method': (call) => partialOf(call, true),
  /** `stack.enter_context(context)`: what `with` binds. */
  'enter-argument': (call) => {
    const context = firstPassed(call);
    return context && enteredValue(call.interpreter, call.frame, context, siteOfPassed(call, 0));
  },
  // A proxy for what a function gives: `db = LocalProxy(get_db)`.
  'call-argument': (call) => {
    const callee = firstPassed(call);
    const callable = callee?.every((atom) => atom.kind === 'function' || atom.kind === 'bound' || atom.kind === 'partial');
    return callee && callable ? callValue(call.interpreter, call.frame, callee, NO_ARGUMENTS, call.node) : undefined;
  },
  // `namedtuple("Pair", "first second")`: a class whose instances are tuples with names.
  'named-tuple': (call) => {
    const fields = fieldNames(call.args.positional[1]?.value);
    return fields && opaque(call.origin, RECORD_CLASS, fields.flatMap(str));
  },
  'get-item': (call) => {
    const [object, key] = call.args.positional.map((passed) => passed.value);
    return object && key && getItem(call.interpreter, call.frame, object, key, call.node, undefined);
  },
  'set-item': (call) => {
    const [object, key, value] = call.args.positional.map((passed) => passed.value);
    if (object) setItem(call.interpreter, call.frame, object, key ?? NOTHING, value ?? NOTHING, call.node);
    return NONE;
  },
  // `run_in_executor(None, f, x)`: the function comes after where it runs.
  'call-second': (call) => {
    const callee = call.args.positional[1]?.value;
    return (
      callee && callPassed(call.interpreter, call.frame, callee, { ...call.args, positional: call.args.positional.slice(2) }, call.node)
    );
  },
  // `await to_thread(f, x)`
  'call-first': (call) => {
    const callee = firstPassed(call);
    return (
      callee && callPassed(call.interpreter, call.frame, callee, { ...call.args, positional: call.args.positional.slice(1) }, call.node)
    );
  },
  /** `worker.start()` of a thread whose class has a `run` of its own. https://docs.python.org/3/library/threading.html#threading.Thread.run */
  'run-receiver': ({ interpreter, frame, receiver, node }) => {
    for (const atom of receiver ?? NOTHING) {
      const run = atom.kind === 'object' ? findInClass(atom.info, 'run', frame)?.value[0] : undefined;
      if (run?.kind === 'function') callFunction(interpreter, frame, run.info, NO_ARGUMENTS, [atom], node);
    }
    interpreter.ended = false;
    return NONE;
  },
  // `Thread(target=f, args=(x,))`, `Process`, `Timer(5, f, args)`: called when it is started; `task.apply_async(args, kwargs)`.
  'call-target': (call) => {
    const names = call.row.params ?? [];
    const passed = (name: string): Value | undefined => argument(call.args, names.indexOf(name), name)?.value;
    const callee = passed('target') ?? passed('function');
    const [list] = passed('args') ?? [];
    const [entries] = passed('kwargs') ?? [];
    const node = call.node;
    const elements = list && isContainer(list) ? (knownElements(list, call.frame.branch) ?? []) : [];
    const keywords =
      entries && isContainer(entries, 'dict')
        ? [...entries.object.keyNames()].map((slot) => ({
            name: slot.slice(2),
            value: entries.object.read(slot, call.frame.branch) ?? NOTHING,
            node,
          }))
        : [];
    if (callee)
      callPassed(call.interpreter, call.frame, callee, { ...positional(...elements.map((value) => ({ value, node }))), keywords }, node);
    call.interpreter.ended = false;
    return undefined;
  },
  ...storeBehaviours,
  ...signalBehaviours,
  ...sequenceBehaviours,
  ...parserBehaviours,
  ...numberBehaviours,
  ...constantBehaviours,
  ...ownEntryBehaviours,
  ...urlBehaviours,
  ...sectionBehaviours,
  ...bufferBehaviours,
  ...dumpBehaviours,
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
  'fill-template': fillTemplate,
  'format-escaped': formatEscaped,
  'join-path': (call) => joinPath(call),
  'sum-text': (call) => {
    const left = call.receiver;
    const right = firstPassed(call);
    return left && right ? combine(call.interpreter, call.frame, '+', left, right, call.node, call.node, call.node) : undefined;
  },
  'include-files': includeFiles,
  'load-module': (call) => {
    const name = firstPassed(call)?.[0];
    if (name?.kind !== 'constant' || name.literal.type !== 'str') return undefined;
    const module = call.interpreter.modules.find(name.literal.value, call.frame.state.module);
    const state = module && call.interpreter.states.get(module);
    return state ? [{ kind: 'module', state }] : symbol(name.literal.value);
  },
};

/** Elements that are counted one by one; longer lists are data. */
const MAX_COUNTED = 16;

/** A function with the arguments that are passed behind it. https://docs.python.org/3/library/functools.html#functools.partial */
function partialOf(call: BehaviourCall, isMethod: boolean): Value | undefined {
  const callee = firstPassed(call);
  return callee ? [{ kind: 'partial', callee, args: { ...call.args, positional: call.args.positional.slice(1) }, isMethod }] : undefined;
}
