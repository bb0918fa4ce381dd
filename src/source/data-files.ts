import type { SourceFile } from './source-file.ts';

/** Files that programs read their own settings from. */
const DATA = /\.(?:ini|cfg|conf|json|properties)$/i;
/** Larger ones hold data, not settings. */
const MAX_TEXT = 65_536;

/**
 * Reads a data file of the project by its path, or by the end of it where just one file has that: which folder a program is started in is not known.
 * Each file is read once, when it is first asked for.
 */
export function dataFilesOf(
  files: readonly SourceFile[],
  read: (file: SourceFile) => string | undefined,
): (path: string) => string | undefined {
  const all = files.filter(({ path }) => DATA.test(path));
  const texts = new Map<SourceFile, string | undefined>();
  return (path) => {
    const plain = path.replace(/^(?:\.?\/)+/, '');
    const found = all.filter((file) => file.path === plain || file.path.endsWith(`/${plain}`));
    const file = found.find((one) => one.path === plain) ?? (found.length === 1 ? found[0] : undefined);
    if (!file) return undefined;
    if (!texts.has(file)) texts.set(file, read(file));
    const text = texts.get(file);
    return text !== undefined && text.length <= MAX_TEXT ? text : undefined;
  };
}
