import { getAttribute, setAttribute } from '../classes/attributes.ts';
import { getItem, NAMES_OF_LIBRARY, setItem } from '../expressions/subscripts.ts';
import { isModuleBody } from '../frame.ts';
import { namesOfFrame, namesOfModule } from '../names/lookup.ts';
import { sequence } from '../values/container.ts';
import { join, NONE, NOTHING, str, symbol, type Value } from '../values/value.ts';
import { entriesOf, onlyObject } from './attribute-entries.ts';
import { type Behaviour, firstPassed } from './behaviour.ts';
import { attributeNames } from './class-behaviours.ts';

/** What reads and sets names, attributes and entries that it is passed the names of. */
export const memberBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `vars(module)`, `vars(object)`. */
  'names-of': (call) => {
    const [only, ...others] = firstPassed(call) ?? NOTHING;
    const object = onlyObject(firstPassed(call));
    if (object) return entriesOf(call.interpreter, call.frame, object, call.origin.site, 0);
    if (only?.kind === 'symbol' && others.length === 0) return symbol(`${only.name}${NAMES_OF_LIBRARY}`);
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
  /** `super()`, and `super(Base, instance)`, which goes on behind that class. https://docs.python.org/3/library/functions.html#super */
  super: (call) => {
    const { info } = call.frame;
    const [base, instance] = call.args.positional;
    const [only, ...others] = base?.value ?? NOTHING;
    if (instance && only?.kind === 'class' && others.length === 0) return [{ kind: 'super', info: only.info, self: instance.value }];
    const owner = info?.owner ?? call.frame.parent?.info?.owner;
    const parameter = info?.node.params[0];
    if (!owner || !parameter) return undefined;
    const self = call.frame.vars.get(parameter.name);
    return self ? [{ kind: 'super', info: owner, self }] : undefined;
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
  'load-module': (call) => {
    const name = firstPassed(call)?.[0];
    if (name?.kind !== 'constant' || name.literal.type !== 'str') return undefined;
    const module = call.interpreter.modules.find(name.literal.value, call.frame.state.module);
    const state = module && call.interpreter.states.get(module);
    return state ? [{ kind: 'module', state }] : symbol(name.literal.value);
  },
};
