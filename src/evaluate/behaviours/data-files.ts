import type { Frame } from '../frame.ts';
import type { Interpreter } from '../interpreter.ts';
import { container, sequence } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { knownPath } from '../values/known-path.ts';
import { bool, constant, int, join, opaque, type Site, str, type Value } from '../values/value.ts';

/** Reads a data file of the project by its path, or by the end of it where only one has that; absent: none is read. */
export type DataFiles = (path: string) => string | undefined;

const OPENS = /^(?:builtins|io|codecs)\.open$/;
const READS = /^(?:pathlib\.Path|io\.\w+)\.(?:read_text|read|read_bytes)$/;

/** The text of the file that this path names, where it is a data file of the project: `Path(__file__).parent / "app.ini"`. */
export function textOfFile({ dataFiles }: Interpreter, path: Value): string | undefined {
  const known = dataFiles && knownPath(path);
  return known === undefined ? undefined : dataFiles?.(known);
}

/** The text that a value gives or is: of an opened file, of `path.read_text()` and of `open(path).read()`. */
export function textRead(interpreter: Interpreter, value: Value): string | undefined {
  const [only, ...others] = value;
  if (only?.kind !== 'opaque' || others.length > 0) return undefined;
  const { origin } = only;
  if (origin.via === 'element' || origin.via === 'checked') return textRead(interpreter, origin.of);
  if (origin.via !== 'call') return undefined;
  const { names, receiver, args } = origin;
  if (names.some((name) => OPENS.test(name))) return textOfFile(interpreter, args.positional[0]?.value ?? []);
  if (receiver && names.includes('pathlib.Path.open')) return textOfFile(interpreter, receiver);
  if (!receiver || !names.some((name) => READS.test(name))) return undefined;
  return textRead(interpreter, receiver) ?? textOfFile(interpreter, receiver);
}

/**
 * What a program reads from such a file under a name: a text is taken to be that one, as constants of the program are. Secrets and switches differ where it is deployed:
 * of those only what they are here is known, or nothing.
 */
export function asInFile(name: string, value: Value, site: Site): Value {
  const unknown = opaque({ via: 'unresolved', name: '', site });
  if (SECRET.test(name)) return unknown;
  const isText = value.every((atom) => atom.kind === 'constant' && atom.literal.type === 'str' && !SWITCH.test(atom.literal.value));
  return isText ? value : join(value, unknown);
}
const SECRET = /secret|token|passw|pwd|credential|key$|salt/i;
const SWITCH = /^(?:true|false|yes|no|on|off|none|-?[\d.]+)?$/i;

/** What is in a text of JSON; `undefined` where it is none, or is too large to say anything of one entry. */
export function valueOfJson(text: string, site: Site, frame: Frame, isOfFile: boolean): Value | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  return valueOfData('', data, { site, frame, isOfFile }, 0);
}
const MAX_ENTRIES = 64;
const MAX_DEPTH = 6;

interface Place {
  readonly site: Site;
  readonly frame: Frame;
  readonly isOfFile: boolean;
}

function valueOfData(name: string, data: unknown, place: Place, depth: number): Value | undefined {
  const { site, frame, isOfFile } = place;
  if (data === null || typeof data !== 'object') return isOfFile ? asInFile(name, literalOf(data), site) : literalOf(data);
  const entries = Object.entries(data);
  if (depth >= MAX_DEPTH || entries.length > MAX_ENTRIES) return undefined;
  const values = entries.map(([key, value]) => valueOfData(Array.isArray(data) ? name : key, value, place, depth + 1));
  if (!values.every((value) => value !== undefined)) return undefined;
  if (Array.isArray(data)) return sequence('list', values, site, frame.branch);
  const object = new HeapObject(site, frame.branch);
  entries.forEach(([key], at) => {
    object.write(`s:${key}`, values[at] ?? [], frame.branch);
  });
  return container('dict', object);
}

function literalOf(data: unknown): Value {
  if (typeof data === 'string') return str(data);
  if (typeof data === 'boolean') return bool(data);
  if (typeof data === 'number') return Number.isInteger(data) ? int(data) : constant({ type: 'float', value: data });
  return constant({ type: 'none' });
}
