import { NO_ARGUMENTS, positional } from '../calls/arguments.ts';
import { callPassed } from '../calls/calls.ts';
import { constantText } from '../values/text.ts';
import { type Atom, join, NOTHING, opaque, str, type Value } from '../values/value.ts';
import type { Behaviour } from './behaviour.ts';
import { stringMethod } from './string-methods.ts';

/** Functions of `re`. https://docs.python.org/3/library/re.html */
export const patternBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `re.sub(pattern, function, text)`, `PATTERN.sub(function, text)`: what the function gives for a match is put into the text. */
  'substitute-matches': (call) => {
    const { interpreter, frame, node, origin, args } = call;
    const at = call.row.params?.indexOf('repl') ?? -1;
    const given = args.positional[at];
    if (!given || origin.via !== 'call' || !given.value.some(isFunction)) return undefined;
    const others = args.positional.filter((passed) => passed !== given);
    const found = opaque({ ...origin, names: ['re.search'], args: { ...NO_ARGUMENTS, positional: others.slice(0, 2) } }, 're.Match');
    const put = callPassed(interpreter, frame, given.value, positional({ value: found, node: given.node }), node);
    const passed = args.positional.map((one) => (one === given ? { ...one, value: put } : one));
    return opaque({ ...origin, args: { ...args, positional: passed } }, 'builtins.str');
  },
  /** `re.split(r"\|", text)`: a pattern that stands for one text alone splits as that does. */
  'split-matches': (call) => {
    const { interpreter, frame, node, origin, args } = call;
    const [pattern, text, limit] = args.positional;
    const source = pattern && constantText(pattern.value);
    const separator = source === undefined ? undefined : literalOf(source);
    if (!pattern || !text || separator === undefined || limit) return undefined;
    const times = args.keywords.find(({ name }) => name === 'maxsplit');
    if (args.keywords.length > (times ? 1 : 0)) return undefined;
    const passed = positional({ value: str(separator), node: pattern.node }, ...(times ? [times] : []));
    let result: Value = NOTHING;
    for (const self of text.value) {
      if (self.kind !== 'text' && self.kind !== 'constant') return undefined;
      const parts = stringMethod({ interpreter, frame, self, method: 'split', args: passed, origin, node });
      if (!parts) return undefined;
      result = join(result, parts);
    }
    return result;
  },
};

function isFunction(atom: Atom): boolean {
  return atom.kind === 'function' || atom.kind === 'bound' || atom.kind === 'partial';
}

/** The text that a regular expression without any operator stands for. */
function literalOf(pattern: string): string | undefined {
  const plain = pattern.replace(/\\([^A-Za-z0-9])/g, '$1');
  const bare = pattern.replace(/\\[^A-Za-z0-9]/g, '');
  return plain !== '' && !/[\\.^$*+?{}[\]|()]/.test(bare) ? plain : undefined;
}
