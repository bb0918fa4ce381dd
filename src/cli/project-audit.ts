import { statSync } from 'node:fs';
import { audit } from '../audit.ts';
import type { AuditOutcome } from '../audit-request.ts';
import { UserError } from '../util/user-error.ts';
import { auditedPaths } from './audited-paths.ts';
import { type ConfigurationWishes, configurationFor, packFolders } from './configuration.ts';

/** What commands take that list something of one project. */
type ProjectArguments = ConfigurationWishes & {
  readonly directory?: string | undefined;
  readonly rules?: readonly string[] | undefined;
};

/**
 * Audits the project that a command is asked about, for what it lists. @throws UserError for a path that is no directory: `instead` says
 * what to give.
 */
export async function auditProject(
  args: ProjectArguments,
  wanted: { readonly routes: true } | { readonly settings: true },
  instead: string,
): Promise<AuditOutcome> {
  const here = process.cwd();
  const directory = args.directory ?? '.';
  if (statSync(directory, { throwIfNoEntry: false })?.isFile() === true) throw new UserError(`“${directory}” is a file. ${instead}`);
  const { root } = auditedPaths([directory], here);
  const config = await configurationFor(root, args, here);
  return audit({
    root,
    config,
    profile: config.profile,
    ...(config.select.length === 0 ? {} : { select: config.select }),
    ignore: config.ignore,
    minSeverity: config.minSeverity,
    minConfidence: config.minConfidence,
    packs: packFolders(args.rules, config, here),
    ...wanted,
  });
}
