/** The folder of a path with `/` between its parts; empty for what stands at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** The last part of a path. */
export function lastPartOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
