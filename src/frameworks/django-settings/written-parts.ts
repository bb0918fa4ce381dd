import type { Expr } from '../../ir/nodes.ts';
import { isStmt, walk } from '../../ir/walk.ts';
import type { Module } from '../../semantics/module.ts';
import type { EffectiveSettings } from './effective-settings.ts';
import type { SettingsRun } from './run-statements.ts';
import { type SettingSource, sourceInClass, sourceOfSetting } from './setting-source.ts';
import type { Write } from './setting-write.ts';

/** An expression that a setting was written with. */
export interface WrittenPart {
  readonly module: Module;
  readonly node: Expr;
}

/** Names that are followed inside one another: `DATABASES = {"default": primary}`, `primary = connection | {…}`. */
const MAX_STEPS = 3;

/**
 * What a setting was written with, and what the variables and class attributes in it were written with in turn: a password stands where the
 * connection is put together, a key in `class Secrets`.
 */
export function writtenParts({ view }: EffectiveSettings, source: SettingSource): readonly WrittenPart[] {
  const found = new Map<Expr, Module>();
  const visit = (origin: SettingSource | undefined, steps: number): void => {
    for (const write of origin ? [origin.place, ...origin.amendments] : []) {
      const { valueNode, state } = write;
      if (!valueNode || found.has(valueNode)) continue;
      found.set(valueNode, state.module);
      if (steps < MAX_STEPS) for (const named of namedIn(view, write)) visit(named, steps + 1);
    }
  };
  visit(source, 0);
  return [...found].map(([node, module]) => ({ module, node }));
}

/** Where the names in an expression come from; those of functions that are called say nothing of its text. */
function namedIn(run: SettingsRun, { valueNode, state }: Write): readonly SettingSource[] {
  const sources: (SettingSource | undefined)[] = [];
  if (valueNode)
    walk(valueNode, (node) => {
      if (isStmt(node) || node.kind === 'call') return false;
      if (node.kind === 'name') sources.push(sourceOfSetting(run, state, node.id));
      else if (node.kind === 'attribute' && node.object.kind === 'name') {
        const [owner] = state.frame.vars.get(node.object.id) ?? [];
        if (owner?.kind === 'class') sources.push(sourceInClass(run, owner.info, node.name));
        return false;
      }
      return true;
    });
  return sources.filter((one) => one !== undefined);
}
