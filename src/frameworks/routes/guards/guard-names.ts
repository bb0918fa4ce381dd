import { lastPart } from '../values.ts';

/** How far a function keeps out who has not logged in. */
export type Guard = 'required' | 'partly';

/** Names of decorators and mixins that ask for a login, in the spellings that libraries and projects share. */
const GUARD_NAME =
  /(?:^|_)(?:login|logged_?in|auth|authenticated|authentication|authorization|authorized|permissions?|perms?|roles?|groups?|admin|staff|staffuser|superuser|jwt|token|api_?key|user|member|owner|session)_(?:(?:and|or)_\w+_)?(?:required|accepted|needed|only)$|^(?:requires?|needs?|must_be|ensure|check)_?(?:login|logged_?in|auth\w*|permissions?|perms?|roles?|admin|staff|superuser|jwt|token|user|member|owner|scope)\w*$|^(?:user_passes_test|staff_member_required|authenticated|login_exempt_check|allows?|requires?|(?:permissions?|perms?|access|auth|login|role)_check(?:ed|er)?|(?:user_)?has_(?:perms?|permissions?|roles?)|authori[sz]ed?(?:_\w+)?|protect(?:ed)?|has_access(?:_api)?|admin_only|staff_only|oauth_required)$/i;
const MIXIN_NAME =
  /(?:Login|Permissions?|Auth(?:entication|enticated)?|Staff|Staffuser|Superuser|Group|User|Role|Owner|Admin)Required(?:Mixin)?$|^UserPassesTestMixin$|^PermissionMixin$/;

export function isGuardName(name: string): boolean {
  return GUARD_NAME.test(lastPart(name));
}

export function isGuardMixin(name: string): boolean {
  return MIXIN_NAME.test(lastPart(name));
}
