import { copyInto, isContainer, knownElements, slotOfKey } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { stringOf } from '../values/text.ts';
import { join, NOTHING, opaque, opaqueAtom, str, type Value } from '../values/value.ts';
import type { Behaviour, BehaviourCall } from './behaviour.ts';
import { attributeSlot, stores } from './stores.ts';

/** What a parser calls with the text that was sent: what these give is no text any more. */
const CONVERTERS: ReadonlySet<string> = new Set([
  'builtins.int',
  'builtins.float',
  'builtins.bool',
  'decimal.Decimal',
  'uuid.UUID',
  'datetime.date',
  'datetime.datetime',
]);

/**
 * Parsers that are told one by one which arguments a request has, and then read them: `parser.add_argument("page", type=int)`,
 * `parser.parse_args()["page"]`. https://flask-restful.readthedocs.io/en/latest/reqparse.html
 */
export const parserBehaviours: Readonly<Record<string, Behaviour>> = {
  'declare-argument': (call) => {
    const name = stringOf(keyword(call, 'dest')) ?? stringOf(call.args.positional[0]?.value)?.replace(/^-+/, '');
    const value = name === undefined ? undefined : acceptedBy(call);
    const slot = name === undefined ? undefined : slotOfKey(str(name));
    if (name === undefined || slot === undefined) return undefined;
    for (const { content } of stores(call.receiver)) {
      // Declared again as what may be anything, it is that.
      if (!value) for (const one of [slot, attributeSlot(name)]) content.delete(one);
      else for (const one of [slot, attributeSlot(name)]) content.write(one, value, call.frame.branch);
    }
    return undefined;
  },
  'parse-declared': (call) => {
    const content = new HeapObject(call.origin.site, call.frame.branch);
    for (const parser of stores(call.receiver)) copyInto(content, parser.content, call.frame.branch);
    return content.size === 0 ? undefined : [opaqueAtom(call.origin, call.row.returns, undefined, content)];
  },
  /** `args.get("page", 1)`. */
  'take-declared': (call) => {
    const [key, fallback] = call.args.positional.map((passed) => passed.value);
    const slot = key && slotOfKey(key);
    const contents = stores(call.receiver);
    const taken = slot === undefined ? [] : contents.map(({ content }) => content.read(slot, call.frame.branch));
    if (taken.length === 0 || taken.length !== call.receiver?.length || taken.includes(undefined)) return undefined;
    return taken.reduce<Value>((all, one) => join(all, one ?? NOTHING), fallback ?? NOTHING);
  },
};

/** What an argument can be, where that is not any text: a number, or one of the choices. */
function acceptedBy(call: BehaviourCall): Value | undefined {
  if (keyword(call, 'action')) return undefined;
  const choices = keyword(call, 'choices');
  const [list, ...others] = choices ?? NOTHING;
  const known = list && others.length === 0 && isContainer(list) ? knownElements(list, call.frame.branch) : undefined;
  if (known?.every((one) => one.every((atom) => atom.kind === 'constant'))) return known.reduce(join, NOTHING);
  const [converter, ...more] = keyword(call, 'type') ?? NOTHING;
  if (converter?.kind !== 'symbol' || more.length > 0) return undefined;
  const type = CONVERTERS.has(converter.name) ? converter.name : call.interpreter.library.row(converter.name)?.returns;
  return type !== undefined && CONVERTERS.has(type) ? opaque({ via: 'operation', operands: [], site: call.origin.site }, type) : undefined;
}

function keyword(call: BehaviourCall, name: string): Value | undefined {
  return call.args.keywords.find((one) => one.name === name)?.value;
}
