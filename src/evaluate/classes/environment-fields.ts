import type { AssignStmt } from '../../ir/nodes.ts';
import { positional } from '../calls/arguments.ts';
import type { Interpreter } from '../interpreter.ts';
import { libraryAncestors } from '../names/names.ts';
import { ROOT_BRANCH } from '../values/branch.ts';
import { slotOfKey } from '../values/container.ts';
import type { HeapObject } from '../values/heap.ts';
import { stringOf } from '../values/text.ts';
import { opaque, type Site, str, type Value } from '../values/value.ts';
import { ancestors, type ClassInfo } from './class-info.ts';

/** Whether fields of instances that are not passed come from the environment: settings classes of pydantic. */
export function readsFields(interpreter: Interpreter, info: ClassInfo): boolean {
  return libraryAncestors(interpreter, info).some((name) => interpreter.library.row(name)?.behaves === 'environment-fields');
}

/**
 * Reads each declared field that has no value yet from the environment, with what the class gives it as default.
 * https://docs.pydantic.dev/latest/concepts/pydantic_settings/
 */
export function readFields(interpreter: Interpreter, info: ClassInfo, object: HeapObject, site: Site): void {
  const prefix = prefixOf(info);
  for (const ancestor of ancestors(info)) {
    if (ancestor.kind !== 'class') continue;
    for (const statement of ancestor.info.node.body) {
      const name = statement.kind === 'assign' && statement.annotation ? fieldName(statement) : undefined;
      if (statement.kind !== 'assign' || name === undefined || object.read(name, object.branch)) continue;
      const given = statement.value && ancestor.info.namespace.read(name, ROOT_BRANCH);
      const fallback = given && defaultIn(given);
      const cast = statement.annotation?.kind === 'name' ? statement.annotation.id : undefined;
      const variable = prefix === undefined ? undefined : `${prefix}${name}`.toUpperCase();
      const read: Value = [{ kind: 'environment', variable, fallback, cast, origin: { via: 'many', site } }];
      object.write(name, isPath(interpreter, given) ? pathOf(read, site) : read, object.branch);
    }
  }
}

/** `storage: Path = Path("/srv")` */
function isPath({ library }: Interpreter, given: Value | undefined): boolean {
  const [only, ...others] = given ?? [];
  return only?.kind === 'opaque' && others.length === 0 && only.type !== undefined && library.order(only.type).includes(PATH);
}
const PATH = 'pathlib.Path';

/** What such a field makes of the variable. */
function pathOf(read: Value, site: Site): Value {
  return opaque({ via: 'call', names: [PATH], receiver: undefined, args: positional({ value: read, node: site.node }), site }, PATH);
}

function fieldName({ targets }: AssignStmt): string | undefined {
  const [target] = targets;
  return target?.kind === 'name' && target.id !== 'model_config' ? target.id : undefined;
}

/** `Field(default="x")`, `Field("x")`, or the value itself. */
function defaultIn(value: Value | undefined): Value | undefined {
  const [only, ...more] = value ?? [];
  if (only?.kind !== 'opaque' || more.length > 0 || only.origin.via !== 'call') return value;
  const { positional, keywords } = only.origin.args;
  return (keywords.find(({ name }) => name === 'default') ?? positional[0])?.value;
}

/** What the names of all variables start with; `undefined` where that is not known. */
function prefixOf(info: ClassInfo): string | undefined {
  for (const ancestor of ancestors(info)) {
    if (ancestor.kind !== 'class') continue;
    const { namespace } = ancestor.info;
    for (const atom of namespace.read('model_config', ROOT_BRANCH) ?? []) {
      const prefix =
        atom.kind === 'opaque' && atom.origin.via === 'call'
          ? atom.origin.args.keywords.find(({ name }) => name === 'env_prefix')?.value
          : atom.kind === 'container'
            ? atom.object.read(slotOfKey(str('env_prefix')) ?? '', ROOT_BRANCH)
            : undefined;
      if (prefix) return stringOf(prefix);
    }
    for (const atom of namespace.read('Config', ROOT_BRANCH) ?? []) {
      const prefix = atom.kind === 'class' ? atom.info.namespace.read('env_prefix', ROOT_BRANCH) : undefined;
      if (prefix) return stringOf(prefix);
    }
  }
  return '';
}
