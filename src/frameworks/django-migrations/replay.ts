import { argument, type CallArguments } from '../../evaluate/calls/arguments.ts';
import { isContainer } from '../../evaluate/values/container.ts';
import type { Atom, Value } from '../../evaluate/values/value.ts';
import { texts } from '../route-table.ts';
import { callOf, classAttribute, elementsOf, lastName } from '../routes/values.ts';
import { orderOf } from './migration-graph.ts';
import type { MigrationFolder } from './migration-table.ts';

/** Names of fields, by the name of the model in lower case. */
export type ModelState = ReadonlyMap<string, ReadonlySet<string>>;
type Tables = Map<string, Set<string>>;

/** Operations that leave the fields of models as they are. https://docs.djangoproject.com/en/stable/ref/migration-operations/ */
const NEUTRAL =
  /^(?:RunPython|AlterField|AlterModel(?:Table|TableComment|Options|Managers)|AlterUniqueTogether|AlterIndexTogether|AlterOrderWithRespectTo|(?:Add|Remove|Rename|Alter)(?:Index|Constraint)(?:Concurrently)?|\w+Extension|CreateCollation|RemoveCollation|AddConstraintNotValid|ValidateConstraint)$/;

/** The fields that the models of an application have after all of its migrations; `undefined` where a step cannot be followed. */
export function replay(folder: MigrationFolder): ModelState | undefined {
  const order = orderOf(folder);
  if (!order) return undefined;
  const tables: Tables = new Map();
  return order.every(({ info }) => applyAll(classAttribute(info, 'operations'), tables)) ? tables : undefined;
}

function applyAll(operations: Value | undefined, tables: Tables): boolean {
  if (operations === undefined) return true;
  return isWhole(operations) && elementsOf(operations).every((one) => one.length === 1 && one[0] !== undefined && apply(one[0], tables));
}

/** It is one list or tuple, all of whose elements are known. */
function isWhole(value: Value): boolean {
  const [atom, ...more] = value;
  return atom !== undefined && more.length === 0 && isContainer(atom) && !atom.object.open && atom.object.rest.length === 0;
}

function apply(operation: Atom, tables: Tables): boolean {
  const call = callOf(operation);
  if (!call || call.args.openPositional || call.args.openKeywords) return false;
  const name = lastName(call);
  if (NEUTRAL.test(name)) return true;
  const { args } = call;
  switch (name) {
    case 'SeparateDatabaseAndState':
      return applyAll(argument(args, 1, 'state_operations')?.value, tables);
    case 'RunSQL':
      return applyAll(argument(args, 2, 'state_operations')?.value, tables);
    case 'CreateModel':
      return createModel(args, tables);
    case 'DeleteModel': {
      const model = nameIn(args, 0, 'name');
      return model !== undefined && tables.delete(model.toLowerCase());
    }
    case 'RenameModel': {
      const [from, to] = [nameIn(args, 0, 'old_name'), nameIn(args, 1, 'new_name')];
      const fields = from === undefined ? undefined : tables.get(from.toLowerCase());
      if (from === undefined || to === undefined || !fields) return false;
      tables.delete(from.toLowerCase());
      tables.set(to.toLowerCase(), fields);
      return true;
    }
    case 'AddField':
    case 'RemoveField': {
      const fields = fieldsOf(args, tables);
      const field = nameIn(args, 1, 'name');
      if (!fields || field === undefined) return false;
      if (name === 'AddField') fields.add(field);
      else fields.delete(field);
      return true;
    }
    case 'RenameField': {
      const fields = fieldsOf(args, tables);
      const [from, to] = [nameIn(args, 1, 'old_name'), nameIn(args, 2, 'new_name')];
      if (!fields || from === undefined || to === undefined) return false;
      fields.delete(from);
      fields.add(to);
      return true;
    }
    default:
      return false;
  }
}

function createModel(args: CallArguments, tables: Tables): boolean {
  const model = nameIn(args, 0, 'name');
  const list = argument(args, 1, 'fields')?.value;
  if (model === undefined || list === undefined || !isWhole(list)) return false;
  const names = elementsOf(list).map((pair) => texts(elementsOf(pair)[0]));
  if (names.some((one) => one.length !== 1)) return false;
  tables.set(model.toLowerCase(), new Set(names.flat()));
  return true;
}

function fieldsOf(args: CallArguments, tables: Tables): Set<string> | undefined {
  return tables.get((nameIn(args, 0, 'model_name') ?? '').toLowerCase());
}

function nameIn(args: CallArguments, position: number, name: string): string | undefined {
  const found = texts(argument(args, position, name)?.value);
  return found.length === 1 ? found[0] : undefined;
}
