import type { ImportedName, ImportFromStmt, ImportStmt } from '../../ir/nodes.ts';
import { fitted } from '../../util/fitted.ts';
import { ROW } from '../flat-tree.ts';
import { Kind, Token } from './kinds.ts';
import type { Lowering } from './lowering.ts';

export function lowerImport(l: Lowering, node: number): ImportStmt {
  return { kind: 'import', start: l.start(node), end: l.end(node), names: importedNames(l, node + ROW, l.next(node)) };
}

export function lowerImportFrom(l: Lowering, node: number): ImportFromStmt {
  const stop = l.next(node);
  // `from` is kept as a row of its own, for `raise … from` and `yield from`.
  let first = node + ROW;
  if (l.kind(first) === Token.from) first = l.next(first);
  let module = '__future__';
  let level = 0;
  if (l.kind(node) === Kind.import_from_statement) {
    const from = first;
    first = l.next(from);
    module = '';
    if (l.kind(from) === Kind.relative_import) {
      for (let child = from + ROW; child < first; child = l.next(child)) {
        if (l.kind(child) === Kind.import_prefix) level = l.slice(child).replace(/[^.]/g, '').length;
        else module = dottedName(l, child);
      }
    } else module = dottedName(l, from);
  }
  const star = first < stop && l.kind(first) === Kind.wildcard_import;
  return {
    kind: 'import-from',
    start: l.start(node),
    end: l.end(node),
    module,
    level,
    names: star ? [] : importedNames(l, first, stop),
    star,
  };
}

function importedNames(l: Lowering, first: number, stop: number): ImportedName[] {
  const names: ImportedName[] = [];
  for (let child = first; child < stop; child = l.next(child)) {
    const start = l.start(child);
    const end = l.end(child);
    if (l.kind(child) === Kind.dotted_name) names.push({ start, end, name: dottedName(l, child) });
    else if (l.kind(child) === Kind.aliased_import) {
      const name = child + ROW;
      names.push({ start, end, name: dottedName(l, name), alias: l.name(l.last(child)) });
    }
  }
  return fitted(names);
}

/** A dotted name without the blanks that may stand around its dots. */
export function dottedName(l: Lowering, node: number): string {
  const first = node + ROW;
  const stop = l.next(node);
  if (first >= stop || l.next(first) >= stop) return l.name(node);
  const parts: string[] = [];
  for (let child = first; child < stop; child = l.next(child)) parts.push(l.name(child));
  return parts.join('.');
}
