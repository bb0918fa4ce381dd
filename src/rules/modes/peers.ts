import type { Span } from '../../ir/nodes.ts';
import type { ExistsSource } from '../rule-source.ts';
import type { FactPlace, Place } from './fact-book.ts';

/** Where less than so many of a kind do something, it is no habit that one of them breaks. */
const MOST = 0.75;

/** Parameters that say which one is asked for; a session of the database or a form is passed to everything. */
const SAYS_WHICH = /(?:^|_)(?:id|ids|pk|uuid|guid|slug|key|code|name|number)$/;

/**
 * The first of these facts, where most other functions of a kind have one. `peers` are facts that make a function one of the kind: with
 * `same` they are about the same. About parameters each is looked at for itself: most views that take a `project_id` check it, however many
 * take none.
 */
export function whatMostDo(
  facts: readonly FactPlace[],
  peers: readonly FactPlace[],
  wanted: ExistsSource,
  at: Place,
): FactPlace | undefined {
  const names = wanted.same === 'parameter' ? sharedNames({ passed: parametersOf(at) }, at) : [undefined];
  for (const name of names) {
    const kind = functionsOf(
      peers.filter(({ info, passed }) => info && info.node !== at.info?.node && (name === undefined || passed.includes(name))),
    );
    const doing = facts.filter(({ info }) => kind.has(info?.node));
    const count = functionsOf(doing).size;
    if (count >= (wanted.functions ?? 1) && count >= MOST * kind.size) return doing[0];
  }
  return undefined;
}

/** The parameters around an event that say which one is asked for, and that the other place names, too. */
export function sharedNames({ passed }: Pick<FactPlace, 'passed'>, at: Place): readonly string[] {
  return passed.length === 0 ? [] : parametersOf(at).filter((name) => SAYS_WHICH.test(name) && passed.includes(name));
}

function parametersOf({ info }: Place): readonly string[] {
  return info?.node.params.map(({ name }) => name) ?? [];
}

function functionsOf(facts: readonly FactPlace[]): ReadonlySet<Span | undefined> {
  return new Set(facts.map(({ info }) => info?.node));
}
