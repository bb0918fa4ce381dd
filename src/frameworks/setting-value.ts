import { ROOT_BRANCH } from '../evaluate/values/branch.ts';
import { keyOfSlot } from '../evaluate/values/container.ts';
import { knownPath, type Parts } from '../evaluate/values/known-path.ts';
import type { Atom, ContainerAtom, Origin, Value } from '../evaluate/values/value.ts';

/** What a setting of any framework is, for people and programs; secrets are not in it. */
export type SettingValue =
  | { readonly kind: 'known'; readonly value: string | number | boolean | null }
  /** Read when the program starts. `default` is what it is when the variable is not set; absent: none is given. */
  | {
      readonly kind: 'environment';
      readonly variable?: string;
      readonly default?: SettingValue;
      /** What the text is made into: `bool`, `int`, `list`. */
      readonly cast?: string;
      /** The variable is a part of it; one of several where it has no name here. */
      readonly part?: true;
    }
  /** `complete: false`: there may be further items. */
  | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: readonly SettingValue[]; readonly complete: boolean }
  | {
      readonly kind: 'dict';
      /** `optional`: conditions decide whether the key is there. */
      readonly entries: readonly { readonly key: string; readonly value: SettingValue; readonly optional?: true }[];
      readonly complete: boolean;
    }
  /** A place in the project, from its top: made of `__file__`. */
  | { readonly kind: 'path'; readonly path: string }
  /** A literal that should be known to few. */
  | { readonly kind: 'secret'; readonly empty: boolean }
  /** A class, function or module. */
  | { readonly kind: 'name'; readonly name: string }
  /** Computed by what is not followed; the code that does it. */
  | { readonly kind: 'computed'; readonly code: string }
  | { readonly kind: 'any'; readonly of: readonly SettingValue[] }
  | { readonly kind: 'unset' };

/** Names of settings and keys whose literals are not shown. */
const SECRET =
  /(?:^|_)(?:SECRET(?:S|_KEY|_KEYS|_ID|_KEY_FALLBACKS|_ACCESS_KEY)?|PASSWORD|PASSWD|PASSPHRASE|PWD|TOKENS?|APIKEY|CREDENTIALS?|DSN|(?:API|ACCESS|PRIVATE|SIGNING|ENCRYPTION|SALT|LICENSE)_KEYS?|SALT)$/i;
const NO_SECRET = /_(?:ID|NAME|HEADER|URL|FIELD|FILE|PATH|AGE|LIFETIME|CLASS)$/i;
/** The password in `postgres://user:password@host`. */
const URL_PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+(@)/gi;

/** Nesting that is spelled out: deeper than `DATABASES["default"]["OPTIONS"]["ssl"]` nobody reads on. */
const MAX_DEPTH = 6;
/** Items of one collection that are spelled out. */
const MAX_ITEMS = 300;
const MAX_CODE = 80;

/** Says what a value is; `name` is the setting or the key that holds it. */
export function settingValue(value: Value | undefined, name: string, depth = 0): SettingValue {
  if (value === undefined || value.length === 0) return { kind: 'unset' };
  const of: SettingValue[] = [];
  for (const atom of value) {
    const one = atomValue(atom, name, depth);
    if (!of.some((other) => JSON.stringify(other) === JSON.stringify(one))) of.push(one);
  }
  const [only] = of;
  return of.length === 1 && only ? only : { kind: 'any', of };
}

