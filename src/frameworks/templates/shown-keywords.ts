import type { PassedKeyword } from '../../evaluate/calls/arguments.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { CallOrigin } from '../../evaluate/values/value.ts';
import type { TemplateExpr, TemplateNode } from '../../ir/template.ts';
import { namesPrinted } from './printed-names.ts';
import { sourceOfReceiver } from './rendering-call.ts';
import type { TemplateFiles } from './template-files.ts';
import { isEscaping } from './unescaped-page.ts';

/**
 * `Template("<b>{{ name|e }}</b>").render(name=name)`: of what is passed by name, what the text of the template prints and does not escape; all where
 * that text is not known, or does more than to print names.
 */
export function shownKeywords(interpreter: Interpreter, files: TemplateFiles, call: CallOrigin): readonly PassedKeyword[] {
  const { receiver, args, names } = call;
  if (args.keywords.length === 0 || !names.some((name) => interpreter.library.row(name)?.sinks?.['template-context'])) return args.keywords;
  const text = sourceOfReceiver(interpreter, receiver);
  const nodes = text === undefined ? undefined : files.inside(text, call.site, 'jinja').nodes;
  if (!nodes?.every(isPlain)) return args.keywords;
  const printed = namesPrinted(nodes, (filter) => isEscaping(interpreter, filter));
  return args.keywords.filter(({ name }) => printed.has(name));
}

/** Whether a part of a template prints nothing but names, as they are or filtered. */
function isPlain(node: TemplateNode): boolean {
  switch (node.kind) {
    case 'text':
      return true;
    case 'print':
      return isNamed(node.value);
    case 'if':
      return node.branches.every(({ body }) => body.every(isPlain));
    case 'for':
      return isNamed(node.iterable) && node.body.every(isPlain) && node.otherwise.every(isPlain);
    case 'block':
      return node.body.every(isPlain);
    default:
      return false;
  }
}

function isNamed(expr: TemplateExpr): boolean {
  switch (expr.kind) {
    case 'literal':
    case 'name':
      return true;
    case 'look-up':
    case 'item':
      return isNamed(expr.object);
    case 'filter':
      return isNamed(expr.value) && expr.args.every(({ value }) => value.kind === 'literal');
    case 'choice':
      return expr.options.every(isNamed);
    case 'joined':
      return expr.parts.every(isNamed);
    default:
      return false;
  }
}
