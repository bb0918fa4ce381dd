import type { Event } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Expr } from '../../ir/nodes.ts';
import type { Module } from '../../semantics/module.ts';
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
  private readonly answersForCalled = new WeakMap<readonly string[], readonly Item[]>();
  private readonly answersForExpressions = new WeakMap<Expr, readonly Item[]>();

  constructor(kind: Event['kind']) {
    this.hasExpressions = EXPRESSIVE.has(kind);
  }

  add(keys: Keys, item: Item): void {
    if (!keys) this.always.push(item);
    else for (const key of keys) this.addKey(this.hasExpressions ? key : inFile(key), item);
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
        push(this.names.tests, key.test, item);
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
    if (event.kind === 'call') take(this.ofCalled(interpreter, event.names));
    else if (event.kind === 'import') for (const one of [event.name, writtenImport(event)]) take(this.ofThing(one));
    if (this.byAncestor.size > 0) {
      const info = classOf(event);
      if (info) for (const list of thingLists.ofAll(ancestorNames(info, { interpreter }))) take(this.byAncestor.get(list));
    }
    if (this.hasExpressions && this.mentions.size > 0) for (const expression of expressionsOf(event)) take(this.ofExpression(expression));
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

  /** By what is called. Names that are the same list each time (`Names`) are looked up once. */
  private ofCalled(interpreter: Interpreter, names: readonly string[]): readonly Item[] {
    const known = this.answersForCalled.get(names);
    if (known) return known;
    const items = names.flatMap((name) => this.ofThing(name));
    if (this.bySink.size > 0)
      for (const name of names)
        for (const harm in rowOfCalled(interpreter, name, names)?.sinks) items.push(...(this.bySink.get(harm) ?? []));
    this.answersForCalled.set(names, items);
    return items;
  }

  private ofThing(name: string): readonly Item[] {
    return this.byCallee.size === 0 ? [] : [...thingLists.of(name)].flatMap((list) => this.byCallee.get(list) ?? []);
  }

  /** By the names that an expression mentions, which are the same whenever it is evaluated. */
  private ofExpression(expression: Expr): readonly Item[] {
    const known = this.answersForExpressions.get(expression);
    if (known) return known;
    const items = mentionedNames(expression).flatMap((name) => this.mentions.of(name));
    this.answersForExpressions.set(expression, items.length === 0 ? NO_ITEMS : items);
    return items;
  }
}

const NO_ITEMS: readonly never[] = [];

/** Where the expressions of an event are not looked through: whether what one is to mention stands anywhere in its file. */
function inFile(key: Key): Key {
  if (key.in !== 'mention' && key.in !== 'mentioned-word') return key;
  const wanted = key.text.toLowerCase();
  const answers = new WeakMap<Module, boolean>();
  const holds = ({ event }: TestContext): boolean => {
    const { module } = event.frame.state;
    const known = answers.get(module);
    if (known !== undefined) return known;
    const answer = module.text.toLowerCase().includes(wanted);
    answers.set(module, answer);
    return answer;
  };
  return { in: 'gate', id: `file with ${wanted}`, test: holds };
}

/** Events with expressions, so that names mentioned there can be looked up. */
const EXPRESSIVE: ReadonlySet<Event['kind']> = new Set(['compare', 'test', 'return', 'iterate', 'assert', 'store']);

/** Items by plain names, their words and tests of names. What is found is remembered: the same names come again and again. */
class NameTable<Item> {
  readonly exact = new Map<string, Item[]>();
  readonly words = new Map<string, Item[]>();
  readonly tests = new Map<(name: string) => boolean, Item[]>();
  private readonly answers = new Map<string, readonly Item[]>();

  get size(): number {
    return this.exact.size + this.words.size + this.tests.size;
  }

  of(name: string): readonly Item[] {
    const known = this.answers.get(name);
    if (known) return known;
    const items = [...(this.exact.get(name) ?? [])];
    if (this.words.size > 0) for (const word of wordsOf(name)) items.push(...(this.words.get(word) ?? []));
    for (const [test, ofTest] of this.tests) if (test(name)) items.push(...ofTest);
    if (this.answers.size > MAX_ANSWERS) this.answers.clear();
    this.answers.set(name, items.length === 0 ? NO_ITEMS : items);
    return items;
  }
}
/** Names remembered; enough for those of one file after another. */
const MAX_ANSWERS = 20_000;

function push<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
