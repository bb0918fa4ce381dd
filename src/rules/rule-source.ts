import type { ModelRow } from '../evaluate/calls/library-model.ts';
import type { Confidence, Severity } from '../findings/finding.ts';
import type { RuleDescription } from '../findings/rule-description.ts';
import type { FileRole } from '../source/source-file.ts';
import type { Framework } from './about-project.ts';
import type { FixSource } from './fixes/fix-source.ts';
import type { Json, JsonObject } from './term.ts';

/** One `rule.json` that the schema has accepted, with the folder it came from. */
export interface RuleSource {
  readonly description: RuleDescription;
  readonly guidance: 'beyond' | readonly string[];
  readonly notes: string | undefined;
  readonly roles: ReadonlySet<FileRole>;
  /** It has nothing to say where the code never names this framework, but another one. */
  readonly framework: Framework | undefined;
  readonly replaces: readonly string[];
  readonly match: readonly MatcherSource[];
  readonly texts: readonly TextSource[];
  readonly facts: { readonly [name: string]: readonly MatcherSource[] };
  /** See `originListsIn`. */
  readonly origins: readonly (readonly string[])[];
}

/** A matcher as it stands in JSON: the condition words are all keys besides these. */
export interface MatcherSource {
  readonly on: string;
  readonly exists: readonly ExistsSource[];
  readonly unless: readonly ExistsSource[];
  readonly version: { readonly package: string; readonly range: string; readonly unknown?: boolean } | undefined;
  readonly report: ReportSource | false;
  readonly condition: JsonObject;
}
/** What a rule of mode `text` looks for in files, whatever is written in them. */
export interface TextSource {
  /** What it starts with, one of these. */
  readonly starts: readonly string[];
  /** How it goes on: a regular expression (RE2) that holds directly behind the start. */
  readonly then: string;
  /** So many different characters have to follow the start: what is made up repeats itself. */
  readonly varied: number;
  /** Nothing but spaces stands in front of it in its line. */
  readonly first: boolean;
  /** A regular expression that what was found, start included, does not hold. */
  readonly not: string | undefined;
  /** A regular expression for the paths of the files. */
  readonly path: string | undefined;
  readonly report: TextReportSource | false;
}
/** `shown`: what was found is no secret, and need not be hidden. */
export type TextReportSource = Pick<ReportSource, 'message' | 'severity' | 'confidence' | 'profile' | 'vars'> & {
  readonly shown?: boolean;
};
export interface ExistsSource {
  readonly fact: string;
  readonly in:
    | 'function'
    | 'body'
    | 'decorators'
    | 'callers'
    | 'class'
    | 'module'
    | 'project'
    | 'decorator'
    | 'argument'
    | 'callee'
    | 'called-class'
    | 'request';
  readonly reach?: number;
  /** In so many functions, at least, other than the one that asks. */
  readonly functions?: number;
  /** In most of the other functions where this fact stands. */
  readonly most?: string;
  /** With “most”: how large a part that is. */
  readonly share?: number;
  /** With “most”: of those alone where this fact stands, too. */
  readonly among?: string;
  readonly order?: 'before' | 'after';
  /** In the same function: one run passes both. */
  readonly along?: boolean;
  /** In the class: in what runs for the same request. */
  readonly request?: 'same';
  /** In functions that the same decorators are put around; or the same of those that may refuse a request. */
  readonly decorators?: 'same' | 'same-guards';
  readonly same?: 'receiver' | 'first-argument' | 'class' | 'root' | 'name' | 'model' | 'row' | 'found' | 'method' | 'parameter' | 'object';
}
export interface ReportSource {
  readonly at?: string;
  readonly of?: string;
  readonly message?: string;
  readonly remediation?: string;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly profile?: RuleDescription['profile'];
  readonly vars?: { readonly [name: string]: string };
  /** The fact asked for with “exists” that `{change}` tells. */
  readonly change?: string;
  readonly secret?: boolean;
  /** The framework's own checks that say the same; else the aliases of the rule. */
  readonly checks?: readonly string[];
  /** How the setting is mended without a loss. */
  readonly fix?: FixSource;
  readonly once?: 'function' | 'maker' | 'class' | 'literal' | 'module' | 'project' | 'printed' | 'source';
  /** By default nothing is told of what a function is passed where all calls of it are followed, and none passes such a thing. */
  readonly calls?: 'followed';
  /** With “once”: the profile in which the others are told, too; in narrower ones they are named beside it. */
  readonly rest?: RuleDescription['profile'];
}

