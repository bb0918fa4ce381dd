import { isContainer, knownElements } from '../../evaluate/values/container.ts';
import { numberOf } from '../../evaluate/values/fold.ts';
import type { Value } from '../../evaluate/values/value.ts';
import type { PackageVersions } from '../package-versions.ts';

/**
 * Whether `django.VERSION < (4, 2)` holds for the version that the project runs with, a tuple such as `(5, 2, 1, "final", 0)`; `undefined` for other
 * conditions, and where its files do not tell.
 */
export function holdsForVersion([test, ...others]: Value, versions: PackageVersions): boolean | undefined {
  if (test?.kind !== 'opaque' || others.length > 0 || test.origin.via !== 'operation') return undefined;
  const { op, operands } = test.origin;
  const [asked, limit] = operands;
  if (!asked || !limit || !isVersion(asked)) return undefined;
  const version = numbersOf(limit)?.join('.');
  if (!version) return undefined;
  // The tuple is longer than what it is compared with: of two that begin alike it is the greater one.
  if (op === '<' || op === '<=') return versions.inRange('django', `<${version}`);
  return op === '>' || op === '>=' ? versions.inRange('django', `>=${version}`) : undefined;
}

function isVersion([atom, ...others]: Value): boolean {
  return others.length === 0 && atom?.kind === 'symbol' && atom.name === 'django.VERSION';
}

function numbersOf([atom, ...others]: Value): readonly number[] | undefined {
  if (!atom || others.length > 0 || !isContainer(atom, 'tuple')) return undefined;
  const numbers = (knownElements(atom, atom.object.branch) ?? []).map((element) => {
    const [only] = element;
    return only?.kind === 'constant' ? numberOf(only.literal) : undefined;
  });
  return numbers.every((one) => one !== undefined) ? numbers : undefined;
}
