import { environmentOf, unsetValue } from '../../evaluate/names/environment.ts';
import { truthOf } from '../../evaluate/values/truth.ts';
import type { EnvironmentAtom, Value } from '../../evaluate/values/value.ts';
import type { Stmt } from '../../ir/nodes.ts';
import { walkUnit } from '../../ir/walk.ts';
import { encloses } from '../../util/encloses.ts';
import type { EffectiveSettings } from './effective-settings.ts';
import type { SettingSource } from './setting-source.ts';
import type { SettingsView } from './settings-view.ts';

/** A setting with the place that gives it its value. */
interface Placed {
  readonly value: Value;
  readonly source: SettingSource;
}

/**
 * A switch that only a condition on the environment turns off, as a value that is read from there with the default that it ends with where no
 * variable is set: `if os.getenv("PRODUCTION"): DEBUG = False`, `else: DEBUG = True` is `DEBUG = not os.getenv("PRODUCTION")` in other words. What a
 * module for developers sets, which the environment chooses, is that module's: both sides have to stand in one.
 */
export function onWhereUnset(name: string, { value, source }: Placed, silent: () => EffectiveSettings): Placed | undefined {
  if (truthOf(value) === true || environmentOf(value)) return undefined;
  const effective = silent();
  const unset = effective.value(name);
  const where = effective.source(name);
  if (!unset || !where || where.place.state.module !== source.place.state.module) return undefined;
  const own = environmentOf(unset);
  const byDefault = own && unsetValue(own);
  if (byDefault && truthOf(byDefault) === true) return { value: unset, source: where };
  const read = truthOf(unset) === true ? decidingRead(effective.view, [source.place.statement, where.place.statement]) : undefined;
  return read && { value: [{ ...read, cast: 'bool', fallback: unset }], source: where };
}

/** What the innermost condition reads that stands around one of these statements, or in it. */
function decidingRead({ state, unset }: SettingsView, statements: readonly Stmt[]): EnvironmentAtom | undefined {
  let innermost: EnvironmentAtom | undefined;
  walkUnit(state.module.unit, (node) => {
    const read = node.kind === 'if' || node.kind === 'conditional' ? unset.get(node.test) : undefined;
    if (read && statements.some((one) => encloses(node, one) || encloses(one, node))) innermost = read;
    return undefined;
  });
  return innermost;
}
