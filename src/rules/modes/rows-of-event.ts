import { ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import type { Event } from '../../evaluate/events.ts';
import type { Frame } from '../../evaluate/frame.ts';
import type { Atom, Value } from '../../evaluate/values/value.ts';
import type { Expr } from '../../ir/nodes.ts';
import { classOf } from '../event-parts.ts';
import { classAttribute } from '../terms/class-terms.ts';

/**
 * The classes of the project whose instances an event is about: what a call is made on, takes and gives, what a comparison compares, what is
 * set an attribute of, and what any of that is an attribute of; of a class its `model`. So `may_edit(request.user, note)`, `may_read(user, note.book.id)` and
 * `note.author != request.user` are all about notes.
 */
export function rowsOf(event: Event): readonly ClassInfo[] {
  switch (event.kind) {
    case 'call': {
      const { positional, keywords } = event.args;
      const passed = [...positional, ...keywords].map(({ value }) => value);
      const owners = event.node.args.map(({ value }) => ownerOf(value, event.frame));
      const values = [event.receiver, event.result, ...passed, ...owners];
      return mostSpecific([...rowsAmong(event, values), ...classesAmong(event.receiver)]);
    }
    case 'compare':
      return rowsAmong(event, [event.left, event.right, ownerOf(event.leftNode, event.frame), ownerOf(event.rightNode, event.frame)]);
    case 'store':
      return rowsAmong(event, [event.object]);
    case 'class':
      return modelsOf(event.info);
    default:
      return [];
  }
}

/** The class whose rows a generic view is about: `model = Note`. */
function modelsOf(info: ClassInfo): readonly ClassInfo[] {
  return classAttribute(info, 'model')?.flatMap((atom) => (atom.kind === 'class' ? [atom.info] : [])) ?? [];
}

/** Where both a class and its base are named, as `Note.get(id)` does whose method stands in a base of all models, it is about the former. */
function mostSpecific(rows: readonly ClassInfo[]): readonly ClassInfo[] {
  return [...new Set(rows)].filter((info) => !rows.some((other) => other !== info && extendsClass(other, info)));
}

function extendsClass(info: ClassInfo, base: ClassInfo): boolean {
  return ancestors(info).some((one) => one.kind === 'class' && one.info === base);
}

/** `Note.delete(id)` is about notes, too. */
function classesAmong(receiver: Value | undefined): readonly ClassInfo[] {
  return receiver?.flatMap((atom) => (atom.kind === 'class' ? [atom.info] : [])) ?? [];
}

/** What the variable holds that a chain of attributes starts with: the note, where its author is compared. */
function ownerOf(node: Expr, { vars }: Frame): Value | undefined {
  if (node.kind !== 'attribute') return undefined;
  let at: Expr = node;
  while (at.kind === 'attribute') at = at.object;
  return at.kind === 'name' ? vars.get(at.id) : undefined;
}

/** The classes of instances, and of what a generic view looks up itself: `self.get_object()` gives one of its `model`, `super().get_queryset()` several. */
function rowsAmong(event: Event, values: readonly (Value | undefined)[]): readonly ClassInfo[] {
  const own = classOf(event);
  return [
    ...new Set(
      values.flatMap(
        (value) =>
          value?.flatMap((atom) => {
            if (atom.kind === 'object') return [atom.info];
            return own && isOwnObject(atom) ? modelsOf(own) : [];
          }) ?? [],
      ),
    ),
  ];
}

function isOwnObject(atom: Atom): boolean {
  if (atom.kind !== 'opaque') return false;
  if (atom.origin.via === 'attribute') return atom.origin.of.some(isOwnObject);
  return atom.origin.via === 'call' && atom.origin.names.some((name) => /\.get_(?:object|queryset)$/.test(name));
}
