import type { CallExpr, Expr } from '../../ir/nodes.ts';
import { isStmt, walk } from '../../ir/walk.ts';
import { onlyAnswers } from '../checks/validators.ts';
import type { Interpreter } from '../interpreter.ts';
import { calledNames } from '../names/names.ts';
import type { Value } from '../values/value.ts';
import type { FunctionInfo } from './function-info.ts';

/** What functions that look for a row are called in the code of a project's own ones. */
const FINDING = /_or_404$/;
/** Methods that do so on managers and queries, and something else on dicts. */
const OF_QUERIES = /^(?:a?get|one)$/;
const QUERY = /(?:query|objects|manager)$/i;

/**
 * Whether what a call is passed may be known for more once it has returned: it finds a row by it, or raises for what it does not take
 * (`match = resolve(path)`, `number = int(text)`). Most calls do neither and need not be looked at twice.
 */
export function tellsByReturning(interpreter: Interpreter, callee: Value): boolean {
  return callee.some((atom) => {
    if (atom.kind === 'function' || atom.kind === 'bound') return findsInside(atom.info) || asksSchema(atom.info);
    return calledNames(interpreter, [atom]).some((name) => {
      const row = interpreter.library.row(name);
      return row?.finds !== undefined || row?.raises !== undefined || (row?.checks !== undefined && !onlyAnswers(interpreter, name));
    });
  });
}

function isFindingCall({ callee }: CallExpr): boolean {
  const name = callee.kind === 'attribute' ? callee.name : callee.kind === 'name' ? callee.id : '';
  return FINDING.test(name) || (OF_QUERIES.test(name) && callee.kind === 'attribute' && isQuery(callee.object));
}

/** `User.objects`, `query.filter_by(…)` */
function isQuery(node: Expr): boolean {
  if (node.kind === 'call') return isQuery(node.callee);
  if (node.kind === 'name') return QUERY.test(node.id);
  return node.kind === 'attribute' && (QUERY.test(node.name) || isQuery(node.object));
}

const findsInside = containing(isFindingCall);

/** Whether a function of the project asks a JSON schema for what is wrong. https://python-jsonschema.readthedocs.io/en/stable/validate/ */
export const asksSchema = containing(({ callee }) => callee.kind === 'attribute' && callee.name === 'iter_errors');

/** Whether such a call stands in a function; looked for once. */
function containing(isMeant: (call: CallExpr) => boolean): (info: FunctionInfo) => boolean {
  const known = new WeakMap<FunctionInfo['node'], boolean>();
  return ({ node }) => {
    const before = known.get(node);
    if (before !== undefined) return before;
    let found = false;
    walk(node, (one) => {
      if (!found && !isStmt(one) && one.kind === 'call' && isMeant(one)) found = true;
      return !found;
    });
    known.set(node, found);
    return found;
  };
}
