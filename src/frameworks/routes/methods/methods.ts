import type { FunctionInfo } from '../../../evaluate/calls/function-info.ts';
import type { Value } from '../../../evaluate/values/value.ts';
import type { Expr } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';
import { texts } from '../../route-table.ts';
import { callOf, classAttribute, elementsOf, lastName } from '../values.ts';
import { handlersOf, libraryBases, type View } from '../view.ts';

/** Decorators that let only some methods through. https://docs.djangoproject.com/en/stable/topics/http/decorators/ */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  require_GET: ['GET'],
  require_POST: ['POST'],
  require_safe: ['GET'],
};

/** `@api_view.post` answers one method. https://github.com/andrewgodwin/django-hatchway#decorators */
const ONE = /(?:^|\.)hatchway\.(?:\w+\.)*api_view\.(get|post|put|patch|delete)$/;

/** What library classes answer. https://docs.djangoproject.com/en/stable/ref/class-based-views/, https://www.django-rest-framework.org/api-guide/generic-views/ */
const ANSWERS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /(?:^|\.)(?:CreateView|UpdateView|DeleteView|FormView|ProcessFormView|LoginView|Password(?:Change|Reset|ResetConfirm)View)$/,
    ['GET', 'POST'],
  ],
  [/(?:^|\.)LogoutView$/, ['POST']],
  [
    /(?:^|\.)(?:TemplateView|ListView|DetailView|(?:Archive|Year|Month|Week|Day|Today|Date|ArchiveIndex|YearArchive|MonthArchive)\w*View|JavaScriptCatalog)$/,
    ['GET'],
  ],
  [/(?:^|\.)RedirectView$/, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']],
  [/(?:^|\.)(?:ListAPIView|RetrieveAPIView)$/, ['GET']],
  [/(?:^|\.)CreateAPIView$/, ['POST']],
  [/(?:^|\.)ListCreateAPIView$/, ['GET', 'POST']],
  [/(?:^|\.)UpdateAPIView$/, ['PUT', 'PATCH']],
  [/(?:^|\.)DestroyAPIView$/, ['DELETE']],
  [/(?:^|\.)RetrieveUpdateAPIView$/, ['GET', 'PUT', 'PATCH']],
  [/(?:^|\.)RetrieveDestroyAPIView$/, ['GET', 'DELETE']],
  [/(?:^|\.)RetrieveUpdateDestroyAPIView$/, ['GET', 'PUT', 'PATCH', 'DELETE']],
];
const ORDER = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The methods that a view answers by itself; `['*']` where it looks at none. */
export function methodsOf(view: View): readonly string[] {
  const decorated = [...view.decorators.flatMap(methodsOfDecorator), ...methodsOfOwnDecorators(view.info)];
  const named = view.wrappers.flatMap(({ name }) => ONLY[name.split('.').at(-1) ?? ''] ?? ONE.exec(name)?.[1]?.toUpperCase() ?? []);
  if (decorated.length > 0 || named.length > 0) return sorted([...decorated, ...named]);
  if (view.actions) return sorted([...view.actions.keys()]);
  const bases = view.owner ? libraryBases(view.owner) : [view.name];
  const answered = [
    ...handlersOf(view).keys(),
    ...ANSWERS.filter(([base]) => bases.some((name) => base.test(name))).flatMap(([, verbs]) => verbs),
  ];
  if (answered.length === 0) return ['*'];
  const allowed = view.owner && classAttribute(view.owner, 'http_method_names');
  if (!allowed) return sorted(answered);
  const kept = elementsOf(allowed)
    .flatMap(texts)
    .map((verb) => verb.toUpperCase());
  return sorted(answered.filter((verb) => kept.length === 0 || kept.includes(verb)));
}

function methodsOfDecorator(value: Value): readonly string[] {
  return value.flatMap((atom): readonly string[] => {
    const call = callOf(atom);
    if (!call) return [];
    const name = lastName(call);
    if (name !== 'require_http_methods' && name !== 'api_view') return [];
    const given = elementsOf(call.args.positional[0]?.value).flatMap(texts);
    // https://www.django-rest-framework.org/api-guide/views/#api_view: GET without an argument.
    return given.length > 0 ? given.map((verb) => verb.toUpperCase()) : name === 'api_view' ? ['GET'] : [];
  });
}

/** `@cors("GET", "POST")`: a decorator of the project that is given nothing but methods and looks at the method of the request. */
function methodsOfOwnDecorators(info: FunctionInfo | undefined): readonly string[] {
  return (info?.decorators ?? []).flatMap(({ node, value }) => {
    if (node.expression.kind !== 'call') return [];
    const given = node.expression.args.map((one) => (one.name === undefined && one.star === undefined ? textOf(one.value) : undefined));
    const verbs = given.flatMap((text) => (text !== undefined && ORDER.includes(text) ? [text] : []));
    if (verbs.length === 0 || verbs.length < given.filter((text) => text !== 'HEAD' && text !== 'OPTIONS').length) return [];
    return value.some((atom) => atom.kind === 'function' && asksMethod(atom.info)) ? verbs : [];
  });
}

function textOf(node: Expr): string | undefined {
  return node.kind === 'literal' && node.literal.type === 'str' ? node.literal.value : undefined;
}

function asksMethod(info: FunctionInfo): boolean {
  let asks = false;
  for (const statement of info.node.kind === 'lambda' ? [] : info.node.body)
    walk(statement, (node) => {
      if (node.kind === 'compare' && [node.first, ...node.rest.map(({ right }) => right)].some(isMethod)) asks = true;
      return !asks;
    });
  return asks;
}

function isMethod(node: Expr): boolean {
  return node.kind === 'attribute' && node.name === 'method';
}

/** Without those that frameworks answer by themselves. */
export function sorted(methods: readonly string[]): readonly string[] {
  const upper = [...new Set(methods.map((method) => method.toUpperCase()))].filter((method) => method !== 'HEAD' && method !== 'OPTIONS');
  const rank = (method: string): number => (ORDER.includes(method) ? ORDER.indexOf(method) : ORDER.length);
  return upper.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
