import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Printed } from '../../evaluate/values/printed.ts';
import { reachesSource } from '../../evaluate/values/taint.ts';
import { literalPrefix, stringSegments } from '../../evaluate/values/text.ts';
import { type Atom, NOTHING, type Value } from '../../evaluate/values/value.ts';
import type { HtmlPlace } from './html-context.ts';
import { markedTexts } from './marked-safe.ts';

/** Something that a template prints, and how. */
interface Print {
  readonly value: Value;
  /** It is printed as it is. */
  readonly isMarked: boolean;
  /** A function of the project may have made it here: what that marked is printed as it is. */
  readonly isMade: boolean;
  readonly place: HtmlPlace;
  /** Whether what is not marked is escaped here. */
  readonly escapes: boolean;
}

/** What of it comes from outside and may be markup, a script or an address where it stands; nothing where escaping is enough. */
export function unprotected(interpreter: Interpreter, print: Print): Omit<Printed, 'site' | 'template'> | undefined {
  const { value, isMarked, isMade, place, escapes } = print;
  const fromOutside = (given: Value): Value => given.filter((atom) => reachesSource(interpreter, [atom]));
  const marked = isMade && !isMarked ? fromOutside(markedTexts(interpreter, value)) : NOTHING;
  const isSafe = isMarked || marked.length > 0;
  const how = isSafe ? 'unescaped' : escapes ? PLACES[place] : 'where nothing is escaped';
  if (how === undefined) return undefined;
  const isEscaped = !isSafe && escapes;
  const given = marked.length > 0 ? marked : fromOutside(value);
  const dangerous = isEscaped && place === 'link' ? given.filter((atom) => !hasKnownScheme(atom)) : given;
  if (dangerous.length === 0) return undefined;
  const harm = isEscaped && (place === 'link' ? 'scheme' : place === 'url' && 'address');
  return { value: dangerous, harm: harm || 'html', how, isInString: isEscaped && place === 'string' };
}

/** Whether a URL begins with a text that leaves no scheme to choose: `"/" + rest`. https://url.spec.whatwg.org/#scheme-start-state */
function hasKnownScheme(atom: Atom): boolean {
  return /^(?:[^:]*[/?#]|(?:https?|mailto|tel):)/i.test(literalPrefix(stringSegments(atom) ?? []));
}

/** What a report says of a place where escaping is not enough. */
const PLACES = {
  text: undefined,
  comment: undefined,
  script: 'inside a script',
  string: 'inside a string of a script',
  unquoted: 'in an attribute without quotes',
  url: 'as the beginning of a URL',
  link: 'as the beginning of a URL',
} as const;
