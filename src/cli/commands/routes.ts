import { statSync } from 'node:fs';
import { audit } from '../../audit.ts';
import { LineIndex } from '../../source/line-index.ts';
import { UserError } from '../../util/user-error.ts';
import { auditedPaths } from '../audited-paths.ts';
import type { RoutesArguments } from '../command-line.ts';
import { configurationFor, packFolders } from '../configuration.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { answers, type ListedRoute, listedRoutes } from '../listed-route.ts';
import { wordsOf } from '../lists.ts';
import { routesTable } from '../routes-table.ts';
import { print, tell } from '../streams.ts';
import { lookOf } from '../terminal.ts';

/** `ratel routes`: a table for people, or JSON. @throws UserError for a path that is no directory */
export async function runRoutes(args: RoutesArguments): Promise<ExitCode> {
  const here = process.cwd();
  const { root } = auditedPaths([directoryOf(args.directory)], here);
  const config = await configurationFor(root, args, here);
  const outcome = await audit({
    root,
    config,
    profile: config.profile,
    ...(config.select.length === 0 ? {} : { select: config.select }),
    ignore: config.ignore,
    minSeverity: config.minSeverity,
    minConfidence: config.minConfidence,
    packs: packFolders(args.rules, config, here),
    routes: true,
  });
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

function directoryOf(given: string | undefined): string {
  const path = given ?? '.';
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    throw new UserError(`“${path}” is a file. Routes are those of a project: give its directory.`);
  return path;
}

/** Keys are only ever added. */
function asJson({ methods, path, alsoAt, view, name, framework, login, csrf, file, line, mounted, findings }: ListedRoute): object {
  const also = alsoAt.length === 0 ? {} : { alsoAt };
  return { methods, path, ...also, view, ...(name === undefined ? {} : { name }), framework, login, csrf, file, line, mounted, findings };
}
