import { ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { ExistsSource } from '../rule-source.ts';
import type { FactPlace, Place } from './fact-book.ts';
import { sharedNames } from './peers.ts';

/** Whether one place of an expression says all that another does. */
export function saysAll(one: FactPlace, other: FactPlace): boolean {
  return (
    one.name === other.name &&
    one.callee === other.callee &&
    one.stored === other.stored &&
    (one.passedBy === undefined || (one.passedBy.info === other.passedBy?.info && one.passedBy.start === other.passedBy.start)) &&
    (one.objects === undefined || (other.objects?.every((node) => one.objects?.includes(node)) ?? false)) &&
    other.rows.every((info) => one.rows.includes(info))
  );
}

/** Whether a fact and a place are about the same, as `same` of a rule asks it. */
export function isSame(wanted: ExistsSource, fact: FactPlace, at: Place): boolean {
  if (wanted.same === undefined) return true;
  if (wanted.same === 'name') return at.name !== undefined && fact.name === at.name;
  if (wanted.same === 'model') return at.model !== undefined && fact.model === at.model;
  if (wanted.same === 'row') return at.rows.some((info) => fact.rows.includes(info));
  if (wanted.same === 'found') return isFoundAlike(fact, at);
  if (wanted.same === 'method')
    return at.rows.some((info) => fact.name !== undefined && fact.rows.some((other) => shareMethod(info, other, fact.name)));
  if (wanted.same === 'parameter') return sharedNames(fact, at).length > 0;
  if (wanted.same === 'object') return !fact.objects || !at.objects || at.objects.some((node) => fact.objects?.includes(node));
  if (wanted.same === 'root') return at.root !== undefined && fact.root === at.root;
  if (wanted.same === 'class') {
    const names = [at.classInfo?.name, at.classInfo?.outer?.name];
    return [fact.firstArgument, fact.callee, fact.stored].some((text) => text !== undefined && names.includes(text.split('.').at(-1)));
  }
  const own = wanted.same === 'receiver' ? at.receiver : at.firstArgument;
  return own !== undefined && (fact.receiver === own || fact.firstArgument === own);
}

/** Whether two places look the same kind of thing up: rows of a class, or, where none is known, by a class of the same name or the same call. */
function isFoundAlike(fact: FactPlace, at: Place): boolean {
  if (at.rows.length > 0 && fact.rows.length > 0) return at.rows.some((info) => fact.rows.includes(info));
  if (at.model !== undefined) return fact.model === at.model;
  return at.callee !== undefined && /[._]/.test(at.callee) && fact.callee === at.callee;
}

/** Whether two classes have a method from one and the same class of the project, or one overrides the other's. */
function shareMethod(one: ClassInfo, other: ClassInfo, method: string | undefined): boolean {
  const definers = definersOf(one, method);
  return definersOf(other, method).some((info) => definers.includes(info));
}

function definersOf(info: ClassInfo, method: string | undefined): readonly ClassInfo[] {
  if (method === undefined) return [];
  return ancestors(info).flatMap((one) => (one.kind === 'class' && one.info.namespace.has(method) ? [one.info] : []));
}
