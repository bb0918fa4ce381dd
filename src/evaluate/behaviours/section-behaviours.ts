import { container } from '../values/container.ts';
import { HeapObject } from '../values/heap.ts';
import { reachesSource } from '../values/taint.ts';
import { segmentsOf, stringSegments, textOf } from '../values/text.ts';
import type { Segment, Value } from '../values/value.ts';
import type { Behaviour, BehaviourCall } from './behaviour.ts';
import { firstPassed } from './behaviour.ts';
import { asInFile, textOfFile, textRead } from './data-files.ts';
import { putInto, stores } from './stores.ts';

/** Stands for a hole while lines are told apart. */
const HOLE = '\uFFFC';

export const sectionBehaviours: Readonly<Record<string, Behaviour>> = {
  /** `read_string("[db]\nhost = …\n")`: each option of the text is one of its section. https://docs.python.org/3/library/configparser.html */
  'put-sections': (call) => {
    const [only, ...others] = firstPassed(call) ?? [];
    const segments = only && others.length === 0 ? stringSegments(only) : undefined;
    putSections(call, segments && sectionsIn(call, segments), false);
    return undefined;
  },
  /** `parser.read(path)`: the same of a file of the project. What is not there is left out. */
  'read-sections': (call) => {
    const text = textOfFile(call.interpreter, firstPassed(call) ?? []);
    const sections = text === undefined ? undefined : sectionsIn(call, [text]);
    if (sections) putSections(call, sections, true);
    return undefined;
  },
  /** `parser.read_file(file)` */
  'read-sections-of': (call) => {
    const text = textRead(call.interpreter, firstPassed(call) ?? []);
    putSections(call, text === undefined ? undefined : sectionsIn(call, [text]), true);
    return undefined;
  },
};

function putSections(call: BehaviourCall, sections: ReadonlyMap<string, ReadonlyMap<string, Value>> | undefined, isOfFile: boolean): void {
  for (const { content } of stores(call.receiver)) {
    if (!sections) putInto(call, content, firstPassed(call) ?? []);
    else
      for (const [name, entries] of sections) {
        if ([...entries.values()].some((value) => reachesSource(call.interpreter, value))) call.interpreter.shared.contentMarked(content);
        const object = new HeapObject(call.origin.site, call.frame.branch);
        for (const [key, value] of entries)
          object.write(`s:${key}`, isOfFile ? asInFile(key, value, call.origin.site) : value, call.frame.branch);
        content.write(`s:${name}`, container('dict', object), call.frame.branch);
      }
  }
}

/** The options by section; `undefined` where the text is not that plain, or something that is not known may bring lines of its own. */
function sectionsIn(call: BehaviourCall, segments: readonly Segment[]): ReadonlyMap<string, ReadonlyMap<string, Value>> | undefined {
  const holes = segments.flatMap((segment) => (typeof segment === 'string' ? [] : [segment]));
  const text = segments.map((segment) => (typeof segment === 'string' ? segment : HOLE)).join('');
  if (holes.length > 0 && text.lastIndexOf('[') > text.indexOf(HOLE)) return undefined;
  const sections = new Map<string, Map<string, Value>>();
  let section: Map<string, Value> | undefined;
  for (const line of text.split('\n')) {
    if (/^\s*(?:[#;].*)?$/.test(line)) continue;
    const [, name] = /^\[([^\]]+)\]\s*$/.exec(line) ?? [];
    if (name !== undefined) {
      section = new Map();
      sections.set(name, section);
      continue;
    }
    const [, key, value = ''] = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined || !section || key.includes(HOLE)) return undefined;
    const parts = value.split(HOLE).flatMap((part, at) => {
      const hole = at > 0 ? holes.shift() : undefined;
      return hole ? [...segmentsOf(hole.value, hole.site), part] : [part];
    });
    section.set(key.toLowerCase(), textOf(parts, false, call.origin));
  }
  return sections.size > 0 ? sections : undefined;
}
