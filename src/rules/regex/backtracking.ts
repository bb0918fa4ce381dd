import { type CharSet, common } from './char-set.ts';
import { type Flags, type Pattern, parsePattern } from './parse.ts';

/** Positions of one automaton; larger patterns are left alone. */
const MAX_POSITIONS = 300;
/** Pairs of positions that are looked at. */
const MAX_PAIRS = 20_000;
/** Copies of what is repeated a fixed number of times: more say nothing new of how it can be divided. */
const MAX_COPIES = 4;

/**
 * A text that, repeated, can be matched in exponentially many ways; then nothing that follows it makes a backtracking matcher try them all.
 * `whole`: the match has to reach the end of the text. The automaton of positions is asked for a loop that two different ways of matching
 * the same text lead around (Weideman, van der Merwe, Berglund, Watson: https://link.springer.com/chapter/10.1007/978-3-319-40946-7_27).
 */
export function explosiveText(pattern: string, flags: Flags, whole: boolean): string | undefined {
  const parsed = parsePattern(pattern, flags);
  if (!parsed) return undefined;
  const automaton = new Automaton();
  const own = automaton.add(parsed);
  const parts = whole ? automaton.append(own, { kind: 'end' }) : own;
  return automaton.isTooLarge ? undefined : automaton.loopInTwoWays(new Set(parts.last));
}

/** What a part of a pattern is to its neighbours: positions that can be its first and last, whether it can be empty. */
interface Ends {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly nullable: boolean;
}

/** `undefined` for characters: a barrier, nothing matches it in two ways. */
type Label = CharSet | undefined;

class Automaton {
  private readonly labels: Label[] = [];
  /** Every way from one position to the next; the same way twice where it can be divided in two ways. */
  private readonly edges: number[][] = [];
  isTooLarge = false;

  add(pattern: Pattern): Ends {
    switch (pattern.kind) {
      case 'characters':
        return this.position(pattern.set);
      case 'end':
      case 'barrier':
        return this.position(undefined);
      case 'sequence':
        return pattern.parts.reduce<Ends>((before, part) => this.join(before, this.add(part)), EMPTY);
      case 'choice': {
        const ways = pattern.ways.map((way) => this.add(way));
        return {
          first: ways.flatMap((way) => way.first),
          last: ways.flatMap((way) => way.last),
          nullable: ways.some((way) => way.nullable),
        };
      }
      case 'repeat':
        return this.repeat(pattern.body, pattern.min, pattern.max);
    }
  }

  append(ends: Ends, pattern: Pattern): Ends {
    return this.join(ends, this.add(pattern));
  }

  private position(label: Label): Ends {
    if (this.labels.length >= MAX_POSITIONS) {
      this.isTooLarge = true;
      return EMPTY;
    }
    this.labels.push(label);
    this.edges.push([]);
    const at = this.labels.length - 1;
    return { first: [at], last: [at], nullable: false };
  }

  private join(before: Ends, after: Ends): Ends {
    this.connect(before.last, after.first);
    return {
      first: before.nullable ? [...before.first, ...after.first] : before.first,
      last: after.nullable ? [...after.last, ...before.last] : after.last,
      nullable: before.nullable && after.nullable,
    };
  }

  private connect(from: readonly number[], to: readonly number[]): void {
    for (const one of from) this.edges[one]?.push(...to);
  }

  private repeat(body: Pattern, min: number, max: number): Ends {
    let result: Ends = EMPTY;
    const fixed = Math.min(min, MAX_COPIES);
    if (max === Number.POSITIVE_INFINITY || max - min > MAX_COPIES) {
      // `x{2,}` is `xx*`, and so is `x{2,50}` to a text of that length.
      for (let copy = 1; copy < fixed; copy++) result = this.join(result, this.add(body));
      const loop = this.add(body);
      this.connect(loop.last, loop.first);
      return this.join(result, { ...loop, nullable: loop.nullable || min === 0 });
    }
    for (let copy = 0; copy < fixed; copy++) result = this.join(result, this.add(body));
    let optional: Ends = EMPTY;
    for (let copy = min; copy < max && copy < min + MAX_COPIES; copy++)
      optional = { ...this.join(this.add(body), optional), nullable: true };
    return this.join(result, optional);
  }

  /** A text on which two different ways lead from a position back to it, where the match can still fail behind. */
  loopInTwoWays(accepting: ReadonlySet<number>): string | undefined {
    for (let start = 0; start < this.labels.length; start++) {
      if (this.labels[start] === undefined || !this.edges[start]?.length || accepting.has(start)) continue;
      const text = this.wayAround(start, accepting);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /**
   * Breadth first over pairs of positions that the same text leads to, until both are back and have gone apart once. A way through a position
   * where the match may end does not count: a matcher that is stopped later goes back only there, and has its match.
   */
  private wayAround(start: number, accepting: ReadonlySet<number>): string | undefined {
    const size = this.labels.length;
    const seen = new Set<number>();
    let pairs: { readonly a: number; readonly b: number; readonly apart: boolean; readonly text: string }[] = [
      { a: start, b: start, apart: false, text: '' },
    ];
    while (pairs.length > 0) {
      const next: typeof pairs = [];
      for (const { a, b, apart, text } of pairs)
        for (const [one, to] of (this.edges[a] ?? []).entries())
          for (const [other, too] of (this.edges[b] ?? []).entries()) {
            const [first, second] = [this.labels[to], this.labels[too]];
            const character = first && second && common(first, second);
            if (character === undefined || accepting.has(to) || accepting.has(too)) continue;
            const isApart = apart || to !== too || (a === b && one !== other);
            const way = text + String.fromCodePoint(character);
            if (isApart && to === start && too === start) return way;
            const key = (to * size + too) * 2 + (isApart ? 1 : 0);
            if (seen.has(key) || seen.size > MAX_PAIRS) continue;
            seen.add(key);
            next.push({ a: to, b: too, apart: isApart, text: way });
          }
      pairs = next;
    }
    return undefined;
  }
}

const EMPTY: Ends = { first: [], last: [], nullable: true };
