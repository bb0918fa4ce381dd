import { argument, type CallArguments, NO_ARGUMENTS } from '../calls/arguments.ts';
import { callValue } from '../calls/calls.ts';
import { findInClass, getAttribute } from '../classes/attributes.ts';
import { ancestors, type ClassInfo } from '../classes/class-info.ts';
import { isContainer, orderedElements, sequence } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { reachesSource } from '../values/taint.ts';
import { constantText, stringSegments } from '../values/text.ts';
import { heldBy } from '../values/types.ts';
import { type Atom, join, NOTHING, opaque, type Value } from '../values/value.ts';
import type { Behaviour, BehaviourCall } from './behaviour.ts';

/** What libraries do with classes of the project that they are told of: forms and serializers of views, querysets that managers are made of. */
export const classBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `self.get_serializer(data=…)`. https://www.django-rest-framework.org/api-guide/generic-views/#get_serializer */
  'make-serializer': (call) => made(call, classFrom(call, 'get_serializer_class', 'serializer_class'), call.args),
  /** `self.get_form()`. https://docs.djangoproject.com/en/stable/ref/class-based-views/mixins-editing/#django.views.generic.edit.FormMixin.get_form */
  'make-form': (call) => {
    const passed = argument(call.args, 0, 'form_class')?.value;
    return made(
      call,
      passed?.some((atom) => atom.kind === 'class') ? passed : classFrom(call, 'get_form_class', 'form_class'),
      NO_ARGUMENTS,
    );
  },
  /**
   * `self.get_queryset()` of a view: what its attribute `queryset` holds, else all of its model.
   * https://docs.djangoproject.com/en/stable/ref/class-based-views/mixins-multiple-object/
   */
  'view-queryset': (call) => {
    let result: Value = NOTHING;
    // `super().get_queryset()` is about the view whose method calls it.
    const { info, vars } = call.frame;
    const self = info?.owner ? vars.get(info.node.params[0]?.name ?? '') : undefined;
    for (const atom of call.receiver?.some((one) => one.kind === 'object') ? call.receiver : (self ?? NOTHING)) {
      if (atom.kind !== 'object') continue;
      const own = findInClass(atom.info, 'queryset', call.frame)?.value ?? NOTHING;
      const model = (findInClass(atom.info, 'model', call.frame)?.value ?? NOTHING).filter((one) => one.kind === 'class');
      const all = model.length > 0 ? getAttribute(call.interpreter, call.frame, model, 'objects', call.node) : NOTHING;
      const given = own.some((one) => one.kind === 'object' || one.kind === 'opaque') ? own : all;
      result = join(
        result,
        given.filter((one) => one.kind === 'object'),
      );
    }
    return result.length > 0 ? join(opaque(call.origin, call.row.returns), result) : undefined;
  },
  /**
   * `Hook.objects.create(url=url)`: a row that holds what was passed. Others are not told apart from any row of the table.
   * https://docs.djangoproject.com/en/stable/ref/models/querysets/#create
   */
  'create-row': (call) => {
    const { interpreter, args } = call;
    if (!args.keywords.some(({ value }) => reachesSource(interpreter, value)) && !reachesSource(interpreter, args.spread)) return undefined;
    const keywords = args.keywords.filter(({ name }) => name !== 'defaults');
    const row = made(call, heldBy(call.receiver) ?? NOTHING, {
      ...NO_ARGUMENTS,
      keywords,
      openKeywords: args.openKeywords,
      spread: args.spread,
    });
    if (!row || !/_or_create$/.test(call.row.name)) return row;
    return sequence('tuple', [row, opaque(call.origin, 'builtins.bool')], call.origin.site, call.frame.branch);
  },
  /** `type(name, bases, entries)`: a class like one of a `class` statement. https://docs.python.org/3/library/functions.html#type */
  'make-class': (call) => {
    const [name, bases, entries] = call.args.positional.map(({ value }) => value);
    const [only] = entries ?? NOTHING;
    const text = constantText(name);
    if (text === undefined || !only || !isContainer(only, 'dict')) return undefined;
    const { frame, node, origin } = call;
    const { module } = frame.state;
    const namespace = new HeapObject(origin.site, frame.branch);
    for (const slot of only.object.keyNames())
      if (slot.startsWith('s:')) namespace.write(slot.slice(2), only.object.read(slot, frame.branch) ?? NOTHING, frame.branch);
    const { start, end } = node;
    const info: ClassInfo = {
      module,
      node: { kind: 'class', name: text, nameStart: start, nameEnd: end, args: [], body: [], decorators: [], start, end },
      name: text,
      qualifiedName: `${module.name}.${text}`,
      bases: (bases && orderedElements(bases, frame.branch)) ?? [],
      decorators: [],
      outer: undefined,
      namespace,
      anyInstance: new HeapObject(origin.site, frame.branch),
    };
    return [{ kind: 'class', info }];
  },
  /** `PostQuerySet.as_manager()`: what has all its methods. */
  'make-manager': (call) => made(call, call.receiver ?? NOTHING, NO_ARGUMENTS),
  /** `BaseManager.from_queryset(PostQuerySet)`: a class with the methods of both. */
  'join-classes': (call) => {
    const queryset = argument(call.args, 0, 'queryset_class')?.value ?? NOTHING;
    const classes = [...(call.receiver ?? NOTHING), ...queryset].filter((atom) => atom.kind === 'class');
    return classes.length > 0 ? classes : undefined;
  },
};

