import type { Site } from '../../evaluate/values/value.ts';
import type { Span } from '../../ir/nodes.ts';
import type { TemplateDialect, TemplateNode } from '../../ir/template.ts';
import type { Module } from '../../semantics/module.ts';
import type { SourceFile } from '../../source/source-file.ts';

/** A template of the project, as it was found by the name it is rendered by. */
export interface TemplateFile {
  /** As the project names it: `shop/cart.html`; `''` of a text in the program. */
  readonly name: string;
  readonly dialect: TemplateDialect;
  /** Where it stands: a file of its own, without code, or the program that holds it. */
  readonly module: Module;
  readonly nodes: readonly TemplateNode[];
}

/** How template files are read; given from above, as parsing is for `languages/`. */
export interface TemplateSource {
  readonly files: readonly SourceFile[];
  /** The text of a file, `undefined` where it cannot be read. */
  readonly read: (file: SourceFile) => string | undefined;
  readonly parse: (text: string, dialect: TemplateDialect, range?: Span) => readonly TemplateNode[];
}

export const NO_TEMPLATES: TemplateSource = { files: [], read: () => undefined, parse: () => [] };

/** What a template says that takes from the request itself what it prints. */
const ASKS_REQUEST =
  /\brequest\s*\.\s*(?:args|form|values|cookies|headers|GET|POST|COOKIES|META|path|url|full_path|query_string|get_full_path|query_params)\b/;
const NAMED = /\{%[-+]?\s*(?:extends|include|import|from)\s+["']([^"']+)["']/g;

/** Templates named by templates that are looked into for that: layouts and includes stand in each other a few levels deep. */
const MAX_STEPS = 6;
/** The folder that Django's Jinja backend looks into. https://docs.djangoproject.com/en/stable/topics/templates/#django.template.backends.jinja2.Jinja2 */
const IN_JINJA_FOLDER = /(?:^|\/)jinja2\//;

/** Finds templates by name, and reads each once when it is first rendered. */
export class TemplateFiles {
  private readonly source: TemplateSource;
  /** By the last part of their path. */
  private readonly byBase = new Map<string, SourceFile[]>();
  private readonly read = new Map<string, TemplateFile | undefined>();
  private readonly asking = new Map<TemplateFile, boolean>();

  constructor(source: TemplateSource) {
    this.source = source;
    for (const file of source.files) {
      const base = baseOf(file.path);
      const list = this.byBase.get(base);
      if (list) list.push(file);
      else this.byBase.set(base, [file]);
    }
  }

  /**
   * The template of this name: a file whose path ends in it, below a folder of templates if there is one, the nearest to where it is rendered.
   * https://flask.palletsprojects.com/en/stable/quickstart/#rendering-templates, https://docs.djangoproject.com/en/stable/howto/overriding-templates/
   */
  find(name: string, from: string, dialect: TemplateDialect): TemplateFile | undefined {
    const wanted = name.replace(/^(?:\.?\/)+/, '');
    let best: Candidate | undefined;
    for (const file of this.byBase.get(baseOf(wanted)) ?? []) {
      if (file.path !== wanted && !file.path.endsWith(`/${wanted}`)) continue;
      const folder = file.path.slice(0, file.path.length - wanted.length);
      const candidate = { file, likeness: likenessOf(folder), shared: sharedLength(file.path, from) };
      if (!best || isBetter(candidate, best)) best = candidate;
    }
    return best && this.open(best.file, dialect === 'dtl' && IN_JINJA_FOLDER.test(best.file.path) ? 'jinja' : dialect);
  }

  /** All templates, read. */
  all(dialect: TemplateDialect): readonly TemplateFile[] {
    return this.source.files.flatMap((file) => this.open(file, dialect) ?? []);
  }

  /** Whether a template, or another that it names, takes something from the request itself. */
  asksRequest(file: TemplateFile, steps = MAX_STEPS): boolean {
    const known = this.asking.get(file);
    if (known !== undefined || steps <= 0) return known ?? false;
    this.asking.set(file, false);
    const { text } = file.module;
    const asks = ASKS_REQUEST.test(text) || this.namedIn(file).some((other) => this.asksRequest(other, steps - 1));
    this.asking.set(file, asks);
    return asks;
  }

  /** Whether a template, or another that it names, has one of these words in it. */
  names(file: TemplateFile, words: ReadonlySet<string>, steps = MAX_STEPS): boolean {
    if (words.size === 0) return false;
    const { text } = file.module;
    for (const word of words) if (text.includes(word)) return true;
    return steps > 0 && this.namedIn(file).some((other) => this.names(other, words, steps - 1));
  }

  private namedIn(file: TemplateFile): readonly TemplateFile[] {
    const { path, text } = file.module;
    return [...text.matchAll(NAMED)].flatMap(([, name = '']) => this.find(name, path, file.dialect) ?? []);
  }

  /** A template that is a text of the program: a part of the module where it is written as it is, or put together, and rendered at `use`. */
  inside(text: string, use: Site, dialect: TemplateDialect): TemplateFile {
    const { module, node } = use;
    const here = module.text.indexOf(text, node.start);
    const start = here >= 0 && here < node.end ? here : module.text.indexOf(text);
    const key = `${dialect}:${module.path}:${start < 0 ? node.start : start}:${text}`;
    const known = this.read.get(key);
    if (known) return known;
    const made: TemplateFile =
      start < 0
        ? { name: '', dialect, module: { ...module, text, used: use }, nodes: this.source.parse(text, dialect) }
        : { name: '', dialect, module, nodes: this.source.parse(module.text, dialect, { start, end: start + text.length }) };
    this.read.set(key, made);
    return made;
  }

  private open(file: SourceFile, dialect: TemplateDialect): TemplateFile | undefined {
    const key = `${dialect}:${file.path}`;
    if (this.read.has(key)) return this.read.get(key);
    const text = this.source.read(file);
    const name = file.path.replace(/^.*(?:^|\/)(?:templates|jinja2)\//, '');
    const opened =
      text === undefined ? undefined : { name, dialect, module: moduleOf(file, name, text), nodes: this.source.parse(text, dialect) };
    this.read.set(key, opened);
    return opened;
  }
}

function moduleOf(file: SourceFile, name: string, text: string): Module {
  return { file, path: file.path, name, isPackage: false, unit: { body: [], comments: [], problems: [] }, text };
}

/** A file whose path ends in the name that is looked for. */
interface Candidate {
  readonly file: SourceFile;
  readonly likeness: number;
  /** How much of its path is that of the file that names it: the nearest is meant. */
  readonly shared: number;
}

function isBetter(one: Candidate, other: Candidate): boolean {
  return one.likeness === other.likeness ? one.shared > other.shared : one.likeness > other.likeness;
}

/** How much a folder looks like one in which names of templates begin: `templates/` does, one below that least, as its files have longer names. */
function likenessOf(folder: string): number {
  if (/(?:^|\/)(?:templates|jinja2)\/$/.test(folder)) return 2;
  return folder.includes('templates/') ? 0 : 1;
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Letters that two paths begin with alike. */
function sharedLength(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
