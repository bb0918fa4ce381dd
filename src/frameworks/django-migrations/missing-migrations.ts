import type { Interpreter } from '../../evaluate/interpreter.ts';
import { lastPartOf } from '../../util/folder-of.ts';
import { texts } from '../route-table.ts';
import { DjangoSettings } from '../routes/django/django-settings.ts';
import { elementsOf } from '../routes/values.ts';
import { type ModelFolder, modelFolders } from './concrete-models.ts';

/** An installed application with models and without what makes their tables. */
export interface MissingMigrations {
  readonly folder: ModelFolder;
  readonly detail: string;
}

/** Installed applications whose models get no table. https://docs.djangoproject.com/en/stable/topics/migrations/#adding-migrations-to-apps */
export function missingMigrations(interpreter: Interpreter): readonly MissingMigrations[] {
  const settings = new DjangoSettings(interpreter);
  // Where migrations lie is then said by the settings, and may be outside of the tree.
  if (settings.all('MIGRATION_MODULES').length > 0) return [];
  const installed = settings.all('INSTALLED_APPS').flatMap(({ value }) => elementsOf(value).flatMap(texts));
  const paths = [...interpreter.states.keys()].map(({ path }) => path);
  return modelFolders(interpreter).flatMap((folder) => {
    if (folder.concrete.length === 0 || !installed.some((name) => isNameOf(name, folder.path))) return [];
    const prefix = `${folder.path}/migrations/`;
    const inside = paths.filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'));
    const names = inside.map((path) => path.slice(prefix.length)).filter((name) => !/^[_~]/.test(name));
    const app = lastPartOf(folder.path);
    const n = folder.concrete.length === 1 ? 'a model' : `${folder.concrete.length} models`;
    if (names.length === 0) return [{ folder, detail: `\`${app}\` has ${n} and no migration, so \`migrate\` never makes the tables` }];
    if (inside.includes(`${prefix}__init__.py`)) return [];
    return [{ folder, detail: `${prefix} has no __init__.py, so \`migrate\` leaves out the migrations of \`${app}\`` }];
  });
}

/** `shop`, `apps.shop` and `apps.shop.apps.ShopConfig` are names of `src/apps/shop`. */
function isNameOf(name: string, path: string): boolean {
  const parts = name.split('.');
  const config = parts.findIndex((part) => /^[A-Z]/.test(part));
  const candidates = config < 0 ? [parts] : [parts.slice(0, config), parts.slice(0, config - 1)];
  return candidates.some((one) => one.length > 0 && `/${path}`.endsWith(`/${one.join('/')}`));
}