/** The class that a view names: by a method of the project, else by an attribute. */
function classFrom(call: BehaviourCall, method: string, attribute: string): Value {
  const { interpreter, frame, node } = call;
  let result: Value = NOTHING;
  for (const atom of call.receiver ?? NOTHING) {
    if (atom.kind !== 'object') continue;
    const own = findInClass(atom.info, method, frame)
      ? callValue(interpreter, frame, getAttribute(interpreter, frame, [atom], method, node), NO_ARGUMENTS, node)
      : NOTHING;
    const found = own.some((one) => one.kind === 'class') ? own : (findInClass(atom.info, attribute, frame)?.value ?? NOTHING);
    result = join(result, found);
  }
  return result;
}

/** Instances of those of the alternatives that are classes of the project; `undefined` where none is. */
function made(call: BehaviourCall, classes: Value, args: CallArguments): Value | undefined {
  const own = classes.filter((atom) => atom.kind === 'class');
  return own.length > 0 ? callValue(call.interpreter, call.frame, own, args, call.node) : undefined;
}

/** Attributes that `getattr(object, name)` may mean: all of them where a part of the name is known, `getattr(self, "on_" + event)`. */
export function attributeNames(name: Value, object: Value): readonly string[] | undefined {
  const [only] = name;
  if (name.length > 0 && name.every((atom) => atom.kind === 'constant' && atom.literal.type === 'str'))
    return name.flatMap((atom) => (atom.kind === 'constant' && atom.literal.type === 'str' ? [atom.literal.value] : []));
  const segments = name.length === 1 && only?.kind === 'text' ? stringSegments(only) : undefined;
  if (!segments) return undefined;
  const start = typeof segments[0] === 'string' ? segments[0] : '';
  const last = segments.at(-1);
  const end = typeof last === 'string' ? last : '';
  if (start.length + end.length < MIN_KNOWN) return undefined;
  const names = new Set<string>();
  for (const atom of object)
    for (const one of namesIn(atom))
      if (one.startsWith(start) && one.endsWith(end) && one.length > start.length + end.length) names.add(one);
  return names.size > 0 && names.size <= MAX_MEANT ? [...names] : undefined;
}
/** Characters of a name that must be known: `_x` means too many. */
const MIN_KNOWN = 3;
/** More attributes than this are not followed one by one. */
const MAX_MEANT = 24;

function namesIn(atom: Atom): readonly string[] {
  if (atom.kind !== 'object' && atom.kind !== 'class') return [];
  return ancestors(atom.info).flatMap((one) => (one.kind === 'class' ? [...one.info.namespace.keyNames()] : []));
}
