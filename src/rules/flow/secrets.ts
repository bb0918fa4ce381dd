import type { Interpreter } from '../../evaluate/interpreter.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import { isContainer, keyOfSlot } from '../../evaluate/values/container.ts';
import { sourceKinds } from '../../evaluate/values/taint.ts';
import type { Atom, ContainerAtom, OpaqueAtom, Origin, Segment, Site, Value } from '../../evaluate/values/value.ts';
import type { Expr } from '../../ir/nodes.ts';
import { expressionName } from '../expression-name.ts';
import type { Subject } from '../term.ts';
import type { NameTest } from '../terms/name-pattern.ts';
import { expressionOf } from '../terms/value-syntax.ts';
import type { Flow } from './flow.ts';
import { entryKinds } from './harmless/entry-kinds.ts';

/** What is looked for: values that are read, passed or kept under the name of a secret. */
export interface SecretQuestion {
  readonly interpreter: Interpreter;
  readonly isSecret: NameTest;
  /** Where the value is used. */
  readonly site: Site;
}

/** Steps back from where it is used; names say what a value is, so that most are found at once. */
const MAX_STEPS = 12;
/** Values looked at for one question. */
const MAX_VISITS = 300;

/** The flow of a value with the name of a secret to this place; `undefined` when there is none. */
export function followSecret(question: SecretQuestion, subject: Subject): Flow | undefined {
  const { value, node } = subject;
  if (!value) return undefined;
  const expression = expressionOf(node);
  if (tellsNoSecret(expression)) return undefined;
  const isNamed = question.isSecret(nameOf(expression)) || question.isSecret(nameOfKeyword(node));
  if (expression && isNamed && value.some(canBeSecret))
    return secret(
      { module: question.site.module, node: expression },
      value.every((one) => isPartOfUrl(question.interpreter, one)),
    );
  return new Search(question).ofValue(value, 0);
}

/** A slice shows a part, which is how secrets are told apart in logs. */
function nameOf(expression: Expr | undefined): string | undefined {
  return expression?.kind === 'subscript' && expression.index.kind === 'slice' ? undefined : expressionName(expression);
}

/**
 * What an expression is called says that no secret is in it, wherever it was taken out: `self.masked_params`, `remove_credentials(text)`; or
 * that it only tells of one: the `credential_type` of `for credential_type, data in credentials`.
 */
function tellsNoSecret(expression: Expr | undefined): boolean {
  const name = nameOf(expression) ?? '';
  if (MASKED.test(name) || DESCRIBING.test(name)) return true;
  // `ftp.pwd()`: the folder where it is.
  return expression?.kind === 'call' && (TAKING_OUT.test(name) || name === 'pwd');
}
const MASKED = /(?:^|_)(?:masked|redacted|scrubbed|obfuscated|censored)(?:_|$)/i;
const DESCRIBING = /[a-z](?:_type|_kind|_count|_length|_status|Type|Kind|Count|Length|Status)$/;
const OF_IDS = /[a-z](?:_ids?|Ids?)$/;
const TAKING_OUT = /^_*(?:remove|strip|mask|redact|scrub|hide|obfuscate|censor|sanitize)(?=[_A-Z])|(?:^|_)without_|[a-z]Without[A-Z]/;

function nameOfKeyword(node: Subject['node']): string | undefined {
  return node && 'name' in node && 'star' in node && typeof node.name === 'string' ? node.name : undefined;
}

/** @param isInUrl what is part of an address stands in the log of every server and proxy on the way anyway */
function secret(source: Site, isInUrl = false): Flow {
  return { source, kinds: ['secret'], points: [], doubts: isInUrl ? 1 : 0 };
}

function isPartOfUrl(interpreter: Interpreter, atom: Atom): boolean {
  const kinds = entryKinds(interpreter, atom) ?? sourceKinds(interpreter, atom);
  return kinds.length > 0 && kinds.every((kind) => kind === 'segment');
}

/** Numbers, flags and things of the program are none, whatever they are called; a known text may be one where it is not a mask. */
function canBeSecret(atom: Atom): boolean {
  switch (atom.kind) {
    case 'constant':
      return atom.literal.type === 'str' && /[^*x.•-]/i.test(atom.literal.value);
    case 'opaque':
      // Of more alternatives than are kept nothing is known, not even where they come from.
      if (atom.origin.via === 'many') return false;
      return atom.type === undefined ? !isInstance(atom.origin) : HOLDING.has(atom.type);
    case 'text':
    case 'environment':
    case 'symbol':
      return true;
    default:
      return false;
  }
}

