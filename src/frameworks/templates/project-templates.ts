import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Site } from '../../evaluate/value.ts';
import type { ProjectFilters } from './project-filters.ts';
import type { Templates } from './render.ts';
import type { RenderingCall } from './rendering-call.ts';
import type { TemplateFile, TemplateFiles } from './template-files.ts';
import { globalValue } from './template-globals.ts';
import { libraryFilter } from './template-values.ts';

/** The template that a call renders there: the first of those it names that is there, or the text that it passes. */
export function templateOf(files: TemplateFiles, { templates, inline, dialect }: RenderingCall, at: Site): TemplateFile | undefined {
  if (inline !== undefined) return files.inside(inline, at, dialect);
  for (const atom of templates)
    if (atom.kind === 'constant' && atom.literal.type === 'str') {
      const file = files.find(atom.literal.value, at.module.path, dialect);
      if (file) return file;
    }
  return undefined;
}

/** What the project has for the templates that a call renders. */
export function templatesFor(interpreter: Interpreter, files: TemplateFiles, filters: ProjectFilters, call: RenderingCall): Templates {
  return {
    find: (name, from) => files.find(name, from.module.path, call.dialect),
    global: (name, { frame, node }) => globalValue(interpreter, call, name, frame, node),
    given: () => undefined,
    filter: (name, file) => filters.find(interpreter, name) ?? libraryFilter(file.dialect, name),
  };
}
