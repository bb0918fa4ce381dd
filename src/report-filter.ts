/**
 * Whether findings in a file are reported, as `AuditRequest.only` says. Entries ending in `/` stand for all that is below them.
 * @param only relative to the audited root; absent for everything
 */
export function reportFilter(only: readonly string[] | undefined): (path: string) => boolean {
  if (only === undefined) return () => true;
  const files = new Set(only);
  const directories = only.filter((entry) => entry.endsWith('/'));
  return (path) => files.has(path) || directories.some((directory) => path.startsWith(directory));
}
