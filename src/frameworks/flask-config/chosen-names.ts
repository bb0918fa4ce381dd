import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Atom, Value } from '../../evaluate/values/value.ts';
import { texts } from '../route-table.ts';
import { roleOfModule } from './roles.ts';

/** What a text may be: `"config." + os.environ.get("STAGE", "production")` is the module of its default, or one of those for production. */
export function chosenNames(interpreter: Interpreter, atom: Atom): readonly string[] {
  if (atom.kind === 'environment') return texts(atom.fallback);
  if (atom.kind !== 'text') return texts([atom]);
  const parts = atom.segments.map((segment) => (typeof segment === 'string' ? [segment] : filled(segment.value)));
  if (parts.every(([part]) => part !== undefined)) {
    const name = parts.map(([part]) => part).join('');
    const module = interpreter.modules.find(name, undefined);
    if (!module || roleOfModule(module) === undefined || roleOfModule(module) === 'production') return [name];
  }
  const [before, ...more] = atom.segments;
  if (typeof before !== 'string' || !before.endsWith('.') || more.length !== 1) return [];
  return [...interpreter.states.values()].flatMap(({ module }) =>
    module.name.startsWith(before) && roleOfModule(module) === 'production' ? [module.name] : [],
  );
}

function filled([only, ...others]: Value): readonly string[] {
  return only && others.length === 0 ? texts(only.kind === 'environment' ? only.fallback : [only]) : [];
}
