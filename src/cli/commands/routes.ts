import { LineIndex } from '../../source/line-index.ts';
import type { RoutesArguments } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { answers, type ListedRoute, listedRoutes } from '../listed-route.ts';
import { wordsOf } from '../lists.ts';
import { auditProject } from '../project-audit.ts';
import { routesTable } from '../routes-table.ts';
import { print, tell } from '../streams.ts';
import { lookOf } from '../terminal.ts';

/** `ratel routes`: a table for people, or JSON. @throws UserError for a path that is no directory */
export async function runRoutes(args: RoutesArguments): Promise<ExitCode> {
  const outcome = await auditProject(args, { routes: true }, 'Routes are those of a project: give its directory.');
  const all = listedRoutes(outcome);
  const methods = wordsOf(args.method);
  const shown = all.filter(
    (route) =>
      (methods === undefined || answers(route, methods)) &&
      (args.noLogin !== true || route.login.state === 'none' || route.login.state === 'partly'),
  );
  const unread = (outcome.routes?.unread ?? []).map(({ place, what }) => ({
    file: place.module.path,
    line: new LineIndex(place.module.text).at(place.node.start).line,
    what,
  }));
  if (args.json === true) print(`${JSON.stringify({ schema: 'ratel-routes/1', routes: shown.map(asJson), unread }, null, 2)}\n`);
  else {
    print(routesTable(shown, all.length, lookOf(process.stdout, args.color, process.env)));
    for (const { file, line, what } of unread) tell(`ratel: not followed: ${what}, ${file}:${line}`);
  }
  return EXIT.clean;
}

/** Keys are only ever added. */
function asJson({ methods, path, alsoAt, view, name, framework, login, csrf, file, line, mounted, findings }: ListedRoute): object {
  const also = alsoAt.length === 0 ? {} : { alsoAt };
  return { methods, path, ...also, view, ...(name === undefined ? {} : { name }), framework, login, csrf, file, line, mounted, findings };
}
