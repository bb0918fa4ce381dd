import type { Check } from '../../../evaluate/checks/check.ts';
import { contentOf } from '../../../evaluate/values/container.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';
import type { Judge } from './verdict.ts';

/**
 * Whether nothing from outside was in a collection when a value was looked for in it. What was put there because of this very check came later:
 * `if validate_host(host, hosts): hosts.add(host)`.
 */
export function isTrustedBefore({ isTrusted }: Judge, collection: Value, check: Check): boolean {
  if (isTrusted(collection)) return true;
  const content = collection.flatMap(contentOf);
  const before = content.filter((atom) => !isLetIn(atom, check));
  return before.length < content.length && isTrusted(before);
}

function isLetIn(atom: Atom, check: Check): boolean {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'checked') return false;
  return atom.origin.check.site.node === check.site.node || atom.origin.of.some((one) => isLetIn(one, check));
}
