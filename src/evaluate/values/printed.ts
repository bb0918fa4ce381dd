import type { Site, Value } from './value.ts';

/** Something that a template prints where nothing keeps it from being markup, a script or an address. */
export interface Printed {
  readonly value: Value;
  /** In the template. */
  readonly site: Site;
  /** What of it is not prevented: tags and quotes, only that it is any address, or only that it names a scheme (`javascript:`). */
  readonly harm: 'html' | 'address' | 'scheme';
  /** Between quotes of a script, which escaping keeps it from leaving by itself. */
  readonly isInString: boolean;
  /** For people: `unescaped`, `inside a script`. */
  readonly how: string;
  /** The name of the template that was rendered. */
  readonly template: string;
}
