import type { Expr, FunctionStmt, LambdaExpr, Span, Stmt } from '../../ir/nodes.ts';
import { forEachChild, isStmt, walk } from '../../ir/walk.ts';
import { isDevelopersSwitch } from './developers-switch.ts';
import { bringsUpToDate, marksExpired } from './housekeeping.ts';
import { localValues, partValues } from './local-values.ts';
import { isMethodOf, isNothing, isRequest, mentionsNothing, nameOf, patternTexts, readsQuery, textsOf } from './method-words.ts';
import { givesWhatIsThere, isGetOrCreate, makesWhatIsMissing, namesNothingOfRequest } from './missing-things.ts';
import { NO_SWITCHES, type Switches } from './passed-switches.ts';
import { isHeaders, isScriptHeader, readsScriptHeader, saysOfScript } from './script-header.ts';

/** What a test says while a request by the method in question is handled. */
type Answer = 'yes' | 'no' | 'maybe';

/** Methods whose requests carry a body that browsers fill from a form. */
const WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** Where frameworks keep what was sent in the body. https://docs.djangoproject.com/en/stable/ref/request-response/, https://flask.palletsprojects.com/en/stable/api/#flask.Request */
const BODY = /^(?:POST|FILES|form|files|json|data)$/;
const READS_BODY = /^(?:get_json|get_data|raw_post_data)$/;
/** What is true only for what was sent by a form. https://flask-wtf.readthedocs.io/en/latest/quickstart/#validating-forms */
const SUBMITTED = /^(?:validate_on_submit|is_submitted)$/;
/** What raises for an object that is named by nothing; `get` only with keywords, a dictionary has none. */
const FINDS = /^(?:get|create|get_object_or_404|get_or_404|aget|acreate)$/;
const BARRIER = /^(?:abort|exit|_exit)$/;

/**
 * The parts of a function that no request by this method gets to, as far as its own tests of the method, the form and the body tell. What only
 * makes something that was missing, whoever asks, changes nothing for a request that reads; what a GET needs a header of a script for, no
 * link leads to; and what is for developers does not happen on a server.
 */
export function unreachedBy(node: FunctionStmt | LambdaExpr, method: string, switches: Switches = NO_SWITCHES): readonly Span[] {
  if (node.kind === 'lambda') return [];
  const look = new MethodLook(node, method, switches);
  if (isGetOrCreate(node.name) && !WITH_BODY.has(method)) look.leaveOut(node.body);
  else look.block(node.body);
  return look.unreached;
}

class MethodLook {
  readonly unreached: Span[] = [];
  private readonly method: string;
  private readonly node: FunctionStmt;
  private readonly switches: Switches;
  private readonly locals: ReadonlyMap<string, readonly Expr[]>;
  /** What variables are taken out of: elements of what a call gives, one after the other. */
  private readonly parts: ReadonlyMap<string, readonly Expr[]>;
  private readonly asking = new Set<Expr>();

  constructor(node: FunctionStmt, method: string, switches: Switches) {
    this.method = method;
    this.node = node;
    this.switches = switches;
    this.locals = localValues(node);
    this.parts = partValues(node);
  }

  /** Whether the request may get behind the statements. */
  block(statements: readonly Stmt[]): boolean {
    for (const [at, statement] of statements.entries()) {
      const rest = statements.slice(at + 1);
      const found = givesWhatIsThere(statement);
      if (found && this.keepsHouse(found, rest, false)) this.leaveOut(rest);
      if (this.statement(statement)) continue;
      this.leaveOut(rest);
      return false;
    }
    return true;
  }

  private statement(statement: Stmt): boolean {
    switch (statement.kind) {
      case 'return':
        if (statement.value) this.expression(statement.value);
        return false;
      case 'raise':
      case 'break':
      case 'continue':
        return false;
      case 'if':
        return this.conditional(statement.test, statement.then, statement.otherwise);
      case 'while': {
        if (!this.expression(statement.test)) return false;
        if (this.ask(statement.test) === 'no') this.leaveOut(statement.body);
        else this.block(statement.body);
        return this.block(statement.otherwise);
      }
      case 'for': {
        if (!this.expression(statement.iterable)) return false;
        // Nothing was sent: there is nothing to go through.
        if (this.isEmptyBody(statement.iterable)) this.leaveOut(statement.body);
        else this.block(statement.body);
        return this.block(statement.otherwise);
      }
      case 'with':
        return statement.items.every(({ context }) => this.expression(context)) && this.block(statement.body);
      case 'try': {
        const through = this.block(statement.body) && this.block(statement.otherwise);
        // A handler may be what answers where the body of the request is missing.
        const handled = statement.handlers.map(({ body }) => this.handler(body)).some(Boolean);
        return this.block(statement.final) && (through || handled);
      }
      case 'match': {
        const isMethod = isMethodOf(statement.subject);
        let isOpen = true;
        let through = false;
        for (const one of statement.cases) {
          const texts = isMethod ? patternTexts(one.pattern) : undefined;
          if (!isOpen || (texts && !texts.includes(this.method))) this.leaveOut(one.body);
          else {
            through = this.block(one.body) || through;
            if (texts?.includes(this.method) && !one.guard) isOpen = false;
          }
        }
        return through || isOpen;
      }
      case 'function':
      case 'class':
        return true;
      default: {
        let through = true;
        forEachChild(statement, (child) => {
          if (!isStmt(child) && !this.expression(child)) through = false;
        });
        return through && !isBarrier(statement);
      }
    }
  }

