import type { Frame } from '../../evaluate/frame.ts';
import type { Value } from '../../evaluate/values/value.ts';
import type { Span } from '../../ir/nodes.ts';
import type { ProjectTag } from './project-tags.ts';
import type { TemplateFile } from './template-files.ts';

/** What a rendering may ask of the project. */
export interface Templates {
  /** The template of a name, as another one names it. */
  find(name: string, from: TemplateFile): TemplateFile | undefined;
  /** A name that was not passed. */
  global(name: string, site: { readonly frame: Frame; readonly node: Span }): Value;
  filter(name: string, file: TemplateFile): Value;
  /** A tag that a function of the project is. */
  tag(name: string): ProjectTag | undefined;
  /** What calling a name that was not passed gives, if that is known. */
  given(name: string, hasArguments: boolean): Value | undefined;
}
