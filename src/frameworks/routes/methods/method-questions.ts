import type { Expr } from '../../../ir/nodes.ts';
import { isStmt, walk } from '../../../ir/walk.ts';
import { isDevelopersSwitch } from './developers-switch.ts';
import { isMethodOf, isNothing, isRequest, mentionsNothing, nameOf, readsQuery, textsOf } from './method-words.ts';
import type { Switches } from './passed-switches.ts';
import { isHeaders, isScriptHeader, readsScriptHeader, saysOfScript } from './script-header.ts';

/** What a test says while a request by the method in question is handled. */
export type Answer = 'yes' | 'no' | 'maybe';

/** Methods whose requests carry a body that browsers fill from a form. */
const WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** Where frameworks keep what was sent in the body. https://docs.djangoproject.com/en/stable/ref/request-response/, https://flask.palletsprojects.com/en/stable/api/#flask.Request */
const BODY = /^(?:POST|FILES|form|files|json|data)$/;
const READS_BODY = /^(?:get_json|get_data|raw_post_data)$/;
/** What is true only for what was sent by a form. https://flask-wtf.readthedocs.io/en/latest/quickstart/#validating-forms */
const SUBMITTED = /^(?:validate_on_submit|is_submitted)$/;
/** What raises for an object that is named by nothing; `get` only with keywords, a dictionary has none. */
const FINDS = /^(?:get|create|get_object_or_404|get_or_404|aget|acreate)$/;

export function hasBody(method: string): boolean {
  return WITH_BODY.has(method);
}

/** What the tests of one function say while a request by this method is handled, as far as they are about the method, the form and the body. */
export class MethodQuestions {
  readonly hasBody: boolean;
  private readonly method: string;
  private readonly locals: ReadonlyMap<string, readonly Expr[]>;
  /** What variables are taken out of: elements of what a call gives, one after the other. */
  private readonly parts: ReadonlyMap<string, readonly Expr[]>;
  private readonly switches: Switches;
  private readonly asking = new Set<Expr>();

  constructor(
    method: string,
    locals: ReadonlyMap<string, readonly Expr[]>,
    parts: ReadonlyMap<string, readonly Expr[]>,
    switches: Switches,
  ) {
    this.method = method;
    this.hasBody = hasBody(method);
    this.locals = locals;
    this.parts = parts;
    this.switches = switches;
  }

  /** `request.POST["x"]`, `request.get_json()`, `json.loads(request.body)`: without a body they raise, or answer with an error. */
  needsBody(node: Expr): boolean {
    if (this.hasBody) return false;
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
  isEmptyBody(node: Expr): boolean {
    if (this.hasBody) return false;
    if (node.kind === 'call' && node.callee.kind === 'attribute' && /^(?:getlist|items|keys|values|lists)$/.test(node.callee.name))
      return this.isBody(node.callee.object);
    if (node.kind === 'name') return this.only(node, (value) => this.isEmptyBody(value));
    return this.isBody(node);
  }

  ask(test: Expr): Answer {
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
        return !this.hasBody && (this.isBody(test) || saysOfScript(test)) ? 'no' : 'maybe';
      default:
        return 'maybe';
    }
  }

  private called(test: Expr & { kind: 'call' }): Answer {
    if (this.hasBody) return 'maybe';
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
    if (this.hasBody) return 'maybe';
    // Nothing is in a body that is not there.
    if (op === 'in' || op === 'not in') {
      const isAbsent =
        this.isBody(right) ||
        (isHeaders(right) && isScriptHeader(test.first)) ||
        (this.isRead(test.first) && this.ask(test.first) === 'no' && !mentionsNothing(right));
      return isAbsent ? (op === 'in' ? 'no' : 'yes') : 'maybe';
    }
    if (this.ask(test.first) !== 'no' || !this.isRead(test.first)) return 'maybe';
    if (isEmptyLiteral(right) && this.isReadAs(test.first, right))
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

  /** `request.POST.get("x", False)`, `request.POST.get("x", "")`: without a body it is the default, which is empty as the other one is. */
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
}

/** `False`, `""` */
function isEmptyLiteral(node: Expr): boolean {
  return node.kind === 'literal' && (node.literal.type === 'bool' || node.literal.type === 'str') && !node.literal.value;
}

/** The elements of a collection that is written there; of a comprehension what it makes of each. */
function elementsOf(node: Expr): readonly Expr[] {
  if (node.kind === 'list' || node.kind === 'tuple') return node.elements;
  return node.kind === 'comprehension' ? [node.element] : [node];
}

function opposite(answer: Answer): Answer {
  return answer === 'maybe' ? answer : answer === 'yes' ? 'no' : 'yes';
}
