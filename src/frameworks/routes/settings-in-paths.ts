import type { Interpreter } from '../../evaluate/interpreter.ts';
import { ROOT_BRANCH } from '../../evaluate/values/branch.ts';
import { applicationClasses } from './functions.ts';
import { pathTexts } from './values.ts';

/** What stands in a path for a setting: `{API_PREFIX}`. */
const NAMED = /\{([A-Z][A-Z0-9_]+)\}/g;

/**
 * Puts the settings into paths, where modules and classes of the project give a name one text only. Which of them an application is
 * configured with need not be known then.
 */
export function settingsInPaths(interpreter: Interpreter): (path: string) => string {
  const known = new Map<string, string | undefined>();
  const textOf = (name: string): string | undefined => {
    if (!known.has(name)) known.set(name, onlyText(interpreter, name));
    return known.get(name);
  };
  return (path) => {
    const filled = path.replace(NAMED, (whole, name: string) => textOf(name) ?? whole);
    return filled === path ? path : filled.replace(/\/{2,}/g, '/').replace(/^(?![/…{])/, '/');
  };
}

function onlyText(interpreter: Interpreter, name: string): string | undefined {
  const values = [
    ...[...interpreter.states.values()].filter(({ module }) => module.file.role !== 'test').map(({ frame }) => frame.vars.get(name)),
    ...applicationClasses(interpreter).map((info) => info.namespace.read(name, ROOT_BRANCH)),
  ];
  const found = new Set(values.flatMap((value) => pathTexts(value)));
  const [only] = found;
  return found.size === 1 && only !== undefined && !/[…{]/.test(only) ? only : undefined;
}
