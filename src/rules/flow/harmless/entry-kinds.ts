import type { Interpreter } from '../../../evaluate/interpreter.ts';
import { namesOf } from '../../../evaluate/names/names.ts';
import { sourceKinds } from '../../../evaluate/values/taint.ts';
import type { Atom, Value } from '../../../evaluate/values/value.ts';

/** Headers and the environment of a request: what is in them depends on the name of the entry. */
const TABLES = /\.(?:META|environ|headers)$/;

/**
 * Entries that are not simply the sender's to choose. The address, port and method come from the connection and the server.
 * https://docs.djangoproject.com/en/stable/ref/request-response/#django.http.HttpRequest.META
 * https://peps.python.org/pep-3333/#environ-variables
 */
const NOT_CHOSEN =
  /^(?:remote_addr|remote_port|request_method|server_port|server_software|server_protocol|script_name|wsgi\.(?!input$).*|content_length)$/;
const HOST = /^(?:host|server_name|x_forwarded_host|forwarded)$/;
const REFERRER = /^referr?er$/;

/**
 * The kinds of source of one entry of a request's headers (`request.META["HTTP_HOST"]`, `request.headers.get("Referer")`), where they are
 * other than those of all of them; `undefined` where the entry is not told apart.
 */
export function entryKinds(interpreter: Interpreter, atom: Atom): readonly string[] | undefined {
  const entry = entryOf(atom);
  if (!entry) return undefined;
  const part = partOfUrl(interpreter, entry.table, entry.key);
  if (part) return part;
  if (!entry.table.every((one) => isTable(interpreter, one))) return undefined;
  const name = nameOfHeader(entry.key);
  if (NOT_CHOSEN.test(name)) return [];
  if (HOST.test(name)) return ['host'];
  return REFERRER.test(name) ? ['referrer'] : undefined;
}

/**
 * `request.headers["User-Agent"]`: what only a program sends as it likes. A link, or a form on another site, sets no header of the browser that
 * follows it, but where it comes from. https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
export function isSetByClientAlone(interpreter: Interpreter, atom: Atom): boolean {
  if (sourceKinds(interpreter, atom).includes(HEADER)) return true;
  const name = headerOf(interpreter, atom);
  return name !== undefined && !HOST.test(name) && !REFERRER.test(name);
}

/** The kind, by the library models, of what is read out of one such header: `request.user_agent`. */
const HEADER = 'header';

/** Which header of the request it is. No line break is in one: at those servers part them. https://datatracker.ietf.org/doc/html/rfc9110#section-5.5 */
export function headerOf(interpreter: Interpreter, atom: Atom): string | undefined {
  const entry = entryOf(atom);
  if (!entry?.table.every((one) => isTable(interpreter, one))) return undefined;
  // Beside the headers, the environment has the path and the query.
  const isOfHeaders = (one: Atom): boolean => namesOf(interpreter, one).some((name) => name.endsWith('.headers'));
  return /^HTTP_|^CONTENT_TYPE$/.test(entry.key) || entry.table.every(isOfHeaders) ? nameOfHeader(entry.key) : undefined;
}

/** `table[key]`, `table.get(key)` with a known key. */
function entryOf(atom: Atom): { readonly table: Value; readonly key: string } | undefined {
  if (atom.kind !== 'opaque') return undefined;
  const { origin } = atom;
  const [table, keys] =
    origin.via === 'item'
      ? [origin.of, origin.key]
      : origin.via === 'call' && /\.(?:get|pop|__getitem__)$/.test(origin.names[0] ?? '')
        ? [origin.receiver, origin.args.positional[0]?.value]
        : [undefined, undefined];
  const [key] = keys ?? [];
  if (!table || keys?.length !== 1 || key?.kind !== 'constant' || key.literal.type !== 'str') return undefined;
  return { table, key: key.literal.value };
}

function nameOfHeader(key: string): string {
  return key
    .toLowerCase()
    .replaceAll('-', '_')
    .replace(/^http_/, '');
}

/** `self.kwargs["pk"]` of a view class is what its routes let through, and so is `request.path_params["id"]`. https://starlette.dev/routing/#path-parameters https://docs.djangoproject.com/en/stable/ref/class-based-views/base/#django.views.generic.base.View.setup */
function partOfUrl({ hooks }: Interpreter, table: Value, name: string): readonly string[] | undefined {
  const [only, ...others] = table;
  if (only?.kind !== 'opaque' || others.length > 0 || only.origin.via !== 'attribute') return undefined;
  const [of, ...more] = only.origin.of;
  if (!of || more.length > 0) return undefined;
  for (const hook of hooks) {
    const kinds =
      only.origin.name === 'kwargs' && of.kind === 'object'
        ? hook.urlPart?.(of.info, name)
        : only.origin.name === 'path_params' && of.kind === 'opaque' && of.origin.via === 'parameter'
          ? hook.handedPart?.(of.origin.info, name)
          : undefined;
    if (kinds) return kinds;
  }
  return undefined;
}

function isTable(interpreter: Interpreter, atom: Atom): boolean {
  if (atom.kind === 'opaque' && atom.origin.via === 'parameter') return /^env(?:iron)?$/.test(atom.origin.name);
  return namesOf(interpreter, atom).some((name) => TABLES.test(name));
}
