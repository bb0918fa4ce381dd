import { getAttribute } from '../classes/attributes.ts';
import { copyInto } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { literalPrefix, stringSegments } from '../values/text.ts';
import { opaqueAtom, str } from '../values/value.ts';
import type { Behaviour } from './behaviour.ts';
import { firstPassed } from './behaviour.ts';
import { fieldsOf } from './make-sequence.ts';
import { attributeSlot } from './stores.ts';

/** The parts of a URL that end within the text in front of what is not known. */
const PARTS = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\\@]*)(?=[/?#])([^?#]*)?/i;

export const urlBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `parts._replace(scheme="", netloc="")`. https://docs.python.org/3/library/collections.html#collections.somenamedtuple._replace */
  'with-parts': (call) => {
    const [only, ...others] = call.receiver ?? [];
    if (only?.kind !== 'opaque' || others.length > 0 || call.args.openKeywords) return undefined;
    const content = new HeapObject(call.origin.site, call.frame.branch);
    if (only.content) copyInto(content, only.content, call.frame.branch);
    for (const { name, value } of call.args.keywords) content.write(attributeSlot(name), value, call.frame.branch);
    // The others are those of the address that was split, and not of what was put into it.
    for (const name of fieldsOf(call.interpreter, [only]) ?? [])
      if (!content.has(attributeSlot(name)))
        content.write(attributeSlot(name), getAttribute(call.interpreter, call.frame, [only], name, call.node), call.frame.branch);
    return [opaqueAtom(call.origin, only.type, undefined, content)];
  },
  /** `urlsplit("https://shop.example/find?q=" + term)`: scheme and host are those that are written. https://www.rfc-editor.org/rfc/rfc3986#section-3 */
  'split-url': (call) => {
    const [only, ...others] = firstPassed(call) ?? [];
    const segments = only && others.length === 0 ? stringSegments(only) : undefined;
    const prefix = segments && literalPrefix(segments);
    const [whole, scheme, host, path] = (prefix && PARTS.exec(prefix)) || [];
    if (!segments || whole === undefined || scheme === undefined || host === undefined) return undefined;
    const content = new HeapObject(call.origin.site, call.frame.branch);
    const write = (name: string, text: string): void => content.write(attributeSlot(name), str(text), call.frame.branch);
    write('scheme', scheme.toLowerCase());
    write('netloc', host);
    write('hostname', host.replace(/:\d*$/, '').toLowerCase());
    // Where nothing of the query is known, the path may go on.
    if (prefix !== undefined && path !== undefined && prefix.length > whole.length) write('path', path);
    return [opaqueAtom(call.origin, call.row.returns, undefined, content)];
  },
};
