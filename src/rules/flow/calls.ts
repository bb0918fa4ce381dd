import type { ModelRow } from '../../evaluate/calls/library-model.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { namesOf } from '../../evaluate/names/names.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import { stringOf } from '../../evaluate/values/text.ts';
import { truthOf } from '../../evaluate/values/truth.ts';
import { type Atom, type CallOrigin, NOTHING, type Value } from '../../evaluate/values/value.ts';
import { isTurnedBackOf } from './harmless/brought-back.ts';
import { filtersAll } from './harmless/filtered-expressions.ts';
import { OUTSIDE } from './harmless/html-position.ts';
import { UNQUOTED } from './harmless/removed.ts';
import { HARMS, type HarmName } from './harms.ts';
import { CARRIERS, PLAIN } from './passing.ts';

/** The rows that speak of what a call may call. */
export function rowsOf({ library }: Interpreter, { names }: CallOrigin): readonly ModelRow[] {
  return names.flatMap((one) => library.row(one) ?? library.assumed(one) ?? []);
}

/** Whether a call gave it whose effect is undone by another on the way: `chr(ord(letter))`. */
export function isTurnedBack(interpreter: Interpreter, atom: Atom, undone: readonly string[]): boolean {
  if (undone.length === 0 || atom.kind !== 'opaque' || atom.origin.via !== 'call') return false;
  return isTurnedBackOf(rowsOf(interpreter, atom.origin), undone);
}

/**
 * `call`: as what the row speaks of is called; one that is told to look at no signature makes nothing harmless.
 * `quote`: the quote that is open where the value is put into a text.
 */
export function cleansHarm(row: ModelRow, harm: HarmName, call?: CallOrigin, quote?: string): boolean {
  const { cleans, needsQuotes, bringsQuotes, quotesUnless } = row;
  if (needsQuotes && (quote === OUTSIDE || quote === UNQUOTED)) return false;
  if (bringsQuotes && quote !== undefined) return false;
  if (call && quotesUnless !== undefined && quote !== undefined && isFalse(call, quotesUnless)) return false;
  const isEncoded = call && (harm === 'redirect' || harm === 'path') ? isEncodedWhole(row, call) : undefined;
  if (isEncoded !== undefined) return isEncoded;
  if (call && harm === 'html' && leavesMarkup(row, call, quote)) return false;
  return (cleans?.some((one) => one === harm || one === 'all') ?? false) && !(call && isToldNotToVerify(call));
}

/** `escape(text, quote=False)`: quotes stay what they are. */
function isFalse({ args }: CallOrigin, name: string): boolean {
  const given = args.keywords.find((one) => one.name === name) ?? args.positional[1];
  return given !== undefined && truthOf(given.value) === false;
}

/** `quote(name, safe="")`: whether no slash and no colon is left of a text that is encoded for a URL; `undefined` where the call does not say. */
function isEncodedWhole(row: ModelRow, call: CallOrigin): boolean | undefined {
  const kept = stringOf(argumentOf(row, call, 'safe'));
  return kept === undefined ? undefined : !/[/\\:]/.test(kept);
}

/** `safe_join(base, name)`: what a call that makes the rest of what it is given harmless leaves as it was; `undefined` where it leaves nothing so. */
export function leftAsItWas(rows: readonly ModelRow[], harm: HarmName, origin: CallOrigin): Value | undefined {
  for (const row of rows)
    if (row.cleansBehind !== undefined && cleansHarm(row, harm, origin)) return argumentOf(row, origin, row.cleansBehind) ?? NOTHING;
  return undefined;
}

/** `quote(text, safe="<>")`: whether what opens a tag, or closes the quotes around it, is among what an encoder for URLs is told to leave. */
function leavesMarkup(row: ModelRow, call: CallOrigin, quote: string | undefined): boolean {
  const kept = stringOf(argumentOf(row, call, 'safe')) ?? '';
  return kept.includes('<') || (quote !== undefined && kept.includes(quote));
}

/** `jwt.decode(token, options={"verify_signature": False})`. https://pyjwt.readthedocs.io/en/stable/usage.html#reading-the-claimset-without-validation */
function isToldNotToVerify({ args }: CallOrigin): boolean {
  return args.keywords.some(({ name, value }) => {
    if (name === 'verify') return truthOf(value) === false;
    return (
      name === 'options' &&
      value.some((one) => one.kind === 'container' && truthOf(one.object.read('s:verify_signature', ROOT_BRANCH) ?? NOTHING) === false)
    );
  });
}

/** `args.get("page", type=int)`: the call converts what it takes. */
export function isConverted(interpreter: Interpreter, harm: HarmName, row: ModelRow, origin: CallOrigin): boolean {
  const { library } = interpreter;
  const type = argumentOf(row, origin, 'type');
  return (
    type !== undefined &&
    type.length > 0 &&
    type.every((one) => {
      if (one.kind !== 'symbol') return false;
      const own = library.row(one.name);
      return (library.isClass(one.name) && isHarmlessType(interpreter, one.name)) || (own !== undefined && cleansHarm(own, harm));
    })
  );
}

