/** What the project's dependency files say about the versions it runs with. */
export interface PackageVersions {
  /** Whether the version used lies in a PEP 440 range; `undefined` when the files do not tell. Names are normalised (PEP 503). */
  inRange(packageName: string, range: string): boolean | undefined;
}
