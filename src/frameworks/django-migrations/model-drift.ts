import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { ModuleState } from '../../evaluate/names/module-state.ts';
import type { Span } from '../../ir/nodes.ts';
import { classAttribute } from '../routes/values.ts';
import { modelFolders } from './concrete-models.ts';
import type { MigrationFolder } from './migration-table.ts';
import { fieldsOfModel } from './model-fields.ts';
import { replay } from './replay.ts';

export interface ModelDrift {
  readonly state: ModuleState;
  readonly place: Span;
  readonly detail: string;
}

/** Fields that models have and migrations do not, or the other way. Only names are compared. */
export function modelDrifts(interpreter: Interpreter, folders: readonly MigrationFolder[]): readonly ModelDrift[] {
  return modelFolders(interpreter).flatMap((application) => {
    const folder = folders.find(({ path }) => path === `${application.path}/migrations`);
    const tables = folder && replay(folder);
    if (!tables) return [];
    return application.concrete.flatMap(({ state, info }) => {
      const name = { start: info.node.nameStart, end: info.node.nameEnd };
      const columns = tables.get(info.name.toLowerCase());
      if (classAttribute(info, 'Meta')?.some((meta) => meta.kind === 'class' && classAttribute(meta.info, 'swappable'))) return [];
      if (!columns) return [{ state, place: name, detail: `no migration of \`${application.path}\` makes a table for \`${info.name}\`` }];
      const { declared, names, isOpen } = fieldsOfModel(info);
      const added = declared
        .filter((field) => !columns.has(field.name))
        .map(({ name: field, place }) => ({
          state,
          place,
          detail: `\`${info.name}.${field}\` is a field in ${state.module.path} and not after replaying the migrations of \`${application.path}\``,
        }));
      const gone = isOpen ? [] : [...columns].filter((column) => !names.has(column) && !isImplicit(column));
      const removed = gone.map((column) => ({
        state,
        place: name,
        detail: `\`${info.name}.${column}\` is not in ${state.module.path} and still a field after replaying the migrations of \`${application.path}\``,
      }));
      return [...added, ...removed];
    });
  });
}

/** What Django adds by itself. */
function isImplicit(column: string): boolean {
  return column === 'id' || column === '_order' || column.endsWith('_ptr');
}
