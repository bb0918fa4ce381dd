import type { SettingEvent } from '../../evaluate/events.ts';
import type { Interpreter } from '../../evaluate/interpreter.ts';
import { truthOf } from '../../evaluate/values/truth.ts';
import type { Fix, TextEdit } from '../../findings/finding.ts';
import { assigns } from '../../frameworks/assignment-of.ts';
import type { Stmt } from '../../ir/nodes.ts';
import type { Module } from '../../semantics/module.ts';
import type { Edit } from './edit.ts';
import { changeDefault } from './environment-default.ts';
import type { FixSource } from './fix-source.ts';
import { lineBreak, lineEnd, wholeLines } from './lines.ts';
import { insertString } from './list-insertion.ts';

/** The edits that mend a setting for each settings module that ends with it; none where they would change more than that. */
export function settingFix(interpreter: Interpreter, events: readonly SettingEvent[], wish: FixSource): Fix | undefined {
  const edits = new Map<string, TextEdit>();
  for (const event of events) {
    const own = editsFor(interpreter, event, wish);
    if (own.length === 0) return undefined;
    for (const edit of own) edits.set(JSON.stringify(edit), edit);
  }
  const [first] = events;
  return first && edits.size > 0 ? { level: 'safe', description: descriptionOf(first.name, wish), edits: [...edits.values()] } : undefined;
}

function descriptionOf(name: string, wish: FixSource): string {
  if ('set' in wish) return `Set ${name} to ${wish.set}`;
  if ('delete' in wish) return `Leave ${name} to the default of Django`;
  if ('insert' in wish) return `Add ${wish.insert.slice(wish.insert.lastIndexOf('.') + 1)} to ${name}`;
  return wish.default === 'off' ? `Leave ${name} off where the variable is not set` : `Let ${name} have no default`;
}

function editsFor(interpreter: Interpreter, event: SettingEvent, wish: FixSource): readonly TextEdit[] {
  const { module } = event.frame.state;
  const own = (edits: readonly Edit[]): readonly TextEdit[] => inFile(module, edits);
  if ('set' in wish) return setTo(event, wish.set);
  const { statement, valueNode } = event;
  if (!event.isSet || !statement || !valueNode) return [];
  if ('insert' in wish) return own(insertString(module.text, valueNode, wish.insert, wish.after ?? [], wish.at));
  if (!isPlain(event, statement)) return [];
  if ('default' in wish) return own(changeDefault(interpreter, module.text, valueNode, event.value, wish.default));
  const lines = module.unit.body.includes(statement) ? wholeLines(module.text, statement) : undefined;
  return lines ? own([{ ...lines, replacement: '' }]) : [];
}

/** `NAME = …`, and nothing changes it afterwards. */
function isPlain(event: SettingEvent, statement: Stmt): boolean {
  const [target, ...more] = statement.kind === 'assign' ? statement.targets : [];
  return target?.kind === 'name' && target.id === event.name && more.length === 0 && event.written.length === 1;
}

function setTo(event: SettingEvent, value: string): readonly TextEdit[] {
  const { module } = event.frame.state;
  const { statement, valueNode, home } = event;
  if (event.isSet && module === home) {
    // What is computed has a reason that is not known here.
    if (!statement || !isPlain(event, statement) || valueNode?.kind !== 'literal') return [];
    const isSingle = home.text[valueNode.start] === "'";
    return inFile(home, [{ start: valueNode.start, end: valueNode.end, replacement: isSingle ? value.replaceAll('"', "'") : value }]);
  }
  const above = statementAbove(event);
  if (!above) return [];
  const at = lineEnd(home.text, above.end);
  const written = value === 'True' && isSwitchedByDebug(event, above) ? 'not DEBUG' : value;
  return inFile(home, [{ start: at, end: at, replacement: `${lineBreak(home.text)}${event.name} = ${written}` }]);
}

/** The same module serves developers where a variable of the environment turns DEBUG on: there a strict value would keep them out over plain HTTP. */
function isSwitchedByDebug({ home, others }: SettingEvent, above: Stmt): boolean {
  if (truthOf(others('DEBUG') ?? []) !== undefined) return false;
  return home.unit.body.some((one) => one.start <= above.start && assigns(one, 'DEBUG'));
}

/** The statement below which a new setting stands: the one at which it is missed, else the last that sets something or imports all of another module. */
function statementAbove({ frame, statement, home }: SettingEvent): Stmt | undefined {
  const { body } = home.unit;
  if (statement && frame.state.module === home && body.includes(statement)) return statement;
  return (
    body.findLast((one) => one.kind === 'assign' || one.kind === 'augmented') ??
    body.findLast((one) => one.kind === 'import-from' && one.star)
  );
}

function inFile({ path }: Module, edits: readonly Edit[]): readonly TextEdit[] {
  return edits.map(({ start, end, replacement }) => ({ location: { path, start, end }, replacement }));
}
