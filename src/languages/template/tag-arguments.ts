import type { ImportedMacro, MacroParameter, TemplateArgument, TemplateBinding, TemplateNode } from '../../ir/template.ts';
import type { ExpressionParser } from './expression.ts';

/** `a=b c=d`, `a = b, c = d`, and Django's old `b as a`. */
export function bindingsOf(parser: ExpressionParser): readonly TemplateBinding[] {
  const bindings: TemplateBinding[] = [];
  while (!parser.isDone) {
    const before = parser.next;
    if (parser.takes(',') || parser.takes('and') || parser.takes('count') || parser.takes('with')) continue;
    const { name, value } = parser.argument();
    if (name !== undefined) bindings.push({ names: [name], value });
    else if (parser.takes('as')) bindings.push({ names: [parser.name() ?? ''], value });
    if (parser.next === before) parser.skip();
  }
  return bindings;
}

/** What an included template is passed: `with a=b only`, `ignore missing without context`. */
export function passedOn(parser: ExpressionParser): { readonly bindings: readonly TemplateBinding[]; readonly only: boolean } {
  let only = false;
  const bindings: TemplateBinding[] = [];
  while (!parser.isDone) {
    if (parser.takes('only') || parser.takes('without')) only = true;
    else if (parser.beyond?.text === '=') {
      const { name, value } = parser.argument();
      if (name !== undefined) bindings.push({ names: [name], value });
    } else parser.skip();
  }
  return { bindings, only };
}

/** `"forms.html" as forms`, `"forms.html" import field as row, button`. */
export function imported(
  tag: 'import' | 'from',
  parser: ExpressionParser,
): Pick<TemplateNode & { kind: 'import' }, 'template' | 'alias' | 'names'> {
  const template = parser.expression();
  if (tag === 'import') return { template, alias: parser.takes('as') ? (parser.name() ?? '') : '', names: [] };
  parser.takes('import');
  const names: ImportedMacro[] = [];
  while (!parser.isDone) {
    const name = parser.name();
    if (name === undefined) parser.skip();
    else if (name === 'with' || name === 'without') break;
    else names.push({ name, alias: parser.takes('as') ? (parser.name() ?? name) : name });
  }
  return { template, names };
}

/** `(name, value="", *more)`. */
export function parameters(parser: ExpressionParser): readonly MacroParameter[] {
  parser.takes('(');
  return parser.args().flatMap(({ name, value }) => {
    if (name !== undefined) return [{ name, default: value }];
    return value.kind === 'name' ? [{ name: value.id }] : [];
  });
}

/** `user size=3 as image`. */
export function tagArguments(parser: ExpressionParser): { readonly args: readonly TemplateArgument[]; readonly target?: string } {
  const args: TemplateArgument[] = [];
  while (!parser.isDone) {
    const before = parser.next;
    if (parser.takes('as')) {
      const target = parser.name();
      if (target !== undefined) return { args, target };
    }
    args.push(parser.argument());
    if (parser.next === before) parser.skip();
  }
  return { args };
}
