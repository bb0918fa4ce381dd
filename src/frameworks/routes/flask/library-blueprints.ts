import type { Value } from '../../../evaluate/values/value.ts';
import { passed } from '../../route-table.ts';
import type { RouteCalls } from '../route-calls.ts';
import { callOf, pathTexts } from '../values.ts';
import { factoryBlueprint, factoryNamed } from './blueprint-factories.ts';
import { type Blueprints, joinPaths } from './blueprints.ts';
import type { FoundRoute } from './found-route.ts';

/** The pages of blueprints that libraries make, where the project registers one. */
export function libraryBlueprintRoutes(calls: RouteCalls, blueprints: Blueprints): readonly FoundRoute[] {
  return calls.named('register_blueprint').flatMap(({ args }) => {
    const given: Value = passed(args, 0, 'blueprint') ?? [];
    return given.flatMap((atom): readonly FoundRoute[] => {
      const made = callOf(atom);
      const library = made?.names[0] ?? '';
      const factory = factoryNamed(library);
      if (!made || !factory) return [];
      const called = factoryBlueprint(library, made.args)?.name ?? '';
      return blueprints.mountsOf([atom]).flatMap((mount) =>
        factory.pages.map(({ path, view, replacedBy }) => {
          const own = replacedBy === undefined ? undefined : pathTexts(passed(made.args, -1, replacedBy))[0];
          return {
            mount,
            path: joinPaths(mount.prefix, own ?? path.replace('<name>', called)),
            view: { name: `${library.split('.')[0]}.${view}`, place: undefined, wrappers: [], decorators: [] },
            methods: ['GET'],
            name: view,
            place: { module: made.site.module, node: made.site.node },
            guard: { state: 'none', by: '' },
          };
        }),
      );
    });
  });
}
