/**
 * The known word that was probably meant, or `undefined` when none is near enough to be worth suggesting.
 * Case and the choice between `-` and `_` count as almost nothing; otherwise a third of the word may be wrong.
 * Numbers have to agree: of the codes around `DJG107` none is more likely meant than the others.
 * Of words equally near the first one wins, so the answer does not depend on anything but the order of `known`.
 */
export function nearestWord(word: string, known: Iterable<string>): string | undefined {
  const wanted = normalize(word);
  if (wanted.length === 0 || wanted.length > LONGEST_WORD) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  const number = digitsOf(wanted);
  for (const candidate of known) {
    if (number !== '' && !['', number].includes(digitsOf(candidate))) continue;
    const distance = editDistance(wanted, normalize(candidate), bestDistance - 1);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** ` Did you mean “x”?` with a leading space, or nothing: the end of a message about an unknown word. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const nearest = nearestWord(word, known);
  return nearest === undefined ? '' : ` Did you mean “${nearest}”?`;
}

/** No name of ours is half as long; what is longer is not a typing error, and comparing it costs time. */
const LONGEST_WORD = 200;

function digitsOf(word: string): string {
  return word.replaceAll(/\D/g, '');
}

function normalize(word: string): string {
  return word.trim().toLowerCase().replaceAll('_', '-');
}

/**
 * Insertions, deletions, replacements and swaps of neighbours that turn one word into the other
 * (optimal string alignment), or a number above `limit` as soon as it is certain that more are needed.
 */
export function editDistance(from: string, to: string, limit = Number.POSITIVE_INFINITY): number {
  if (from === to) return 0;
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    let smallest = row;
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(cell(previous, column) + 1, cell(current, column - 1) + 1, cell(previous, column - 1) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, cell(beforePrevious, column - 2) + 1);
      current.push(cost);
      if (cost < smallest) smallest = cost;
    }
    if (smallest > limit) return limit + 1;
    beforePrevious = previous;
    previous = current;
  }
  return cell(previous, to.length);
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? 0;
}
