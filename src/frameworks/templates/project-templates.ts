import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Site } from '../../evaluate/values/value.ts';
import type { ContextProcessors } from './context-processors.ts';
import type { ProjectFilters } from './project-filters.ts';
import type { ProjectTags } from './project-tags.ts';
import type { RenderingCall } from './rendering-call.ts';
import type { Templates } from './rendering-project.ts';
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

/** What the project has of templates. */
export interface ProjectTemplates {
  readonly files: TemplateFiles;
  readonly filters: ProjectFilters;
  readonly tags: ProjectTags;
  readonly processors: ContextProcessors;
}

/** What of it the templates see that a call renders. */
export function templatesFor(interpreter: Interpreter, project: ProjectTemplates, call: RenderingCall): Templates {
  const { files, filters, tags, processors } = project;
  return {
    find: (name, from) => files.find(name, from.module.path, call.dialect),
    global: (name, { frame, node }) => processors.find(interpreter, name) ?? globalValue(interpreter, call, name, frame, node),
    given: () => undefined,
    tag: (name) => (call.dialect === 'dtl' ? tags.find(interpreter, name) : undefined),
    filter: (name, file) => filters.find(interpreter, name) ?? libraryFilter(file.dialect, name),
  };
}
