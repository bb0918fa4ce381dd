import { iterated } from '../../evaluate/expressions/iterate.ts';
import { getItem } from '../../evaluate/expressions/subscripts.ts';
import type { Frame } from '../../evaluate/frame.ts';
import { type Interpreter, site } from '../../evaluate/interpreter.ts';
import { newModuleState } from '../../evaluate/statements/run-module.ts';
import type { Printed } from '../../evaluate/values/printed.ts';
import { truthOf } from '../../evaluate/values/truth.ts';
import { elementOf } from '../../evaluate/values/types.ts';
import { int, NOTHING, opaque, type Value } from '../../evaluate/values/value.ts';
import type { Span } from '../../ir/nodes.ts';
import type { TemplateBinding, TemplateExpr, TemplateNode } from '../../ir/template.ts';
import { isComputed } from './given-objects.ts';
import { HtmlContext } from './html-context.ts';
import { calledMacro, macrosOf, passedTo } from './macros.ts';
import { isMarkedSafe } from './marked-safe.ts';
import { Names } from './names.ts';
import { isPage } from './pages.ts';
import { entriesOf } from './rendering-call.ts';
import type { Templates } from './rendering-project.ts';
import { provenBy, written } from './template-checks.ts';
import { contextValue } from './template-context.ts';
import type { TemplateFile } from './template-files.ts';
import { resultOf, type TemplateScope, templateValue } from './template-values.ts';
import { unprotected } from './unprotected.ts';

/** Nodes of templates that one rendering looks at: large pages with their layouts have a few thousand. */
const MAX_NODES = 20_000;
/** Templates in templates, and macros in macros: those that name themselves would never end. */
const MAX_NESTING = 20;

/** Where the walk is. */
interface At {
  readonly file: TemplateFile;
  readonly frame: Frame;
  readonly names: Names;
  readonly escapes: boolean;
  /** Expressions that a condition around it shows to be harmless. */
  readonly proven: readonly string[];
}

/** One rendering: walks the template with the values it was given, and notes what is printed unprotected. */
export class Rendering {
  readonly printed: Printed[] = [];
  private readonly interpreter: Interpreter;
  private readonly templates: Templates;
  private readonly caller: Frame;
  private readonly html = new HtmlContext();
  /** What stands in place of the blocks of a layout, the nearest first, with where it is written. */
  private readonly blocks = new Map<string, { readonly at: At; readonly body: readonly TemplateNode[] }[]>();
  private readonly frames = new Map<TemplateFile, Frame>();
  private name = '';
  private left = MAX_NODES;
  private nesting = 0;

  constructor(interpreter: Interpreter, templates: Templates, caller: Frame) {
    this.interpreter = interpreter;
    this.templates = templates;
    this.caller = caller;
  }

  render(file: TemplateFile, context: ReadonlyMap<string, Value>): readonly Printed[] {
    if (!isPage(file)) return [];
    this.name = file.name;
    const names = new Names();
    for (const [name, value] of context) names.bind(name, value);
    this.file(file, names);
    return this.printed;
  }

  private file(file: TemplateFile, names: Names): void {
    if (this.nesting >= MAX_NESTING) return;
    this.nesting++;
    const at: At = { file, frame: this.frameOf(file), names, escapes: true, proven: [] };
    const layout = file.nodes.find((node) => node.kind === 'extends');
    if (layout?.kind === 'extends') this.extend(at, layout.template);
    else this.walk(at, file.nodes);
    this.nesting--;
  }

  private frameOf(file: TemplateFile): Frame {
    const known = this.frames.get(file);
    if (known) return known;
    const { frame } = newModuleState(file.module);
    const own = { ...frame, branch: this.caller.branch, depth: this.caller.depth };
    this.frames.set(file, own);
    return own;
  }

  /** The layout is printed, with the blocks that the template has. Of the rest only what names something counts. */
  private extend(at: At, template: TemplateExpr): void {
    const layout = this.named(at, template);
    for (const node of at.file.nodes) {
      if (node.kind === 'set' || node.kind === 'import' || node.kind === 'macro') this.node(at, node);
      else if (node.kind === 'block') this.override(at, node);
    }
    if (layout) this.file(layout, at.names);
    // The layout of a library is not at hand: what is put into it is a page of its own.
    else for (const node of at.file.nodes) if (node.kind === 'block') this.node(at, node);
  }

