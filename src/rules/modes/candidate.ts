import type { Event, SettingEvent } from '../../evaluate/events.ts';
import type { Site } from '../../evaluate/values/value.ts';
import type { CompiledRule, Matcher } from '../compile.ts';
import type { Flow } from '../flow/flow.ts';
import type { TestContext } from '../term.ts';
import type { Place } from './fact-book.ts';

/** A matcher that held at an event; whether it speaks is decided when all facts are known. */
export interface Candidate {
  readonly rule: CompiledRule;
  readonly matcher: Matcher;
  readonly rank: number;
  readonly place: Place;
  readonly event: Event;
  readonly enclosing: string;
  /** Built for the first candidate of a matcher and place only. */
  readonly context: TestContext;
  /** How a value from outside came there, where the matcher asks that. */
  readonly flow: Flow | undefined;
  readonly otherSources: readonly Site[];
  /** The same place for further modules of settings that take it over. */
  readonly alike: SettingEvent[];
}