/** `Credentials(…)`, `Credentials.create_from(…)`: of an object of a class that is not known, a text shows that it is one, and no more. */
function isInstance(origin: Origin): boolean {
  if (origin.via !== 'call') return false;
  const [last, owner] = (origin.names[0] ?? '').split('.').reverse();
  return OF_CLASS.test(last ?? '') || (/^(?:create|from|make|build)_/.test(last ?? '') && OF_CLASS.test(owner ?? ''));
}
const OF_CLASS = /^[A-Z]\w*[a-z]\w*$/;

/** Types of what shows the text that was put into it. */
const HOLDING = new Set(['builtins.str', 'builtins.bytes', 'io.StringIO', 'io.BytesIO', 'string.Template']);

class Search {
  private readonly question: SecretQuestion;
  private readonly seen = new Set<Atom>();

  constructor(question: SecretQuestion) {
    this.question = question;
  }

  ofValue(value: Value, step: number): Flow | undefined {
    for (const atom of value) {
      const flow = this.ofAtom(atom, step);
      if (flow) return flow;
    }
    return undefined;
  }

  private ofAtom(atom: Atom, step: number): Flow | undefined {
    if (step > MAX_STEPS || this.seen.size >= MAX_VISITS || this.seen.has(atom)) return undefined;
    this.seen.add(atom);
    switch (atom.kind) {
      case 'text':
        return this.ofSegments(atom.segments, step);
      case 'container':
        return this.ofContainer(atom, step);
      case 'environment':
        return this.question.isSecret(atom.variable) ? secret(atom.origin.site) : undefined;
      case 'opaque':
        if (!canBeSecret(atom)) return undefined;
        return this.ofOwn(atom, step) ?? (atom.content && this.ofValue(atom.content.everything(ROOT_BRANCH), step + 1));
      default:
        return undefined;
    }
  }

  private ofOwn(atom: OpaqueAtom, step: number): Flow | undefined {
    const flow = this.ofOrigin(atom.origin, step);
    return flow?.source === atom.origin.site && isPartOfUrl(this.question.interpreter, atom) ? secret(flow.source, true) : flow;
  }

  private ofSegments(segments: readonly Segment[], step: number): Flow | undefined {
    for (const segment of segments) {
      if (typeof segment === 'string') continue;
      const { value, site } = segment;
      const expression = expressionOf(site.node);
      if (tellsNoSecret(expression)) continue;
      if (expression && this.question.isSecret(nameOf(expression)) && value.some(canBeSecret))
        return secret(
          site,
          value.every((one) => isPartOfUrl(this.question.interpreter, one)),
        );
      const flow = this.ofValue(value, step + 1);
      if (flow) return flow;
    }
    return undefined;
  }

  private ofContainer({ form, object }: ContainerAtom, step: number): Flow | undefined {
    for (const slot of object.keyNames()) {
      const value = object.read(slot, ROOT_BRANCH) ?? [];
      const [key] = form === 'dict' ? keyOfSlot(slot) : [];
      const name = key?.kind === 'constant' && key.literal.type === 'str' ? key.literal.value : undefined;
      const place = entrySite(object.site, name);
      if (place && this.tellsOnlyWhich(expressionOf(place.node))) continue;
      const kept = this.question.isSecret(name) ? value.find((one) => one.kind !== 'constant' && canBeSecret(one)) : undefined;
      if (kept) return secret(place ?? ('origin' in kept ? kept.origin.site : object.site));
      const flow = this.ofValue(value, step + 1);
      if (flow) return flow;
    }
    return form === 'dict' ? undefined : this.ofValue(object.rest, step + 1);
  }

  /** `{"credentials": credential_ids}`: what is kept under the name of a secret says by its own that it tells which one it is. */
  private tellsOnlyWhich(expression: Expr | undefined): boolean {
    const name = nameOf(expression) ?? '';
    return tellsNoSecret(expression) || (OF_IDS.test(name) && !this.question.isSecret(name));
  }

