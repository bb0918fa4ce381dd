import type { CallArguments } from '../../evaluate/calls/arguments.ts';
import type { ModelRow } from '../../evaluate/calls/library-model.ts';
import type { CallEvent } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { stringOf } from '../../evaluate/values/text.ts';
import { type Atom, NOTHING, type Value } from '../../evaluate/values/value.ts';
import type { Subject } from '../term.ts';
import { passedArgument } from '../terms/passed-argument.ts';

/**
 * What stands at a place of a call that a model row names: an argument by keyword and position (`sql@0`), `receiver`, all positional
 * arguments (`*`) or those from a position on (`*1`), all keyword arguments (`=*`), the names that a `**` of somebody else's names passes
 * (`**`), those of one that is put together here (`**key`), and a text with its arguments for `%` (`%0`) or
 * for `format` (`{0`).
 */
export function subjectsAt(event: CallEvent, place: string, params: readonly string[] | undefined): readonly Subject[] {
  const { args, node } = event;
  if (place === 'receiver') return [subject(event.receiver, node)];
  if (place === '**') return [subject(namesOf(args, true), node)];
  if (place === '**key') return [subject(namesOf(args, false), node)];
  if (place === '=*') return args.keywords.map((passed) => subject(passed.value, passed.node));
  if (place.startsWith('*')) {
    const listed = args.positional.slice(Number(place.slice(1))).map((passed) => subject(passed.value, passed.node));
    return args.openPositional ? [...listed, subject(args.spread, node)] : listed;
  }
  if (place.startsWith('%')) return formatted(args, Number(place.slice(1)));
  if (place.startsWith('{')) return braced(args, Number(place.slice(1)));
  return [passedArgument(args, node, place, params)];
}

function subject(value: Value | undefined, node: Subject['node']): Subject {
  return { value, node, absent: value ? 'no' : 'yes' };
}

/** The names that come with a mapping as it is, or those that are written here. */
function namesOf(args: CallArguments, whole: boolean): Value {
  if (!args.openKeywords) return NOTHING;
  const names = (args.names ?? NOTHING).filter((name) => isElement(name) === whole);
  return whole ? names : [...names, ...(args.keys ?? NOTHING)];
}

function isElement(atom: Atom): boolean {
  if (atom.kind !== 'opaque') return false;
  if (atom.origin.via === 'checked') return atom.origin.of.some(isElement);
  return atom.origin.via === 'element';
}

/** `info("%s %r", a, b)`: the text, and the arguments that are put in as they are; `%r` quotes line breaks, `%d` takes numbers. */
function formatted(args: CallArguments, at: number): readonly Subject[] {
  const format = args.positional[at];
  if (!format) return [];
  const text = stringOf(format.value);
  const directives = text === undefined ? [] : [...text.matchAll(DIRECTIVE)].map((match) => match[1]).filter((one) => one !== '%');
  const rest = args.positional.slice(at + 1).filter((_, index) => 'sc'.includes(directives[index] ?? 's'));
  return [format, ...rest].map((passed) =>
    subject(
      passed.value.filter((atom) => !isCollection(atom)),
      passed.node,
    ),
  );
}
/** `info("{} {name!r}", a, name=b)`: the text, and the arguments that it puts in as they are. https://docs.python.org/3/library/string.html#format-string-syntax */
function braced(args: CallArguments, at: number): readonly Subject[] {
  const format = args.positional[at];
  if (!format) return [];
  const text = stringOf(format.value)?.replace(/\{\{|\}\}/g, '');
  const fields = text === undefined ? undefined : [...text.matchAll(FIELD)];
  const shown = new Set(
    fields?.flatMap(([, name = '', conversion], index) =>
      conversion === 'r' || conversion === 'a' ? [] : name === '' ? String(index) : name,
    ),
  );
  const isShown = (name: string): boolean => fields === undefined || shown.has(name);
  return [
    format,
    ...args.positional.slice(at + 1).filter((_, index) => isShown(String(index))),
    ...args.keywords.filter(({ name }) => isShown(name)),
  ].map(({ value, node }) =>
    subject(
      value.filter((atom) => !isCollection(atom)),
      node,
    ),
  );
}
/** What is read of an argument behind its name is not told apart: `{user.name}`. */
const FIELD = /\{([^{}!:.[]*)[^{}!:]*(?:!([rsa]))?(?::[^{}]*)?\}/g;

/** Collections show their content by `repr`, with line breaks written out. */
function isCollection(atom: Atom): boolean {
  return atom.kind === 'container' || (atom.kind === 'opaque' && COLLECTIONS.test(atom.type ?? ''));
}
const COLLECTIONS = /^builtins\.(?:dict|list|tuple|set|frozenset)$|Dict$/;
/** https://docs.python.org/3/library/stdtypes.html#printf-style-string-formatting */
const DIRECTIVE = /%(?:\([^)]*\))?[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?([a-zA-Z%])/g;

/**
 * The row of what a call calls. Calling an instance is like calling its class, unless a row says what that does; calling what a function gave is
 * not like calling the function: `import_string(settings.SLUGIFY)(title)`.
 */
export function rowOfCalled(interpreter: Interpreter, name: string, names: readonly string[]): ModelRow | undefined {
  const { library } = interpreter;
  const row = library.row(name);
  if (row || !name.endsWith('()') || names.some((other) => other.endsWith('.__call__') && library.row(other))) return row;
  const called = library.row(name.slice(0, -2));
  return called && (called.class || /(?:^|\.)[A-Z]\w*$/.test(called.name)) ? called : undefined;
}