  private conditional(test: Expr, then: readonly Stmt[], otherwise: readonly Stmt[]): boolean {
    if (!this.expression(test)) return false;
    const answer = this.ask(test);
    if (answer === 'no' || this.keepsHouse(test, then, true)) this.leaveOut(then);
    if (answer === 'yes' || this.keepsHouse(test, otherwise, false)) this.leaveOut(otherwise);
    const first = answer !== 'no' && this.block(then);
    const second = answer !== 'yes' && this.block(otherwise);
    return first || second;
  }

  /** What a request that reads leaves behind on its way is not what it is for. */
  private keepsHouse(test: Expr, branch: readonly Stmt[], holds: boolean): boolean {
    if (WITH_BODY.has(this.method) || branch.length === 0) return false;
    if (holds && (marksExpired(test, branch) || bringsUpToDate(test, branch))) return true;
    return makesWhatIsMissing(test, branch, holds, this.node, this.locals);
  }

  private handler(body: readonly Stmt[]): boolean {
    // What is not there is made, or put right.
    if (!WITH_BODY.has(this.method) && namesNothingOfRequest(body, this.node)) this.leaveOut(body);
    return this.block(body);
  }

  /** Marks what a short-circuit leaves out; `false` where reading the body of the request fails, as there is none. */
  private expression(node: Expr): boolean {
    let through = true;
    if (node.kind === 'lambda' || node.kind === 'comprehension') return true;
    if (node.kind === 'boolean') {
      for (const [at, operand] of node.operands.entries()) {
        if (!this.expression(operand)) return false;
        if (this.ask(operand) === (node.op === 'and' ? 'no' : 'yes')) {
          this.leaveOut(node.operands.slice(at + 1));
          return true;
        }
      }
      return true;
    }
    if (node.kind === 'conditional') {
      const answer = this.ask(node.test);
      if (answer === 'no') this.leaveOut([node.then]);
      else through = this.expression(node.then);
      if (answer === 'yes') this.leaveOut([node.otherwise]);
      else through = this.expression(node.otherwise) && through;
      return through;
    }
    if (this.needsBody(node)) through = false;
    else
      forEachChild(node, (child) => {
        if (!isStmt(child) && !this.expression(child)) through = false;
      });
    // A call does not happen where what it is passed raises.
    if (!through && node.kind === 'call') this.leaveOut([node]);
    return through;
  }

  /** `request.POST["x"]`, `request.get_json()`, `json.loads(request.body)`: without a body they raise, or answer with an error. */
  private needsBody(node: Expr): boolean {
    if (WITH_BODY.has(this.method)) return false;
    if (node.kind === 'subscript') return this.isBody(node.object);
    if (node.kind !== 'call') return false;
    const name = nameOf(node.callee);
    if (node.callee.kind === 'attribute' && name === 'get_json' && isRequest(node.callee.object))
      return !node.args.some((one) => one.name === 'silent');
    if (name === 'is_valid' && node.args.some((one) => one.name === 'raise_exception')) return this.ask(node) === 'no';
    if (FINDS.test(name)) return node.args.some((one) => one.name !== undefined && this.isRead(one.value) && this.ask(one.value) === 'no');
    return name === 'loads' && node.args.some(({ value }) => this.isRawBody(value));
  }

  private isRawBody(node: Expr): boolean {
    if (node.kind === 'attribute') return /^(?:body|data|raw_post_data)$/.test(node.name) && isRequest(node.object);
    if (node.kind === 'call')
      return node.callee.kind === 'attribute' && (this.isRawBody(node.callee) || this.isRawBody(node.callee.object));
    return node.kind === 'name' && this.only(node, (value) => this.isRawBody(value));
  }

