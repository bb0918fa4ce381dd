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

/** A template that takes from the request itself what it prints. */
const ASKS_REQUEST =
  /\brequest\s*\.\s*(?:args|form|values|cookies|headers|GET|POST|COOKIES|META|path|url|full_path|query_string|get_full_path|query_params)\b/;
const NAMED = /\{%[-+]?\s*(?:extends|include|import|from)\s+["']([^"']+)["']/g;

/** Finds templates by name, and reads each once when it is first rendered. */
export class TemplateFiles {
  private readonly source: TemplateSource;
  private readonly byEnd = new Map<string, SourceFile[]>();
  private readonly read = new Map<string, TemplateFile | undefined>();
  private readonly asking = new Map<TemplateFile, boolean>();

  constructor(source: TemplateSource) {
    this.source = source;
    for (const file of source.files) {
      const base = file.path.slice(file.path.lastIndexOf('/') + 1);
      const list = this.byEnd.get(base);
      if (list) list.push(file);
      else this.byEnd.set(base, [file]);
    }
  }

  /**
   * The template of this name: a file whose path ends in it, below a folder of templates if there is one, the nearest to where it is rendered.
   * https://flask.palletsprojects.com/en/stable/quickstart/#rendering-templates, https://docs.djangoproject.com/en/stable/howto/overriding-templates/
   */
  find(name: string, from: string, dialect: TemplateDialect): TemplateFile | undefined {
    const wanted = name.replace(/^(?:\.?\/)+/, '');
    let best: SourceFile | undefined;
    let rank = -1;
    for (const file of this.byEnd.get(wanted.slice(wanted.lastIndexOf('/') + 1)) ?? []) {
      if (file.path !== wanted && !file.path.endsWith(`/${wanted}`)) continue;
      const folder = file.path.slice(0, file.path.length - wanted.length);
      const one =
        (/(?:^|\/)(?:templates|jinja2)\/$/.test(folder) ? 1_000_000 : folder.includes('templates/') ? 0 : 500_000) +
        inCommon(file.path, from);
      if (one > rank) {
        best = file;
        rank = one;
      }
    }
    return best && this.open(best, dialect === 'dtl' && /(?:^|\/)jinja2\//.test(best.path) ? 'jinja' : dialect);
  }

  /** All pages, read. */
  all(dialect: TemplateDialect): readonly TemplateFile[] {
    return this.source.files.flatMap((file) => this.open(file, dialect) ?? []);
  }

  /** Whether what a template prints, or another that it names, may be taken from the request there. */
  asksRequest(file: TemplateFile, steps = 6): boolean {
    const known = this.asking.get(file);
    if (known !== undefined || steps <= 0) return known ?? false;
    this.asking.set(file, false);
    const { text } = file.module;
    const asks =
      ASKS_REQUEST.test(text) ||
      [...text.matchAll(NAMED)].some(([, name = '']) => {
        const other = this.find(name, file.module.path, file.dialect);
        return other !== undefined && this.asksRequest(other, steps - 1);
      });
    this.asking.set(file, asks);
    return asks;
  }

  /** A template that is a text of the program: where it is written as it is. */
  inside(text: string, module: Module, dialect: TemplateDialect): TemplateFile | undefined {
    const start = module.text.indexOf(text);
    if (start < 0) return undefined;
    const key = `${dialect}:${module.path}:${start}`;
    const known = this.read.get(key) ?? {
      name: '',
      dialect,
      module,
      nodes: this.source.parse(module.text, dialect, { start, end: start + text.length }),
    };
    this.read.set(key, known);
    return known;
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

/** Letters that two paths begin with alike. */
function inCommon(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
