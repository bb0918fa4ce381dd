import type { Expr, Stmt } from '../../../ir/nodes.ts';
import { type IrNode, isStmt, walk } from '../../../ir/walk.ts';
import { nameOf } from './method-words.ts';

const NOW = /^(?:now|today|utcnow|localtime|time|timedelta)$/;
const EXPIRES = /expir|outdated|stale/i;

/**
 * Whether a branch writes down what time has made of something, whoever asks: `if invite.sent + LIMIT < now(): invite.status = EXPIRED`. Who
 * redeems a voucher while it is valid does more.
 */
export function marksExpired(test: Expr, then: readonly Stmt[]): boolean {
  const isAboutTime = mentions(test, (name) => NOW.test(name) || EXPIRES.test(name));
  if (!isAboutTime) return false;
  const tested = new Set<string>();
  walk(test, (node) => {
    if (node.kind === 'name') tested.add(node.id);
    return true;
  });
  return then.some((statement) => mentions(statement, (name) => EXPIRES.test(name)) || deletesTested(statement, tested));
}

/** `total` of `if batch.total != total: batch.total = total; batch.save()`: a number that was counted again is written down. */
export function bringsUpToDate(test: Expr, then: readonly Stmt[]): boolean {
  const [only, ...more] = test.kind === 'compare' ? test.rest : [];
  if (test.kind !== 'compare' || !only || more.length > 0 || only.op !== '!=') return false;
  const sides = [test.first, only.right];
  const [part] = sides.filter((side) => side.kind === 'attribute');
  const value = sides.find((side) => side !== part);
  if (part?.kind !== 'attribute' || (value?.kind !== 'name' && value?.kind !== 'call')) return false;
  return then.some(
    (statement) =>
      statement.kind === 'assign' &&
      statement.targets.some((target) => target.kind === 'attribute' && target.name === part.name) &&
      statement.value?.kind === value.kind &&
      COUNTED.test(nameOf(statement.value.kind === 'call' ? statement.value.callee : statement.value)) &&
      nameOf(statement.value.kind === 'call' ? statement.value.callee : statement.value) ===
        nameOf(value.kind === 'call' ? value.callee : value),
  );
}
const COUNTED = /(?:^|_)(?:total|totals|count|counts|num|number|size|length|rows|hash|checksum|options|version)(?:_|$)/i;

function deletesTested(statement: Stmt, tested: ReadonlySet<string>): boolean {
  let found = false;
  walk(statement, (node) => {
    if (node.kind === 'call' && node.callee.kind === 'attribute' && node.callee.name === 'delete' && tested.has(nameOf(node.callee.object)))
      found = true;
    return !found;
  });
  return found;
}

function mentions(part: IrNode, is: (name: string) => boolean): boolean {
  let found = false;
  walk(part, (node) => {
    if (!isStmt(node) && is(wordOf(node))) found = true;
    return !found;
  });
  return found;
}

function wordOf(node: Expr): string {
  if (node.kind === 'name') return node.id;
  if (node.kind === 'attribute') return node.name;
  return node.kind === 'literal' && node.literal.type === 'str' ? node.literal.value : '';
}
