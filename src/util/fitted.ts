/**
 * The same list in as little room as it takes. One that grew by `push()` keeps room for sixteen more in V8, and a large project has a million short
 * lists that are kept to the end.
 */
export function fitted<Item>(list: Item[]): Item[] {
  return list.length === 0 ? list : list.slice();
}
