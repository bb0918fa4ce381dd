import type { Interpreter } from '../interpreter.ts';
import type { Value } from '../values/value.ts';
import { positional } from './arguments.ts';
import { callFunction, isLookedAt, runOpen } from './call-function.ts';
import type { FunctionInfo } from './function-info.ts';
import { passesMore } from './wrappers.ts';

/**
 * Looks at a function as the wrapper of its decorator calls it, where that passes more than it was given: `view(*args, form=form, **kwargs)`.
 * The function itself stays what the decorated name means (see decorate.ts).
 */
export function runDecorated(interpreter: Interpreter, info: FunctionInfo): void {
  for (const decorator of info.decorators)
    for (const atom of decorator.value) {
      if ((atom.kind !== 'function' && atom.kind !== 'bound') || !passesMore(atom.info.node)) continue;
      const self = atom.kind === 'bound' ? atom.self : undefined;
      const decorated: Value = [{ kind: 'function', info }];
      const args = positional({ value: decorated, node: decorator.node });
      for (const wrapper of callFunction(interpreter, info.closure, atom.info, args, self, decorator.node))
        if (wrapper.kind === 'function' && wrapper.info !== info && !isLookedAt(wrapper.info)) runOpen(interpreter, wrapper.info);
    }
}
