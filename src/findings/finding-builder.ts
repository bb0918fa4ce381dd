import { compareText } from '../util/compare-text.ts';
import { encloses } from '../util/encloses.ts';
import type { Confidence, Fix, FlowStep, Location, RawFinding, RelatedLocation, Severity } from './finding.ts';
import { fillMessage } from './message.ts';
import type { RuleDescription } from './rule-description.ts';

/** What a builder checks its finding against. */
export interface FindingContext {
  /** A rule by its id; `undefined` for an unknown one. */
  readonly ruleOf: (id: string) => RuleDescription | undefined;
  readonly textOf: (path: string) => string | undefined;
}

/**
 * Builds one finding and refuses a bad one: no primary place, unknown rule, a place outside its file's text, an unfilled message.
 * Every refusal is an internal error, since findings are made by rules and modes, not by users.
 */
export class FindingBuilder {
  private readonly context: FindingContext;
  private readonly rule: RuleDescription;
  private primary: Location | undefined;
  private around: { readonly statement: Location; readonly enclosing: string } | undefined;
  private message: string | undefined;
  private advice: string;
  private severity: Severity;
  private confidence: Confidence;
  private readonly places: RelatedLocation[] = [];
  private readonly steps: FlowStep[] = [];
  private readonly hidden: Location[] = [];
  private change: Fix | undefined;

  /** @throws Error when the rule is unknown. */
  constructor(context: FindingContext, ruleId: string) {
    const rule = context.ruleOf(ruleId);
    if (rule === undefined) throw new Error(`internal error: a finding of the unknown rule "${ruleId}"`);
    this.context = context;
    this.rule = rule;
    this.advice = rule.remediation;
    this.severity = rule.severity;
    this.confidence = rule.confidence;
  }

  /** Where it is shown and where a suppression applies. */
  at(primary: Location): this {
    this.primary = this.inText(primary, 'primary place');
    return this;
  }

  /** The statement around the primary place and the dotted name of the function or class around that; else the place itself, at module level. */
  inside(statement: Location, enclosing: string): this {
    this.around = { statement: this.inText(statement, 'statement'), enclosing };
    return this;
  }

  /** Fills the rule's message, or another template. @throws Error when a placeholder has no value. */
  say(values: Readonly<Record<string, string>>, template: string = this.rule.message): this {
    this.message = fillMessage(template, values);
    return this;
  }

  /** Advice that fits this finding better than the rule's own. */
  advise(remediation: string): this {
    this.advice = remediation;
    return this;
  }

  /** Another severity or confidence than the rule's. */
  rate(rating: { readonly severity?: Severity; readonly confidence?: Confidence }): this {
    this.severity = rating.severity ?? this.severity;
    this.confidence = rating.confidence ?? this.confidence;
    return this;
  }

  relate(location: Location, message: string): this {
    this.places.push({ location: this.inText(location, 'related place'), message });
    return this;
  }

  /** The next step of the flow; the source comes first, the sink last. */
  step(location: Location, message: string): this {
    this.steps.push({ location: this.inText(location, 'flow step'), message });
    return this;
  }

  /** A place whose text no report may print. */
  hide(secret: Location): this {
    this.hidden.push(this.inText(secret, 'secret'));
    return this;
  }

  /** @throws Error when edits are outside their text or overlap. */
  mendWith(fix: Fix): this {
    const edits = [...fix.edits].sort((a, b) => compareText(a.location.path, b.location.path) || a.location.start - b.location.start);
    edits.forEach((edit, at) => {
      this.inText(edit.location, 'edit');
      const before = edits[at - 1]?.location;
      if (before?.path === edit.location.path && before.end > edit.location.start) this.refuse('edits that overlap');
    });
    if (edits.length === 0) this.refuse('a fix without edits');
    this.change = fix;
    return this;
  }

  /** @throws Error when the finding lacks its primary place or its message, or its statement does not hold its primary place. */
  build(): RawFinding {
    const { rule, primary } = this;
    if (primary === undefined) return this.refuse('no primary place');
    const message = this.message ?? fillMessage(rule.message, {});
    if (message.trim() === '') this.refuse('an empty message');
    const { statement, enclosing } = this.around ?? { statement: primary, enclosing: '' };
    const isInside = statement.path === primary.path && encloses(statement, primary);
    if (!isInside) this.refuse('a statement that does not hold the primary place');
    return {
      ruleId: rule.id,
      code: rule.code,
      title: rule.title,
      message,
      remediation: this.advice,
      severity: this.severity,
      confidence: this.confidence,
      cwe: rule.cwe,
      primary,
      statement,
      enclosing,
      related: [...this.places],
      codeFlow: [...this.steps],
      ...(this.change ? { fix: this.change } : {}),
      ...(this.hidden.length > 0 ? { secrets: [...this.hidden] } : {}),
    };
  }

  private inText(location: Location, what: string): Location {
    const text = this.context.textOf(location.path);
    if (text === undefined) return this.refuse(`a ${what} in ${location.path}, which was not read`);
    const { start, end } = location;
    const isSpan = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= text.length;
    if (!isSpan) return this.refuse(`a ${what} at ${start}–${end} outside of ${location.path}, which has ${text.length} units`);
    return location;
  }

  private refuse(what: string): never {
    throw new Error(`internal error: a finding of ${this.rule.id} with ${what}`);
  }
}