function atomValue(atom: Atom, name: string, depth: number): SettingValue {
  switch (atom.kind) {
    case 'constant':
      return literalValue(atom, name);
    case 'environment':
      return {
        kind: 'environment',
        ...(atom.variable === undefined ? {} : { variable: atom.variable }),
        ...(atom.fallback ? { default: settingValue(atom.fallback, name, depth) } : {}),
        ...(atom.cast === undefined ? {} : { cast: atom.cast.slice(atom.cast.lastIndexOf('.') + 1) }),
      };
    case 'container':
      return containerValue(atom, name, depth);
    case 'symbol':
      return { kind: 'name', name: atom.name };
    case 'class':
    case 'function':
    case 'bound':
      return { kind: 'name', name: atom.info.qualifiedName };
    case 'module':
      return { kind: 'name', name: atom.state.module.name };
    case 'object':
      return { kind: 'computed', code: `${atom.info.name}(…)` };
    case 'text': {
      const made = madeOf(atom, name);
      if (made) return made;
      return isSecret(name) ? { kind: 'secret', empty: false } : { kind: 'computed', code: codeOf(atom.origin) };
    }
    case 'opaque': {
      const made = madeOf(atom, name);
      if (made) return made;
      const code = codeOf(atom.origin);
      return { kind: 'computed', code: isSecret(name) ? code.replace(/(["'])(?:(?!\1).)*\1/g, '"•••"') : code };
    }
    case 'partial':
    case 'super':
      return { kind: 'computed', code: '…' };
  }
}

/** A path or text that is made of constants, of `__file__`, and of variables with defaults: what those give when none is set. */
function madeOf(atom: Atom, name: string): SettingValue | undefined {
  const parts: Parts = { variables: [], fromFile: false };
  const path = knownPath([atom], parts);
  if (path === undefined) return undefined;
  const value = pathValue(path, parts.fromFile);
  const [first, ...others] = parts.variables;
  if (!first) return value;
  if (isSecret(name)) return undefined;
  const { variable } = first;
  const isOne = variable !== undefined && others.every((other) => other.variable === variable);
  return { kind: 'environment', ...(isOne ? { variable } : {}), default: value, part: true };
}

function literalValue({ literal }: Atom & { kind: 'constant' }, name: string): SettingValue {
  switch (literal.type) {
    case 'str':
      if (isSecret(name)) return { kind: 'secret', empty: literal.value === '' };
      return { kind: 'known', value: literal.value.replace(URL_PASSWORD, '$1•••$2') };
    case 'int':
    case 'float': {
      const number = Number(literal.value);
      return { kind: 'known', value: Number.isFinite(number) ? number : String(literal.value) };
    }
    case 'bool':
      return { kind: 'known', value: literal.value };
    case 'none':
      return { kind: 'known', value: null };
    case 'bytes':
      return isSecret(name) ? { kind: 'secret', empty: literal.value === '' } : { kind: 'known', value: literal.value };
    case 'complex':
    case 'ellipsis':
      return { kind: 'computed', code: '…' };
  }
}

function containerValue({ form, object }: ContainerAtom, name: string, depth: number): SettingValue {
  const slots = depth < MAX_DEPTH ? [...object.keyNames()].slice(0, MAX_ITEMS) : [];
  const complete = !object.open && slots.length === object.size;
  const read = (slot: string, of: string): SettingValue => settingValue(object.read(slot, ROOT_BRANCH), of, depth + 1);
  if (form === 'dict')
    return {
      kind: 'dict',
      entries: slots.map((slot) => {
        const [key] = keyOfSlot(slot);
        const text = key?.kind === 'constant' && 'value' in key.literal ? String(key.literal.value) : 'None';
        return { key: text, value: read(slot, text), ...(object.isSure(slot) ? {} : { optional: true as const }) };
      }),
      complete,
    };
  const items = slots.map((slot) => read(slot, name));
  if (object.open) {
    const rest = settingValue(object.rest, name, depth + 1);
    if (rest.kind === 'any') items.push(...rest.of);
    else if (rest.kind !== 'unset') items.push(rest);
  }
  return { kind: form, items, complete };
}

function pathValue(path: string, isInProject: boolean): SettingValue {
  if (isInProject && !path.startsWith('/')) return { kind: 'path', path };
  return { kind: 'known', value: path.replace(URL_PASSWORD, '$1•••$2') };
}

function isSecret(name: string): boolean {
  return SECRET.test(name) && !NO_SECRET.test(name);
}

function codeOf(origin: Origin): string {
  const { module, node } = origin.site;
  const code = module.text.slice(node.start, node.end).replace(/\s+/g, ' ').replace(URL_PASSWORD, '$1•••$2');
  return code === '' ? '…' : code.length <= MAX_CODE ? code : `${code.slice(0, MAX_CODE - 1)}…`;
}
