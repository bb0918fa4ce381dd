import type { CsrfState, LoginState, RoutePlace } from '../route.ts';
import type { View } from '../view.ts';
import type { Mount } from './blueprints.ts';

/** A route that an extension of Flask makes of a class. */
export interface FoundRoute {
  readonly mount: Mount;
  readonly path: string;
  readonly view: View;
  readonly methods: readonly string[];
  /** What `url_for()` takes. */
  readonly name: string;
  readonly place: RoutePlace;
  /** What the extension asks of who calls, where the view asks nothing itself. */
  readonly guard?: LoginState;
  /** Where the extension decides it. */
  readonly csrf?: CsrfState;
}
