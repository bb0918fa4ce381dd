import type { Expr, FunctionStmt, LambdaExpr, Span, Stmt } from '../../../ir/nodes.ts';
import { forEachChild, isStmt } from '../../../ir/walk.ts';
import { bringsUpToDate, marksExpired } from './housekeeping.ts';
import { localValues, partValues } from './local-values.ts';
import { hasBody, MethodQuestions } from './method-questions.ts';
import { isMethodOf, nameOf, patternTexts } from './method-words.ts';
import { givesWhatIsThere, isGetOrCreate, makesWhatIsMissing, namesNothingOfRequest } from './missing-things.ts';
import { NO_SWITCHES, type Switches } from './passed-switches.ts';

/** What nothing goes on behind. */
const BARRIER = /^(?:abort|exit|_exit)$/;

/**
 * The parts of a function that no request by this method gets to, as far as its own tests of the method, the form and the body tell. What only
 * makes something that was missing, whoever asks, changes nothing for a request that reads; what a GET needs a header of a script for, no
 * link leads to; and what is for developers does not happen on a server.
 */
export function unreachedBy(node: FunctionStmt | LambdaExpr, method: string, switches: Switches = NO_SWITCHES): readonly Span[] {
  if (node.kind === 'lambda') return [];
  const look = new MethodLook(node, method, switches);
  if (isGetOrCreate(node.name) && !hasBody(method)) look.leaveOut(node.body);
  else look.block(node.body);
  return look.unreached;
}

class MethodLook {
  readonly unreached: Span[] = [];
  private readonly method: string;
  private readonly node: FunctionStmt;
  private readonly locals: ReadonlyMap<string, readonly Expr[]>;
  private readonly questions: MethodQuestions;

  constructor(node: FunctionStmt, method: string, switches: Switches) {
    this.method = method;
    this.node = node;
    this.locals = localValues(node);
    this.questions = new MethodQuestions(method, this.locals, partValues(node), switches);
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
        if (this.questions.ask(statement.test) === 'no') this.leaveOut(statement.body);
        else this.block(statement.body);
        return this.block(statement.otherwise);
      }
      case 'for': {
        if (!this.expression(statement.iterable)) return false;
        // Nothing was sent: there is nothing to go through.
        if (this.questions.isEmptyBody(statement.iterable)) this.leaveOut(statement.body);
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
    const answer = this.questions.ask(test);
    if (answer === 'no' || this.keepsHouse(test, then, true)) this.leaveOut(then);
    if (answer === 'yes' || this.keepsHouse(test, otherwise, false)) this.leaveOut(otherwise);
    const first = answer !== 'no' && this.block(then);
    const second = answer !== 'yes' && this.block(otherwise);
    return first || second;
  }

  /** What a request that reads leaves behind on its way is not what it is for. */
  private keepsHouse(test: Expr, branch: readonly Stmt[], holds: boolean): boolean {
    if (this.questions.hasBody || branch.length === 0) return false;
    if (holds && (marksExpired(test, branch) || bringsUpToDate(test, branch))) return true;
    return makesWhatIsMissing(test, branch, holds, this.node, this.locals);
  }

  private handler(body: readonly Stmt[]): boolean {
    // What is not there is made, or put right.
    if (!this.questions.hasBody && namesNothingOfRequest(body, this.node)) this.leaveOut(body);
    return this.block(body);
  }

  /** Marks what a short-circuit leaves out; `false` where reading the body of the request fails, as there is none. */
  private expression(node: Expr): boolean {
    let through = true;
    if (node.kind === 'lambda' || node.kind === 'comprehension') return true;
    if (node.kind === 'boolean') {
      for (const [at, operand] of node.operands.entries()) {
        if (!this.expression(operand)) return false;
        if (this.questions.ask(operand) === (node.op === 'and' ? 'no' : 'yes')) {
          this.leaveOut(node.operands.slice(at + 1));
          return true;
        }
      }
      return true;
    }
    if (node.kind === 'conditional') {
      const answer = this.questions.ask(node.test);
      if (answer === 'no') this.leaveOut([node.then]);
      else through = this.expression(node.then);
      if (answer === 'yes') this.leaveOut([node.otherwise]);
      else through = this.expression(node.otherwise) && through;
      return through;
    }
    if (this.questions.needsBody(node)) through = false;
    else
      forEachChild(node, (child) => {
        if (!isStmt(child) && !this.expression(child)) through = false;
      });
    // A call does not happen where what it is passed raises.
    if (!through && node.kind === 'call') this.leaveOut([node]);
    return through;
  }

  leaveOut(nodes: readonly Span[]): void {
    const [first] = nodes;
    const last = nodes.at(-1);
    if (first && last) this.unreached.push({ start: first.start, end: last.end });
  }
}

function isBarrier(statement: Stmt): boolean {
  if (statement.kind === 'assert')
    return statement.test.kind === 'literal' && statement.test.literal.type === 'bool' && !statement.test.literal.value;
  return statement.kind === 'expression' && statement.value.kind === 'call' && BARRIER.test(nameOf(statement.value.callee));
}
