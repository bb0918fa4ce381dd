import type { Expr } from '../../../ir/nodes.ts';
import { nameOf } from './method-words.ts';

/** https://flask.palletsprojects.com/en/stable/config/#TESTING, https://docs.djangoproject.com/en/stable/ref/settings/#debug */
const SWITCH = /^(?:DEBUG|TESTING)$/;
const OF_APPLICATION = /^(?:debug|testing)$/;
const CONFIG = /^(?:config|settings|conf)$/;
const APPLICATION = /^(?:app|application|current_app)$/;

/** Whether an expression asks for what is on for developers alone: `settings.DEBUG`, `app.debug`, `current_app.config.get("TESTING")`. */
export function isDevelopersSwitch(node: Expr): boolean {
  switch (node.kind) {
    case 'attribute':
      return (
        (SWITCH.test(node.name) && CONFIG.test(nameOf(node.object))) ||
        (OF_APPLICATION.test(node.name) && APPLICATION.test(nameOf(node.object)))
      );
    case 'subscript':
      return CONFIG.test(nameOf(node.object)) && namesSwitch(node.index);
    case 'call': {
      const { callee, args } = node;
      const [key, fallback] = args;
      if (callee.kind !== 'attribute' || callee.name !== 'get' || !CONFIG.test(nameOf(callee.object)) || !key) return false;
      // What is on where nobody says otherwise is not for developers.
      const isOnByDefault = fallback?.value.kind === 'literal' && fallback.value.literal.type === 'bool' && fallback.value.literal.value;
      return namesSwitch(key.value) && !isOnByDefault;
    }
    default:
      return false;
  }
}

function namesSwitch(key: Expr): boolean {
  return key.kind === 'literal' && key.literal.type === 'str' && SWITCH.test(key.literal.value);
}
