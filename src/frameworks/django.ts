import type { FunctionInfo } from '../evaluate/calls/function-info.ts';
import { findInClass } from '../evaluate/classes/attributes.ts';
import { ancestors } from '../evaluate/classes/class-info.ts';
import type { Frame } from '../evaluate/frame.ts';
import type { FrameworkHooks } from '../evaluate/interpreter.ts';
import { truthOf } from '../evaluate/values/truth.ts';
import type { Value } from '../evaluate/values/value.ts';
import { acceptedParameter, isOfSerializer } from './accepted-parameter.ts';
import { passed, RouteTable, texts } from './route-table.ts';
import { routerParameter } from './router-parameter.ts';
import { pathTexts } from './routes/values.ts';
import { savedRow } from './saved-row.ts';
import { anglePatterns, isClean, isPlaceOfGroup, kindsOf, parameterOf, regexGroups, typeOfPart, type UrlParameter } from './url-rule.ts';

const REQUEST = 'django.http.HttpRequest';
const QUERY_SET = 'django.db.models.QuerySet';
const DRF_REQUEST = 'rest_framework.request.Request';
/** Class names from whose instances `self.request` is a request, wherever they come from. */
const VIEW_LIKE = /(View|ViewSet|Mixin|APIView|Wizard|Consumer|Middleware)$/;

/**
 * What Django adds to the language: the first parameter called `request` of a function is the request, and so is `self.request` in views.
 * https://docs.djangoproject.com/en/stable/topics/http/views/, …/topics/class-based-views/
 * What is called `queryset` is one: of actions, filters and managers. Only in projects that use Django: elsewhere the name says nothing.
 */
export function djangoHooks(usesDjango: boolean): FrameworkHooks {
  const routes = new RouteTable(1);
  const converters = new Map<string, UrlParameter>();
  return {
    observed: new Set(['path', 're_path', 'url', 'register_converter']),
    registering: new Set(['path', 're_path', 'url']),
    observe: (name, args, _, frame) => {
      if (!/^(?:django\.urls\.|django\.conf\.urls\.)/.test(name)) return;
      if (name.endsWith('.register_converter')) {
        const [pattern, ...others] = patternsOf(passed(args, 0, 'converter'), frame);
        if (pattern !== undefined && others.length === 0)
          for (const type of texts(passed(args, 1, 'type_name'))) converters.set(type, parameterOf(pattern));
        return;
      }
      const view = passed(args, 1, 'view');
      const isPath = name.endsWith('.path');
      if (!view) return;
      const written = passed(args, 0, 'route', 'regex');
      const rules = texts(written);
      const parametersOf = (rule: string) => (isPath ? anglePatterns(rule, converters) : regexGroups(rule));
      for (const rule of rules) routes.add(view, parametersOf(rule));
      if (rules.length > 0) return;
      routes.addUnknown();
      // What is named in the parts that are known is a parameter, whatever stands in the others, such as a word in the language of the site.
      for (const rule of pathTexts(written)) {
        const named = new Map([...parametersOf(rule)].filter(([name]) => !isPlaceOfGroup(name)));
        if (named.size > 0) routes.add(view, named);
      }
    },
    parameterType: (info, name, index) => {
      if (!usesDjango) return undefined;
      if (name === 'request' && (index <= 1 || isOfView(info))) return requestOf(info);
      return name === 'queryset' ? QUERY_SET : typeOfPart(routes.known(info, name));
    },
    parameterEntries: (info, _, index) => (usesDjango && isContextOfTag(info, index) ? [['request', REQUEST]] : undefined),
    askedTooEarly: (info) => usesDjango && routes.askedTooEarly(info),
    parameterSource: (info, name) =>
      usesDjango ? (kindsOf(routes.parameter(info, name) ?? routerParameter(info, name)) ?? validatedValue(info, name)) : undefined,
    urlPart: (owner, name) => {
      const parameter = routes.ofClass(owner, name);
      // A router adds the name by which a view set looks rows up.
      const isRouted = ancestors(owner).some((one) => one.kind === 'library' && one.name.startsWith('rest_framework.viewsets.'));
      if (parameter === undefined && !isRouted && routes.leavesOut(owner, name)) return [];
      return isClean(parameter) ? [] : kindsOf(parameter);
    },
    isHarmlessPart: (info, name) => usesDjango && isClean(routes.parameter(info, name) ?? routerParameter(info, name)),
    urlParameters: (info) => (usesDjango ? routes.names(info) : []),
    provider: (info, name) => (usesDjango ? formOfView(info, name) : undefined),
    attributeType: (names, name) => {
      if (!usesDjango || name !== 'request') return undefined;
      if (names.some((ancestor) => ancestor.startsWith('rest_framework.'))) return DRF_REQUEST;
      return names.some((ancestor) => VIEW_LIKE.test(ancestor)) ? REQUEST : undefined;
    },
    attributeValue: (interpreter, frame, info, self, name, here) => {
      const isSaved = name === 'instance' || name === 'object';
      return usesDjango && isSaved ? savedRow(interpreter, frame, info, self, name, here) : undefined;
    },
  };
}

