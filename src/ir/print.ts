/**
 * Prints the IR for people who debug and for tests. Statements are lines, indented by nesting; expressions are written with
 * their operators and brackets, so that grouping is always visible: `a + b * c` prints as `(a + (b * c))`.
 */
import { assertNever } from '../util/assert-never.ts';
import type { Argument, ComprehensionClause, Expr, FStringPart, LiteralValue, Parameter, Stmt, Unit } from './nodes.ts';
import { printPattern } from './print-pattern.ts';

/** All statements, and after them the problems with their offsets. */
export function printUnit(unit: Unit): string {
  const problems = unit.problems.map(({ start, end, detail }) => `! ${start}-${end} ${detail}`);
  return [...printBody(unit.body), ...problems].join('\n');
}

/** One expression on one line. */
export function printExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'name':
      return expr.id;
    case 'literal':
      return printLiteral(expr.literal);
    case 'fstring':
      return `${expr.template ? 't' : 'f'}"${expr.parts.map(printPart).join('')}"`;
    case 'attribute':
      return `${printExpr(expr.object)}.${expr.name}`;
    case 'subscript':
      return `${printExpr(expr.object)}[${printExpr(expr.index)}]`;
    case 'slice':
      return [expr.lower, expr.upper, ...(expr.step ? [expr.step] : [])].map((part) => (part ? printExpr(part) : '')).join(':');
    case 'call':
      return `${printExpr(expr.callee)}(${expr.args.map(printArgument).join(', ')})`;
    case 'list':
      return `[${printAll(expr.elements)}]`;
    case 'tuple':
      return `(${printAll(expr.elements)}${expr.elements.length === 1 ? ',' : ''})`;
    case 'set':
      return `{${printAll(expr.elements)}}`;
    case 'dict':
      return `{${expr.entries.map(({ key, value }) => `${key ? `${printExpr(key)}: ` : '**'}${printExpr(value)}`).join(', ')}}`;
    case 'comprehension':
      return printComprehension(expr.form, `${expr.key ? `${printExpr(expr.key)}: ` : ''}${printExpr(expr.element)}`, expr.clauses);
    case 'unary':
      return `(${expr.op === 'not' ? 'not ' : expr.op}${printExpr(expr.operand)})`;
    case 'binary':
      return `(${printExpr(expr.left)} ${expr.op} ${printExpr(expr.right)})`;
    case 'boolean':
      return `(${expr.operands.map(printExpr).join(` ${expr.op} `)})`;
    case 'compare':
      return `(${printExpr(expr.first)}${expr.rest.map(({ op, right }) => ` ${op} ${printExpr(right)}`).join('')})`;
    case 'conditional':
      return `(${printExpr(expr.then)} if ${printExpr(expr.test)} else ${printExpr(expr.otherwise)})`;
    case 'lambda':
      return `(lambda ${printParameters(expr.params)}: ${printExpr(expr.body)})`;
    case 'await':
      return `(await ${printExpr(expr.value)})`;
    case 'yield':
      return `(yield${expr.from ? ' from' : ''}${expr.value ? ` ${printExpr(expr.value)}` : ''})`;
    case 'walrus':
      return `(${expr.target.id} := ${printExpr(expr.value)})`;
    case 'starred':
      return `*${printExpr(expr.value)}`;
    case 'unknown':
      return `<unknown${expr.children.map((child) => ` ${printExpr(child)}`).join(',')}>`;
    default:
      return assertNever(expr);
  }
}

function printAll(exprs: readonly Expr[]): string {
  return exprs.map(printExpr).join(', ');
}

function printLiteral(literal: LiteralValue): string {
  switch (literal.type) {
    case 'str':
      return JSON.stringify(literal.value);
    case 'bytes':
      return `b${JSON.stringify(literal.value)}`;
    case 'int':
      return String(literal.value);
    case 'float':
      return Number.isInteger(literal.value) ? `${literal.value}.0` : String(literal.value);
    case 'complex':
      return `${literal.value}j`;
    case 'bool':
      return literal.value ? 'True' : 'False';
    case 'none':
      return 'None';
    case 'ellipsis':
      return '...';
    default:
      return assertNever(literal);
  }
}

/** Literal text as in JSON, so that line ends and quotes are visible; its braces are doubled. */
function printPart(part: FStringPart): string {
  if (part.kind === 'text') return JSON.stringify(part.value).slice(1, -1).replaceAll('{', '{{').replaceAll('}', '}}');
  const spec = part.spec === undefined ? '' : `:${part.spec.map(printPart).join('')}`;
  return `{${printExpr(part.value)}${part.conversion === undefined ? '' : `!${part.conversion}`}${spec}}`;
}

function printArgument(arg: Argument): string {
  return `${arg.star ?? ''}${arg.name === undefined ? '' : `${arg.name}=`}${printExpr(arg.value)}`;
}

function printComprehension(form: 'list' | 'set' | 'dict' | 'generator', element: string, clauses: readonly ComprehensionClause[]): string {
  const [open, close] = form === 'list' ? '[]' : form === 'generator' ? '()' : '{}';
  const printed = clauses.map((clause) =>
    clause.kind === 'if'
      ? ` if ${printExpr(clause.test)}`
      : `${clause.async ? ' async' : ''} for ${printExpr(clause.target)} in ${printExpr(clause.iterable)}`,
  );
  return `${open}${element}${printed.join('')}${close}`;
}