  private isBody(node: Expr): boolean {
    if (node.kind === 'attribute') return BODY.test(node.name) && isRequest(node.object);
    if (node.kind === 'call' && node.callee.kind === 'attribute')
      return READS_BODY.test(node.callee.name)
        ? isRequest(node.callee.object)
        : node.callee.name === 'copy' && this.isBody(node.callee.object);
    return node.kind === 'name' && this.only(node, (value) => this.isBody(value));
  }

  /** `request.POST.getlist("ids")`, `request.form.items()`. */
  private isEmptyBody(node: Expr): boolean {
    if (WITH_BODY.has(this.method)) return false;
    if (node.kind === 'call' && node.callee.kind === 'attribute' && /^(?:getlist|items|keys|values|lists)$/.test(node.callee.name))
      return this.isBody(node.callee.object);
    if (node.kind === 'name') return this.only(node, (value) => this.isEmptyBody(value));
    return this.isBody(node);
  }

  private ask(test: Expr): Answer {
    if (this.asking.has(test)) return 'maybe';
    this.asking.add(test);
    const answer = this.answer(test);
    this.asking.delete(test);
    return answer;
  }

  private answer(test: Expr): Answer {
    if (isDevelopersSwitch(test)) return 'no';
    switch (test.kind) {
      case 'unary':
        return test.op === 'not' ? opposite(this.ask(test.operand)) : 'maybe';
      case 'boolean': {
        const answers = test.operands.map((operand) => this.ask(operand));
        const decisive: Answer = test.op === 'and' ? 'no' : 'yes';
        if (answers.includes(decisive)) return decisive;
        return answers.every((one) => one === opposite(decisive)) ? opposite(decisive) : 'maybe';
      }
      case 'compare':
        return this.compare(test);
      case 'walrus':
        return this.ask(test.value);
      case 'name': {
        const values = this.locals.get(test.id);
        const passed = this.switches.get(test.id);
        if (!values && passed !== undefined) return passed ? 'yes' : 'no';
        const answers = values?.map((value) => this.ask(value)) ?? [];
        const [first = 'maybe'] = answers;
        return answers.every((one) => one === first) ? first : 'maybe';
      }
      case 'literal':
        return test.literal.type === 'bool' ? (test.literal.value ? 'yes' : 'no') : test.literal.type === 'none' ? 'no' : 'maybe';
      case 'call':
        return this.called(test);
      case 'attribute':
        return !WITH_BODY.has(this.method) && (this.isBody(test) || saysOfScript(test)) ? 'no' : 'maybe';
      default:
        return 'maybe';
    }
  }

  private called(test: Expr & { kind: 'call' }): Answer {
    if (WITH_BODY.has(this.method)) return 'maybe';
    const name = nameOf(test.callee);
    if (SUBMITTED.test(name) || saysOfScript(test) || readsScriptHeader(test)) return 'no';
    if (test.callee.kind !== 'attribute') {
      // `all([form.is_valid(), formset.is_valid()])`, `bool(request.POST)`
      const [only] = test.args;
      const inner = only ? elementsOf(only.value) : [];
      return /^(?:all|bool|any)$/.test(name) && inner.length > 0 && inner.every((one) => this.ask(one) === 'no') ? 'no' : 'maybe';
    }
    if (name === 'is_valid' || name === 'validate') return this.isBoundToBody(test.callee.object) ? 'no' : 'maybe';
    // `request.POST.get("delete")` without a default.
    if (/^(?:get|getlist|pop)$/.test(name) && isNothing(test.args[1]?.value) && this.isBody(test.callee.object)) return 'no';
    return 'maybe';
  }

  /** A form that was made from what was sent: it is not valid where nothing was. */
  private isBoundToBody(form: Expr): boolean {
    if (form.kind === 'call')
      return (
        !readsQuery(form) &&
        (this.isOfView(form) ||
          /Form$/.test(nameOf(form.callee)) ||
          form.args.some(({ value }) => this.mentionsBody(value)) ||
          (/forms?(?:_|$)|formset/i.test(nameOf(form.callee)) && form.args.some(({ value }) => isRequest(value))))
      );
    if (form.kind === 'name') {
      const values = this.locals.get(form.id) ?? this.parts.get(form.id);
      return values?.some((value) => value.kind === 'call' && this.isBoundToBody(value)) === true && !values.some(readsQuery);
    }
    return form.kind === 'attribute' && form.object.kind === 'name' && form.object.id === 'self';
  }

