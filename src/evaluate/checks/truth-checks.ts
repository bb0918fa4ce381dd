import type { Span } from '../../ir/nodes.ts';
import type { NO_ARGUMENTS } from '../calls/arguments.ts';
import { isContainer, knownElements } from '../values/container.ts';
import { truthOf } from '../values/truth.ts';
import { type Atom, type CallOrigin, NOTHING, type OpaqueAtom, type Site, type Value } from '../values/value.ts';
import { anyOf, type Check, telling } from './check.ts';
import { askedTruth, comparedChecks } from './compared-checks.ts';
import { foundChecks } from './found-checks.ts';
import { emptyChecks, impliedChecks } from './implied-checks.ts';
import { subsetCall } from './subset-checks.ts';

/** What the truth of a value says that was computed before: `ok = x in ALLOWED`, `match = PATTERN.fullmatch(x)`. */
export function truthChecks(value: Value, holds: boolean): readonly Check[] {
  // Alternatives that one expression gave are those of what it was about: whichever it was, of that one it holds.
  const decided = impliedChecks(value, holds);
  if (decided.length > 0) return decided;
  const ways = new Map<Span, Check[]>();
  // `url = request.args.get("next") or request.form.get("next")` is empty: whichever of them it is, that one is.
  const ofItself: Check[] = [];
  let here: Site | undefined;
  let isOpen = false;
  for (const atom of value) {
    // A way that was not taken says nothing against the others.
    if (truthOf([atom]) === !holds || (holds && isKnownEmpty(atom))) continue;
    const empty = holds ? [] : emptyChecks(atom);
    const origin = atom.kind === 'opaque' ? atom.origin.site : empty[0]?.site;
    if (!origin) {
      isOpen = true;
      continue;
    }
    here ??= origin;
    const checks = atom.kind === 'opaque' ? atomTruthChecks(atom, holds) : empty;
    const isOfItself = ({ fact, subject }: Check): boolean => fact.kind === 'true' && subject.length === 1 && subject[0] === atom;
    ofItself.push(...checks.filter(isOfItself));
    ways.set(origin.node, [...(ways.get(origin.node) ?? []), ...checks.filter((check) => !isOfItself(check))]);
  }
  return here ? [...(isOpen ? [] : anyOf([...ways.values()], here)), ...ofItself] : [];
}

/** Whether it was kept only as what is empty: `target` of `target and is_safe(target)`. */
export function isKnownEmpty(atom: Atom): boolean {
  if ((atom.kind !== 'opaque' && atom.kind !== 'text') || atom.origin.via !== 'checked') return false;
  const { check, of } = atom.origin;
  return (
    (check.fact.kind === 'true' && !check.holds && check.subject.some((one) => of.includes(one))) ||
    (of.length > 0 && of.every(isKnownEmpty))
  );
}

/** That it is empty, of a value of which that is not known. */
export function emptinessChecks(atom: Atom): readonly Check[] {
  if (atom.kind === 'opaque') return atomTruthChecks(atom, false);
  return atom.kind === 'text' ? [{ fact: { kind: 'true' }, holds: false, subject: [atom], site: atom.origin.site }] : [];
}

function atomTruthChecks(atom: OpaqueAtom, holds: boolean): readonly Check[] {
  const { origin } = atom;
  // That it is empty says that it can do nothing.
  const itself = telling([{ fact: { kind: 'true' }, holds, subject: [atom], site: origin.site }]);
  switch (origin.via) {
    case 'operation': {
      const [a, b] = origin.operands;
      // `is_foreign = not is_safe(url)`
      if (origin.op === 'not') return a ? truthChecks(a, !holds) : itself;
      if (!origin.op || !a || !b) return itself;
      const asked = askedTruth(origin.op, a, b);
      if (asked === 'nothing') return itself;
      return asked === undefined ? comparedChecks(origin.op, a, b, holds, origin.site) : truthChecks(a, asked === holds);
    }
    case 'call': {
      // `is_word = bool(WORD.fullmatch(name))`, `if not len(found)`
      const [converted] = origin.names[0] === 'builtins.bool' || origin.names[0] === 'builtins.len' ? origin.args.positional : [];
      if (converted) return truthChecks(converted.value, holds);
      const ofListed = listedChecks(origin, holds);
      if (ofListed) return ofListed;
      return [...calledChecks(origin.names, origin.receiver, origin.args, holds, origin.site), ...itself];
    }
    default:
      return itself;
  }
}

/** `ok = all([is_local(url), is_safe(url)])`: conditions that were written out. */
function listedChecks({ names, args, site: here }: CallOrigin, holds: boolean): readonly Check[] | undefined {
  const isAll = names[0] === 'builtins.all';
  if (!isAll && names[0] !== 'builtins.any') return undefined;
  const [only, ...others] = args.positional[0]?.value ?? NOTHING;
  const elements = only && others.length === 0 && isContainer(only) ? knownElements(only, only.object.branch) : undefined;
  const ways = elements?.map((element) => truthChecks(element, holds));
  return ways && (isAll === holds ? ways.flat() : anyOf(ways, here));
}

/** What the truth of a call says of its receiver and its arguments. */
export function calledChecks(
  names: readonly string[],
  receiver: Value | undefined,
  args: typeof NO_ARGUMENTS,
  holds: boolean,
  here: Site,
): readonly Check[] {
  const ofSets = subsetCall(names, receiver, args, holds, here);
  if (ofSets) return telling(ofSets);
  const found = holds ? foundChecks(names, receiver, args, here) : [];
  if (found.length > 0) return found;
  const subject = [...(receiver ?? []), ...argumentValues(args)];
  return subject.length === 0 ? [] : telling([{ fact: { kind: 'call', names, receiver, args }, holds, subject, site: here }]);
}

export function argumentValues(args: typeof NO_ARGUMENTS): Value {
  return [...args.positional.flatMap((passed) => passed.value), ...args.keywords.flatMap((passed) => passed.value)];
}
