import { Kind } from './kinds.ts';

function group(kinds: readonly number[]): Uint8Array {
  const members = new Uint8Array(256);
  for (const kind of kinds) members[kind] = 1;
  return members;
}

const EXPRESSIONS = group([
  Kind.identifier,
  Kind.attribute,
  Kind.call,
  Kind.string,
  Kind.concatenated_string,
  Kind.integer,
  Kind.float,
  Kind.true,
  Kind.false,
  Kind.none,
  Kind.ellipsis,
  Kind.list,
  Kind.tuple,
  Kind.set,
  Kind.dictionary,
  Kind.parenthesized_expression,
  Kind.binary_operator,
  Kind.boolean_operator,
  Kind.comparison_operator,
  Kind.not_operator,
  Kind.unary_operator,
  Kind.subscript,
  Kind.conditional_expression,
  Kind.lambda,
  Kind.list_comprehension,
  Kind.set_comprehension,
  Kind.dictionary_comprehension,
  Kind.generator_expression,
  Kind.await,
  Kind.yield,
  Kind.named_expression,
  Kind.expression_list,
]);

const STATEMENTS = group([
  Kind.expression_statement,
  Kind.if_statement,
  Kind.for_statement,
  Kind.while_statement,
  Kind.try_statement,
  Kind.with_statement,
  Kind.function_definition,
  Kind.class_definition,
  Kind.decorated_definition,
  Kind.match_statement,
  Kind.return_statement,
  Kind.import_statement,
  Kind.import_from_statement,
  Kind.future_import_statement,
  Kind.assert_statement,
  Kind.delete_statement,
  Kind.raise_statement,
  Kind.pass_statement,
  Kind.break_statement,
  Kind.continue_statement,
  Kind.global_statement,
  Kind.nonlocal_statement,
  Kind.type_alias_statement,
  Kind.print_statement,
  Kind.exec_statement,
]);

/** True for the kinds that `lowerExpr` understands and that also stand alone. */
export function isExpression(kind: number): boolean {
  return EXPRESSIONS[kind] === 1;
}

/** True for the kinds that `lowerStmt` understands. */
export function isStatement(kind: number): boolean {
  return STATEMENTS[kind] === 1;
}
