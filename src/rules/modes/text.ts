import { RE2JS } from 're2js';
import type { Location, RawFinding } from '../../findings/finding.ts';
import { FindingBuilder, type FindingContext } from '../../findings/finding-builder.ts';
import { placeholdersOf } from '../../findings/message.ts';
import { type RuleDescription, shows } from '../../findings/rule-description.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { CompiledRule } from '../compile.ts';
import { compileRegex } from '../name-match.ts';
import type { RuleSource, TextReportSource, TextSource } from '../rule-source.ts';
import { firstLine } from './first-line.ts';

/** Placeholders that a message of a rule in mode `text` may use besides its own `vars`. */
export const TEXT_PLACEHOLDERS = ['path', 'start'] as const;

/** What is found is not longer: a certificate with its key has some four thousand characters. */
const LONGEST = 8_000;

/**
 * Evaluates the rules of mode `text`. One pass over a text looks for whatever any of them starts with, so that a further rule costs
 * next to nothing, and regular expressions are only asked behind such places.
 */
export class TextMode {
  private readonly bySpelling = new Map<string, Wanted[]>();
  private readonly starts: RegExp | undefined;
  private readonly profile: RuleDescription['profile'];

  constructor(rules: readonly CompiledRule[], profile: RuleDescription['profile']) {
    this.profile = profile;
    for (const { source } of rules)
      for (const text of source.texts) {
        const wanted = compileText(source, text);
        for (const start of text.starts) {
          const list = this.bySpelling.get(start);
          if (list) list.push(wanted);
          else this.bySpelling.set(start, [wanted]);
        }
      }
    // The longest first: of two that start alike it says more.
    const spellings = [...this.bySpelling.keys()].sort((a, b) => b.length - a.length);
    if (spellings.length > 0) this.starts = new RegExp(spellings.map(escaped).join('|'), 'g');
  }

  /** Whether any rule asks for texts at all. */
  get isWanted(): boolean {
    return this.starts !== undefined;
  }

  find(file: SourceFile, text: string, finding: FindingContext): RawFinding[] {
    const found: RawFinding[] = [];
    const said = new Set<string>();
    // Asked once for a file: a start may be a word that stands everywhere, and its rule be about files of one name.
    const fitting = new Map<string, readonly Wanted[]>();
    for (const { index, 0: start } of this.starts ? text.matchAll(this.starts) : []) {
      if (isJoined(text[index - 1], start)) continue;
      const spoken = new Set<RuleSource>();
      const here = fitting.get(start) ?? (this.bySpelling.get(start) ?? []).filter(({ isAbout }) => isAbout(file));
      fitting.set(start, here);
      for (const wanted of here) {
        if (spoken.has(wanted.rule)) continue;
        const end = wanted.endOf(text, index, index + start.length);
        if (end === undefined) continue;
        spoken.add(wanted.rule);
        const { report } = wanted;
        const key = `${wanted.rule.description.id}\0${text.slice(index, end)}`;
        if (report === false || said.has(key) || !shows(this.profile, report.profile)) continue;
        said.add(key);
        found.push(build(wanted.rule, report, { path: file.path, start: index, end }, start, text, finding));
      }
    }
    return found;
  }
}

interface Wanted {
  readonly rule: RuleSource;
  readonly report: TextReportSource | false;
  /** Whether it is looked for in a file, by its role and path. */
  readonly isAbout: (file: SourceFile) => boolean;
  /** The offset behind what starts at one and goes on at the other; `undefined` where it is not what the rule means. */
  readonly endOf: (text: string, from: number, behind: number) => number | undefined;
}

function compileText(rule: RuleSource, { path, then, not, varied, first, report }: TextSource): Wanted {
  let regex: RE2JS | undefined;
  const isOfPath = path === undefined ? undefined : compileRegex(path);
  const isExcepted = not === undefined ? undefined : compileRegex(not);
  return {
    rule,
    report,
    isAbout: (file) => rule.roles.has(file.role) && isOfPath?.(file.path) !== false,
    endOf: (text, from, behind) => {
      if (first && text.slice(text.lastIndexOf('\n', from - 1) + 1, from).trim() !== '') return undefined;
      const rest = text.slice(behind, behind + LONGEST);
      regex ??= RE2JS.compile(then);
      const matcher = regex.matcher(rest);
      if (!matcher.lookingAt()) return undefined;
      const length = matcher.end();
      if (new Set(rest.slice(0, length)).size < varied) return undefined;
      return isExcepted?.(text.slice(from, behind + length)) ? undefined : behind + length;
    },
  };
}

/** A token is no part of a longer word; what starts with a sign says itself where it starts. */
function isJoined(before: string | undefined, start: string): boolean {
  return before !== undefined && /\w/.test(before) && /^\w/.test(start);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Shown with what it starts with alone, unless the rule says that it is no secret: that names the kind of secret and gives nothing away. */
function build(
  rule: RuleSource,
  report: TextReportSource,
  found: Location,
  start: string,
  text: string,
  finding: FindingContext,
): RawFinding {
  const { path } = found;
  const template = report.message ?? rule.description.message;
  const values: Readonly<Record<string, string>> = { path, start, ...report.vars };
  const builder = new FindingBuilder(finding, rule.description.id)
    .at({ path, ...firstLine(text, found) })
    .say(Object.fromEntries(placeholdersOf(template).map((name) => [name, values[name] ?? ''])), template)
    .rate({
      ...(report.severity ? { severity: report.severity } : {}),
      ...(report.confidence ? { confidence: report.confidence } : {}),
    });
  return (report.shown ? builder : builder.hide({ path, start: found.start + start.length, end: found.end })).build();
}