/** Rules, shared facts and library models, as the build packs them into one file. */
export interface PackSource {
  readonly rules: readonly {
    readonly path: string;
    readonly family: string;
    /** Named patterns are in their places. */
    readonly json: JsonObject;
    /** See `originListsIn`. */
    readonly origins: readonly (readonly string[])[];
  }[];
  readonly facts: JsonObject;
  readonly models: readonly ModelRow[];
  /** Models that the build has put together, see `LibraryModel`. */
  readonly settledModels?: readonly ModelRow[];
}

const DEFAULT_ROLES: readonly FileRole[] = ['app', 'settings', 'script', 'example'];
const META = new Set(['on', 'exists', 'unless', 'version', 'report']);

/** Reads a rule out of JSON that its schema has accepted. */
export function ruleSource(json: JsonObject, origins: RuleSource['origins'], family: string, helpUri: string): RuleSource {
  const rule = json as unknown as RawRule;
  return {
    description: {
      id: rule.id,
      code: rule.code,
      family,
      mode: rule.mode,
      title: rule.title,
      message: rule.message,
      remediation: rule.remediation,
      severity: rule.severity,
      confidence: rule.confidence,
      profile: rule.profile,
      ...(rule.securitySeverity === undefined ? {} : { securitySeverity: rule.securitySeverity }),
      cwe: rule.cwe,
      owasp: rule.owasp ?? [],
      aliases: rule.aliases ?? [],
      references: rule.references ?? [],
      helpUri,
    },
    guidance: rule.guidance,
    notes: rule.notes,
    roles: new Set(rule.roles ?? DEFAULT_ROLES),
    framework: rule.framework,
    replaces: rule.replaces ?? [],
    match: (rule.match ?? []).map(matcherSource),
    texts: (rule.texts ?? []).map(textSource),
    facts: factSources(rule.facts ?? {}),
    origins,
  };
}

type RawRule = Omit<RuleDescription, 'family' | 'helpUri'> & {
  readonly guidance: 'beyond' | readonly string[];
  readonly notes?: string;
  readonly roles?: readonly FileRole[];
  readonly framework?: Framework;
  readonly replaces?: readonly string[];
  readonly match?: readonly JsonObject[];
  readonly texts?: readonly JsonObject[];
  readonly facts?: JsonObject;
};

/** Facts by name; one matcher stands for a list of one. */
export function factSources(json: JsonObject): { readonly [name: string]: readonly MatcherSource[] } {
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).map((one: Json) => matcherSource(one as JsonObject)),
    ]),
  );
}

function matcherSource(json: JsonObject): MatcherSource {
  return {
    on: String(json.on),
    exists: (json.exists ?? []) as unknown as readonly ExistsSource[],
    unless: (json.unless ?? []) as unknown as readonly ExistsSource[],
    version: json.version as unknown as MatcherSource['version'],
    report: json.report === false ? false : ((json.report ?? {}) as ReportSource),
    condition: Object.fromEntries(Object.entries(json).filter(([key]) => !META.has(key))),
  };
}

function textSource(json: JsonObject): TextSource {
  const text = json as unknown as Omit<TextSource, 'varied' | 'first' | 'report'> &
    Partial<Pick<TextSource, 'varied' | 'first' | 'report'>>;
  return {
    starts: text.starts,
    then: text.then,
    varied: text.varied ?? 0,
    first: text.first ?? false,
    not: text.not,
    path: text.path,
    report: text.report ?? {},
  };
}
