import { getAttribute } from '../../evaluate/classes/attributes.ts';
import { ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ModuleState } from '../../evaluate/names/module-state.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import type { Value } from '../../evaluate/values/value.ts';
import type { AssignStmt, Span, Stmt } from '../../ir/nodes.ts';
import type { ConfigEntry } from './config-entry.ts';
import { lastAssignment } from './module-entries.ts';

/** What a class and those that it builds upon give upper-case names. */
export function classEntries(interpreter: Interpreter, info: ClassInfo): readonly (readonly [string, ConfigEntry])[] {
  const found = new Map<string, ConfigEntry>();
  for (const ancestor of ancestors(info)) {
    if (ancestor.kind !== 'class') continue;
    const state = interpreter.states.get(ancestor.info.module);
    // `from_object(Settings())` sees what `__init__` sets as well.
    for (const statement of state ? initAssignments(ancestor.info.node.body) : []) {
      const key = attributeOf(statement);
      const value = key === undefined || found.has(key) ? undefined : ancestor.info.anyInstance.read(key, ROOT_BRANCH);
      if (key !== undefined && value && state)
        found.set(key, { value, site: { module: ancestor.info.module, node: statement }, statement, valueNode: statement.value, state });
    }
    for (const key of ancestor.info.namespace.keyNames()) {
      if (found.has(key) || !state || !/^[A-Z][A-Z0-9_]*$/.test(key)) continue;
      const held = ancestor.info.namespace.read(key, ROOT_BRANCH);
      const statement = lastAssignment(ancestor.info.node.body, key);
      const value = held && valueOfProperty(interpreter, info, state, key, held);
      if (!value) continue;
      found.set(key, {
        value,
        site: { module: ancestor.info.module, node: statement ?? methodNamePlace(held) ?? classNamePlace(ancestor.info) },
        statement,
        valueNode: statement?.kind === 'assign' ? statement.value : undefined,
        state,
      });
    }
  }
  return [...found];
}

/** What the key is on an instance: a property is asked (`from_object(Config())`), methods make no entry. */
function valueOfProperty(interpreter: Interpreter, info: ClassInfo, state: ModuleState, key: string, held: Value): Value | undefined {
  const [only, ...others] = held;
  if (!held.some(({ kind }) => kind === 'function')) return held;
  if (only?.kind !== 'function' || others.length > 0 || only.info.binding !== 'property') return undefined;
  return getAttribute(interpreter, state.frame, [{ kind: 'object', info, object: info.anyInstance }], key, only.info.node);
}

/** Where the name of a method is written. */
function methodNamePlace([only]: Value): Span | undefined {
  const node = only?.kind === 'function' ? only.info.node : undefined;
  return node?.kind === 'function' ? { start: node.nameStart, end: node.nameEnd } : undefined;
}

/** Where the name of a class is written. */
export function classNamePlace(info: ClassInfo): Span {
  return { start: info.node.nameStart, end: info.node.nameEnd };
}

/** What a class's `__init__` sets on the instance in any case, the last one first: `self.SECRET_KEY = …`. */
function initAssignments(body: readonly Stmt[]): readonly AssignStmt[] {
  const init = body.find((one) => one.kind === 'function' && one.name === '__init__');
  return init?.kind === 'function' ? init.body.filter((one) => one.kind === 'assign').reverse() : [];
}

/** The key of a configuration that an assignment to an attribute sets. */
function attributeOf({ targets: [target] }: AssignStmt): string | undefined {
  return target?.kind === 'attribute' && target.object.kind === 'name' && /^[A-Z][A-Z0-9_]*$/.test(target.name) ? target.name : undefined;
}
