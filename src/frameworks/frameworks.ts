import type { ConfigEvent, Listener, SettingEvent } from '../evaluate/events.ts';
import type { FrameworkHooks, Interpreter } from '../evaluate/interpreter.ts';
import type { Stmt } from '../ir/nodes.ts';
import type { Module } from '../semantics/module.ts';
import { childBlocks } from '../semantics/scope.ts';
import { classViewHooks } from './class-views.ts';
import { configuredHooks } from './configured.ts';
import { djangoHooks } from './django.ts';
import { projectSettings } from './django-settings/project-settings.ts';
import { type SettingsContext, settingEvents } from './django-settings/setting-events.ts';
import { flaskHooks } from './flask.ts';
import { configEvents } from './flask-config/config-events.ts';
import { ConfigWrites } from './flask-config/config-writes.ts';
import { grapheneHooks } from './graphene.ts';
import { handlerHooks } from './handlers.ts';
import { messageHooks } from './message-handlers.ts';
import type { ProjectTexts } from './project-texts.ts';
import { RouteCalls } from './routes/route-calls.ts';
import type { ProjectSettings } from './settings-list.ts';
import { starletteHooks } from './starlette.ts';
import { NO_TEMPLATES, type TemplateSource } from './templates/template-files.ts';
import { templateHooks } from './templates/template-hooks.ts';
import { tornadoHooks } from './tornado.ts';
import { wsgiHooks } from './wsgi.ts';

/** Every framework's additions for a project. A further framework is one more entry here. */
export function frameworkHooks(
  modules: readonly Module[],
  routes = new RouteCalls(),
  templates: TemplateSource = NO_TEMPLATES,
): readonly FrameworkHooks[] {
  return [
    wsgiHooks(),
    // Their `request` is no request of Django.
    messageHooks(),
    djangoHooks(usesDjango(modules)),
    flaskHooks(modules),
    starletteHooks(),
    grapheneHooks(),
    handlerHooks(),
    classViewHooks(),
    tornadoHooks(),
    routes,
    templateHooks(templates),
    configuredHooks(),
  ];
}

/** What every settings module of a project ends with, for people. */
export function listSettings(interpreter: Interpreter, context: SettingsContext): ProjectSettings {
  return projectSettings(interpreter, context, !usesDjango([...interpreter.states.keys()]));
}

/** Listens while the project is evaluated; gives what the configuration of its applications ends with. */
export interface ApplicationConfig {
  readonly listener: Listener;
  readonly events: (interpreter: Interpreter, routes: RouteCalls, texts: ProjectTexts) => Iterable<ConfigEvent>;
}

export function applicationConfig(): ApplicationConfig {
  const writes = new ConfigWrites();
  return { listener: writes, events: (interpreter, routes, texts) => configEvents(interpreter, routes, writes, texts) };
}

/** What the settings modules of a project end with, when all of it has run. */
export function projectSettingEvents(interpreter: Interpreter, context: SettingsContext): Iterable<SettingEvent> {
  return settingEvents(interpreter, context, !usesDjango([...interpreter.states.keys()]));
}

function usesDjango(modules: readonly Module[]): boolean {
  return usesPackage(modules, ['django', 'rest_framework']);
}

/**
 * Whether the project imports one of these packages anywhere. Without any import of a web framework (a lone file in an editor),
 * a parameter called `request` is still taken to be Django's: Flask has none.
 */
function usesPackage(modules: readonly Module[], names: readonly string[]): boolean {
  let other = false;
  const visit = (statements: readonly Stmt[]): boolean =>
    statements.some((statement) => {
      const imported =
        statement.kind === 'import'
          ? statement.names.map((name) => name.name)
          : statement.kind === 'import-from' && statement.level === 0
            ? [statement.module]
            : [];
      for (const name of imported) {
        const top = name.split('.', 1)[0] ?? '';
        if (names.includes(top)) return true;
        if (OTHERS.has(top)) other = true;
      }
      return childBlocks(statement).some(visit);
    });
  if (modules.some((module) => visit(module.unit.body))) return true;
  return !other;
}

const OTHERS = new Set([
  'flask',
  'werkzeug',
  'quart',
  'fastapi',
  'starlette',
  'sanic',
  'aiohttp',
  'bottle',
  'pyramid',
  'tornado',
  'falcon',
  'cherrypy',
  'webob',
  'twisted',
  'scrapy',
]);
