import type { Event } from '../../evaluate/events.ts';
import { classOf, expressionsOf, nameOf, valuesOf, writtenImport } from '../event-parts.ts';
import { rowOfCalled } from '../flow/places.ts';
import { type ListId, thingLists } from '../name-lists.ts';
import { wordsOf } from '../name-match.ts';
import { NO_PROVENANCE, provenanceOf } from '../provenance.ts';
import type { EventTest, Key, Keys, TestContext } from '../term.ts';
import { ancestorNames } from '../terms/class-terms.ts';
import { mentionedNames } from '../terms/mentions.ts';

/** Who may be interested in an event, found by what the event shows (`Key`). One index serves one kind of event. */
export class EventIndex<Item> {
  private readonly always: Item[] = [];
  private readonly names = new NameTable<Item>();
  private readonly mentions = new NameTable<Item>();
  private readonly byCallee = new Map<ListId, Item[]>();
  private readonly byAncestor = new Map<ListId, Item[]>();
  private readonly byNames = new Map<ListId, Item[]>();
  private readonly byType = new Map<ListId, Item[]>();
  private readonly bySource = new Map<string, Item[]>();
  private readonly bySink = new Map<string, Item[]>();
  private readonly gates = new Map<string, { readonly test: EventTest; readonly items: Item[] }>();
  private readonly hasExpressions: boolean;

  constructor(kind: Event['kind']) {
    this.hasExpressions = EXPRESSIVE.has(kind);
  }

  add(keys: Keys, item: Item): void {
    const isUsable = keys?.every((key) => this.hasExpressions || (key.in !== 'mention' && key.in !== 'mentioned-word'));
    if (!keys || !isUsable) this.always.push(item);
    else for (const key of keys) this.addKey(key, item);
  }

  private addKey(key: Key, item: Item): void {
    switch (key.in) {
      case 'name':
        push(this.names.exact, key.text, item);
        break;
      case 'word':
        push(this.names.words, key.text, item);
        break;
      case 'name-test':
        this.names.tests.push({ test: key.test, item });
        break;
      case 'mention':
        push(this.mentions.exact, key.text, item);
        break;
      case 'mentioned-word':
        push(this.mentions.words, key.text, item);
        break;
      case 'callee':
        push(this.byCallee, key.list, item);
        break;
      case 'ancestors':
        push(this.byAncestor, key.list, item);
        break;
      case 'names':
        push(this.byNames, key.list, item);
        break;
      case 'types':
        push(this.byType, key.list, item);
        break;
      case 'sources':
        push(this.bySource, key.kind, item);
        break;
      case 'sink':
        push(this.bySink, key.harm, item);
        break;
      case 'gate': {
        const gate = this.gates.get(key.id);
        if (gate) gate.items.push(item);
        else this.gates.set(key.id, { test: key.test, items: [item] });
      }
    }
  }

  /** Each at most once, in no particular order. */
  find(context: TestContext): Iterable<Item> {
    const { interpreter, event } = context;
    let found: Set<Item> | undefined;
    const take = (items: readonly Item[] | undefined): void => {
      if (!items || items.length === 0) return;
      found ??= new Set(this.always);
      for (const item of items) found.add(item);
    };
    const name = nameOf(event);
    if (name !== undefined) take(this.names.of(name));
    if (this.byCallee.size > 0) for (const list of thingLists.ofAll(calleesOf(event))) take(this.byCallee.get(list));
    if (this.byAncestor.size > 0) {
      const info = classOf(event);
      if (info) for (const list of thingLists.ofAll(ancestorNames(info, { interpreter }))) take(this.byAncestor.get(list));
    }
    if (this.hasExpressions && this.mentions.size > 0)
      for (const expression of expressionsOf(event)) for (const one of mentionedNames(expression)) take(this.mentions.of(one));
    if (this.bySink.size > 0 && event.kind === 'call')
      for (const one of event.names) {
        const sinks = rowOfCalled(interpreter, one, event.names)?.sinks;
        if (sinks) for (const harm in sinks) take(this.bySink.get(harm));
      }
    for (const { test, items } of this.gates.values()) if (test(context)) take(items);
    if (this.byNames.size + this.byType.size + this.bySource.size > 0) {
      for (const value of valuesOf(event)) {
        const provenance = provenanceOf(interpreter, value);
        if (provenance === NO_PROVENANCE) continue;
        for (const list of provenance.names) take(this.byNames.get(list));
        for (const list of provenance.types) take(this.byType.get(list));
        for (const kind of provenance.sources) take(this.bySource.get(kind));
      }
    }
    return found ?? this.always;
  }
}

/** Events with expressions, so that names mentioned there can be looked up. */
const EXPRESSIVE: ReadonlySet<Event['kind']> = new Set(['compare', 'test', 'return', 'iterate', 'assert', 'store']);

/** Items by plain names, their words and tests of names. What is found is remembered: the same names come again and again. */
class NameTable<Item> {
  readonly exact = new Map<string, Item[]>();
  readonly words = new Map<string, Item[]>();
  readonly tests: { readonly test: (name: string) => boolean; readonly item: Item }[] = [];
  private readonly answers = new Map<string, readonly Item[]>();

  get size(): number {
    return this.exact.size + this.words.size + this.tests.length;
  }

  of(name: string): readonly Item[] {
    const known = this.answers.get(name);
    if (known) return known;
    const items = [...(this.exact.get(name) ?? [])];
    if (this.words.size > 0) for (const word of wordsOf(name)) items.push(...(this.words.get(word) ?? []));
    for (const { test, item } of this.tests) if (test(name)) items.push(item);
    if (this.answers.size > MAX_ANSWERS) this.answers.clear();
    this.answers.set(name, items);
    return items;
  }
}
/** Names remembered; enough for those of one file after another. */
const MAX_ANSWERS = 20_000;

/** The names that the word `callee`, or for imports `import`, is about. */
function calleesOf(event: Event): readonly string[] {
  if (event.kind === 'call') return event.names;
  return event.kind === 'import' ? [event.name, writtenImport(event)] : [];
}

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
