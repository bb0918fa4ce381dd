import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Stmt } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import type { Module } from '../../semantics/module.ts';
import { applicationClasses, applicationFunctions } from './functions.ts';
import type { RoutePlace } from './route.ts';
import { lastPart } from './values.ts';
import { libraryBases, type View, viewsOf, wrapperOf } from './view.ts';

/** Decorators of functions that get a request and are no views. */
const NO_VIEW = /^(?:receiver|register|simple_tag|inclusion_tag|filter|shared_task|task|fixture|action|display|method_decorator)$/;

/** Functions of a request, and classes of views, of Django: for projects that hold no URLs. */
export function looseViews(interpreter: Interpreter): readonly { readonly view: View; readonly place: RoutePlace }[] {
  const called = calledNodes(interpreter);
  const found: { readonly view: View; readonly place: RoutePlace }[] = [];
  for (const info of applicationFunctions(interpreter)) {
    const { node, owner, closure, module } = info;
    if (node.kind === 'lambda' || owner || closure.info || node.params[0]?.name !== 'request' || info.name.startsWith('_')) continue;
    if (!usesDjango(module) || !answers(node.body)) continue;
    const names = info.decorators.flatMap(({ value }) => wrapperOf(value)).map(({ name }) => lastPart(name));
    if (names.some((name) => NO_VIEW.test(name)) || called.has(node)) continue;
    for (const view of viewsOf([{ kind: 'function', info }])) found.push({ view, place: { module, node } });
  }
  for (const info of applicationClasses(interpreter)) {
    if (!libraryBases(info).some((name) => /^(?:django\.|rest_framework\.).*(?:View|ViewSet)$/.test(name))) continue;
    for (const view of viewsOf([{ kind: 'class', info }])) found.push({ view, place: { module: info.module, node: info.node } });
  }
  return found;
}

function usesDjango(module: Module): boolean {
  return module.unit.body.some(
    (one) =>
      (one.kind === 'import-from' && one.level === 0 && /^(?:django|rest_framework)\b/.test(one.module)) ||
      (one.kind === 'import' && one.names.some(({ name }) => /^(?:django|rest_framework)\b/.test(name))),
  );
}

/** A view gives something back. */
function answers(body: readonly Stmt[]): boolean {
  let found = false;
  for (const statement of body)
    walk(statement, (one) => {
      if (one.kind === 'return' && one.value) found = true;
      return !found && one.kind !== 'function';
    });
  return found;
}

/** What other code calls is a helper of views. */
function calledNodes(interpreter: Interpreter): ReadonlySet<object> {
  return new Set([...interpreter.calls.values()].flatMap((callees) => [...callees].map(({ node }) => node)));
}
