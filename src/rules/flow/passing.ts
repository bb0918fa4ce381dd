import { looksLikeValidator } from '../../evaluate/checks/validators.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { HarmName } from './harms.ts';

/** Parts of an exception that tell what went wrong where; the words of the system for its number (`strerror`) name no path. */
export const MESSAGE_PARTS = new Set([
  'args',
  'message',
  'msg',
  'orig',
  'reason',
  'detail',
  'details',
  'description',
  'statement',
  'stderr',
  'stdout',
  'output',
  '__traceback__',
  '__cause__',
  '__context__',
  '__dict__',
  'original_exception',
  'error',
  'filename',
  'doc',
  'text',
  'content',
]);

/** Types of sources that hold no text: the data of an `IntegerField`. */
export const PLAIN = new Set([
  'builtins.bool',
  'builtins.int',
  'builtins.float',
  'decimal.Decimal',
  'uuid.UUID',
  'datetime.date',
  'datetime.datetime',
  'datetime.time',
  'datetime.timedelta',
]);

/** Types whose values hold what they were made from. */
export const CARRIERS = new Set(
  [
    'str',
    'bytes',
    'bytearray',
    'memoryview',
    'list',
    'tuple',
    'set',
    'frozenset',
    'dict',
    'object',
    'map',
    'filter',
    'zip',
    'reversed',
    'Exception',
    'BaseException',
  ].map((name) => `builtins.${name}`),
);

/** Methods of an object without a model that do something and give an answer: what the object was made from is not in it. */
export const ACTING =
  /^(?:save|create|delete|remove|add|commit|close|send|start|run|execute|connect|publish|enqueue|delay|validate|full_clean|is_|has_|can_|exists|count|first|last|all|filter|exclude|order_by|get_or_create|update_or_create|bulk_)/;

/** Methods whose result holds what the object held, also where nothing is known of its type. */
export const TEXT_METHODS = new Set([
  'capitalize',
  'casefold',
  'center',
  'expandtabs',
  'ljust',
  'lower',
  'lstrip',
  'partition',
  'removeprefix',
  'removesuffix',
  'rjust',
  'rpartition',
  'rsplit',
  'rstrip',
  'split',
  'splitlines',
  'swapcase',
  'title',
  'upper',
  'zfill',
  'group',
  'groups',
  'setdefault',
  'stream',
]);

/** Methods of an object without a model that give their argument in another form. */
export const CONVERTING =
  /^_?(?:format|render|encode|decode|escape|unescape|quote|unquote|join|build|make|to_|from_|as_|convert|concat|parse|load|loads|dump|dumps|normali[sz]e|clean|strip|replace|sub|translate|transform|compress|decompress|decrypt)/i;

/** A function that is not at hand and turns a text into another with the same in it, wherever its name says so: `b64decode_string`. */
export const RECODING = /(?:en|de)code|(?:un)?quote|unescape/i;

/**
 * Where a function that is not at hand most often gives something of its own: a page, an address, a query. In front of a statement, a program or a
 * file it is more often a part of a text.
 */
const MADE_ANEW: ReadonlySet<HarmName> = new Set<HarmName>([
  'redirect',
  'ssrf',
  'html',
  'header',
  'keys',
  'fields',
  'regex',
  'regex-subject',
  'session',
  'email',
  'template-name',
]);

/** How much less sure a flow is behind a call that was not followed; of a function of the project it is known what it gives, only not under which conditions. */
export function doubtsOfUnknown(
  { interpreter, harm }: { readonly interpreter: Interpreter; readonly harm: HarmName },
  names: readonly string[],
): number {
  // `validate(data)`: somebody looked at it, how well is not known.
  if (names.some(looksLikeValidator)) return 2;
  return MADE_ANEW.has(harm) && !names.some((name) => isInProject(interpreter, name)) ? 2 : 1;
}

function isInProject({ modules }: Interpreter, name: string): boolean {
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1))
    if (modules.find(name.slice(0, dot), undefined)) return true;
  return false;
}

/** `args.get("q")`, `form.getlist("q")`: the source is meant by the whole expression. */
export function isTaking(method: string): boolean {
  return /^(?:get|getlist|get_all|pop|items|values|keys|lists|to_dict|dict|copy|getone|read|decode|get_json|get_data)$/.test(method);
}

/** Takes what stands under a key, which is not in what it gives. */
export function isLookingUp(method: string): boolean {
  return /^(?:get|getlist|get_all|pop|getone)$/.test(method);
}
