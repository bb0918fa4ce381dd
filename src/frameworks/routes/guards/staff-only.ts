import { ancestors, type ClassInfo } from '../../../evaluate/classes/class-info.ts';
import type { Interpreter } from '../../../evaluate/interpreter.ts';
import type { Site } from '../../../evaluate/values/value.ts';
import type { Argument, ClassStmt, Expr, FunctionStmt, Parameter, Stmt } from '../../../ir/nodes.ts';
import { walk } from '../../../ir/walk.ts';
import { encloses } from '../../../util/encloses.ts';
import { classAttribute, elementsOf, lastPart } from '../values.ts';
import { libraryBases } from '../view.ts';
import { writtenName } from '../written-name.ts';
import { isGuardName } from './guard-names.ts';

/** Who runs the application, in a name that was cut into words. */
const STAFF = /^(?:staff|staffuser|superusers?|superadmins?|sysadmins?|admins?|administrators?)$/;
/** Whose administrators are users like others: everybody can found an organisation, or make a repository. */
const SMALLER =
  /^(?:org|orgs|organi[sz]ations?|teams?|projects?|groups?|workspaces?|tenants?|company|companies|courses?|schools?|clubs?|rooms?|channels?|owners?|events?|boards?|repos?|repository|repositories|blogs?|forums?|communit(?:y|ies)|domains?|collections?|datasets?|shops?|self|or|not|non|no)$/;
/** What registers something with the pages for administrators, or says how it looks there. */
const REGISTERING = /^(?:register|display|action|route|expose|get|post|put|patch|delete)$/;
/** Libraries whose classes are pages for administrators. */
const ADMIN_PAGES = /^(?:django\.contrib\.admin\.|flask_admin\.|sqladmin\.|starlette_admin\.)/;

/** Whether a word about somebody means who runs the whole application: `admin_required`, `IsSuperUser`; not `org_admin_required`. */
function saysStaff(name: string): boolean {
  const words = lastPart(name)
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll('super_user', 'superuser')
    .split(/[^a-z]+/);
  return words.some((word) => STAFF.test(word)) && !words.some((word) => SMALLER.test(word));
}

/**
 * Whether only those who run the application get to a place, as the function and the class around it say: a decorator, a base class, a
 * permission class, a dependency, or a test in front. What they send is trusted further than what others send.
 */
export function isForStaff(interpreter: Interpreter, { module, node }: Site): boolean {
  for (const one of around(module.unit.body, node)) {
    if (one.decorators.some(({ expression }) => asksForStaff(expression))) return true;
    if (one.kind === 'function' && (one.params.some(isGivenByStaff) || refusesOthers(one.body))) return true;
    if (one.kind !== 'class') continue;
    const value = interpreter.states.get(module)?.frame.vars.get(one.name);
    if (value?.some((atom) => atom.kind === 'class' && isClassForStaff(atom.info))) return true;
  }
  return false;
}

/** The functions and classes that a place stands in, outermost first. */
export function around(body: readonly Stmt[], place: Site['node']): readonly (FunctionStmt | ClassStmt)[] {
  const found: (FunctionStmt | ClassStmt)[] = [];
  for (const statement of body)
    if (encloses(statement, place))
      walk(statement, (one) => {
        if (!encloses(one, place)) return false;
        if (one.kind === 'function' || one.kind === 'class') found.push(one);
        return true;
      });
  return found;
}

/** `@staff_member_required`, `@roles_required("admin")`, `@user_passes_test(lambda user: user.is_superuser)`. */
function asksForStaff(decorator: Expr): boolean {
  const called = decorator.kind === 'call' ? decorator.callee : decorator;
  const name = writtenName(called);
  const args = decorator.kind === 'call' ? decorator.args : [];
  if (name === 'method_decorator')
    return args.some((one, at) => (one.name === 'decorator' || (at === 0 && one.name === undefined)) && asksForStaff(one.value));
  if (REGISTERING.test(name)) return args.some((one) => one.name === 'dependencies' && listsStaff(one.value));
  if (saysStaff(name)) return true;
  if (!isGuardName(name) && name !== 'permission_classes') return false;
  const words = args.flatMap(wordsOf);
  return words.length > 0 && words.every(saysStaff);
}

/** `dependencies=[Depends(require_role("admin"))]`. https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-in-path-operation-decorators/ */
function listsStaff(list: Expr): boolean {
  return (list.kind === 'list' || list.kind === 'tuple') && list.elements.some(isDependencyOnStaff);
}

