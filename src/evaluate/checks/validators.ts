import type { Interpreter } from '../interpreter.ts';

/** What functions are called that test their argument: by words, since their code is not at hand. */
const VALIDATOR =
  /(?:^|_)(?:is|are|has|check|checks|valid|validate|validated|validates|verify|verifies|verified|safe|allow|allows|allowed|permit|permits|permitted|authori[sz]es?|sanitize|sanitise|ensure|assert|clean)(?:_|$)|[a-z](?:Valid|Safe|Allowed)|^(?:Ensure|Check|Valid|Assert)/;

/** Library calls that raise for what they do not take: numbers, identifiers, addresses, paths outside of a folder. */
const RAISING =
  /(?:^|\.)(?:int|float|complex|Decimal|Fraction|UUID|fromisoformat|strptime|ip_address|ip_network|relative_to|index|remove)$/;

/** Whether a function without code at hand seems to test its argument, by its last name. */
export function looksLikeValidator(name: string): boolean {
  return VALIDATOR.test(lastName(name));
}

/** Whether a call as a statement of its own can have tested something: nothing of what it gives is used, so else it was made for what it does. */
export function canValidate(interpreter: Interpreter, names: readonly string[]): boolean {
  return names.some(
    (name) =>
      !onlyAnswers(interpreter, name) &&
      (finds(interpreter, name) ||
        interpreter.library.row(name)?.checks !== undefined ||
        RAISING.test(name.replace(/\(\)$/, '')) ||
        looksLikeValidator(name)),
  );
}

/** Whether a call answers yes or no and raises nothing: `safe = url_has_allowed_host_and_scheme(url)` changes nothing where `safe` is not asked. */
export function onlyAnswers({ library }: Interpreter, name: string): boolean {
  return library.row(name)?.returns === 'builtins.bool';
}

/** Whether a call raises where no row of a database has the values that it is passed. */
function finds({ library }: Interpreter, name: string): boolean {
  return library.row(name)?.finds !== undefined;
}

function lastName(name: string): string {
  return name.replace(/\(\)$/, '').split('.').at(-1) ?? '';
}
