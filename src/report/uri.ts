/**
 * A path as a relative URI reference: each segment percent-encoded, so that blanks, `#`, `?`, back-slashes and a colon in the first
 * segment (which would read as a scheme) are safe.
 */
export function relativeUri(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

/** `file://` address of an absolute path, on Windows as well. */
export function fileUri(absolutePath: string): string {
  const path = absolutePath.replace(/^([A-Za-z]):[\\/]/, '/$1:/');
  const segments = path === absolutePath ? path.split('/') : path.split(/[\\/]/);
  return `file://${segments.map((segment, at) => (at === 1 && /^[A-Za-z]:$/.test(segment) ? segment : encodeSegment(segment))).join('/')}`;
}

/** `encodeURIComponent`, which throws at half a surrogate pair, and leaves quotes and brackets that some readers trip over. */
function encodeSegment(segment: string): string {
  const wellFormed = segment.replace(/\p{Surrogate}/gu, '\ufffd');
  return encodeURIComponent(wellFormed).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
