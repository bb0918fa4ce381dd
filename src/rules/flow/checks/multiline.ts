import type { CallArguments } from '../../../evaluate/calls/arguments.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';

/**
 * Whether `^` and `$` stand for the ends of each line in a pattern: `re.compile(r"^\\w+$", re.MULTILINE)`, `re.search(r"(?m)^\\w+$", text)`.
 * https://docs.python.org/3/library/re.html#re.MULTILINE
 */
export function isMultiline(pattern: string, { args }: { readonly args: CallArguments }, isCompiled: boolean): boolean {
  if (/^\(\?[a-z]*m[a-z]*\)/i.test(pattern)) return true;
  const flags = args.keywords.find(({ name }) => name === 'flags') ?? args.positional[isCompiled ? 1 : 2];
  return flags !== undefined && namesMultiline(flags.value, 4);
}

/** Whether the pattern is about the whole text for all that: `fullmatch()` asks for both ends, `match()` for the first. */
export function isWholeByLine(pattern: string, method: 'fullmatch' | 'match' | 'search'): boolean {
  if (method === 'fullmatch') return true;
  return /\\[Zz]$/.test(pattern) && (method === 'match' || /^(?:\(\?[a-z]+\))?\\A/.test(pattern));
}

/** `re.M`, `re.IGNORECASE | re.MULTILINE`. */
function namesMultiline(flags: Value, depth: number): boolean {
  return (
    depth > 0 &&
    flags.some((flag) => /\.(?:MULTILINE|M)$/.test(nameOf(flag)) || operandsOf(flag).some((one) => namesMultiline(one, depth - 1)))
  );
}

function nameOf(flag: Atom): string {
  if (flag.kind === 'symbol') return flag.name;
  return flag.kind === 'opaque' && flag.origin.via === 'global' ? flag.origin.name : '';
}

function operandsOf(flag: Atom): readonly Value[] {
  return flag.kind === 'opaque' && flag.origin.via === 'operation' ? flag.origin.operands : [];
}
