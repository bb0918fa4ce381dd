import type { Names } from '../values/name-table.ts';

/** A constant of a library, or a list of texts. */
export type LibraryConstant = string | number | boolean | null | readonly string[];

/**
 * How a library behaves, as data: rows of `rules/models/*.json` (the schema is rules/model-schema.ts). Each row is about one qualified name.
 * A *type expression* in `type`, `returns`, `element` or `enters` says what a value is:
 * `flask.Request` an instance of that class · `django.db.models.Manager[$class]` one that is about another value ·
 * `$self` the receiver · `$like` something else of its type · `$of` an instance of what the receiver is about · `$class` the receiver's class · `$arg(0)` an argument ·
 * `$instance(0)` an instance of the class passed there · `$element(0)` an element of it · `symbol:os.environ` the library thing of that name ·
 * `list[X]` a list of such values, `tuple[X, Y]` a pair with one of each.
 */
export interface ModelRow {
  readonly name: string;
  /** Another qualified name for the same thing; everything below the name is renamed as well. */
  readonly alias?: string;
  /** It is a class; `bases` are its library classes. Calling it gives an instance. */
  readonly class?: boolean;
  readonly bases?: readonly string[];
  /** It is a value (a module variable, an attribute) of this type. */
  readonly type?: string;
  /** What calling it gives. */
  readonly returns?: string;
  /** Calling it gives this attribute of the receiver. */
  readonly gives?: string;
  /** It gives the row of a database that has the values passed by name, or raises; `loosely`: as the database compares them, whatever the column's type. */
  readonly finds?: 'exactly' | 'loosely';
  /** A form's own check calls it to refuse what was sent, and goes on. */
  readonly refuses?: boolean;
  /** It raises an exception of this class where it cannot read its first argument, and the text of that shows it as `repr()` does. */
  readonly raises?: string;
  /** It has this constant value. */
  readonly constant?: LibraryConstant;
  /** Names of the parameters in positional order, so that rules can name an argument once. */
  readonly params?: readonly string[];
  /** What iterating over or subscripting an instance of this class gives. */
  readonly element?: string;
  /** What `with` or `await` gives on an instance of this class; itself when absent. */
  readonly enters?: string;
  /** The value comes from outside: kinds such as `request`; `stored` counts in the wider profiles alone. Inherited by what is taken out of it. */
  readonly source?: readonly string[];
  /** It comes from outside only as far as what its receiver was made of, as this parameter, does: `data` of a form. */
  readonly madeOf?: string;
  /** The result no longer does this harm (`html`, `sql`, …, or `all`). */
  readonly cleans?: readonly string[];
  /** What it gives is harmless in quotes only, in markup between tags as well. */
  readonly needsQuotes?: boolean;
  /** What it gives has quotes of its own around it where it needs them: inside others they end those. */
  readonly bringsQuotes?: boolean;
  /** The argument that, where it is false, leaves quotes as they are: what it gives is harmless between tags alone. */
  readonly quotesUnless?: string;
  /** Harms that what it gives can no longer do where these characters are taken out of it besides: JSON without `<` in a script. */
  readonly cleansWithout?: { readonly [harm: string]: string };
  /** The argument that it puts what it makes harmless behind, and leaves as it is: the folder of `safe_join(folder, name)`. */
  readonly cleansBehind?: string;
  /** It turns back what these functions did, and with it what they made harmless: `base64.b64decode` what `base64.b64encode` did. */
  readonly undoes?: readonly string[];
  /**
   * It reads a text or a file, and what comes out is of these kinds of source besides: `json`, where dicts and lists may stand for strings, and
   * `content`, what is in an archive.
   */
  readonly reads?: readonly string[];
  /** Where it gives something true, or where it returns at all as a statement, its argument no longer does this harm. */
  readonly checks?: readonly string[];
  /** Where it gives something true, the host that it was given first is one of those that it was given besides. */
  readonly checksHost?: boolean;
  /** Arguments that do harm when they come from outside, by the kind of harm: `sql@0` by keyword or position, `receiver`. */
  readonly sinks?: { readonly [harm: string]: readonly string[] };
  /** `false`: the result does not hold what the arguments held; `receiver`: it holds what the receiver held alone, `root.find(path)`. */
  readonly keeps?: boolean | 'receiver';
  /** What it, and what is in it, gives depends on what is passed alone. */
  readonly pure?: boolean;
  /** It is true only where developers run the program. */
  readonly developers?: boolean;
  /** It is a class whose instances hold what they were made from: a path, a parsed URL, a stream in memory. */
  readonly carries?: boolean;
  /** It is a class of open files: no path, though the name of one could become a path. */
  readonly file?: boolean;
  /** It is a class whose instances a database keeps: what code sets on one, other code does not find on another. */
  readonly stored?: boolean;
  /** It is a class or attribute that is a store: what code puts under a key of it, other code finds there. */
  readonly remembers?: boolean;
  /** An instance that stands in a subclass of this one is about the class that it is read of. */
  readonly aboutClass?: string;
  /** Reads the environment: which arguments are the variable's name and the default, and to what it is cast. */
  readonly environment?: {
    readonly name: number | string;
    readonly default?: number | string;
    readonly cast?: number | string;
    readonly as?: string;
    /** Without a default it gives None where the variable is not set. */
    readonly optional?: boolean;
    /** The variable where the call names none: `dj_database_url.config()` reads `DATABASE_URL`. */
    readonly unnamed?: string;
    /** The default is cast like what is read. */
    readonly castsDefault?: boolean;
  };
  /** The evaluator knows an algorithm for it: see evaluate/behaviours.ts. */
  readonly behaves?: string;
  /** As a decorator it replaces the function by something of the type of `returns`, instead of keeping it. */
  readonly replaces?: boolean;
}

