import type { TemplateArgument, TemplateDialect, TemplateExpr } from '../../ir/template.ts';
import { TokenCursor } from './token-cursor.ts';
import type { Token } from './tokens.ts';

/** Deeper expressions are cut off there: enough for any that a person writes. */
const MAX_DEPTH = 60;
const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '>', '<=', '>=', 'in', 'is']);

/**
 * Reads expressions of both languages off their tokens: Jinja's are like Python's with filters, Django's have paths and filters, and in `{% if %}`
 * conditions. What neither allows ends the expression.
 */
export class ExpressionParser extends TokenCursor {
  private readonly dialect: TemplateDialect;
  private depth = 0;

  constructor(tokens: readonly Token[], dialect: TemplateDialect) {
    super(tokens);
    this.dialect = dialect;
  }

  expression(): TemplateExpr {
    const { start } = this.next;
    if (this.depth >= MAX_DEPTH) return { kind: 'plain', operands: [], ...this.rest() };
    this.depth++;
    let value = this.or();
    if (this.dialect === 'jinja' && this.takes('if')) {
      this.or();
      const otherwise = this.takes('else') ? [this.expression()] : [];
      value = { kind: 'choice', options: [value, ...otherwise], ...this.since(start) };
    }
    this.depth--;
    return value;
  }

  private or(): TemplateExpr {
    const { start } = this.next;
    const options = [this.and()];
    while (this.takes('or')) options.push(this.and());
    return options.length === 1 && options[0] ? options[0] : { kind: 'choice', options, ...this.since(start) };
  }

  private and(): TemplateExpr {
    const { start } = this.next;
    const operands = [this.not()];
    while (this.takes('and')) operands.push(this.not());
    return operands.length === 1 && operands[0] ? operands[0] : { kind: 'all', operands, ...this.since(start) };
  }

  private not(): TemplateExpr {
    const { start } = this.next;
    return this.takes('not') ? { kind: 'plain', operands: [this.not()], ...this.since(start) } : this.comparison();
  }

  private comparison(): TemplateExpr {
    const { start } = this.next;
    let left = this.sum();
    for (;;) {
      const isNegated = this.next.text === 'not' && this.beyond?.text === 'in';
      if (!isNegated && !(this.next.kind !== 'string' && COMPARISONS.has(this.next.text))) return left;
      if (isNegated) this.skip();
      const op = isNegated ? 'not in' : this.next.text;
      this.skip();
      if (op === 'is' && this.dialect === 'jinja') left = this.test(left, start);
      else left = { kind: 'compare', op, left, right: this.sum(), ...this.since(start) };
    }
  }

  /** `x is divisibleby 3`, `x is not none`: the name of a test, and perhaps an argument. */
  private test(left: TemplateExpr, start: number): TemplateExpr {
    const op = this.takes('not') ? 'is not' : 'is';
    const test = this.name() ?? '';
    const { kind, text } = this.next;
    const hasArgument =
      kind === 'string' || kind === 'number' || text === '(' || (kind === 'name' && !/^(?:and|or|if|else|not|in|is)$/.test(text));
    const right = hasArgument ? { right: this.postfix() } : {};
    return { kind: 'compare', op, left, test, ...right, ...this.since(start) };
  }

  private sum(): TemplateExpr {
    const { start } = this.next;
    let value = this.product();
    for (;;) {
      if (this.dialect === 'dtl' || this.next.kind !== 'sign') return value;
      if (this.takes('+') || this.takes('~')) {
        const parts = value.kind === 'joined' ? value.parts : [value];
        value = { kind: 'joined', parts: [...parts, this.product()], ...this.since(start) };
      } else if (this.takes('-')) value = { kind: 'plain', operands: [value, this.product()], ...this.since(start) };
      else return value;
    }
  }

  /** `%` puts values into a text. */
  private product(): TemplateExpr {
    const { start } = this.next;
    let value = this.unary();
    for (;;) {
      if (this.dialect === 'dtl' || this.next.kind !== 'sign') return value;
      if (this.takes('%')) value = { kind: 'joined', parts: [value, this.unary()], ...this.since(start) };
      else if (['*', '/', '//', '**'].some((sign) => this.takes(sign)))
        value = { kind: 'plain', operands: [value, this.unary()], ...this.since(start) };
      else return value;
    }
  }

  private unary(): TemplateExpr {
    const { start } = this.next;
    if (this.next.kind === 'sign' && (this.takes('-') || this.takes('+')))
      return { kind: 'plain', operands: [this.unary()], ...this.since(start) };
    return this.postfix();
  }

