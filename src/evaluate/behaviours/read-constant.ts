import type { LiteralValue } from '../../ir/nodes.ts';
import { changed, environmentOf } from '../names/environment.ts';
import { bool, constant, int, type Value } from '../values/value.ts';
import type { Behaviour, BehaviourCall } from './behaviour.ts';
import { onlyConstant } from './constant-behaviours.ts';

const YES = new Set(['y', 'yes', 't', 'true', 'on', '1']);
const NO = new Set(['n', 'no', 'f', 'false', 'off', '0']);

/** Words that stand for a constant, in Python and in JSON. */
const WORDS: Readonly<Record<string, LiteralValue>> = {
  True: { type: 'bool', value: true },
  true: { type: 'bool', value: true },
  False: { type: 'bool', value: false },
  false: { type: 'bool', value: false },
  None: { type: 'none' },
  null: { type: 'none' },
};

/** Functions that read one constant off a text; a variable of the environment stays one, with what they read off its default. */
export const readingBehaviours: Readonly<Record<string, Behaviour>> = {
  /** 1 or 0. https://docs.python.org/3.11/distutils/apiref.html#distutils.util.strtobool */
  'read-flag': (call) => read(call, flagOf, 'bool'),
  'read-literal': (call) => readLiteral(call),
};

/** `json.loads(os.environ.get("DEBUG", "false"))`, and the like with `ast.literal_eval`. */
export function readLiteral(call: BehaviourCall): Value | undefined {
  return read(call, literalOf, undefined);
}

function read(call: BehaviourCall, take: (text: string) => Value | undefined, cast: string | undefined): Value | undefined {
  const passed = call.args.positional[0]?.value;
  const known = onlyConstant(passed)?.literal;
  if (known) return known.type === 'str' ? take(known.value) : undefined;
  const variable = passed && environmentOf(passed);
  if (!variable) return undefined;
  const unset = variable.fallback && onlyConstant(variable.fallback)?.literal;
  const fallback = unset?.type === 'str' ? take(unset.value) : undefined;
  const made = cast ?? (fallback && onlyConstant(fallback)?.literal.type === 'bool' ? 'bool' : undefined);
  return made === undefined ? undefined : changed(variable, made, fallback);
}

function flagOf(text: string): Value | undefined {
  const word = text.toLowerCase();
  return YES.has(word) ? int(1) : NO.has(word) ? int(0) : undefined;
}

function literalOf(text: string): Value | undefined {
  const word = WORDS[text.trim()];
  return word ? (word.type === 'bool' ? bool(word.value) : constant(word)) : undefined;
}