  private override(at: At, { name, body }: TemplateNode & { kind: 'block' }): void {
    const known = this.blocks.get(name);
    if (known) known.push({ at, body });
    else this.blocks.set(name, [{ at, body }]);
  }

  private named(at: At, template: TemplateExpr): TemplateFile | undefined {
    for (const atom of templateValue(this.scope(at), template))
      if (atom.kind === 'constant' && atom.literal.type === 'str') {
        const found = this.templates.find(atom.literal.value, at.file);
        if (found) return found;
      }
    return undefined;
  }

  private walk(at: At, nodes: readonly TemplateNode[]): void {
    for (const node of nodes) {
      if (this.left-- <= 0) return;
      this.node(at, node);
    }
  }

  private node(at: At, node: TemplateNode): void {
    const { interpreter } = this;
    switch (node.kind) {
      case 'text':
        this.html.feed(at.file.module.text.slice(node.start, node.end));
        return;
      case 'print':
        this.print(at, node, node.value);
        return;
      case 'if':
        this.branches(at, node);
        return;
      case 'for': {
        const iterable = iterated(interpreter, at.frame, templateValue(this.scope(at), node.iterable), node.iterable);
        const element = elementOf(interpreter, iterable, { via: 'element', of: iterable, site: site(at.frame, node.iterable) });
        const inside = this.inside(at);
        this.bind(inside, node.names, element, node);
        this.walk(inside, node.body);
        this.walk(at, node.otherwise);
        return;
      }
      case 'set':
        this.bindAll(at, at, node.bindings, node);
        return;
      case 'with': {
        const inside = this.inside(at);
        this.bindAll(inside, at, node.bindings, node);
        this.walk(inside, node.body);
        return;
      }
      case 'block':
        this.block(at, node);
        return;
      case 'include': {
        const file = this.named(at, node.template);
        const names = new Names(node.only ? undefined : at.names);
        this.bindAll({ ...at, names }, at, node.bindings, node);
        if (file) this.file(file, names);
        return;
      }
      case 'import':
        this.import(at, node);
        return;
      case 'macro':
        at.names.define(node.name, { file: at.file, params: node.params, body: node.body, names: at.names });
        return;
      case 'autoescape':
        this.walk({ ...at, escapes: node.on }, node.body);
        return;
      case 'tag':
        this.tag(at, node);
        return;
      case 'extends':
        return;
    }
  }

  /** A tag of the project: prints what its function gives, or another template with that, or gives it a name. */
  private tag(at: At, node: TemplateNode & { kind: 'tag' }): void {
    const tag = this.templates.tag(node.name);
    const scope = this.scope(at);
    const context = tag?.takesContext ? [{ value: contextValue(at.names, at.frame, node), node }] : [];
    const value = tag ? resultOf(scope, tag.made, node.args, node, ...context) : opaqueAt(at, node);
    if (node.target !== undefined) at.names.bind(node.target, value);
    else if (tag?.template === undefined) {
      if (tag) this.printValue(at, node, value, false, true);
    } else {
      const file = this.templates.find(tag.template, at.file);
      const names = new Names();
      for (const [name, one] of entriesOf(value, at.frame)) names.bind(name, one);
      if (file) this.file(file, names);
    }
  }

  private inside(at: At): At {
    return { ...at, names: new Names(at.names) };
  }

  private branches(at: At, { branches }: TemplateNode & { kind: 'if' }): void {
    const before = this.html.copy();
    let after: HtmlContext | undefined;
    for (const { test, body } of branches) {
      const truth = test && truthOf(templateValue(this.scope(at), test));
      if (truth === false) continue;
      this.html.take(before);
      this.walk(test ? { ...at, proven: [...at.proven, ...provenBy(test, at.file.module.text)] } : at, body);
      after ??= this.html.copy();
      if (truth === true) break;
    }
    this.html.take(after ?? before);
  }

