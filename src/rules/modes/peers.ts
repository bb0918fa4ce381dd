import type { Span } from '../../ir/nodes.ts';
import type { ExistsSource } from '../rule-source.ts';
import type { FactPlace, Place } from './fact-book.ts';

/** Where less than so many of a kind do something, it is no habit that one of them breaks; a rule may say otherwise. */
const MOST = 0.75;

/** Names of parts of the code, which a view has as a parameter so that another may stand in. */
const OF_CODE = /^(?:template|view|url|form|model|app|field|class|method|attr)_(?:name|key)$/;

/** What such parameters are called that say nothing of what they are the id of: one `pk` of a project has little to do with another. */
const OF_ANYTHING = /^(?:id|ids|pk|uuid|guid|slug|key|code|name|number)$/;

/** Parameters that say which one is asked for; a session of the database or a form is passed to everything. */
const SAYS_WHICH = /(?:^|_)(?:id|ids|mbid|gid|pk|uuid|guid|slug|key|code|name|number)$/;

/**
 * The first of these facts, where most other functions of a kind have one. `peers` are facts that make a function one of the kind: with
 * `same` they are about the same. About parameters each is looked at for itself: most views that take a `project_id` check it, however many
 * take none. Of `among`, where it is given, one has to stand in the function, too: who deletes a playlist asks what is not asked of who
 * only reads it.
 */
export function whatMostDo(
  facts: readonly FactPlace[],
  { peers, among }: { readonly peers: readonly FactPlace[]; readonly among: readonly FactPlace[] | undefined },
  wanted: ExistsSource,
  at: Place,
): FactPlace | undefined {
  const eligible = among && functionsOf(among);
  const names = wanted.same === 'parameter' ? namesOf(wanted, at) : [undefined];
  for (const name of names) {
    const kind = functionsOf(
      peers.filter(
        ({ info, passed }) =>
          info &&
          info.node !== at.info?.node &&
          (eligible === undefined || eligible.has(info.node)) &&
          (name === undefined || passed.includes(name)),
      ),
    );
    const doing = facts.filter(({ info }) => kind.has(info?.node));
    const count = functionsOf(doing).size;
    if (count >= (wanted.functions ?? 1) && count >= (wanted.share ?? MOST) * kind.size) return doing[0];
  }
  return undefined;
}

/** The parameters around an event that say which one is asked for, and that the other place names, too. */
export function sharedNames({ passed }: Pick<FactPlace, 'passed'>, at: Place): readonly string[] {
  return passed.length === 0
    ? []
    : parametersOf(at).filter((name) => SAYS_WHICH.test(name) && !OF_CODE.test(name) && passed.includes(name));
}

function namesOf(wanted: ExistsSource, at: Place): readonly string[] {
  const names = sharedNames({ passed: parametersOf(at) }, at);
  return wanted.in === 'project' ? names.filter((name) => !OF_ANYTHING.test(name)) : names;
}

function parametersOf({ info }: Place): readonly string[] {
  return info?.node.params.map(({ name }) => name) ?? [];
}

function functionsOf(facts: readonly FactPlace[]): ReadonlySet<Span | undefined> {
  return new Set(facts.map(({ info }) => info?.node));
}
