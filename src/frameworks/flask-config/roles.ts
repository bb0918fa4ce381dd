import { ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { Module } from '../../semantics/module.ts';

/** What a part of the configuration is for; `undefined`: nothing says, so production may run with it. */
export type ConfigRole = 'production' | 'development' | 'test' | 'example';

const WORDS: readonly (readonly [role: ConfigRole, words: ReadonlySet<string>])[] = [
  ['test', new Set('test tests testing ci pytest unittest e2e cypress travis jenkins circleci'.split(' '))],
  ['development', new Set('dev devel develop development local localhost debug sandbox vagrant'.split(' '))],
  ['example', new Set('example examples sample demo template'.split(' '))],
  ['production', new Set('prod production live staging stage deploy deployment heroku docker'.split(' '))],
];

export function roleOfName(name: string): ConfigRole | undefined {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return WORDS.find(([, wanted]) => words.some((word) => wanted.has(word)))?.[0];
}

/** By the file's role, its name, and the folder it stands in. */
export function roleOfModule({ file, path }: Module): ConfigRole | undefined {
  if (file.role === 'test') return 'test';
  if (file.role === 'docs' || file.role === 'example') return 'example';
  const [own = '', folder = ''] = path.replace(/\.py$/, '').split('/').reverse();
  return roleOfName(own) ?? (/^(?:dev|development|local|tests?|testing|examples?)$/.test(folder) ? roleOfName(folder) : undefined);
}

/** By its own name, else by one that it builds upon and that is for tests, else by the file's. */
export function roleOfClass(info: ClassInfo): ConfigRole | undefined {
  const own = roleOfName(info.name);
  if (own !== undefined) return own;
  const isForTests = ancestors(info).some((one) => one.kind === 'class' && roleOfName(one.info.name) === 'test');
  return isForTests ? 'test' : roleOfModule(info.module);
}

export function isForDevelopers(role: ConfigRole | undefined): boolean {
  return role !== undefined && role !== 'production';
}

export function isSubclass(info: ClassInfo, of: ClassInfo): boolean {
  return info !== of && ancestors(info).some((one) => one.kind === 'class' && one.info.node === of.node);
}