/** One row of two about the same name: what both list adds up, as each file speaks of its own kinds of harm. */
function joined(before: ModelRow | undefined, row: ModelRow): ModelRow {
  if (!before) return row;
  const both = (key: 'source' | 'cleans' | 'checks') =>
    before[key] && row[key] ? { [key]: [...new Set([...before[key], ...row[key]])] } : {};
  const sinks: Record<string, readonly string[]> = { ...before.sinks };
  for (const [harm, places] of Object.entries(row.sinks ?? {})) sinks[harm] = [...new Set([...(sinks[harm] ?? []), ...places])];
  return { ...before, ...row, ...both('source'), ...both('cleans'), ...both('checks'), ...(before.sinks && row.sinks ? { sinks } : {}) };
}

function saysWhatItIs(row: ModelRow): boolean {
  return (row.type ?? row.returns ?? row.behaves ?? row.constant ?? row.class ?? row.environment) !== undefined;
}

/** Looks models up by qualified name; built once from all rows. `settled` are the rows of a model that was built before. */
export class LibraryModel {
  private readonly rows = new Map<string, ModelRow>();
  private readonly aliases = new Map<string, string>();
  private readonly orders = new Map<string, Names>();
  private readonly sources = new WeakMap<Names, readonly string[]>();
  private members: ReadonlySet<string> | undefined;
  private readonly canonicalNames = new Map<string, string>();
  private readonly assumptions: { readonly suffix: string; readonly row: ModelRow }[] = [];

  constructor(rows: readonly ModelRow[], settled: readonly ModelRow[] = []) {
    for (const row of settled) {
      if (row.alias !== undefined) this.aliases.set(row.name, row.alias);
      else if (!this.assume(row)) this.rows.set(row.name, row);
    }
    if (rows.length === 0) return;
    for (const row of rows) if (row.alias !== undefined) this.aliases.set(row.name, row.alias);
    for (const row of rows) {
      if (row.alias !== undefined || this.assume(row)) continue;
      const name = this.canonical(row.name);
      // Several files may speak of one name: what it is, and what it does with values from outside.
      this.rows.set(name, joined(this.rows.get(name), name === row.name ? row : { ...row, name }));
    }
    for (const row of this.rows.values()) this.inheritRest(row);
  }

