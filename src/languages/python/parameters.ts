import type { Expr, Parameter } from '../../ir/nodes.ts';
import { fitted } from '../../util/fitted.ts';
import { ROW } from '../flat-tree.ts';
import { splatValue } from './collections.ts';
import { lowerExpr } from './expressions.ts';
import { Kind, Token } from './kinds.ts';
import type { Lowering } from './lowering.ts';

/** The parameters of a `def` or `lambda`; the bare `/` and `*` only decide the form of those around them. */
export function lowerParameters(l: Lowering, list: number): Parameter[] {
  const params: Parameter[] = [];
  const stop = l.next(list);
  let form: Parameter['form'] = hasSlash(l, list + ROW, stop) ? 'positional-only' : 'plain';
  for (let child = list + ROW; child < stop; child = l.next(child)) {
    switch (l.kind(child)) {
      case Token[',']:
        break;
      case Kind.positional_separator:
        form = 'plain';
        break;
      case Kind.keyword_separator:
        form = 'keyword-only';
        break;
      default: {
        const param = lowerParameter(l, child, form);
        params.push(param);
        if (param.form === 'rest') form = 'keyword-only';
      }
    }
  }
  return fitted(params);
}

function hasSlash(l: Lowering, first: number, stop: number): boolean {
  for (let child = first; child < stop; child = l.next(child)) {
    if (l.kind(child) === Kind.positional_separator) return true;
  }
  return false;
}

function lowerParameter(l: Lowering, node: number, form: Parameter['form']): Parameter {
  const first = node + ROW;
  switch (l.kind(node)) {
    case Kind.typed_parameter: {
      const type = lowerExpr(l, afterColon(l, first));
      return named(l, node, first, form, type);
    }
    case Kind.default_parameter: {
      return named(l, node, first, form, undefined, lowerExpr(l, l.next(first)));
    }
    case Kind.typed_default_parameter: {
      const type = afterColon(l, first);
      return named(l, node, first, form, lowerExpr(l, type), lowerExpr(l, l.next(type)));
    }
    default:
      return named(l, node, node, form);
  }
}

function afterColon(l: Lowering, name: number): number {
  const next = l.next(name);
  return l.kind(next) === Token[':'] ? l.next(next) : next;
}

/** Builds a parameter whose name, with or without stars, is in `target`. */
function named(l: Lowering, node: number, target: number, form: Parameter['form'], annotation?: Expr, value?: Expr): Parameter {
  const kind = l.kind(target);
  let name: string;
  if (kind === Kind.list_splat_pattern || kind === Kind.dictionary_splat_pattern) {
    name = l.name(splatValue(l, target));
    form = kind === Kind.list_splat_pattern ? 'rest' : 'keywords';
  } else {
    name = l.name(target);
    if (kind !== Kind.identifier) l.python2(l.start(target), l.end(target), 'a parameter that unpacks a tuple was read as one parameter');
  }
  return {
    start: l.start(node),
    end: l.end(node),
    name,
    form,
    ...(annotation && { annotation }),
    ...(value && { default: value }),
  };
}
