import type { Interpreter } from '../../evaluate/interpreter.ts';
import { isContainer } from '../../evaluate/values/container.ts';
import type { Value } from '../../evaluate/values/value.ts';
import { isUnescapedByName } from './pages.ts';
import { namesPrinted } from './printed-names.ts';
import type { RenderingCall } from './rendering-call.ts';
import type { TemplateFile } from './template-files.ts';
import { libraryFilterName } from './template-values.ts';

/** Of a page that the name of its file keeps from being escaped: what it prints that is passed and not the same each time. */
export function namesUnescaped(interpreter: Interpreter, { context }: RenderingCall, file: TemplateFile): readonly string[] {
  if (!isUnescapedByName(file)) return [];
  const printed = namesPrinted(file.nodes, (filter) => isEscaping(interpreter, filter));
  return [...context].flatMap(([name, value]) => (printed.has(name) && !isWritten(value, MAX_DEPTH) ? [name] : []));
}

/** Lists of dicts of lists, as a page of settings is described. */
const MAX_DEPTH = 6;

/** Whether it is written in the program as it is: constants, and lists and dicts of such. */
function isWritten(value: Value, depth: number): boolean {
  return value.every(
    (atom) =>
      atom.kind === 'constant' ||
      (depth > 0 && isContainer(atom) && !atom.object.open && isWritten(atom.object.everything(atom.object.branch), depth - 1)),
  );
}

/** Whether a filter of Jinja escapes, or gives what needs no escaping. */
export function isEscaping({ library }: Interpreter, filter: string): boolean {
  const row = library.row(libraryFilterName('jinja', filter));
  return row?.keeps === false || row?.cleans?.includes('html') === true;
}
