import type { TemplateFile } from './template-files.ts';

/** Names of pages that Flask escapes, besides XML; Django escapes in all. https://flask.palletsprojects.com/en/stable/templating/#jinja-setup */
const ESCAPED = /\.(?:html|htm|xhtml|svg)$/i;
/** Other names of pages. Texts, mails and scripts are no HTML. */
const PAGES = /\.(?:j2|jinja|jinja2|tpl|tmpl)$/i;
const MARKUP = /<(?:!doctype|html|head|body|div|p|h[1-6]|table|ul|ol|form|span|a)\b/i;
const CLOSED = /<\/[a-z]/i;
const UNESCAPED = /\{%-?\s*autoescape\s+(?:off|false)\b/;
/** The extension in front of the last one says what else it makes: `nginx.conf.j2`. */
const OTHER = /\.(?!html?\b|xhtml\b)[a-z]\w*\.(?:j2|jinja|jinja2|tpl|tmpl)$/i;

/** A template that others bring markup into, or that stands in others. */
const JOINED = /\{%[-+]?\s*(?:extends|include|import|from|call|block|macro)\b/;

/** Whether a template makes a page, and no mail in plain text, table or configuration. */
export function isPage({ name, module }: TemplateFile): boolean {
  if (OTHER.test(name)) return false;
  const { text } = module;
  if (PAGES.test(name)) return MARKUP.test(text) || CLOSED.test(text) || JOINED.test(text) || !SENTENCES.test(text);
  // A mail in plain text that is called like a page: it has no tag, and nothing in it is escaped.
  if (UNESCAPED.test(text) && !/<[a-z/!]/i.test(text) && SENTENCES.test(text)) return false;
  return ESCAPED.test(name) || !/\.\w+$/.test(name);
}

/** Text between what is printed: a line that begins with a letter and goes on with words. What prints alone may stand in a page. */
const SENTENCES = /^\s*[A-Za-z]+,? [^<\n]*\w/m;

/** Whether Jinja as Flask sets it up escapes nothing in a page, by the name of its file. */
export function isUnescapedByName(file: TemplateFile): boolean {
  return file.dialect === 'jinja' && isPage(file) && PAGES.test(file.name) && MARKUP.test(file.module.text);
}
