import type { ClassStmt, Expr, Stmt } from '../ir/nodes.ts';
import { walk, walkUnit } from '../ir/walk.ts';
import type { Module } from '../semantics/module.ts';
import { type OwnConverter, parameterOf, type UrlParameter } from './url-rule.ts';

/** What the converters of Werkzeug let through. https://werkzeug.palletsprojects.com/en/stable/routing/#built-in-converters */
const OF_LIBRARY: Readonly<Record<string, UrlParameter>> = {
  BaseConverter: 'segment',
  UnicodeConverter: 'segment',
  PathConverter: 'text',
  AnyConverter: 'clean',
  IntegerConverter: 'clean',
  FloatConverter: 'clean',
  UUIDConverter: 'clean',
};

/**
 * The converters that a project adds by `app.url_map.converters["regex"] = RegexConverter`, by their names in rules. Looked for in the syntax, once:
 * views are read before the function has run that sets up the application.
 * https://werkzeug.palletsprojects.com/en/stable/routing/#custom-converters
 */
export function convertersOf(modules: readonly Module[]): ReadonlyMap<string, OwnConverter> {
  const found = new Map<string, OwnConverter>();
  for (const module of modules) {
    if (!module.text.includes('url_map')) continue;
    walkUnit(module.unit, (node) => {
      if (node.kind !== 'assign' || !node.value) return true;
      for (const target of node.targets) {
        const name = registeredName(target);
        const made = name === undefined ? undefined : classNamed(lastName(node.value), module, modules);
        if (name !== undefined && made) found.set(name, converterOf(made));
      }
      return true;
    });
  }
  return found;
}

/** `regex` of `app.url_map.converters["regex"]`. */
function registeredName(target: Expr): string | undefined {
  if (target.kind !== 'subscript' || target.object.kind !== 'attribute' || target.object.name !== 'converters') return undefined;
  const { index } = target;
  return lastName(target.object.object) === 'url_map' && index.kind === 'literal' && index.literal.type === 'str'
    ? index.literal.value
    : undefined;
}

/** The class of this name in the file, or else in the only file that has one. */
function classNamed(name: string | undefined, module: Module, modules: readonly Module[]): ClassStmt | undefined {
  if (name === undefined) return undefined;
  const own = classIn(module, name);
  if (own) return own;
  const others = modules.flatMap((one) => (one.text.includes(`class ${name}`) ? (classIn(one, name) ?? []) : []));
  return others.length === 1 ? others[0] : undefined;
}

function classIn({ unit }: Module, name: string): ClassStmt | undefined {
  return unit.body.find((one): one is ClassStmt => one.kind === 'class' && one.name === name);
}

/** What a class of converters lets through: its `regex`, that of its base, or the argument that a rule gives: `<regex("[a-z]+"):name>`. */
function converterOf({ args, body }: ClassStmt): OwnConverter {
  for (const statement of body) {
    const regex = statement.kind === 'assign' && statement.targets.some((one) => one.kind === 'name' && one.id === 'regex');
    if (regex && statement.value?.kind === 'literal' && statement.value.literal.type === 'str')
      return parameterOf(statement.value.literal.value);
    if (regex) return 'text';
    if (statement.kind === 'function' && statement.name === '__init__') {
      const given = regexOfConstructor(statement.body);
      if (given) return isItem(given) ? ofArgument : 'text';
    }
  }
  const bases = args.map(({ value }) => OF_LIBRARY[lastName(value) ?? '']);
  return bases.length === 1 ? (bases[0] ?? 'text') : 'text';
}

/** What `self.regex` is set to. */
function regexOfConstructor(body: readonly Stmt[]): Expr | undefined {
  let given: Expr | undefined;
  for (const statement of body)
    walk(statement, (node) => {
      const isRegex = node.kind === 'assign' && node.targets.some((one) => one.kind === 'attribute' && one.name === 'regex');
      if (isRegex) given = node.value;
      return true;
    });
  return given;
}

/** `items[0]`, `regex`: an argument as it is. */
function isItem(given: Expr): boolean {
  return given.kind === 'name' || (given.kind === 'subscript' && given.object.kind === 'name' && given.index.kind === 'literal');
}

function ofArgument(args: string): UrlParameter {
  const [, quoted] = /^\s*r?(["'].*["'])\s*$/.exec(args) ?? [];
  return quoted === undefined ? 'text' : parameterOf(quoted.slice(1, -1));
}

function lastName(node: Expr): string | undefined {
  return node.kind === 'name' ? node.id : node.kind === 'attribute' ? node.name : undefined;
}
