import type { Interpreter } from '../../evaluate/interpreter.ts';
import { isUnescapedByName } from './pages.ts';
import { namesPrinted } from './printed-names.ts';
import type { RenderingCall } from './rendering-call.ts';
import type { TemplateFile } from './template-files.ts';
import { libraryFilterName } from './template-values.ts';

/** Of a page that the name of its file keeps from being escaped: what it prints that is passed and not the same each time. */
export function namesUnescaped(interpreter: Interpreter, { context }: RenderingCall, file: TemplateFile): readonly string[] {
  if (!isUnescapedByName(file)) return [];
  const printed = namesPrinted(file.nodes, (filter) => isEscaping(interpreter, filter));
  return [...context].flatMap(([name, value]) => (printed.has(name) && value.some((atom) => atom.kind !== 'constant') ? [name] : []));
}

/** Whether a filter of Jinja escapes, or gives what needs no escaping. */
export function isEscaping({ library }: Interpreter, filter: string): boolean {
  const row = library.row(libraryFilterName('jinja', filter));
  return row?.keeps === false || row?.cleans?.includes('html') === true;
}
