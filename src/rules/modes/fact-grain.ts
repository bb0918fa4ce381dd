import type { Event } from '../../evaluate/events.ts';
import { classOf, functionOf } from '../event-parts.ts';
import type { ExistsSource } from '../rule-source.ts';

/** How exactly a fact is kept: once in the project, once in each module, once in each function (or class around it), or wherever it is met. */
export type FactGrain = (typeof GRAINS)[number];
const GRAINS = ['project', 'module', 'function', 'place'] as const;

/** As exactly as whoever asks the most of it. */
export function finest(one: FactGrain | undefined, other: FactGrain): FactGrain {
  return one === undefined || GRAINS.indexOf(one) < GRAINS.indexOf(other) ? other : one;
}

/** How exactly facts are kept for whoever asks for them so. */
export function grainOf({ in: scope, same, order, along, functions, most, decorators }: ExistsSource): FactGrain {
  if (scope === 'request' || same !== undefined || order !== undefined || along) return 'place';
  if (functions !== undefined || most !== undefined || decorators !== undefined) return 'function';
  return scope === 'project' || scope === 'module' ? scope : 'function';
}

/** Where facts are known already, by fact: what would say the same once more need not be asked for. */
export class KnownFacts {
  private readonly owners = new Map<string, Set<object>>();

  has(fact: string, grain: FactGrain, event: Event): boolean {
    if (grain === 'place') return false;
    const known = this.owners.get(fact);
    return known !== undefined && (grain === 'project' || known.has(ownerOf(grain, event)));
  }

  add(fact: string, grain: FactGrain, event: Event): void {
    if (grain === 'place') return;
    const owner = ownerOf(grain, event);
    const known = this.owners.get(fact);
    if (known) known.add(owner);
    else this.owners.set(fact, new Set([owner]));
  }
}

function ownerOf(grain: FactGrain, event: Event): object {
  const { module } = event.frame.state;
  return grain === 'function' ? (functionOf(event)?.node ?? classOf(event)?.node ?? module) : module;
}
