import type { TemplateExpr, TemplateNode } from '../../ir/template.ts';
import type { TemplateFile } from './template-files.ts';

/** Names of pages that Flask escapes, besides XML; Django does so in all. https://flask.palletsprojects.com/en/stable/templating/#jinja-setup */
const ESCAPED = /\.(?:html|htm|xhtml|svg)$/i;
/** Other names of pages: texts, mails and scripts are no HTML. */
const PAGES = /\.(?:j2|jinja|jinja2|tpl|tmpl)$/i;
const MARKUP = /<(?:!doctype|html|head|body|div|p|h[1-6]|table|ul|ol|form|span|a)\b/i;
/** What is left of a name without the last extension says that it is something else: `nginx.conf.j2`. */
const OTHER = /\.(?!html?\b|xhtml\b)[a-z]\w*\.(?:j2|jinja|jinja2|tpl|tmpl)$/i;

/** Whether a template makes a page, and no mail in plain text, table or configuration. */
export function isPage({ name }: TemplateFile): boolean {
  return (ESCAPED.test(name) || PAGES.test(name) || !/\.\w+$/.test(name)) && !OTHER.test(name);
}

/** Whether Jinja as Flask sets it up escapes nothing in a page, by the name of its file. */
export function isUnescapedByName(file: TemplateFile): boolean {
  return file.dialect === 'jinja' && isPage(file) && PAGES.test(file.name) && MARKUP.test(file.module.text);
}

/** Names of what is passed that a page prints, in no block that escapes. */
export function namesPrinted(nodes: readonly TemplateNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes)
    switch (node.kind) {
      case 'print':
        rootsOf(node.value, names);
        break;
      case 'if':
        for (const { body } of node.branches) for (const name of namesPrinted(body)) names.add(name);
        break;
      case 'for': {
        const inside = namesPrinted([...node.body, ...node.otherwise]);
        if (node.names.some((name) => inside.has(name))) rootsOf(node.iterable, names);
        for (const name of inside) if (!node.names.includes(name)) names.add(name);
        break;
      }
      case 'with':
      case 'block':
        for (const name of namesPrinted(node.body)) names.add(name);
        break;
      default:
    }
  return names;
}

/** Filters that escape, or give what needs no escaping. */
const ESCAPING: ReadonlySet<string> = new Set('e escape forceescape tojson urlencode length count int float round'.split(' '));

function rootsOf(expr: TemplateExpr, names: Set<string>): void {
  switch (expr.kind) {
    case 'name':
      names.add(expr.id);
      return;
    case 'look-up':
    case 'item':
      rootsOf(expr.object, names);
      return;
    case 'filter':
      if (!ESCAPING.has(expr.name)) rootsOf(expr.value, names);
      return;
    case 'choice':
      for (const option of expr.options) rootsOf(option, names);
      return;
    case 'joined':
      for (const part of expr.parts) rootsOf(part, names);
      return;
    default:
      return;
  }
}

/** Filters that leave a text as safe as it was. https://jinja.palletsprojects.com/en/stable/templates/#working-with-automatic-escaping */
const KEEPING: ReadonlySet<string> = new Set(
  'trim upper lower title capitalize default d default_if_none replace string indent first last'.split(' '),
);

/** Whether an expression says that what it gives is not to be escaped; `isSafe` tells it of names. */
export function isMarkedSafe(expr: TemplateExpr, isSafe: (name: string) => boolean): boolean {
  switch (expr.kind) {
    case 'name':
      return isSafe(expr.id);
    case 'filter':
      return expr.name === 'safe' || expr.name === 'safeseq' || (KEEPING.has(expr.name) && isMarkedSafe(expr.value, isSafe));
    case 'choice':
      return expr.options.some((option) => isMarkedSafe(option, isSafe));
    default:
      return false;
  }
}
