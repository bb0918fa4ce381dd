import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { Expr } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';
import { isRequest } from '../methods/method-words.ts';
import { lastPart } from '../values.ts';
import type { Wrapper } from '../view.ts';
import { guardOfWrapper } from './guards-of-wrappers.ts';

/** Headers that programs send with each request, and no page of another site can make a browser send. */
const CREDENTIALS = /^(?:authorization|(?:x[-_])?(?:api[-_]?key|(?:auth|access|api)[-_]?token|token)(?:[-_].*)?)$/i;
/** Decorators of a project that are named for what programs send. */
const BY_NAME = /^(?:requires?_)?(?:api|bearer|auth|access|service)_?(?:token|key)s?(?:_(?:required|needed|only|auth))?$/i;
/** What browsers send by themselves. */
const OF_BROWSER = /^(?:current_user|session|cookies|login_user|get_jwt_identity)$/;

/** Whether a decorator of the project refuses by what a header says and looks at nothing that a browser sends by itself. */
export function asksHeaderAlone(wrapper: Wrapper): boolean {
  if (!wrapper.info || wrapper.isOptional || !guardOfWrapper(wrapper)) return false;
  return BY_NAME.test(lastPart(wrapper.name)) || readsHeaderAlone(wrapper.info);
}

/** Whether a function looks at credentials in a header, and at nothing that a browser sends by itself. */
export function readsHeaderAlone({ node }: FunctionInfo): boolean {
  let asks = false;
  let others = false;
  for (const statement of node.kind === 'lambda' ? [] : node.body)
    walk(statement, (one) => {
      if (one.kind === 'attribute' && one.name === 'authorization' && isRequest(one.object)) asks = true;
      if (one.kind === 'subscript' && isHeaders(one.object) && isCredential(one.index)) asks = true;
      if (one.kind === 'call' && one.callee.kind === 'attribute' && isHeaders(one.callee.object) && isCredential(one.args[0]?.value))
        asks = true;
      if ((one.kind === 'name' && OF_BROWSER.test(one.id)) || (one.kind === 'attribute' && OF_BROWSER.test(one.name))) others = true;
      return true;
    });
  return asks && !others;
}

function isHeaders(node: Expr): boolean {
  return node.kind === 'attribute' && node.name === 'headers' && isRequest(node.object);
}

function isCredential(node: Expr | undefined): boolean {
  return node?.kind === 'literal' && node.literal.type === 'str' && CREDENTIALS.test(node.literal.value);
}