/** `Depends(get_current_superuser)`, `Depends(require_role("admin"))`. */
function isDependencyOnStaff(node: Expr): boolean {
  if (node.kind !== 'call' || !/^(?:Depends|Security)$/.test(writtenName(node.callee))) return false;
  return node.args.slice(0, 1).some(({ value }) => saysStaff(writtenName(value)) || asksForStaff(value));
}

/** What an argument of a decorator names: `"admin"`, `Role.ADMIN`, `[IsAdminUser]`, `is_admin=True`, the attributes that a function asks. */
function wordsOf({ name, value }: Pick<Argument, 'name' | 'value'>): readonly string[] {
  if (name !== undefined && value.kind === 'literal' && value.literal.type === 'bool') return value.literal.value ? [name] : [];
  if (name !== undefined && /url|redirect|message|next/.test(name)) return [];
  switch (value.kind) {
    case 'literal':
      return value.literal.type === 'str' ? [value.literal.value] : [];
    case 'name':
    case 'attribute':
      return [writtenName(value)];
    case 'list':
    case 'tuple':
    case 'set':
      return value.elements.flatMap((one) => wordsOf({ value: one }));
    case 'lambda':
      return value.body.kind === 'attribute' ? [value.body.name] : [];
    default:
      return [];
  }
}

function isClassForStaff(info: ClassInfo): boolean {
  const permissions = elementsOf(classAttribute(info, 'permission_classes')).flatMap((element) =>
    element.map((atom) => (atom.kind === 'symbol' ? atom.name : atom.kind === 'class' ? atom.info.name : '')),
  );
  return (
    permissions.some(saysStaff) ||
    libraryBases(info).some((name) => ADMIN_PAGES.test(name) || isMixinForStaff(name)) ||
    ancestors(info).some(
      (one) =>
        one.kind === 'class' && (isMixinForStaff(one.info.name) || one.info.decorators.some(({ node }) => asksForStaff(node.expression))),
    )
  );
}

/** `SuperuserRequiredMixin`, `BaseAdminController`: a class that others are built upon; what is called `AdminForm` is only about them. */
function isMixinForStaff(name: string): boolean {
  return saysStaff(name) && /(?:Required|Mixin|Only|Controller|View|Handler|Permission|Resource)s?$/.test(lastPart(name));
}

/** `admin: User = Depends(get_current_superuser)`, `_: AdminUser`. https://fastapi.tiangolo.com/tutorial/dependencies/ */
function isGivenByStaff({ default: fallback, annotation }: Parameter): boolean {
  if (fallback && isDependencyOnStaff(fallback)) return true;
  const name = annotation === undefined ? '' : writtenName(annotation).replace(OR_ONLY_USER, '');
  return OF_SOMEBODY.test(name) && saysStaff(name);
}

const OF_SOMEBODY = /(?:User|Superuser|Dep|Required)$/;
/** `AdminUserOrDefault`: where there is only one user, nobody else is kept out. */
const OR_ONLY_USER = /OrDefault$/;

/** `if not request.user.is_staff: raise PermissionDenied` in front of all that follows. */
function refusesOthers(body: readonly Stmt[]): boolean {
  return body.some(
    (one) =>
      one.kind === 'if' &&
      one.test.kind === 'unary' &&
      one.test.op === 'not' &&
      /^(?:attribute|name|call)$/.test(one.test.operand.kind) &&
      saysStaff(writtenName(one.test.operand)) &&
      endsHere(one.then.at(-1)),
  );
}

/** Whether a place stands under a test that only those pass: `if user.is_authenticated and user.is_admin(): stack = format_exc()`. */
export function isUnderTestForStaff({ module, node }: Site): boolean {
  let found = false;
  for (const statement of module.unit.body)
    if (encloses(statement, node))
      walk(statement, (one) => {
        if (found || !encloses(one, node)) return false;
        if (one.kind === 'if' && one.then.some((inner) => encloses(inner, node)) && requiredIn(one.test).some(saysStaff)) found = true;
        return true;
      });
  return found;
}

/** The names of what has to be true. */
function requiredIn(test: Expr): readonly string[] {
  if (test.kind === 'boolean') return test.op === 'and' ? test.operands.flatMap(requiredIn) : [];
  if (test.kind === 'call') return requiredIn(test.callee);
  return test.kind === 'attribute' || test.kind === 'name' ? [writtenName(test)] : [];
}

function endsHere(last: Stmt | undefined): boolean {
  if (last?.kind === 'expression' && last.value.kind === 'call') return /abort/.test(writtenName(last.value.callee));
  return last?.kind === 'raise' || last?.kind === 'return';
}