  private postfix(): TemplateExpr {
    const { start } = this.next;
    let value = this.primary();
    for (;;) {
      if (this.next.kind !== 'sign') return value;
      const isCallable = this.dialect === 'jinja' || (value.kind === 'name' && value.id === '_');
      if (this.takes('.')) {
        const key = this.key();
        if (key === undefined) return value;
        // The tokens of `rows.0.1` have one number, `0.1`.
        for (const part of key.split('.')) value = { kind: 'look-up', object: value, key: part, ...this.since(start) };
      } else if (this.dialect === 'jinja' && this.takes('[')) {
        const index = this.index();
        value = { kind: 'item', object: value, index, ...this.since(start) };
      } else if (isCallable && this.takes('(')) {
        const args = this.args();
        value = { kind: 'call', callee: value, args, ...this.since(start) };
      } else if (this.takes('|')) value = this.filter(value, start);
      else return value;
    }
  }

  private key(): string | undefined {
    const { kind, text } = this.next;
    if (kind !== 'name' && kind !== 'number') return undefined;
    this.skip();
    return text;
  }

  private filter(value: TemplateExpr, start: number): TemplateExpr {
    let name = this.name() ?? '';
    while (this.dialect === 'jinja' && this.takes('.')) name += `.${this.name() ?? ''}`;
    let args: readonly TemplateArgument[] = [];
    if (this.dialect === 'jinja' && this.takes('(')) args = this.args();
    else if (this.dialect === 'dtl' && this.takes(':')) args = [{ value: this.path() }];
    return { kind: 'filter', value, name, args, ...this.since(start) };
  }

  /** An argument of a filter of Django, which has no filters itself. */
  private path(): TemplateExpr {
    const { start } = this.next;
    let value = this.primary();
    while (this.next.kind === 'sign' && this.takes('.')) {
      const { text } = this.next;
      this.skip();
      value = { kind: 'look-up', object: value, key: text, ...this.since(start) };
    }
    return value;
  }

  /** `a[1]`, `a[1:2]`; a slice of a text is part of it. */
  private index(): TemplateExpr {
    const { start } = this.next;
    const parts: TemplateExpr[] = [];
    let isSlice = false;
    while (!this.isDone && !this.takes(']')) {
      if (this.takes(':') || this.takes(',')) isSlice = true;
      else parts.push(this.step());
    }
    const [only] = parts;
    return only && !isSlice ? only : { kind: 'plain', operands: parts, ...this.since(start) };
  }

  /** The next expression, or a sign that starts none. */
  private step(): TemplateExpr {
    const before = this.position;
    const value = this.expression();
    if (this.position === before) this.skip();
    return value;
  }

  /** Up to the closing parenthesis, which is passed. */
  args(): readonly TemplateArgument[] {
    const args: TemplateArgument[] = [];
    while (!this.isDone && !this.takes(')')) {
      if (this.takes(',') || this.takes('*') || this.takes('**')) continue;
      args.push(this.argument());
    }
    return args;
  }

  argument(): TemplateArgument {
    const { kind, text } = this.next;
    if (kind !== 'name' || this.beyond?.text !== '=') return { value: this.step() };
    this.skip(2);
    return { name: text, value: this.step() };
  }

  private primary(): TemplateExpr {
    const { kind, text, start } = this.next;
    if (kind === 'end') return { kind: 'literal', value: null, start, end: start };
    this.skip();
    switch (kind) {
      case 'string':
        return { kind: 'literal', value: text, ...this.since(start) };
      case 'number':
        return { kind: 'literal', value: Number(text), ...this.since(start) };
      case 'name':
        return CONSTANTS.has(text)
          ? { kind: 'literal', value: CONSTANTS.get(text) ?? null, ...this.since(start) }
          : { kind: 'name', id: text, ...this.since(start) };
      case 'sign':
        return this.collection(text, start);
    }
  }

  private collection(sign: string, start: number): TemplateExpr {
    if (sign === '{') {
      const entries: { key: TemplateExpr; value: TemplateExpr }[] = [];
      while (!this.isDone && !this.takes('}')) {
        const key = this.step();
        if (this.takes(':')) entries.push({ key, value: this.step() });
        this.takes(',');
      }
      return { kind: 'dict', entries, ...this.since(start) };
    }
    const close = sign === '(' ? ')' : sign === '[' ? ']' : undefined;
    if (close === undefined) return { kind: 'plain', operands: [], ...this.since(start) };
    const elements: TemplateExpr[] = [];
    let isTuple = sign === '[';
    while (!this.isDone && !this.takes(close)) {
      if (this.takes(',')) isTuple = true;
      else elements.push(this.step());
    }
    const [only] = elements;
    return only && !isTuple ? only : { kind: 'list', elements, ...this.since(start) };
  }
}

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);
