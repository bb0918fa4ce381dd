import { NO_ARGUMENTS } from '../../evaluate/calls/arguments.ts';
import { callFunction } from '../../evaluate/calls/call-function.ts';
import type { FunctionInfo } from '../../evaluate/calls/function-info.ts';
import { quietly } from '../../evaluate/checks/refine.ts';
import type { ClassInfo } from '../../evaluate/classes/class-info.ts';
import { evaluate } from '../../evaluate/expressions/expressions.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Value } from '../../evaluate/values/value.ts';
import { saysYesTo } from '../../frameworks/routes/methods/yes-by-method.ts';
import type { Expr } from '../../ir/nodes.ts';
import { walk } from '../../ir/walk.ts';
import { statementsOf } from '../../semantics/statements-of.ts';
import { complexityOf } from '../complexity.ts';
import { ownerOf } from '../event-parts.ts';
import {
  type Compiler,
  isObject,
  type Json,
  listOfStrings,
  type Schema,
  type Term,
  type TestContext,
  VALUE_SCHEMA,
  wordsIn,
} from '../term.ts';
import { compileClass } from './class-terms.ts';
import { decoratorWords } from './decorator-words.ts';
import { compileName, NAME_SCHEMA } from './name-pattern.ts';

export type FunctionTest = (info: FunctionInfo, context: TestContext) => boolean;

const FUNCTION_SCHEMA: Schema = { $ref: '#/$defs/function' };
const BOUNDS: Schema = { type: 'object', additionalProperties: false, properties: { min: { type: 'number' }, max: { type: 'number' } } };

/** Words with which a rule can describe a function. All words of one pattern must hold. */
export const functionTerms: { readonly [key: string]: Term<FunctionTest> } = {
  name: {
    doc: 'It has such a name.',
    schema: NAME_SCHEMA,
    compile: (pattern) => {
      const test = compileName(pattern);
      return (info) => test(info.name);
    },
  },
  ...decoratorWords,
  returns: {
    doc: 'What it returns, looked at on its own, is such a value: for functions that are named where somebody else calls them, as in `default=new_token`.',
    schema: VALUE_SCHEMA,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (info, context) => test({ value: givenBy(context.interpreter, info), node: info.node, absent: 'no' }, context);
    },
  },
  raises: {
    doc: 'It raises, in its own code, an exception of such a class (which has to have a name where the function stands).',
    schema: VALUE_SCHEMA,
    compile: (pattern, compiler) => {
      const test = compiler.value(pattern);
      return (info, context) =>
        raisedBy(context.interpreter, info).some((value) => test({ value, node: info.node, absent: 'no' }, context));
    },
  },
  parameter: {
    doc: 'It has a parameter of such a name.',
    schema: NAME_SCHEMA,
    compile: (pattern) => {
      const test = compileName(pattern);
      return (info) => info.node.params.some((parameter) => test(parameter.name));
    },
  },
  'yes-to': {
    doc: 'It is asked about requests, and answers `True` to every one by one of these methods of HTTP, whoever sends it.',
    schema: { type: 'array', items: { type: 'string' }, minItems: 1 },
    compile: (methods) => {
      const wanted = listOfStrings(methods);
      return (info) => wanted.some((method) => saysYesTo(info, method));
    },
  },
  routed: {
    doc: 'A call such as `add_url_rule` registers it as a view of Flask (or not).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      (info, { interpreter }) =>
        interpreter.hooks.some((hook) => hook.isRouted?.(info)) === wanted,
  },
  async: {
    doc: 'It is (or is not) `async def`.',
    schema: { type: 'boolean' },
    compile: (wanted) => (info) => info.node.kind === 'function' && info.node.async === wanted,
  },
  class: {
    doc: 'It is a method of such a class (`false`: of none).',
    schema: { oneOf: [{ const: false }, { $ref: '#/$defs/class' }] },
    compile: (pattern, compiler) => {
      if (pattern === false) return (info) => info.owner === undefined;
      const test = compileClass(pattern, compiler);
      return (info, context) => ownerOf(info) !== undefined && test(ownerOf(info) as ClassInfo, context);
    },
  },
  nested: {
    doc: 'It stands in another function (or not).',
    schema: { type: 'boolean' },
    compile: (wanted) => (info) => (info.closure.info !== undefined) === wanted,
  },
  complexity: {
    doc: 'Its cyclomatic complexity is within these bounds (nested functions apart).',
    schema: BOUNDS,
    compile: (bounds) => (info) => within(complexityOf(info.node), bounds),
  },
  statements: {
    doc: 'It has so many statements (nested functions apart).',
    schema: BOUNDS,
    compile: (bounds) => (info) => within(statementsOf(info.node), bounds),
  },
  like: {
    doc: 'It is such a function as the rule names so under `patterns`.',
    schema: { oneOf: [{ type: 'string' }, FUNCTION_SCHEMA] },
    compile: (pattern, compiler) => compileFunction(pattern, compiler),
  },
  any: {
    doc: 'One of these patterns holds.',
    schema: { type: 'array', items: FUNCTION_SCHEMA, minItems: 1 },
    compile: (patterns, compiler) => {
      const tests = (Array.isArray(patterns) ? patterns : []).filter(isObject).map((pattern) => compileFunction(pattern, compiler));
      return (info, context) => tests.some((test) => test(info, context));
    },
  },
  not: {
    doc: 'The pattern does not hold.',
    schema: FUNCTION_SCHEMA,
    compile: (pattern, compiler) => {
      const test = compileFunction(pattern, compiler);
      return (info, context) => !test(info, context);
    },
  },
};

/** A function pattern: all its words must hold. */
export function compileFunction(pattern: Json | undefined, compiler: Compiler): FunctionTest {
  const tests = Object.entries(wordsIn(pattern)).map(([key, argument]) => functionTerms[key]?.compile(argument, compiler) ?? (() => false));
  return (info, context) => tests.every((test) => test(info, context));
}

/** What a function returns that is given nothing. */
function givenBy(interpreter: Interpreter, info: FunctionInfo): Value {
  const { ended } = interpreter;
  const given = quietly(interpreter, () => callFunction(interpreter, info.closure, info, NO_ARGUMENTS, undefined, info.node));
  interpreter.ended = ended;
  return given;
}

/** The classes that the `raise` statements of a function name. */
function raisedBy(interpreter: Interpreter, { node, closure }: FunctionInfo): readonly Value[] {
  const named: Expr[] = [];
  for (const statement of node.kind === 'function' ? node.body : [])
    walk(statement, (child) => {
      if (child.kind === 'raise' && child.exception) named.push(child.exception.kind === 'call' ? child.exception.callee : child.exception);
      return child.kind !== 'function' && child.kind !== 'class' && child.kind !== 'lambda';
    });
  return named.map((exception) => quietly(interpreter, () => evaluate(interpreter, closure, exception)));
}

function within(count: number, bounds: unknown): boolean {
  const { min, max } = bounds as { readonly min?: number; readonly max?: number };
  return !(min !== undefined && count < min) && !(max !== undefined && count > max);
}
