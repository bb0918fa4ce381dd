import type { Atom } from '../../../evaluate/values/value.ts';
import type { Expr, Span, Stmt } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';
import { encloses } from '../../../util/encloses.ts';

/** Functions that read one text, and say of it alone what they cannot read: `Expecting value: line 1 column 1`. */
const READING =
  /^(?:loads|int|float|complex|Decimal|Fraction|UUID|ObjectId|strptime|fromisoformat|parse_date|parse_datetime|isoparse|literal_eval|b64decode|urlsafe_b64decode|a2b_base64|unhexlify|fromhex|ip_address|ip_network|ip_interface)$/;
/** What is done to a text on the way there. */
const PLAIN = /^(?:get|strip|lstrip|rstrip|lower|upper|decode|encode|split|replace|str|bytes|dict|list|tuple|len)$/;
/** Those of a library that runs code, or reads whole objects. */
const NOT_PLAIN = /^(?:pickle|cPickle|dill|marshal|joblib|cloudpickle|jsonpickle)$/;

/** Whether it was caught around nothing but the reading of a text: its words are about what was sent. */
export function isOfReadingAlone(atom: Atom): boolean {
  if (atom.kind !== 'opaque' || atom.origin.via !== 'element') return false;
  const { module, node } = atom.origin.site;
  const body = triedBefore(module.unit.body, node);
  return body !== undefined && reads(body);
}

/** The body of the `try` whose handler this is. */
function triedBefore(body: readonly Stmt[], handler: Span): readonly Stmt[] | undefined {
  let found: readonly Stmt[] | undefined;
  for (const statement of body)
    if (encloses(statement, handler))
      walk(statement, (one) => {
        if (!encloses(one, handler)) return false;
        if (one.kind === 'try' && one.handlers.some(({ start, end }) => start === handler.start && end === handler.end)) found = one.body;
        return true;
      });
  return found;
}

function reads(body: readonly Stmt[]): boolean {
  let count = 0;
  let isPlain = body.every(({ kind }) => kind === 'assign' || kind === 'return' || kind === 'expression');
  for (const statement of body)
    walk(statement, (one) => {
      if (one.kind === 'await' || one.kind === 'yield') isPlain = false;
      if (one.kind === 'call') {
        const name = nameOf(one.callee);
        const owner = one.callee.kind === 'attribute' ? nameOf(one.callee.object) : '';
        if (READING.test(name) && !NOT_PLAIN.test(owner)) count++;
        else if (!PLAIN.test(name)) isPlain = false;
      }
      return isPlain;
    });
  return isPlain && count > 0;
}

function nameOf(node: Expr): string {
  return node.kind === 'name' ? node.id : node.kind === 'attribute' ? node.name : '';
}
