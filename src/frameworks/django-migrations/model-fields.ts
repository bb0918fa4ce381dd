import { type Ancestor, ancestors, type ClassInfo } from '../../evaluate/classes/class-info.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import type { Value } from '../../evaluate/values/value.ts';
import type { Span } from '../../ir/nodes.ts';
import { assignmentOf } from '../assignment-of.ts';
import { callOf } from '../routes/values.ts';
import { isConcrete } from './concrete-models.ts';

/** What a model says of its table. */
export interface ModelFields {
  /** Fields of Django itself, or classes of the project that extend one: what they add to a table is known. */
  readonly declared: readonly { readonly name: string; readonly place: Span }[];
  /** Whatever the class and what it inherits from give a name. */
  readonly names: ReadonlySet<string>;
  /** There may be further fields: an ancestor or a field is not known. */
  readonly isOpen: boolean;
}

/** https://docs.djangoproject.com/en/stable/ref/models/fields/ */
const DJANGO_FIELD = /^django\.(?:db|contrib\.(?:gis\.db|postgres))\.(?:models\.)?(?:[a-z_]+\.)*(?:\w+Field|ForeignKey)$/;
const NO_COLUMN = /(?:^|\.)Generic\w+$/;

export function fieldsOfModel(model: ClassInfo): ModelFields {
  const parts = tablePart(model);
  const classes = parts.flatMap((one) => (one.kind === 'class' ? [one.info] : []));
  let isOpen = model.decorators.length > 0 || classes.some((info) => info.bases.some((base) => !isKnown(base)));
  isOpen ||= parts.some(
    (one) => one.kind === 'library' && !/^django\.(?:contrib\.gis\.)?db\.models\.(?:base\.)?Model$|^builtins\.object$/.test(one.name),
  );
  const names = new Set<string>();
  const declared = new Map<string, Span>();
  for (const info of classes)
    for (const name of info.namespace.keyNames()) {
      // The nearest class says what a name is.
      if (names.has(name)) continue;
      names.add(name);
      const kind = fieldKind(info.namespace.read(name, ROOT_BRANCH));
      const place = placeOf(info, name);
      if (kind === 'other') isOpen = true;
      else if (kind === 'field' && place) declared.set(name, info === model ? place : nameOf(model));
    }
  return { declared: [...declared].map(([name, place]) => ({ name, place })), names, isOpen };
}

/** The class, and those of its ancestors whose fields become columns of its own table. */
function tablePart(model: ClassInfo): readonly Ancestor[] {
  const order = ancestors(model);
  const elsewhere = new Set<ClassInfo>();
  for (const one of order)
    if (one.kind === 'class' && one.info !== model && isConcrete(one.info))
      for (const further of ancestors(one.info)) if (further.kind === 'class') elsewhere.add(further.info);
  return order.filter((one) => one.kind === 'library' || !elsewhere.has(one.info));
}

function isKnown(base: Value): boolean {
  return base.length === 1 && (base[0]?.kind === 'class' || base[0]?.kind === 'symbol');
}

/** `other`: what it does to the table is not known. */
function fieldKind(value: Value | undefined): 'field' | 'other' | 'none' {
  const [atom, ...more] = value ?? [];
  if (!atom) return 'none';
  if (atom.kind === 'object') {
    const isField = ancestors(atom.info).some((one) => one.kind === 'library' && DJANGO_FIELD.test(one.name));
    if (!isField) return 'none';
    return contributes(atom.info) ? 'other' : 'field';
  }
  const call = callOf(atom);
  if (!call) return 'none';
  const [name] = call.names;
  if (name === undefined || more.length > 0) return 'other';
  if (NO_COLUMN.test(name)) return 'none';
  if (DJANGO_FIELD.test(name)) return 'field';
  return /(?:Field|Key|Tags|Manager|Descriptor)\w*$/.test(name) ? 'other' : 'none';
}

function contributes(info: ClassInfo): boolean {
  return ancestors(info).some((one) => one.kind === 'class' && one.info.namespace.read('contribute_to_class', ROOT_BRANCH) !== undefined);
}

/** A statement of the class body itself: what stands under a condition may not be there. */
function placeOf({ node }: ClassInfo, name: string): Span | undefined {
  const found = assignmentOf(node.body, name);
  return found && { start: found.start, end: found.end };
}

function nameOf({ node }: ClassInfo): Span {
  return { start: node.nameStart, end: node.nameEnd };
}
