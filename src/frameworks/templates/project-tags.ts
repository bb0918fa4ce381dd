import { argument } from '../../evaluate/calls/arguments.ts';
import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { qualifiedNames } from '../../evaluate/names/names.ts';
import { stringOf } from '../../evaluate/values/text.ts';
import { truthOf } from '../../evaluate/values/truth.ts';
import type { Value } from '../../evaluate/values/value.ts';

/** Decorators that make a function a tag. https://docs.djangoproject.com/en/stable/howto/custom-template-tags/#simple-tags */
const SIMPLE = /(?:^|\.)Library\.(?:simple_tag|assignment_tag)(?:\(\))?$/;
/** https://docs.djangoproject.com/en/stable/howto/custom-template-tags/#inclusion-tags */
const INCLUSION = /(?:^|\.)Library\.inclusion_tag(?:\(\))?$/;

/** A tag that a function of the project is. */
export interface ProjectTag {
  readonly made: Value;
  /** It is passed the names that the template sees, before its arguments. */
  readonly takesContext: boolean;
  /** Of an inclusion tag: the name of the template that is printed with what the function gives. */
  readonly template: string | undefined;
}

/** The tags that functions of the project are, by name. */
export class ProjectTags {
  private tags: ReadonlyMap<string, ProjectTag> = new Map();
  /** How many functions there were when they were last looked at. */
  private seen = -1;

  find(interpreter: Interpreter, name: string): ProjectTag | undefined {
    const { pending } = interpreter;
    if (this.seen !== pending.length) {
      this.tags = new Map(pending.flatMap((info) => tagsOf(interpreter, info)));
      this.seen = pending.length;
    }
    return this.tags.get(name);
  }
}

function tagsOf(interpreter: Interpreter, info: FunctionInfo): readonly (readonly [string, ProjectTag])[] {
  return info.decorators.flatMap(({ value }) => {
    const names = qualifiedNames(interpreter, value);
    const isInclusion = names.some((name) => INCLUSION.test(name));
    if (!isInclusion && !names.some((name) => SIMPLE.test(name))) return [];
    const [only] = value;
    const args = only?.kind === 'opaque' && only.origin.via === 'call' ? only.origin.args : undefined;
    const passed = (name: string, position?: number): Value | undefined => args && argument(args, position, name)?.value;
    const takesContext = truthOf(passed('takes_context') ?? []) === true;
    const template = isInclusion ? stringOf(passed('filename', 0)) : undefined;
    if (isInclusion && template === undefined) return [];
    return [[stringOf(passed('name')) ?? info.name, { made: [{ kind: 'function', info }], takesContext, template }] as const];
  });
}
