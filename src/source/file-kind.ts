import {
  isCi,
  isContainer,
  isDependencies,
  isServer,
  isServerByName,
  isSettings,
  isShell,
  isTemplateOfAnything,
} from './artefact-names.ts';
import { type Place, placeOf } from './place.ts';
import type { FileKind } from './source-file.ts';

/**
 * What a file is. Name and place decide, never the content, except that collect looks for a Python shebang in what has no
 * extension (see shebang.ts). The kind makes a file a candidate: the front end that reads it still judges whether it really is,
 * say, an nginx configuration.
 *
 * Stubs (`.pyi`) are no Python here: they declare code that is elsewhere and run nowhere, so a rule has nothing to say about them.
 */
export function fileKind(fileName: string, place: Place): FileKind {
  const name = fileName.toLowerCase();
  const extension = extensionOf(name);
  if (PYTHON.has(extension)) return 'python';
  if (INERT.has(extension)) return isTemplate(name, extension, place) ? 'template' : 'other';
  if (isDependencies(name, place)) return 'dependencies';
  if (isCi(name, extension, place)) return 'ci';
  if (isServerByName(name, extension)) return 'server';
  if (isContainer(name, extension, place)) return 'container';
  if (isTemplate(name, extension, place)) return 'template';
  if (isTemplateOfAnything(extension)) return 'other';
  if (isSettings(name, extension, place)) return 'settings';
  if (isServer(name, extension, place)) return 'server';
  return isShell(extension) ? 'shell' : 'other';
}

/** The kind of a file from its path relative to the audited root. */
export function fileKindOf(path: string): FileKind {
  return fileKind(
    path.slice(path.lastIndexOf('/') + 1),
    placeOf(path, () => false),
  );
}

/** The last extension with its dot, `''` for a name without one; the dot of a hidden file starts no extension. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot);
}

/** `.wsgi` is what mod_wsgi runs, `.pyw` what Windows starts without a console. */
const PYTHON: ReadonlySet<string> = new Set(['.py', '.pyw', '.wsgi']);
/** The bulk of what a project holds besides Python, none of it configuration. */
const INERT: ReadonlySet<string> = new Set(
  '.js .mjs .ts .jsx .tsx .vue .map .css .scss .less .html .htm .svg .png .jpg .jpeg .gif .webp .ico .woff .woff2 .ttf .eot .otf .pdf .mp4 .po .mo .pot .csv .md .rst .pyi .pyc .so .gz .zip'.split(
    ' ',
  ),
);
const MARKUP: ReadonlySet<string> = new Set(['.html', '.htm', '.xhtml']);
/** What web projects render besides HTML, when it stands in a folder of templates. */
const RENDERED: ReadonlySet<string> = new Set(
  '.txt .xml .rss .atom .svg .js .css .csv .json .md .rst .eml .mjml .ics .vcf .tex .sql .tpl .tmpl .subject .body'.split(' '),
);

function isTemplate(name: string, extension: string, place: Place): boolean {
  if (isTemplateOfAnything(extension)) {
    // `nginx.conf.j2` is the template of a configuration file, which no rule about pages can judge.
    const inner = extensionOf(name.slice(0, -extension.length));
    return (inner === '' && !isContainer(name.slice(0, -extension.length), '', place)) || MARKUP.has(inner) || RENDERED.has(inner);
  }
  if (MARKUP.has(extension)) return !place.served;
  // `_helpers.tpl` and `NOTES.txt` are the two names that Helm keeps in its own `templates`.
  return place.templates && RENDERED.has(extension) && name !== 'notes.txt' && !(name.startsWith('_') && extension === '.tpl');
}
