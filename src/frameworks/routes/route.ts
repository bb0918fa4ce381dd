import type { Span } from '../../ir/nodes.ts';
import type { Module } from '../../semantics/module.ts';
import type { View } from './view.ts';

/** Where a view, or what registers it, stands. */
export interface RoutePlace {
  readonly module: Module;
  readonly node: Span;
}

/** Whether somebody who has not logged in gets to a view, and what decides it, in a few words. */
export interface LoginState {
  /**
   * `required`: nobody else gets in · `partly`: some methods or callers need it, others do not, or conditions decide that are not
   * followed · `none`: nothing asks for it · `unknown`: the view is not in the tree.
   */
  readonly state: 'required' | 'partly' | 'none' | 'unknown';
  readonly by: string;
}

/** Whether a request from another site is refused. */
export interface CsrfState {
  /** `not-needed`: the view answers only methods that change nothing, or who calls shows a token that browsers do not send by themselves. */
  readonly state: 'on' | 'off' | 'not-needed' | 'unknown';
  readonly by: string;
}

/** One way into the application: a path, and the view that answers it. */
export interface Route {
  readonly framework: 'flask' | 'django';
  /** `['*']`: any. Those that frameworks add by themselves (HEAD, OPTIONS) are left out. */
  readonly methods: readonly string[];
  /** With leading `/`; parameters in angle brackets; `*` at the end: all that is below; `…` for what is not known. */
  readonly path: string;
  /** Where the same answers as well, in the form that the last part of the path asks for. */
  readonly alsoAt?: readonly string[];
  /** Dotted name of the function or class. */
  readonly view: string;
  /** The name that `url_for()` or `reverse()` takes. */
  readonly name: string | undefined;
  readonly login: LoginState;
  readonly csrf: CsrfState;
  /** The view, where it is in the tree. */
  readonly viewPlace: RoutePlace | undefined;
  /** What registers it. */
  readonly place: RoutePlace;
  /** `false`: its blueprint is registered nowhere that could be seen. */
  readonly mounted: boolean;
  /** What answers, as far as it is in the tree. */
  readonly target: View;
  /** The same as `login` for one method: a class may ask for a login in some only. */
  readonly loginFor: (method: string) => LoginState;
  /** The blueprint and application that it was registered with, innermost first, where they are known. */
  readonly around: readonly Span[];
  /** Where its blueprint, and those around that, are registered. */
  readonly registered?: readonly RoutePlace[];
  /** No URLconf names it: it is a view by what it looks like, in a project that holds no URLs. */
  readonly isAssumed?: boolean;
}

/** The routes of a project, and what could not be followed. */
export interface RouteList {
  readonly routes: readonly Route[];
  /** Registrations whose content is not known, each in a few words. */
  readonly unread: readonly { readonly place: RoutePlace; readonly what: string }[];
}

export const UNSAFE_METHODS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE', '*']);
