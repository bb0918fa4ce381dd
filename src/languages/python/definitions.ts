import type { ClassStmt, Decorator, FunctionStmt, Stmt } from '../../ir/nodes.ts';
import { ROW } from '../flat-tree.ts';
import { lowerArguments } from './calls.ts';
import { lowerExpr } from './expressions.ts';
import { Kind, Token } from './kinds.ts';
import type { Lowering } from './lowering.ts';
import { lowerParameters } from './parameters.ts';
import { lowerBlock } from './statements.ts';

export function lowerFunction(l: Lowering, node: number, decorators: readonly Decorator[]): FunctionStmt {
  let name = node + ROW;
  const async = l.kind(name) === Token.async;
  if (async) name = l.next(name);
  let params: FunctionStmt['params'] = [];
  let returns: FunctionStmt['returns'];
  let body: Stmt[] = [];
  const outer = l.yields;
  l.yields = false;
  for (let child = l.next(name), stop = l.next(node); child < stop; child = l.next(child)) {
    if (l.kind(child) === Kind.parameters) params = lowerParameters(l, child);
    else if (l.kind(child) === Kind.type) returns = lowerExpr(l, child);
    else if (l.kind(child) === Kind.block) body = lowerBlock(l, child);
  }
  const generator = l.yields;
  l.yields = outer;
  return {
    kind: 'function',
    start: l.start(node),
    end: l.end(node),
    name: l.name(name),
    nameStart: l.start(name),
    nameEnd: l.end(name),
    params,
    ...(returns && { returns }),
    body,
    decorators,
    async,
    generator,
  };
}

export function lowerClass(l: Lowering, node: number, decorators: readonly Decorator[]): ClassStmt {
  const name = node + ROW;
  let args: ClassStmt['args'] = [];
  let body: Stmt[] = [];
  const outer = l.yields;
  for (let child = l.next(name), stop = l.next(node); child < stop; child = l.next(child)) {
    if (l.kind(child) === Kind.argument_list) args = lowerArguments(l, child);
    else if (l.kind(child) === Kind.block) body = lowerBlock(l, child);
  }
  l.yields = outer;
  return {
    kind: 'class',
    start: l.start(node),
    end: l.end(node),
    name: l.name(name),
    nameStart: l.start(name),
    nameEnd: l.end(name),
    args,
    body,
    decorators,
  };
}

/** Appends a decorated function or class. */
export function lowerDecorated(l: Lowering, node: number, body: Stmt[]): void {
  const decorators: Decorator[] = [];
  for (let child = node + ROW, stop = l.next(node); child < stop; child = l.next(child)) {
    switch (l.kind(child)) {
      case Kind.decorator: {
        const expression = lowerExpr(l, child + ROW + (l.kind(child + ROW) === Token['@'] ? ROW : 0));
        decorators.push({ start: l.start(child), end: expression.end, expression });
        break;
      }
      case Kind.function_definition:
        body.push(lowerFunction(l, child, decorators));
        break;
      case Kind.class_definition:
        body.push(lowerClass(l, child, decorators));
        break;
    }
  }
}
