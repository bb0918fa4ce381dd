import type { FunctionInfo } from '../evaluate/calls/function-info.ts';
import { ancestors } from '../evaluate/classes/class-info.ts';

/** Methods of a serializer that get what its fields accepted, and where. https://www.django-rest-framework.org/api-guide/serializers/#saving-instances */
const TAKING: ReadonlyMap<string, number> = new Map([
  ['validate', 1],
  ['create', 1],
  ['update', 2],
]);

/** The parameter of a serializer's own method that holds what its fields accepted: `create(self, validated_data)`. */
export function acceptedParameter(info: FunctionInfo): string | undefined {
  const at = TAKING.get(info.name);
  return at !== undefined && isOfSerializer(info) ? info.node.params[at]?.name : undefined;
}

export function isOfSerializer({ owner }: FunctionInfo): boolean {
  return (
    owner !== undefined && ancestors(owner).some((one) => one.kind === 'library' && one.name.startsWith('rest_framework.serializers.'))
  );
}