  private block(at: At, { name, body }: TemplateNode & { kind: 'block' }): void {
    const [nearest] = this.blocks.get(name) ?? [];
    if (nearest && nearest.at.file !== at.file) this.walk(nearest.at, nearest.body);
    else this.walk(this.inside(at), body);
  }

  private bindAll(to: At, from: At, bindings: readonly TemplateBinding[], node: Span): void {
    for (const { names, value } of bindings) {
      if (value && names.length === 1) to.names.bind(names[0] ?? '', templateValue(this.scope(from), value), this.isSafe(from, value));
      else for (const name of names) to.names.bind(name, opaqueAt(to, node));
    }
  }

  private bind(at: At, names: readonly string[], value: Value, node: Span): void {
    names.forEach((name, index) => {
      const part = names.length === 1 ? value : getItem(this.interpreter, at.frame, value, int(index), node, undefined);
      at.names.bind(name, part);
    });
  }

  private import(at: At, node: TemplateNode & { kind: 'import' }): void {
    const macros = macrosOf(this.named(at, node.template));
    if (node.alias !== undefined) at.names.define(node.alias, macros);
    for (const { name, alias } of node.names) {
      const macro = macros.get(name);
      if (macro) at.names.define(alias, macro);
    }
  }

  /** Whether a call is one of a macro, whose body is then walked with what it is passed. */
  private macro(at: At, call: TemplateExpr & { kind: 'call' }): boolean {
    const known = calledMacro(at.names, call);
    if (!known) return false;
    if (this.nesting >= MAX_NESTING) return true;
    this.nesting++;
    const inside: At = { file: known.file, frame: this.frameOf(known.file), names: new Names(known.names), escapes: true, proven: [] };
    known.params.forEach(({ name, default: fallback }, index) => {
      const passed = passedTo(call, name, index);
      const value = passed ? templateValue(this.scope(at), passed) : fallback ? templateValue(this.scope(inside), fallback) : NOTHING;
      inside.names.bind(name, value, passed !== undefined && this.isSafe(at, passed));
    });
    this.walk(inside, known.body);
    this.nesting--;
    return true;
  }

  private scope(at: At): TemplateScope {
    return {
      interpreter: this.interpreter,
      frame: at.frame,
      dialect: at.file.dialect,
      escapes: at.escapes,
      name: (id, node) => at.names.value(id)?.value ?? this.templates.global(id, { frame: at.frame, node }),
      filter: (name) => this.templates.filter(name, at.file),
      called: (call) => {
        if (this.macro(at, call)) return NOTHING;
        return call.callee.kind === 'name' ? this.templates.given(call.callee.id, call.args.length > 0) : undefined;
      },
    };
  }

  private isSafe(at: At, expr: TemplateExpr): boolean {
    return isMarkedSafe(expr, (name) => at.names.value(name)?.isSafe ?? false);
  }

  private print(at: At, node: Span, expr: TemplateExpr): void {
    const value = templateValue(this.scope(at), expr);
    if (at.proven.includes(written(expr, at.file.module.text))) this.html.print();
    else this.printValue(at, node, value, this.isSafe(at, expr), this.isMade(at, expr));
  }

  /** Whether a function of the project may have made it here, which nobody has judged before. */
  private isMade(at: At, expr: TemplateExpr): boolean {
    if (expr.kind === 'filter') return true;
    const member = expr.kind === 'call' ? expr.callee : expr;
    return member.kind === 'look-up' && isComputed(at.frame, templateValue(this.scope(at), member.object), member.key);
  }

  /** Something is printed: `isMarked`, as it is; `isMade` by a function of the project, what that marked as it is. */
  private printValue(at: At, node: Span, value: Value, isMarked: boolean, isMade: boolean): void {
    const place = this.html.place();
    this.html.print();
    const found = unprotected(this.interpreter, { value, isMarked, isMade, place, escapes: at.escapes });
    if (found) this.printed.push({ ...found, site: site(at.frame, node), template: this.name });
  }
}

function opaqueAt(at: At, node: Span): Value {
  return opaque({ via: 'unresolved', name: '', site: site(at.frame, node) });
}
