import type { ConfigEvent, StoreEvent } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import type { Fix, TextEdit } from '../../findings/finding.ts';
import { isForDevelopers, roleOfName } from '../../frameworks/flask-config/roles.ts';
import type { AssignStmt, ClassStmt, Span, Stmt } from '../../ir/nodes.ts';
import { childBlocks } from '../../semantics/scope.ts';
import { encloses } from '../../util/encloses.ts';
import type { Edit } from './edit.ts';
import type { FixSource } from './fix-source.ts';
import { lineBreak, lineEnd, lineStart, wholeLines } from './lines.ts';

/** The edits that mend a key of the configuration of Flask wherever it is found wrong; none where they would change more than that. */
export function configFix(interpreter: Interpreter, events: readonly (ConfigEvent | StoreEvent)[], wish: FixSource): Fix | undefined {
  const edits = new Map<string, TextEdit>();
  for (const event of events) {
    const { path } = event.frame.state.module;
    const own = editsFor(interpreter, event, wish);
    if (own.length === 0) return undefined;
    for (const { start, end, replacement } of own) edits.set(`${path}:${start}:${end}`, { location: { path, start, end }, replacement });
  }
  const [first] = events;
  if (!first || edits.size === 0 || first.name === undefined) return undefined;
  const description = 'set' in wish ? `Set ${first.name} to ${wish.set}` : `Leave ${first.name} to its default`;
  return { level: 'safe', description, edits: [...edits.values()] };
}

function editsFor(interpreter: Interpreter, event: ConfigEvent | StoreEvent, wish: FixSource): readonly Edit[] {
  if (event.kind === 'config' && !event.isSet) return 'set' in wish ? added(interpreter, event, wish.set) : [];
  const { module } = event.frame.state;
  const { statement, valueNode } = event;
  // What is computed has a reason that is not known here.
  if (valueNode?.kind !== 'literal' || !isInside(valueNode, module.text)) return [];
  if ('set' in wish) {
    const isSingle = module.text[valueNode.start] === "'";
    return [{ start: valueNode.start, end: valueNode.end, replacement: isSingle ? wish.set.replaceAll('"', "'") : wish.set }];
  }
  if (!('delete' in wish)) return [];
  const lines = statement && isOneOfMore(module.unit.body, statement) ? wholeLines(module.text, statement) : undefined;
  if (lines && statement?.kind === 'assign' && statement.targets.length === 1 && statement.value === valueNode)
    return [{ ...lines, replacement: '' }];
  // One key among others, or all that a block holds: the default is written out.
  if (valueNode.literal.type !== 'bool') return [];
  return [{ start: valueNode.start, end: valueNode.end, replacement: valueNode.literal.value ? 'False' : 'True' }];
}

function isInside({ start, end }: Span, text: string): boolean {
  return start >= 0 && start < end && end <= text.length;
}

/** Whether a block is left with something in it when the statement goes. */
function isOneOfMore(block: readonly Stmt[], statement: Stmt): boolean {
  if (block.includes(statement)) return block.length > 1;
  return block.some((one) => encloses(one, statement) && blocksOf(one).some((inner) => isOneOfMore(inner, statement)));
}

function blocksOf(statement: Stmt): readonly (readonly Stmt[])[] {
  return statement.kind === 'class' || statement.kind === 'function' ? [statement.body] : childBlocks(statement);
}

/** A key that nothing sets, beside its like: in the class of the configuration, or below the application. */
function added(interpreter: Interpreter, event: ConfigEvent, value: string): readonly Edit[] {
  const { module } = event.frame.state;
  const { text } = module;
  const { statement, name, node } = event;
  const isSecure = name.endsWith('_SECURE');
  if (statement?.kind === 'class') {
    // Developers who inherit it would not get their cookies over plain HTTP.
    if (isSecure && isInheritedByDevelopers(interpreter, statement)) return [];
    const above = neighbourIn(statement, name);
    return above ? [below(text, above, `${name} = ${value}`)] : [];
  }
  const made = assignmentAround(module.unit.body, node);
  const [target] = made?.targets ?? [];
  if (!made || !target || made.targets.length > 1 || (target.kind !== 'name' && target.kind !== 'attribute')) return [];
  const app = text.slice(target.start, target.end);
  return [below(text, made, `${app}.config["${name}"] = ${isSecure && value === 'True' ? `not ${app}.debug` : value}`)];
}

function below(text: string, above: Stmt, written: string): Edit {
  const at = lineEnd(text, above.end);
  const indent = /^\s*/.exec(text.slice(lineStart(text, above.start), above.start))?.[0] ?? '';
  return { start: at, end: at, replacement: `${lineBreak(text)}${indent}${written}` };
}

/** The assignment of a class that is most like the one that is missing: of the same cookie, else the last one. */
function neighbourIn({ body }: ClassStmt, name: string): Stmt | undefined {
  const keys = body.filter((one): one is AssignStmt => one.kind === 'assign' && one.targets.some((target) => target.kind === 'name'));
  const prefix = name.slice(0, name.lastIndexOf('_') + 1);
  return keys.findLast(({ targets }) => targets.some((target) => target.kind === 'name' && target.id.startsWith(prefix))) ?? keys.at(-1);
}

/** `app = Flask(__name__)` around the call. */
function assignmentAround(block: readonly Stmt[], node: Span): AssignStmt | undefined {
  for (const one of block) {
    if (node.start < one.start || one.end < node.end) continue;
    if (one.kind === 'assign') return one;
    for (const inner of blocksOf(one)) {
      const found = assignmentAround(inner, node);
      if (found) return found;
    }
  }
  return undefined;
}

function isInheritedByDevelopers({ states }: Interpreter, { name }: ClassStmt): boolean {
  for (const { module } of states.values())
    for (const one of module.unit.body)
      if (one.kind === 'class' && isForDevelopers(roleOfName(one.name)) && module.text.slice(one.start, one.body[0]?.start).includes(name))
        return true;
  return false;
}