  private ofOrigin(origin: Origin, step: number): Flow | undefined {
    const { isSecret } = this.question;
    switch (origin.via) {
      case 'attribute':
        // Parts of a secret value (`token.id`) have names of their own.
        return isSecret(origin.name) ? secret(origin.site) : undefined;
      case 'item': {
        const [key] = origin.key;
        if (!key) return undefined;
        return key.kind === 'constant' && key.literal.type === 'str' && isSecret(key.literal.value) ? secret(origin.site) : undefined;
      }
      case 'element':
        return this.ofElement(origin.of, step);
      case 'checked':
        return this.ofValue(origin.of, step + 1);
      case 'parameter':
        return isSecret(origin.name) ? secret(origin.site) : undefined;
      case 'operation':
        if (origin.op) return undefined;
        for (const operand of origin.operands) {
          // Of a mapping, a template shows what it names; one that is not known is not taken to name the secret: `self.search_filter % arguments`.
          if (operand.every((one) => isContainer(one, 'dict'))) continue;
          const flow = this.ofValue(operand, step + 1);
          if (flow) return flow;
        }
        return undefined;
      case 'call':
        return this.ofCall(origin, step);
      default:
        return undefined;
    }
  }

  /** Iterating over what has entries gives their names, not what is kept under them. */
  private ofElement(of: Value, step: number): Flow | undefined {
    for (const atom of of) {
      const flow = isContainer(atom, 'dict')
        ? this.ofValue(atom.object.keys, step + 1)
        : hasEntries(atom)
          ? this.ofOrigin(atom.origin, step + 1)
          : this.ofAtom(atom, step + 1);
      if (flow) return flow;
    }
    return undefined;
  }

  private ofCall(origin: Origin & { via: 'call' }, step: number): Flow | undefined {
    const name = (origin.names[0] ?? '').replace(/\(\)$/, '');
    const method = name.split('.').at(-1) ?? '';
    const [first] = origin.args.positional;
    const [key] = first?.value ?? [];
    if (TAKING.has(method) && key?.kind === 'constant' && key.literal.type === 'str')
      return this.question.isSecret(key.literal.value) ? secret(origin.site) : undefined;
    if (!KEEPING.test(name)) return undefined;
    const { keywords } = origin.args;
    const positional = origin.args.positional.slice(name.startsWith('builtins.str.') ? (LOOKED_FOR.get(method) ?? 0) : 0);
    for (const value of [origin.receiver, ...[...positional, ...keywords].map((passed) => passed.value)]) {
      const flow = value && this.ofValue(value, step + 1);
      if (flow) return flow;
    }
    return undefined;
  }
}

function hasEntries(atom: Atom): atom is OpaqueAtom {
  return atom.kind === 'opaque' && atom.content !== undefined && [...atom.content.keyNames()].some((slot) => slot.startsWith('s:'));
}

/** The entry of a dict that is written out, by its key. */
function entrySite({ module, node }: Site, name: string | undefined): Site | undefined {
  const made = expressionOf(node);
  const entries = made?.kind === 'dict' ? made.entries : [];
  const entry = entries.find(({ key }) => key?.kind === 'literal' && key.literal.type === 'str' && key.literal.value === name);
  return entry && { module, node: entry.value };
}

/** Arguments of methods of texts that say what is looked for or taken out: `url.replace(f"{user}:{password}@", "")` has no password in it. */
const LOOKED_FOR: ReadonlyMap<string, number> = new Map([
  ['replace', 1],
  ['removeprefix', 1],
  ['removesuffix', 1],
  ['strip', 1],
  ['lstrip', 1],
  ['rstrip', 1],
  ['split', 1],
  ['rsplit', 1],
  ['partition', 1],
  ['rpartition', 1],
]);
const TAKING = new Set(['get', 'pop', 'getlist', 'getone', 'getall', 'get_argument', 'getenv', 'getattr']);
/** Functions whose result shows what they were given. */
const KEEPING =
  /^(?:builtins\.(?:str|repr|bytes|format|ascii|list|dict|tuple|sorted|min|max)|builtins\.(?:str|bytes|list|dict)\.\w+|json\.\w+|html\.\w+|codecs\.\w+|binascii\.\w+|string\.Template(?:\.\w+)?|io\.(?:StringIO|BytesIO|IOBase)(?:\.\w+)?|pprint\.pformat|base64\.\w+|urllib\.parse\.\w+|copy\.\w+|django\.utils\.encoding\.\w+|textwrap\.\w+)$/;
