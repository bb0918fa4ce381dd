import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';
import { isShownQuoted } from '../atom-kinds.ts';
import { rowsOf } from '../calls.ts';
import { isBehindLastDot } from '../checks/extension.ts';
import type { HarmName } from '../harms.ts';
import { TRUSTED_HOLE } from './position.ts';
import { startsWithoutSlash } from './removed.ts';

/** A part of a text that can do no such harm there. */
interface HarmlessPart {
  /** What stands for it when the parts behind it are judged. */
  readonly shown: string;
  readonly reason?: string;
}

/** Whether a part of a text can do no such harm where it stands, by what it is and the text before it. */
export function harmlessPart(
  { interpreter, harm }: { readonly interpreter: Interpreter; readonly harm: HarmName },
  before: string,
  value: Value,
): HarmlessPart | undefined {
  if (harm === 'redirect' && before === '/' && value.every(startsWithoutSlash)) return HOLE;
  if (harm === 'path' && /[^/\\]$/.test(before) && value.every(isBehindLastDot))
    return { ...HOLE, reason: 'no dot is in what stands behind the last one' };
  if (before === '' && value.length > 0 && value.every((atom) => isUrlOfView(interpreter, atom))) return { shown: `/${TRUSTED_HOLE}` };
  return SHOWN_IN_LINES.has(harm) && value.every(isShownQuoted) ? HOLE : undefined;
}
const HOLE: HarmlessPart = { shown: TRUSTED_HOLE };

/** Harms that take a line break. */
const SHOWN_IN_LINES: ReadonlySet<HarmName> = new Set(['log', 'header', 'email']);

/** `reverse("list")`, `url_for("list")`: a path of the project, or with a host of the project in front. */
function isUrlOfView(interpreter: Interpreter, atom: Atom): boolean {
  return (
    atom.kind === 'opaque' && atom.origin.via === 'call' && rowsOf(interpreter, atom.origin).some((row) => row.cleans?.includes('url'))
  );
}