/** `name/` is positional-only, `=name` keyword-only. */
function printParameters(params: readonly Parameter[]): string {
  return params
    .map((param) => {
      const name = {
        'positional-only': `${param.name}/`,
        plain: param.name,
        'keyword-only': `=${param.name}`,
        rest: `*${param.name}`,
        keywords: `**${param.name}`,
      };
      return `${name[param.form]}${param.annotation ? `: ${printExpr(param.annotation)}` : ''}${param.default ? ` = ${printExpr(param.default)}` : ''}`;
    })
    .join(', ');
}

function printBody(body: readonly Stmt[]): string[] {
  return body.flatMap(printStmt);
}

function indented(body: readonly Stmt[]): string[] {
  return printBody(body).map((line) => `  ${line}`);
}

/** A header line and the body under it; nothing for an empty body where the header is optional. */
function section(header: string, body: readonly Stmt[]): string[] {
  return body.length === 0 ? [] : [header, ...indented(body)];
}

function printStmt(stmt: Stmt): string[] {
  switch (stmt.kind) {
    case 'function':
      return [
        ...stmt.decorators.map(({ expression }) => `@${printExpr(expression)}`),
        `${stmt.async ? 'async ' : ''}def ${stmt.name}(${printParameters(stmt.params)})${stmt.returns ? ` -> ${printExpr(stmt.returns)}` : ''}${stmt.generator ? ' [generator]' : ''}`,
        ...indented(stmt.body),
      ];
    case 'class':
      return [
        ...stmt.decorators.map(({ expression }) => `@${printExpr(expression)}`),
        `class ${stmt.name}(${stmt.args.map(printArgument).join(', ')})`,
        ...indented(stmt.body),
      ];
    case 'expression':
      return [printExpr(stmt.value)];
    case 'assign': {
      const annotation = stmt.annotation ? `: ${printExpr(stmt.annotation)}` : '';
      return [`${stmt.targets.map(printExpr).join(' = ')}${annotation}${stmt.value ? ` = ${printExpr(stmt.value)}` : ''}`];
    }
    case 'augmented':
      return [`${printExpr(stmt.target)} ${stmt.op}= ${printExpr(stmt.value)}`];
    case 'if':
      return [`if ${printExpr(stmt.test)}`, ...indented(stmt.then), ...section('else', stmt.otherwise)];
    case 'while':
      return [`while ${printExpr(stmt.test)}`, ...indented(stmt.body), ...section('else', stmt.otherwise)];
    case 'for':
      return [
        `${stmt.async ? 'async ' : ''}for ${printExpr(stmt.target)} in ${printExpr(stmt.iterable)}`,
        ...indented(stmt.body),
        ...section('else', stmt.otherwise),
      ];
    case 'try':
      return [
        'try',
        ...indented(stmt.body),
        ...stmt.handlers.flatMap(({ types, name, body }) => [
          `except${stmt.group ? '*' : ''}${types ? ` ${printExpr(types)}` : ''}${name === undefined ? '' : ` as ${name}`}`,
          ...indented(body),
        ]),
        ...section('else', stmt.otherwise),
        ...section('finally', stmt.final),
      ];
    case 'with': {
      const items = stmt.items.map(({ context, target }) => `${printExpr(context)}${target ? ` as ${printExpr(target)}` : ''}`);
      return [`${stmt.async ? 'async ' : ''}with ${items.join(', ')}`, ...indented(stmt.body)];
    }
    case 'match':
      return [
        `match ${printExpr(stmt.subject)}`,
        ...stmt.cases.flatMap(({ pattern, guard, body }) => [
          `  case ${printPattern(pattern)}${guard ? ` if ${printExpr(guard)}` : ''}`,
          ...indented(body).map((line) => `  ${line}`),
        ]),
      ];
    case 'return':
      return [`return${stmt.value ? ` ${printExpr(stmt.value)}` : ''}`];
    case 'raise':
      return [`raise${stmt.exception ? ` ${printExpr(stmt.exception)}` : ''}${stmt.cause ? ` from ${printExpr(stmt.cause)}` : ''}`];
    case 'delete':
      return [`del ${printAll(stmt.targets)}`];
    case 'assert':
      return [`assert ${printExpr(stmt.test)}${stmt.message ? `, ${printExpr(stmt.message)}` : ''}`];
    case 'global':
    case 'nonlocal':
      return [`${stmt.kind} ${stmt.names.join(', ')}`];
    case 'import':
      return [`import ${stmt.names.map(printImported).join(', ')}`];
    case 'import-from':
      return [`from ${'.'.repeat(stmt.level)}${stmt.module} import ${stmt.star ? '*' : stmt.names.map(printImported).join(', ')}`];
    case 'pass':
    case 'break':
    case 'continue':
      return [stmt.kind];
    case 'type-alias':
      return [`type ${stmt.name} = ${printExpr(stmt.value)}`];
    case 'unknown':
      return ['<unknown>', ...indented(stmt.body)];
    default:
      return assertNever(stmt);
  }
}

function printImported(imported: { readonly name: string; readonly alias?: string }): string {
  return imported.alias === undefined ? imported.name : `${imported.name} as ${imported.alias}`;
}