  /** `self.get_form()` of a form view: bound for requests with a body only. */
  private isOfView(form: Expr & { kind: 'call' }): boolean {
    return form.callee.kind === 'attribute' && form.callee.name === 'get_form' && form.args.length === 0;
  }

  private mentionsBody(node: Expr): boolean {
    let found = false;
    walk(node, (one) => {
      if (!isStmt(one) && this.isBody(one)) found = true;
      return !found;
    });
    return found;
  }

  private compare(test: Expr & { kind: 'compare' }): Answer {
    const [only] = test.rest;
    if (!only || test.rest.length > 1) return 'maybe';
    const { op, right } = only;
    if (this.isMethod(test.first) || this.isMethod(right)) {
      const other = this.isMethod(test.first) ? right : test.first;
      const texts = textsOf(other)?.map((text) => text.toUpperCase());
      if (!texts) return 'maybe';
      const isIn = texts.includes(this.method);
      if (op === '==' || op === 'in' || op === 'is') return isIn ? 'yes' : 'no';
      if (op === '!=' || op === 'not in' || op === 'is not') return isIn ? 'no' : 'yes';
      return 'maybe';
    }
    if (WITH_BODY.has(this.method)) return 'maybe';
    // Nothing is in a body that is not there.
    if (op === 'in' || op === 'not in') {
      const isAbsent =
        this.isBody(right) ||
        (isHeaders(right) && isScriptHeader(test.first)) ||
        (this.isRead(test.first) && this.ask(test.first) === 'no' && !mentionsNothing(right));
      return isAbsent ? (op === 'in' ? 'no' : 'yes') : 'maybe';
    }
    if (this.ask(test.first) !== 'no' || !this.isRead(test.first)) return 'maybe';
    if (right.kind === 'literal' && right.literal.type === 'bool' && !right.literal.value && this.isReadAs(test.first, right))
      return op === 'is' || op === '==' ? 'yes' : op === 'is not' || op === '!=' ? 'no' : 'maybe';
    const isNone = right.kind === 'literal' && right.literal.type === 'none';
    const isText = right.kind === 'literal' && right.literal.type === 'str' && right.literal.value !== '';
    if (isNone) return op === 'is' || op === '==' ? 'yes' : op === 'is not' || op === '!=' ? 'no' : 'maybe';
    return isText ? (op === '==' ? 'no' : op === '!=' ? 'yes' : 'maybe') : 'maybe';
  }

  /** `request.POST.get("action")`, or a variable for it. */
  private isRead(node: Expr): boolean {
    if (node.kind === 'name') return this.only(node, (value) => this.isRead(value));
    if (readsScriptHeader(node)) return true;
    return node.kind === 'call' && node.callee.kind === 'attribute' && node.callee.name === 'get' && this.isBody(node.callee.object);
  }

  /** `request.POST.get("x", False)`: without a body it is the default. */
  private isReadAs(node: Expr, fallback: Expr): boolean {
    if (node.kind === 'name') return this.only(node, (value) => this.isReadAs(value, fallback));
    const own = node.kind === 'call' ? node.args[1]?.value : undefined;
    return own?.kind === 'literal' && fallback.kind === 'literal' && own.literal.type === fallback.literal.type && this.isRead(node);
  }

  private isMethod(node: Expr): boolean {
    if (node.kind === 'name') return this.only(node, (value) => this.isMethod(value));
    return isMethodOf(node);
  }

  private only(node: Expr & { kind: 'name' }, test: (value: Expr) => boolean): boolean {
    if (this.asking.has(node)) return false;
    this.asking.add(node);
    const values = this.locals.get(node.id);
    const answer = values !== undefined && values.length > 0 && values.every(test);
    this.asking.delete(node);
    return answer;
  }

  leaveOut(nodes: readonly Span[]): void {
    const [first] = nodes;
    const last = nodes.at(-1);
    if (first && last) this.unreached.push({ start: first.start, end: last.end });
  }
}

/** The elements of a collection that is written there; of a comprehension what it makes of each. */
function elementsOf(node: Expr): readonly Expr[] {
  if (node.kind === 'list' || node.kind === 'tuple') return node.elements;
  return node.kind === 'comprehension' ? [node.element] : [node];
}

function isBarrier(statement: Stmt): boolean {
  if (statement.kind === 'assert')
    return statement.test.kind === 'literal' && statement.test.literal.type === 'bool' && !statement.test.literal.value;
  return statement.kind === 'expression' && statement.value.kind === 'call' && BARRIER.test(nameOf(statement.value.callee));
}

function opposite(answer: Answer): Answer {
  return answer === 'maybe' ? answer : answer === 'yes' ? 'no' : 'yes';
}
