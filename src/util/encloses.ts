/** A stretch of a text: UTF-16 offsets, `end` exclusive. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Whether one stretch of a text holds another of the same text, or is the same. */
export function encloses(outer: Stretch, inner: Stretch): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
