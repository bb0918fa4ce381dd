import type { BehaviourCall } from './behaviour.ts';
import { constantText, textOf } from './text.ts';
import { elementOf, typedValue } from './types.ts';
import { join, type Segment, type Value } from './value.ts';

/** Filters after which a text is still what it was. */
const KEEPING: ReadonlySet<string> = new Set([
  'safe',
  'trim',
  'upper',
  'lower',
  'title',
  'capitalize',
  'default',
  'd',
  'string',
  'replace',
]);
const OUTPUT = /\{\{-?\s*([A-Za-z_]\w*)((?:\.\w+|\[[^\]]*\])*)\s*((?:\|[^|}]+)*?)\s*-?\}\}/g;
const LOOP = /\{%-?\s*for\s+([A-Za-z_]\w*)\s+in\s+([A-Za-z_]\w*)\s*-?%\}/g;
const AUTOESCAPE = /\{%-?\s*(?:autoescape\s+(true|false|on|off)|endautoescape)\s*-?%\}/g;

/**
 * What rendering a known template gives: a library's text, and besides what the template says is not to be escaped, `{{ text|safe }}` or an
 * output in `{% autoescape false %}`. https://jinja.palletsprojects.com/en/stable/templates/#html-escaping
 */
export function renderText(call: BehaviourCall): Value | undefined {
  const { interpreter, row, receiver, args, origin } = call;
  const template = constantText(args.positional[0]?.value);
  if (template === undefined || row.returns === undefined) return undefined;
  const unescaped = namesUnescaped(template);
  const segments: Segment[] = [];
  for (const { name, value, node } of args.keywords) {
    const site = { module: origin.site.module, node };
    if (unescaped.has(name)) segments.push({ value, site });
    const loops = [...template.matchAll(LOOP)].filter((match) => match[2] === name && unescaped.has(match[1] ?? ''));
    if (loops.length > 0) segments.push({ value: elementOf(interpreter, value, { via: 'element', of: value, site }), site });
  }
  if (segments.length === 0) return undefined;
  const start = template.slice(0, template.search(/\{[{%]/));
  const whole = typedValue(interpreter, row.returns, { receiver, args }, origin);
  return join(whole, textOf([start, ...segments], false, origin));
}

function namesUnescaped(template: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const match of template.matchAll(OUTPUT)) {
    const filters = (match[3] ?? '').split('|').flatMap((filter) => /^\s*(\w+)/.exec(filter)?.[1] ?? []);
    const isKept = filters.every((filter) => KEEPING.has(filter));
    if (isKept && (filters.includes('safe') || !isEscaped(template, match.index))) names.add(match[1] ?? '');
  }
  return names;
}

/** Whether outputs are escaped at a place of a template. */
function isEscaped(template: string, at: number): boolean {
  const blocks: boolean[] = [];
  for (const match of template.matchAll(AUTOESCAPE)) {
    if (match.index > at) break;
    if (match[1] === undefined) blocks.pop();
    else blocks.push(match[1] === 'true' || match[1] === 'on');
  }
  return blocks.at(-1) ?? true;
}