  /** One row for each name, with all that is said of it: those that a model is built from sooner. */
  settled(): readonly ModelRow[] {
    return [
      ...[...this.aliases].map(([name, alias]) => ({ name, alias })),
      ...this.assumptions.map(({ row }) => row),
      ...this.rows.values(),
    ];
  }

  private assume(row: ModelRow): boolean {
    const isAssumption = row.name.startsWith('*.');
    if (isAssumption) this.assumptions.push({ suffix: row.name.slice(1), row });
    return isAssumption;
  }

  /** The one name under which models and rules know a thing that has several. */
  canonical(name: string): string {
    const known = this.canonicalNames.get(name);
    if (known !== undefined) return known;
    let result = name;
    // An alias may lead to another; a table with a circle must not hang.
    for (let hops = 0; hops < 4; hops++) {
      const next = this.renameOnce(result);
      if (next === undefined || next === result) break;
      result = next;
    }
    this.canonicalNames.set(name, result);
    return result;
  }

  private renameOnce(name: string): string | undefined {
    let end = name.length;
    while (end > 0) {
      const alias = this.aliases.get(name.slice(0, end));
      if (alias !== undefined) return alias + name.slice(end);
      end = name.lastIndexOf('.', end - 1);
    }
    return undefined;
  }

  row(name: string): ModelRow | undefined {
    return this.rows.get(name);
  }

  /** Last parts of the names of what comes from outside: `args`, `POST`, `get_json`. */
  get sourceMembers(): ReadonlySet<string> {
    this.members ??= new Set([...this.rows].flatMap(([name, { source }]) => (source ? [name.slice(name.lastIndexOf('.') + 1)] : [])));
    return this.members;
  }

  /** Kinds of source that things of these names are. Remembered by the list itself, see `Names`. */
  sourcesOf(names: Names): readonly string[] {
    const known = this.sources.get(names);
    if (known) return known;
    const kinds = [...new Set(names.flatMap((name) => this.rows.get(name)?.source ?? []))];
    this.sources.set(names, kinds);
    return kinds;
  }

  /** A row that holds for names with this ending in modules that are not at hand (`*.objects`). */
  assumed(name: string): ModelRow | undefined {
    return this.assumptions.find((assumption) => name.endsWith(assumption.suffix))?.row;
  }

  isClass(name: string): boolean {
    return this.rows.get(name)?.class === true;
  }

  /** The class and its library ancestors, nearest first. */
  order(type: string): Names {
    const known = this.orders.get(type);
    if (known) return known;
    const order = [type];
    this.orders.set(type, order);
    for (const base of this.rows.get(type)?.bases ?? [])
      for (const name of this.order(this.canonical(base))) if (!order.includes(name)) order.push(name);
    return order;
  }

  isSubclass(type: string, ancestor: string): boolean {
    return type === ancestor || this.order(type).includes(ancestor);
  }

  /** The row of an attribute or method of a class, inherited ones included. */
  member(type: string, name: string): ModelRow | undefined {
    for (const ancestor of this.order(type)) {
      const row = this.rows.get(`${ancestor}.${name}`);
      if (row) return row;
    }
    return undefined;
  }

  /** A row that says only what a method does with values from outside leaves the rest as its class inherits it. */
  private inheritRest(row: ModelRow): void {
    const dot = row.name.lastIndexOf('.');
    const owner = row.name.slice(0, dot);
    if (dot < 0 || saysWhatItIs(row) || !this.isClass(owner)) return;
    for (const ancestor of this.order(owner).slice(1)) {
      const inherited = this.rows.get(ancestor + row.name.slice(dot));
      if (inherited && saysWhatItIs(inherited)) return void this.rows.set(row.name, { ...inherited, ...row });
    }
  }

  /** A property of the class row, inherited. */
  classRow<Key extends 'element' | 'enters' | 'source' | 'file'>(type: string, key: Key): ModelRow[Key] | undefined {
    for (const ancestor of this.order(type)) {
      const value = this.rows.get(ancestor)?.[key];
      if (value !== undefined) return value;
    }
    return undefined;
  }
}
