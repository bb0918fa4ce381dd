import { argument } from '../../evaluate/calls/arguments.ts';
import type { CallEvent } from '../../evaluate/events.ts';
import { type Interpreter, site } from '../../evaluate/interpreter.ts';
import { container, sequence } from '../../evaluate/values/container.ts';
import { HeapObject } from '../../evaluate/values/heap.ts';
import { reachesSource } from '../../evaluate/values/taint.ts';
import { str, type Value } from '../../evaluate/values/value.ts';
import type { TemplateFile, TemplateFiles } from './template-files.ts';

/** The kind of harm by which model rows name a text that the next page shows. */
const MESSAGE = 'message';

/** A message for the user that the next page shows, whichever that is. */
export interface FlashedMessage {
  readonly library: string;
  /** What `get_flashed_messages()` gives; with categories where the template asks for them. */
  readonly texts: Value;
  readonly pairs: Value;
  /** What Django's `messages` holds. */
  readonly messages: Value;
}

/** https://flask.palletsprojects.com/en/stable/patterns/flashing/, https://docs.djangoproject.com/en/stable/ref/contrib/messages/ */
export function flashedMessage(interpreter: Interpreter, event: CallEvent): FlashedMessage | undefined {
  for (const name of event.names) {
    const row = interpreter.library.row(name);
    const [place] = row?.sinks?.[MESSAGE] ?? [];
    if (!row || place === undefined) continue;
    const [keyword, position] = place.split('@');
    const text = argument(event.args, Number(position), keyword)?.value;
    if (!text || !reachesSource(interpreter, text)) return undefined;
    const passed = (parameter: string): Value | undefined => argument(event.args, row.params?.indexOf(parameter), parameter)?.value;
    const here = site(event.frame, event.node);
    const { branch } = event.frame;
    const list = (element: Value): Value => sequence('list', [element], here, branch);
    const message = new HeapObject(here, branch);
    message.write('s:message', text, branch);
    for (const key of ['tags', 'extra_tags']) message.write(`s:${key}`, passed('extra_tags') ?? str(''), branch);
    return {
      library: name.slice(0, name.indexOf('.')),
      texts: list(text),
      pairs: list(sequence('tuple', [passed('category') ?? str('message'), text], here, branch)),
      messages: list(container('dict', message)),
    };
  }
  return undefined;
}

/** Pages that show messages, and somewhere something unescaped. */
export function showingMessages(files: TemplateFiles, { library }: FlashedMessage): readonly TemplateFile[] {
  const shows = library === 'django' ? /\bmessages\b/ : /\bget_flashed_messages\b/;
  return files.all(library === 'django' ? 'dtl' : 'jinja').filter(({ module: { text } }) => shows.test(text) && UNESCAPED.test(text));
}
const UNESCAPED = /\|\s*safe\b|\bautoescape\s+(?:off|false)\b|<script\b/;