/** `get_list(request.POST, "ids", map_fn=int)`: what a function of the project is told to make of each. */
export function isToldToConvert({ args }: CallOrigin): boolean {
  return args.keywords.some(
    ({ name, value }) => CONVERTER.test(name) && value.length > 0 && value.every((one) => one.kind === 'symbol' && PLAIN.has(one.name)),
  );
}
const CONVERTER = /^(?:type|as_type|cast|coerce|convert(?:er)?|mapper|(?:map_)?(?:fn|func|function))$/;

/** `linebreaks(text, autoescape=True)`: filters that escape where they are told so. https://docs.djangoproject.com/en/stable/howto/custom-template-tags/#filters-and-auto-escaping */
export function isEscapedOnDemand(row: ModelRow, origin: CallOrigin): boolean {
  const flag = argumentOf(row, origin, 'autoescape');
  return flag?.length === 1 && flag.every((one) => one.kind === 'constant' && one.literal.type === 'bool' && one.literal.value);
}

/** Calls from what renders back to what was told to escape: `Environment(autoescape=True).from_string(text).render()` is two. */
const MAX_MADE = 4;

/** `Template(text, autoescape=True).render(name=name)`: what renders was made so that it escapes, all the time or where a function says so. */
export function isMadeToEscape(interpreter: Interpreter, { receiver }: CallOrigin, steps = MAX_MADE): boolean {
  if (steps === 0 || !receiver || receiver.length === 0) return false;
  return receiver.every((atom) => {
    if (namesOf(interpreter, atom).some((name) => interpreter.library.row(name)?.cleans?.includes('html'))) return true;
    if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return false;
    if (filtersAll(atom.origin)) return true;
    const flag = atom.origin.args.keywords.find((keyword) => keyword.name === 'autoescape')?.value;
    if (flag === undefined) return isMadeToEscape(interpreter, atom.origin, steps - 1);
    return flag.length > 0 && truthOf(flag) !== false;
  });
}

/** `Request(url, data=body)`: of what a request is made of, its URL says where it goes. Of texts such as `urljoin(base, url)` all parts may. */
export function urlArgument(rows: readonly ModelRow[], origin: CallOrigin): Value | undefined {
  for (const row of rows) {
    const found = row.returns === 'builtins.str' ? undefined : argumentOf(row, origin, 'url');
    if (found) return found;
  }
  return undefined;
}

function argumentOf({ params }: ModelRow, { args }: CallOrigin, name: string): Value | undefined {
  const at = params?.indexOf(name) ?? -1;
  return at < 0 ? undefined : (args.keywords.find((keyword) => keyword.name === name)?.value ?? args.positional[at]?.value);
}

/** A number, a date, an object of some library: what it was made from is not in it as text. */
export function isHarmlessType({ library }: Interpreter, type: string | undefined): boolean {
  if (type === undefined) return false;
  return !library
    .order(type)
    .some((name) => CARRIERS.has(name) || library.row(name)?.carries === true || library.row(name)?.source !== undefined);
}

/** Methods of schemas and of what they made: the keys of the result are the fields that the schema names. */
const OF_SCHEMAS = /^(?:dict|model_dump|as_?dict|loads?|dump)$/;

/**
 * Where names do the harm: whether an object that is not known names the keys of what it gives itself. `schema.load(data)`, `Item(**data).dict()`;
 * and of a value that it turns into a filter it makes an entry under a name of its own.
 */
export function givesNamesOfItsOwn(harm: HarmName, { receiver }: CallOrigin, method: string): boolean {
  return HARMS[harm].names === true && receiver !== undefined && (OF_SCHEMAS.test(method) || /^_?(?:to|as)_/.test(method));
}

/** Harms of whoever chooses by a name what is taken: to others it is what was taken that matters. */
const BY_NAME: ReadonlySet<HarmName> = new Set(['name', 'code', 'fields', 'keys', 'template-name']);

/** The arguments that can be in what a call gives. `isLookingUp`: it takes what stands under its first argument. */
export function givenArguments(
  harm: HarmName,
  { args }: CallOrigin,
  name: string,
  isLookingUp: boolean,
): readonly { readonly value: Value }[] {
  const { positional } = args;
  // What is looked for is not in what comes out: `text.replace(old, new)`.
  const given = name.endsWith('str.replace') ? positional.slice(1) : positional;
  if (name === 'builtins.getattr' && !BY_NAME.has(harm)) return given.filter((_, at) => at !== 1);
  // What `patterns.getlist(name)` gives is found under the name; only a default is given itself.
  return isLookingUp ? given.slice(1) : given;
}
