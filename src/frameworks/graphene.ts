import type { FunctionInfo } from '../evaluate/calls/function-info.ts';
import { findInClass } from '../evaluate/classes/attributes.ts';
import { ancestors } from '../evaluate/classes/class-info.ts';
import type { FrameworkHooks } from '../evaluate/interpreter.ts';
import type { Atom, Value } from '../evaluate/values/value.ts';

/** Types of GraphQL whose values cannot be any text. https://docs.graphene-python.org/en/latest/types/scalars/ */
const HARMLESS = /^graphene\.(?:.*\.)?(?:Int|BigInt|Float|Boolean|Date|DateTime|Time|Decimal|UUID)$/;

/**
 * What GraphQL queries pass: the arguments of resolvers and mutations behind the object and the context.
 * https://docs.graphene-python.org/en/latest/types/objecttypes/#resolver-parameters, …/types/mutations/
 */
export function grapheneHooks(): FrameworkHooks {
  return {
    parameterType: (info, name) => (isArgument(info, name) ? numberType(declared(info, name)) : undefined),
    attributeType: () => undefined,
    parameterSource: (info, name) => (isArgument(info, name) && !isHarmless(declared(info, name)) ? ['request', 'json'] : undefined),
  };
}

function isArgument(info: FunctionInfo, name: string): boolean {
  if (!info.owner || !/^(?:resolve_\w+|mutate|mutate_and_get_payload|perform_mutation|subscribe_\w+)$/.test(info.name)) return false;
  const { params } = info.node;
  const context = params.findIndex((parameter) => parameter.name === 'info' || parameter.name === '_info');
  return (
    params.findIndex((parameter) => parameter.name === name) > (context < 0 ? 1 : context) &&
    ancestors(info.owner).some((one) => one.kind === 'library' && /^(?:graphene|graphene_django|graphql_relay)\./.test(one.name))
  );
}

/** The type that the field, or the `Arguments` of a mutation, give to an argument. */
function declared(info: FunctionInfo, name: string): Value | undefined {
  const { owner } = info;
  if (!owner) return undefined;
  if (!info.name.startsWith('resolve_')) {
    const [inner] = (findInClass(owner, 'Arguments', info.closure) ?? findInClass(owner, 'Input', info.closure))?.value ?? [];
    return inner?.kind === 'class' ? findInClass(inner.info, name, info.closure)?.value : undefined;
  }
  const [field] = findInClass(owner, info.name.slice('resolve_'.length), info.closure)?.value ?? [];
  if (field?.kind !== 'opaque' || field.origin.via !== 'call') return undefined;
  return field.origin.args.keywords.find((passed) => passed.name === name)?.value;
}

function isHarmless(type: Value | undefined): boolean {
  return type !== undefined && type.length > 0 && type.every((atom) => HARMLESS.test(typeName(atom)));
}

/** The type of Python that numbers and switches of a query have. */
function numberType(type: Value | undefined): string | undefined {
  const names = new Set((type ?? []).map((atom) => NUMBERS.get(typeName(atom).split('.').at(-1) ?? '')));
  return isHarmless(type) && names.size === 1 ? [...names][0] : undefined;
}
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['Int', 'builtins.int'],
  ['BigInt', 'builtins.int'],
  ['Float', 'builtins.float'],
  ['Boolean', 'builtins.bool'],
]);

/** The name of a type: itself, an instance of it, or `Argument(Type)`. */
function typeName(atom: Atom): string {
  if (atom.kind === 'symbol') return atom.name;
  if (atom.kind !== 'opaque' || atom.origin.via !== 'call') return '';
  const [name = ''] = atom.origin.names;
  const [inner] = /\.(?:Argument|NonNull)$/.test(name) ? (atom.origin.args.positional[0]?.value ?? []) : [];
  return inner ? typeName(inner) : name;
}
