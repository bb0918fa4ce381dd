import type { FunctionInfo } from '../evaluate/calls/function-info.ts';
import { findInClass } from '../evaluate/classes/attributes.ts';
import { ROOT_BRANCH } from '../evaluate/values/branch.ts';
import { isContainer } from '../evaluate/values/container.ts';
import { type Atom, type CallOrigin, NOTHING, type Value } from '../evaluate/values/value.ts';
import { passed } from './route-table.ts';

/** Fields whose values cannot be any text. https://marshmallow.readthedocs.io/en/stable/marshmallow.fields.html */
const HARMLESS_FIELDS =
  /\.(?:Int|Integer|Float|Decimal|Number|Bool|Boolean|Date|DateTime|NaiveDateTime|AwareDateTime|Time|TimeDelta|UUID|Enum|IP\w*)$/;
/** Fields that can be more than a text. */
const NESTED_FIELDS = /\.(?:Raw|Field|Dict|Mapping|List|Nested|DelimitedList)$/;

/**
 * What webargs hands to a function as the parameter, by the schema in its decorator: kinds of source, none for a field that lets no harm
 * through; `undefined` where no such decorator passes it. https://webargs.readthedocs.io/en/latest/quickstart.html#keyword-arguments
 * flask-smorest and APIFlask do the same. https://flask-smorest.readthedocs.io/en/latest/arguments.html, https://apiflask.com/request/
 */
export function sentArgument(info: FunctionInfo, name: string): readonly string[] | undefined {
  const sent = sentBy(info, name);
  return !sent ? undefined : sent.field ? kindsOfField(sent.field) : ['request', 'json'];
}

/** The schemas whose accepted fields the parameter holds, as a dict. */
export function sentSchema(info: FunctionInfo, name: string): Value | undefined {
  const sent = sentBy(info, name);
  return sent && !sent.field ? sent.schema : undefined;
}

/** Whether the parameter holds names of declared fields alone. https://marshmallow.readthedocs.io/en/stable/quickstart.html#handling-unknown-fields */
export function holdsDeclaredNames(info: FunctionInfo, name: string): boolean {
  const sent = sentBy(info, name);
  if (!sent || sent.field) return false;
  return !isInclude(sent.unknown) && !sent.schema.some((schema) => letsOthersThrough(schema, info));
}

/** `class Meta: unknown = INCLUDE`, `UserSchema(unknown=INCLUDE)` */
function letsOthersThrough(schema: Atom, info: FunctionInfo): boolean {
  if (schema.kind === 'opaque' && schema.origin.via === 'call' && isInclude(keyword(schema.origin, 'unknown'))) return true;
  if (schema.kind !== 'class' && schema.kind !== 'object') return false;
  const passedTo = schema.kind === 'object' ? schema.object.madeWith?.keywords.find((one) => one.name === 'unknown')?.value : undefined;
  const [meta] = findInClass(schema.info, 'Meta', info.closure)?.value ?? NOTHING;
  const own = meta?.kind === 'class' ? findInClass(meta.info, 'unknown', info.closure)?.value : undefined;
  return isInclude(passedTo) || isInclude(own);
}

function isInclude(value: Value | undefined): boolean {
  return value?.some((atom) => (atom.kind === 'symbol' && /\.INCLUDE$/.test(atom.name)) || isWord(atom, 'include')) ?? false;
}

function isWord(atom: Atom, word: string): boolean {
  return atom.kind === 'constant' && atom.literal.type === 'str' && atom.literal.value === word;
}

/** The schema that the values of a parameter go through, and the field in it where each is a parameter of its own. */
interface Sent {
  readonly schema: Value;
  readonly field?: Value;
  readonly unknown?: Value | undefined;
}

function sentBy(info: FunctionInfo, name: string): Sent | undefined {
  const at = info.node.params.findIndex((parameter) => parameter.name === name);
  if (at < 0) return undefined;
  for (const { value } of info.decorators)
    for (const atom of value) {
      if (atom.kind !== 'opaque' || atom.origin.via !== 'call') continue;
      const called = (atom.origin.names[0] ?? '').split('.').at(-1) ?? '';
      if (!isOfWebargs(atom.origin, called)) continue;
      const schema = passed(atom.origin.args, 0, 'argmap', 'schema') ?? NOTHING;
      const byName = called === 'use_kwargs' || isTrue(keyword(atom.origin, 'as_kwargs'));
      if (byName) {
        const field = fieldOf(info, schema, name);
        if (field) return { schema, field };
      } else if (called === 'input' ? isInput(atom.origin, name) : at === (info.owner ? 1 : 0))
        return { schema, unknown: keyword(atom.origin, 'unknown') };
    }
  return undefined;
}

/** `json_data`, or what `arg_name` says. https://apiflask.com/request/#the-argument-name-of-the-input-data */
function isInput(call: CallOrigin, name: string): boolean {
  const named = keyword(call, 'arg_name');
  return named
    ? named.some((atom) => atom.kind === 'constant' && atom.literal.type === 'str' && atom.literal.value === name)
    : /^\w+_data$/.test(name);
}

function isOfWebargs({ names }: CallOrigin, called: string): boolean {
  const [name = ''] = names;
  if (called === 'use_kwargs' || called === 'use_args') return /^(?:webargs|flask_apispec)\./.test(name);
  return (called === 'arguments' && name.startsWith('flask_smorest.')) || (called === 'input' && name.startsWith('apiflask.'));
}

/** The field that the schema, or the dict that stands for one, has under a name. */
function fieldOf(info: FunctionInfo, schema: Value, name: string): Value | undefined {
  for (const atom of schema) {
    const field =
      atom.kind === 'class' || atom.kind === 'object'
        ? findInClass(atom.info, name, info.closure)?.value
        : isContainer(atom, 'dict')
          ? atom.object.read(`s:${name}`, ROOT_BRANCH)
          : undefined;
    if (field) return field;
  }
  return undefined;
}

function kindsOfField(field: Value): readonly string[] {
  const kinds = new Set<string>();
  for (const atom of field) {
    const type = fieldName(atom);
    if (HARMLESS_FIELDS.test(type) || isChoice(atom)) continue;
    kinds.add('request');
    if (NESTED_FIELDS.test(type)) kinds.add('json');
  }
  return [...kinds];
}

function fieldName(atom: Atom): string {
  if (atom.kind === 'symbol') return atom.name;
  return atom.kind === 'opaque' && atom.origin.via === 'call' ? (atom.origin.names[0] ?? '') : '';
}

/** `validate=OneOf([…])`, alone or among others. https://marshmallow.readthedocs.io/en/stable/marshmallow.validate.html */
function isChoice(field: Atom): boolean {
  const validate = field.kind === 'opaque' && field.origin.via === 'call' ? keyword(field.origin, 'validate') : undefined;
  return (
    validate?.some((atom) => (isContainer(atom) ? atom.object.everything(ROOT_BRANCH).some((one) => isOneOf(one)) : isOneOf(atom))) ?? false
  );
}

function isOneOf(atom: Atom): boolean {
  return /\.validate\.(?:OneOf|ContainsOnly|Equal)$/.test(fieldName(atom));
}

function keyword(call: CallOrigin, name: string): Value | undefined {
  return call.args.keywords.find((one) => one.name === name)?.value;
}

function isTrue(value: Value | undefined): boolean {
  return value?.some((atom) => atom.kind === 'constant' && atom.literal.type === 'bool' && atom.literal.value) ?? false;
}
