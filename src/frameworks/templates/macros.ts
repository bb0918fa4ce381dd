import type { TemplateExpr } from '../../ir/template.ts';
import { type Macro, Names } from './names.ts';
import type { TemplateFile } from './template-files.ts';

/** The macros of a template that another one imports, by their names; each sees the others. */
export function macrosOf(file: TemplateFile | undefined): ReadonlyMap<string, Macro> {
  const macros = new Map<string, Macro>();
  const names = new Names();
  for (const one of file?.nodes ?? [])
    if (file && one.kind === 'macro') {
      const macro = { file, params: one.params, body: one.body, names };
      macros.set(one.name, macro);
      names.define(one.name, macro);
    }
  return macros;
}

/** The macro that a call is one of: `field(…)`, `forms.field(…)`. */
export function calledMacro(names: Names, { callee }: TemplateExpr & { kind: 'call' }): Macro | undefined {
  if (callee.kind === 'name') return names.macro(callee.id);
  return callee.kind === 'look-up' && callee.object.kind === 'name' ? names.macroOf(callee.object.id, callee.key) : undefined;
}

/** What a call passes to the parameter of this name, which is the `index`-th. */
export function passedTo({ args }: TemplateExpr & { kind: 'call' }, name: string, index: number): TemplateExpr | undefined {
  return (args.find((one) => one.name === name) ?? args.filter((one) => one.name === undefined)[index])?.value;
}
