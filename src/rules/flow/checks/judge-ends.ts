import type { Check } from '../../../evaluate/checks/check.ts';
import { contentOf } from '../../../evaluate/values/container.ts';
import { constantText } from '../../../evaluate/values/text.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';
import { endsInSeparator, isSame, passes, RESOLVED } from './check-steps.ts';
import { beginsNoScript } from './schemes.ts';
import { isStrippedOfSlashes } from './stripped-slashes.ts';
import type { Judge, Verdict } from './verdict.ts';

/** What it says of a value that it, or something computed from it, begins or ends with a text. */
export function judgeEnds(
  by: Judge,
  atom: Atom,
  check: Check,
  method: 'startswith' | 'endswith',
  argument: Value | undefined,
  facts: Set<string>,
): Verdict {
  const { harm } = by;
  if (!argument || !by.isTrusted(argument)) return 'no';
  const texts = argument.flatMap(contentOf).map((one) => constantText([one]));
  if (method === 'endswith') {
    const isDomain = texts.length > 0 && texts.every((text) => text?.startsWith('.'));
    return check.holds && isDomain && (harm === 'redirect' || harm === 'ssrf') && passes(check, atom, 'netloc', 'hostname')
      ? 'harmless'
      : 'no';
  }
  const same = isSame('code', check, atom);
  if (!check.holds) {
    // A path that is normalised has `..` at its start alone; what was stripped of slashes in front is not absolute.
    const isLeaving = harm === 'path' && texts.some((text) => text === '..' || text === '../');
    // The way from a folder to what is outside of it begins with `..`. https://docs.python.org/3/library/os.path.html#os.path.relpath
    if (isLeaving && passes(check, atom, 'relpath')) return 'harmless';
    if (isLeaving && passes(check, atom, 'normpath')) {
      facts.add('no dots');
      if (isStrippedOfSlashes(check, atom)) facts.add('not absolute');
    }
    for (const text of same ? texts : []) {
      if (text === '//') facts.add('not two slashes');
      if (text === '/') facts.add('not absolute');
      if (text === '-') facts.add('no leading dash');
    }
    return 'no';
  }
  // `method.startswith("get_")`: one of those that were meant for it, as behind a prefix that the code puts there.
  if (same && harm === 'name')
    return texts.length > 0 && texts.every((text) => text !== undefined && /[a-z]/i.test(text)) ? 'harmless' : 'no';
  if (same && (harm === 'redirect' || harm === 'ssrf')) {
    if (texts.length > 0 && texts.every((text) => text !== undefined && /^[a-z][a-z0-9+.-]*:\/\/[^/\\?#@]+[/?#]/i.test(text)))
      return 'harmless';
    // `startswith("/files")`: a path of the own site, as what stands behind the first slash is no second one.
    if (harm === 'redirect' && texts.length > 0 && texts.every((text) => text !== undefined && /^\/[^/\\\s]/.test(text))) return 'harmless';
    if (texts.length > 0 && texts.every((text) => text !== undefined && beginsNoScript(text))) facts.add('known scheme');
    if (texts.some((text) => text === '/')) facts.add('starts with a slash');
    // `startswith(settings.SITE_URL)`: enough if that ends behind its host.
    return texts.some((text) => text === undefined) ? 'doubtful' : 'no';
  }
  // `startswith(root)` accepts `/root-of-another`, which is seldom there; with the separator behind it, or a path that is normalised and ends in one, nothing leaves the root.
  if (harm === 'path' && passes(check, atom, ...RESOLVED)) {
    return endsInSeparator(argument) ? 'harmless' : 'doubtful';
  }
  return 'no';
}
