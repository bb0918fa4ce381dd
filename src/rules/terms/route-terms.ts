import type { RouteEvent } from '../../evaluate/events.ts';
import { isGuardName } from '../../frameworks/routes/guards/guard-names.ts';
import { guardOfWrapper } from '../../frameworks/routes/guards/guards-of-wrappers.ts';
import { letsEverybodyIn } from '../../frameworks/routes/guards/lets-everybody-in.ts';
import { wrappersOf } from '../../frameworks/routes/view.ts';
import { functionOf } from '../event-parts.ts';
import { compileRegex } from '../name-match.ts';
import { type EventTest, isObject, listOfStrings, REGEX_SCHEMA, type Schema, type Terms } from '../term.ts';
import { compileName, NAME_SCHEMA } from './name-pattern.ts';

const STATES: Schema = { type: 'array', items: { enum: ['required', 'partly', 'none', 'unknown'] }, minItems: 1 };

/** Terms about a route event: one method of one view. */
export const routeTerms: Terms<EventTest> = {
  framework: {
    doc: 'route: the framework whose view it is.',
    schema: { enum: ['flask', 'django'] },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'route' && event.framework === wanted,
  },
  method: {
    doc: 'route: the method of HTTP is one of these.',
    schema: { type: 'array', items: { type: 'string' }, minItems: 1 },
    compile: (methods) => {
      const wanted = new Set(listOfStrings(methods));
      return ({ event }) => event.kind === 'route' && wanted.has(event.method);
    },
  },
  login: {
    doc: 'route: whether somebody who has not logged in gets in, as `ratel routes` tells it.',
    schema: STATES,
    compile: (states) => {
      const wanted = new Set(listOfStrings(states));
      return ({ event }) => event.kind === 'route' && wanted.has(event.login);
    },
  },
  csrf: {
    doc: 'route: whether requests from other sites are refused, as `ratel routes` tells it.',
    schema: { type: 'array', items: { enum: ['on', 'off', 'not-needed', 'unknown'] }, minItems: 1 },
    compile: (states) => {
      const wanted = new Set(listOfStrings(states));
      return ({ event }) => event.kind === 'route' && wanted.has(event.csrf);
    },
  },
  unprotected: {
    doc: 'route: so many views of the project, at least, answer requests that change something and may come from other sites.',
    schema: { type: 'integer', minimum: 1 },
    compile:
      (least) =>
      ({ event }) =>
        event.kind === 'route' && event.unprotected >= Number(least),
  },
  peers: {
    doc: 'route: so many views of the project ask for a login, at least.',
    schema: { type: 'integer', minimum: 0 },
    compile:
      (least) =>
      ({ event }) =>
        event.kind === 'route' && event.peers >= Number(least),
  },
  'near-peers': {
    doc: 'route: so many views of the same application (of Django; with Flask: of the project) ask for a login, at least.',
    schema: { type: 'integer', minimum: 0 },
    compile:
      (least) =>
      ({ event }) =>
        event.kind === 'route' && event.nearPeers >= Number(least),
  },
  'near-open': {
    doc: 'route: so many views of the same application (of Django; with Flask: of the project) ask for no login, at most; the view itself counts.',
    schema: { type: 'integer', minimum: 0 },
    compile:
      (most) =>
      ({ event }) =>
        event.kind === 'route' && event.nearOpen <= Number(most),
  },
  routed: {
    doc: 'route: a URL leads to it (`false`: it only looks like a view, in a project without URLs).',
    schema: { type: 'boolean' },
    compile:
      (wanted) =>
      ({ event }) =>
        event.kind === 'route' && event.isRouted === wanted,
  },
  'empty-guard': {
    doc: 'route: a decorator of the project around its view is named after a check, and lets visitors through who have not logged in.',
    schema: { const: true },
    compile:
      () =>
      ({ event }) => {
        const view = event.kind === 'route' ? functionOf(event) : undefined;
        return (
          view !== undefined && wrappersOf(view).some(({ name, info }) => isGuardName(name) && info !== undefined && letsEverybodyIn(info))
        );
      },
  },
  'idle-guard': {
    doc: 'route: a decorator around its view asks for a login; where `login` is `none`, it stands above the route, and nobody asks it.',
    schema: { const: true },
    compile:
      () =>
      ({ event }) => {
        const view = event.kind === 'route' ? functionOf(event) : undefined;
        return view !== undefined && wrappersOf(view).some((one) => guardOfWrapper(one) === 'required');
      },
  },
  'known-as': {
    doc: 'route: its view, the name of one of its routes, or a part of one of its paths that is no parameter has such a name, or its module.',
    schema: NAME_SCHEMA,
    compile: (pattern) => {
      const test = compileName(isObject(pattern) ? pattern : listOfStrings(pattern));
      return ({ event }) =>
        event.kind === 'route' && (titles(event).some(test) || event.frame.state.module.name.split('.').slice(-2).some(test));
    },
  },
  titled: {
    doc: 'route: its view, the name of one of its routes, or a part of one of its paths that is no parameter has such a name.',
    schema: NAME_SCHEMA,
    compile: (pattern) => {
      const test = compileName(isObject(pattern) ? pattern : listOfStrings(pattern));
      return ({ event }) => event.kind === 'route' && titles(event).some(test);
    },
  },
  'route-path': {
    doc: 'route: one of its paths matches this regular expression (RE2).',
    schema: REGEX_SCHEMA,
    compile: (pattern) => {
      const matches = compileRegex(typeof pattern === 'string' ? pattern : '');
      return ({ event }) => event.kind === 'route' && event.paths.some(matches);
    },
  },
  collides: {
    doc: 'route: Flask refuses it for the name of its endpoint (`endpoint`), or never asks it as another one answers first (`rule`).',
    schema: { enum: ['endpoint', 'rule'] },
    compile:
      (kind) =>
      ({ event }) =>
        event.kind === 'route' && event.collision?.kind === kind,
  },
};

function titles({ view, names, paths }: RouteEvent): readonly string[] {
  const parts = paths.flatMap((path) => path.split('/').filter((part) => part !== '' && !part.includes('<')));
  return [...view.split('.'), ...names, ...parts];
}
