import type { Interpreter } from '../interpreter.ts';
import { HeapObject } from '../values/heap.ts';
import { leadBack, reachesSource } from '../values/taint.ts';
import { type Atom, join, NOTHING, type OpaqueAtom, type Value } from '../values/value.ts';
import type { Behaviour } from './behaviour.ts';

/** What was written to the file that a path names: `upload.save(path)`, and later `ZipFile(path)`. Only what comes from outside is kept. */
const saved = new WeakMap<Atom, Value>();

/** What is in the file of this name, where something from outside was written there. */
export function savedContent(atom: Atom): Value | undefined {
  return saved.get(atom);
}

function saveAt(interpreter: Interpreter, path: Value, content: Value): void {
  if (!reachesSource(interpreter, content)) return;
  for (const atom of path) {
    if (atom.kind === 'constant' && atom.literal.type === 'str') {
      const { value } = atom.literal;
      interpreter.savedFiles.set(value, join(interpreter.savedFiles.get(value) ?? NOTHING, content));
    } else if (atom.kind === 'opaque' || atom.kind === 'text') {
      saved.set(atom, join(saved.get(atom) ?? NOTHING, content));
      leadBack(atom);
      // A temporary file and its name are one.
      if (atom.origin.via === 'attribute' && atom.origin.name === 'name') saveAt(interpreter, atom.origin.of, content);
    }
  }
}

/** The path that a file was opened with, whose name is all that a later reader has. */
function pathsOf(file: Value): Value {
  return file.flatMap((atom): Value => {
    if (atom.kind !== 'opaque') return NOTHING;
    const { origin } = atom;
    if (origin.via === 'element' || origin.via === 'checked') return pathsOf(origin.of);
    if (origin.via !== 'call') return NOTHING;
    if (/^(?:builtins|io|aiofiles|codecs)\.open$/.test(origin.names[0] ?? '')) return origin.args.positional[0]?.value ?? NOTHING;
    if (origin.names[0] === 'pathlib.Path.open') return origin.receiver ?? NOTHING;
    return /^tempfile\./.test(origin.names[0] ?? '') ? [atom] : NOTHING;
  });
}

export const savingBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `upload.save(path)`: the receiver is in the file. */
  'save-receiver': (call) => {
    saveAt(call.interpreter, call.args.positional[0]?.value ?? NOTHING, call.receiver ?? NOTHING);
    return undefined;
  },
  /** `path.write_bytes(data)`: the argument is in the file that the receiver names. */
  'save-argument': (call) => {
    saveAt(call.interpreter, call.receiver ?? NOTHING, call.args.positional[0]?.value ?? NOTHING);
    return undefined;
  },
  /** `shutil.copyfileobj(source, target)`. */
  'copy-file': (call) => {
    const [source, target] = call.args.positional.map((passed) => passed.value);
    saveAt(call.interpreter, pathsOf(target ?? NOTHING), source ?? NOTHING);
    return undefined;
  },
  /** `ZipFile(path)` with a path that is written out: what was saved under it. */
  'open-saved': (call) => {
    const contents = (call.args.positional[0]?.value ?? NOTHING).flatMap((atom) =>
      atom.kind === 'constant' && atom.literal.type === 'str' ? (call.interpreter.savedFiles.get(atom.literal.value) ?? NOTHING) : NOTHING,
    );
    if (contents.length === 0) return undefined;
    const content = new HeapObject(call.origin.site, call.frame.branch);
    content.writeAnywhere(contents);
    const type = call.row.returns ?? call.row.name;
    return [{ kind: 'opaque', type, of: undefined, origin: call.origin, content } satisfies OpaqueAtom];
  },
};

/** What is written to an open file is in the file of that name. */
export function writtenTo(interpreter: Interpreter, file: Value, content: Value): void {
  const paths = pathsOf(file);
  if (paths.length > 0) saveAt(interpreter, paths, content);
}
