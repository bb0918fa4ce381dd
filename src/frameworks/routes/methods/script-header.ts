import type { Expr } from '../../../ir/nodes.ts';
import { isRequest, nameOf } from './method-words.ts';

/**
 * Headers that scripts of the same site set by themselves: a link or form of another site cannot, and its scripts only where the server lets
 * them. Those that proxies and browsers add are none. https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
const OF_SCRIPT = /^(?:HTTP_)?(?:X[-_]REQUESTED[-_]WITH|HX[-_]\w[\w-]*|X[-_](?:\w+[-_])?(?:CSRF|XSRF|API|AUTH)[\w-]*)$/i;

/** `request.headers.get("X-Requested-With")`, `request.META["HTTP_HX_REQUEST"]`: the value of such a header. */
export function readsScriptHeader(node: Expr): boolean {
  const call = node.kind === 'call' && node.callee.kind === 'attribute' && node.callee.name === 'get' ? node : undefined;
  if (call?.callee.kind === 'attribute') return isHeaders(call.callee.object) && isScriptHeader(call.args[0]?.value);
  return node.kind === 'subscript' && isHeaders(node.object) && isScriptHeader(node.index);
}

/** `request.is_ajax()`, `is_ajax(request)`, `request.is_xhr`, `request.htmx`: true only for a request with such a header. */
export function saysOfScript(node: Expr): boolean {
  if (node.kind === 'attribute') return /^(?:is_xhr|htmx)$/.test(node.name) && isRequest(node.object);
  return node.kind === 'call' && nameOf(node.callee) === 'is_ajax';
}

export function isHeaders(node: Expr): boolean {
  return node.kind === 'attribute' && /^(?:headers|META)$/.test(node.name) && isRequest(node.object);
}

export function isScriptHeader(node: Expr | undefined): boolean {
  return node?.kind === 'literal' && node.literal.type === 'str' && OF_SCRIPT.test(node.literal.value);
}
