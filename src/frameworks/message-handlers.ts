import type { FunctionInfo } from '../evaluate/calls/function-info.ts';
import { ancestors } from '../evaluate/classes/class-info.ts';
import type { FrameworkHooks } from '../evaluate/interpreter.ts';
import { NOTHING } from '../evaluate/values/value.ts';
import { passed } from './route-table.ts';

/** Decorators of what is called with messages from outside, and how many parameters stand in front of these. */
const HANDLERS: readonly { readonly decorator: RegExp; readonly before: number }[] = [
  // https://flask-socketio.readthedocs.io/en/latest/getting_started.html#receiving-messages
  { decorator: /^flask_socketio\.SocketIO\.(?:on|event)$/, before: 0 },
  // https://strawberry.rocks/docs/types/resolvers
  { decorator: /^strawberry\.(?:[\w.]+\.)?(?:field|mutation|subscription)$/, before: 0 },
  // https://ariadnegraphql.org/docs/resolvers
  { decorator: /^ariadne\.(?:[\w.]+\.)?(?:Query|Mutation|Object|Subscription|Interface)Type(?:\(\))?\.(?:field|source)$/, before: 2 },
];
/** What such functions are handed besides: themselves, the object around the field, the context of the query. */
const CONTEXT = new Set(['self', 'cls', 'root', 'parent', 'info', '_info']);

/**
 * What is called by messages instead of requests by path: handlers of web sockets, resolvers of GraphQL, procedures that others call.
 */
export function messageHooks(): FrameworkHooks {
  const procedures = new Set<FunctionInfo>();
  return {
    // https://docs.python.org/3/library/xmlrpc.server.html#xmlrpc.server.SimpleXMLRPCServer.register_function
    observed: new Set(['register_function']),
    observe: (name, args) => {
      if (!/xmlrpc/i.test(name)) return;
      for (const atom of passed(args, 0, 'function') ?? NOTHING)
        if (atom.kind === 'function' || atom.kind === 'bound') procedures.add(atom.info);
    },
    parameterType: (info, name, index) => {
      if (index === 0 && isSocketRoute(info)) return 'simple_websocket.Server';
      return isOfCall(info, name) ? 'google.protobuf.message.Message' : undefined;
    },
    attributeType: () => undefined,
    parameterSource: (info, name) => {
      if (CONTEXT.has(name)) return undefined;
      if (isMessage(info, name) || procedures.has(info)) return ['request', 'json'];
      return isOfCall(info, name) ? ['request'] : undefined;
    },
  };
}

function isMessage(info: FunctionInfo, name: string): boolean {
  const at = info.node.params.findIndex((parameter) => parameter.name === name);
  return decoratorNames(info).some((one) => HANDLERS.some(({ decorator, before }) => decorator.test(one) && at >= before));
}

/** The connection that a route of web sockets is called with. https://flask-sock.readthedocs.io/en/latest/quickstart.html */
function isSocketRoute(info: FunctionInfo): boolean {
  return decoratorNames(info).some((name) => /^flask_sock\.Sock(?:\(\))?\.route$/.test(name));
}

/** The message that a method of a service is called with. https://grpc.io/docs/languages/python/basics/#creating-the-server */
function isOfCall({ owner, node: { params } }: FunctionInfo, name: string): boolean {
  return (
    owner !== undefined &&
    params[1]?.name === name &&
    params[2]?.name === 'context' &&
    ancestors(owner).some((one) => one.kind === 'library' && one.name.endsWith('Servicer'))
  );
}

function decoratorNames({ decorators }: FunctionInfo): readonly string[] {
  return decorators.flatMap(({ value }) =>
    value.flatMap((atom) => {
      if (atom.kind === 'symbol') return [atom.name];
      return atom.kind === 'opaque' && atom.origin.via === 'call' ? atom.origin.names : [];
    }),
  );
}
