import type { Expr } from '../../ir/nodes.ts';
import { positional } from '../calls/arguments.ts';
import { ancestors, type ClassInfo } from '../classes/class-info.ts';
import type { Interpreter } from '../interpreter.ts';
import { annotatedMarks } from '../names/annotations.ts';
import { ROOT_BRANCH } from '../values/branch.ts';
import { type Atom, join, NOTHING, type Site, type Value } from '../values/value.ts';

/**
 * A value that a declaration such as `Query(pattern="^[a-z]+$")` lets through.
 * https://docs.pydantic.dev/latest/concepts/fields/#string-constraints, https://fastapi.tiangolo.com/tutorial/query-params-str-validations/
 */
export function withPattern({ library }: Interpreter, value: Value, marks: Value, site: Site): Value {
  for (const mark of marks) {
    if (mark.kind !== 'opaque' || mark.origin.via !== 'call') continue;
    if (!mark.origin.names.some((name) => library.row(name)?.behaves === 'declares-pattern')) continue;
    const pattern = mark.origin.args.keywords.find((one) => one.name === 'pattern' || one.name === 'regex')?.value;
    if (!pattern) continue;
    return value.map((atom): Atom => {
      if (atom.kind !== 'opaque') return atom;
      const args = positional({ value: pattern, node: site.node }, { value: [atom], node: site.node });
      const fact = { kind: 'call', names: ['re.search'], receiver: undefined, args } as const;
      return { ...atom, origin: { via: 'checked', of: [atom], check: { fact, holds: true, subject: [atom], site }, site } };
    });
  }
  return value;
}

/** The default that a field was given, and what its annotation adds to the type. */
export function marksOfField(interpreter: Interpreter, info: ClassInfo, name: string): Value {
  for (const ancestor of ancestors(info)) {
    if (ancestor.kind !== 'class') continue;
    const annotation = annotationOf(ancestor.info, name);
    const closure = interpreter.states.get(ancestor.info.module)?.frame;
    if (!annotation || !closure) continue;
    return join(ancestor.info.namespace.read(name, ROOT_BRANCH) ?? NOTHING, annotatedMarks(interpreter, closure, annotation));
  }
  return NOTHING;
}

function annotationOf({ node }: ClassInfo, name: string): Expr | undefined {
  for (const statement of node.body)
    if (statement.kind === 'assign' && statement.targets.some((target) => target.kind === 'name' && target.id === name))
      return statement.annotation;
  return undefined;
}