/** What a converter of the project lets through. https://docs.djangoproject.com/en/stable/topics/http/urls/#registering-custom-path-converters */
function patternsOf(converter: Value | undefined, frame: Frame): readonly string[] {
  return (converter ?? []).flatMap((atom) => (atom.kind === 'class' ? texts(findInClass(atom.info, 'regex', frame)?.value) : []));
}

/** What consumers of channels are called with for each message. https://channels.readthedocs.io/en/stable/topics/consumers.html */
const MESSAGES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['receive', new Set(['text_data', 'bytes_data'])],
  ['receive_json', new Set(['content'])],
  ['websocket_receive', new Set(['message', 'event'])],
  ['handle', new Set(['body'])],
]);

/**
 * What a serializer hands to its `validate_name(value)`, `validate(attrs)` and `create(validated_data)`, and a filter set to its methods as `value`: checked for
 * its type only; messages of web sockets; and what somebody logs in with, handed to the back ends.
 * https://django-filter.readthedocs.io/en/stable/ref/filters.html#method
 * https://docs.djangoproject.com/en/stable/topics/auth/customizing/#writing-an-authentication-backend
 */
function validatedValue(info: FunctionInfo, name: string): readonly string[] | undefined {
  const isBelow = (prefix: string): boolean | undefined =>
    info.owner && ancestors(info.owner).some((one) => one.kind === 'library' && one.name.startsWith(prefix));
  if (info.node.params[1]?.name === 'queryset' && info.node.params[3]?.name === name && isBelow('django_filters.')) return ['request'];
  if (
    info.name === 'authenticate' &&
    info.node.params.slice(2).some((one) => one.name === name) &&
    isBelow('django.contrib.auth.backends.')
  )
    return ['request'];
  if (MESSAGES.get(info.name)?.has(name) && isBelow('channels.')) return info.name === 'receive' ? ['request'] : ['request', 'json'];
  if (!isOfSerializer(info)) return undefined;
  if (acceptedParameter(info) === name) return ['request'];
  return info.node.params[1]?.name === name && /^(?:validate_|to_internal_value$)/.test(info.name) ? ['request'] : undefined;
}

/** Views hand what was sent to `form_valid(form)` and `perform_create(serializer)` as the form or serializer that their class names. */
function formOfView(info: FunctionInfo, name: string): Value | undefined {
  if (!info.owner || info.node.params[1]?.name !== name) return undefined;
  if (/^form_(?:in)?valid$/.test(info.name)) return findInClass(info.owner, 'form_class', info.closure)?.value;
  // https://www.django-rest-framework.org/api-guide/generic-views/#genericapiview
  return /^perform_(?:create|update)$/.test(info.name) ? findInClass(info.owner, 'serializer_class', info.closure)?.value : undefined;
}

/**
 * Template tags that take the context, and nodes: the processor that Django's own project template names puts the request there.
 * https://docs.djangoproject.com/en/stable/howto/custom-template-tags/, https://docs.djangoproject.com/en/stable/ref/templates/api/#django-template-context-processors-request
 */
function isContextOfTag(info: FunctionInfo, index: number): boolean {
  const { owner, node } = info;
  if (node.params[index]?.name !== 'context') return false;
  if (owner) return index === 1 && /^render/.test(info.name) && ancestors(owner).some((one) => one.kind === 'library' && isNode(one.name));
  return (
    index === 0 &&
    info.decorators.some((decorator) =>
      decorator.value.some(
        (atom) =>
          atom.kind === 'opaque' &&
          atom.origin.via === 'call' &&
          atom.origin.args.keywords.some(({ name, value }) => name === 'takes_context' && truthOf(value) === true),
      ),
    )
  );
}

function isNode(name: string): boolean {
  return /^(?:django\.template\..*Node|classytags\..*)$/.test(name);
}

/** Views of libraries hand the request on to methods that projects override, wherever they take it: `on_completion(self, uploaded_file, request)`. */
function isOfView({ owner }: FunctionInfo): boolean {
  return owner !== undefined && ancestors(owner).some((one) => one.kind === 'library' && VIEW_LIKE.test(one.name));
}

/** DRF hands its own request to API views. */
function requestOf(info: FunctionInfo): string {
  const inherited = info.owner
    ? ancestors(info.owner).some((ancestor) => ancestor.kind === 'library' && ancestor.name.startsWith('rest_framework.'))
    : false;
  const decorated = info.decorators.some((decorator) =>
    decorator.value.some(
      (atom) => atom.kind === 'opaque' && atom.origin.via === 'call' && atom.origin.names.includes('rest_framework.decorators.api_view'),
    ),
  );
  return inherited || decorated ? DRF_REQUEST : REQUEST;
}
