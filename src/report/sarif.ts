import { gzipSync } from 'node:zlib';
import type { Log, Notification, ReportingDescriptor, Run } from 'sarif';
import type { AuditResult } from '../findings/audit-result.ts';
import type { Finding, Gap } from '../findings/finding.ts';
import { reasonWords } from './gap-words.ts';
import type { ReportOptions } from './report-options.ts';
import { ReportView } from './report-view.ts';
import { MAX_COMPRESSED_BYTES, MAX_NOTIFICATIONS, MAX_RESULTS, MAX_RULES, MAX_TAGS, SHOWN_RESULTS } from './sarif-limits.ts';
import { artifactOf } from './sarif-locations.ts';
import { isShortened, resultsShown, sarifResults } from './sarif-results.ts';
import { type SarifRules, sarifRules } from './sarif-rules.ts';

const SCHEMA_URI = 'https://json.schemastore.org/sarif-2.1.0.json';

/** When a file is too large this much less than would fit is tried next: results differ in size. */
const CAUTION = 0.9;

/**
 * SARIF 2.1.0 for GitHub code scanning and other viewers. Suppressed and baselined findings are left out: code scanning ignores
 * `suppressions` and would show them as open alerts. So are the least severe findings where all would be more than is accepted.
 */
export function sarifReport(result: AuditResult, options: ReportOptions): string {
  const view = new ReportView(result);
  for (let limit = MAX_RESULTS; ; ) {
    const shown = resultsShown(view, limit);
    const text = `${JSON.stringify(logOf(view, shown, options), null, 2)}\n`;
    const size = compressedSize(text);
    if (size <= MAX_COMPRESSED_BYTES || shown.length === 0) return text;
    limit = Math.floor(((shown.length * MAX_COMPRESSED_BYTES) / size) * CAUTION);
  }
}

/** Bytes of the compressed text; of one that is small enough as it is, those bytes. */
function compressedSize(text: string): number {
  const plain = Buffer.byteLength(text);
  return plain <= MAX_COMPRESSED_BYTES ? plain : gzipSync(text).length;
}

function logOf(view: ReportView, shown: readonly Finding[], options: ReportOptions): Log {
  const { tool } = view.result;
  const rules = sarifRules(view, shown);
  const notifications = [...gapNotifications(view), ...limitNotifications(view, shown, rules)];
  const run: Run = {
    tool: {
      driver: {
        name: tool.name,
        version: tool.version,
        semanticVersion: tool.version,
        ...(tool.informationUri === undefined ? {} : { informationUri: tool.informationUri }),
        language: 'en-US',
        rules: [...rules.descriptors],
        notifications: [...NOTIFICATIONS],
      },
    },
    invocations: [
      {
        executionSuccessful: true,
        ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
      },
    ],
    columnKind: 'utf16CodeUnits',
    ...(options.automationId === undefined ? {} : { automationDetails: { id: options.automationId } }),
    results: [...sarifResults(view, shown, rules)],
  };
  return { $schema: SCHEMA_URI, version: '2.1.0', runs: [run] };
}

const GAP = 'gap';
const LIMIT = 'result-limit';

const NOTIFICATIONS: readonly ReportingDescriptor[] = [
  {
    id: GAP,
    name: 'NotLookedAt',
    shortDescription: { text: 'Something was not looked at.' },
    fullDescription: { text: 'A file, or part of one, was not looked at; the message says why.' },
    help: { text: 'Mend or exclude the file, or take the report as incomplete where it says so.' },
  },
  {
    id: LIMIT,
    name: 'MoreThanShown',
    shortDescription: { text: 'There is more than is shown.' },
    fullDescription: { text: 'GitHub code scanning has limits on what it takes and shows; the message says which was reached.' },
    help: { text: 'Accept what is known with a baseline, or select fewer rules; the JSON report has everything.' },
  },
];

function gapNotifications(view: ReportView): readonly Notification[] {
  const { gaps } = view.result;
  const shown = gaps.slice(0, MAX_NOTIFICATIONS).map((gap) => gapNotification(view, gap));
  if (gaps.length === shown.length) return shown;
  return [...shown, notification(GAP, `${gaps.length - shown.length} more gaps are not listed here; the JSON report lists all.`)];
}

function gapNotification(view: ReportView, gap: Gap): Notification {
  const detail = view.words(gap.detail);
  const text = `${gap.path === '' ? 'The audit' : view.repositoryPath(gap.path)}: ${reasonWords(gap.reason)}${detail === '' ? '' : `: ${detail}`}.`;
  if (gap.path === '') return notification(GAP, text);
  const region = gap.line === undefined ? {} : { region: { startLine: gap.line } };
  return { ...notification(GAP, text), locations: [{ physicalLocation: { artifactLocation: artifactOf(view, gap.path), ...region } }] };
}

/** What is less than the whole because GitHub would reject or not show it. */
function limitNotifications(view: ReportView, shown: readonly Finding[], rules: SarifRules): readonly Notification[] {
  const { length } = view.open;
  const shortened = shown.filter(isShortened).length;
  const texts: string[] = [];
  if (shown.length < length) {
    texts.push(
      `${length} findings, of which the ${shown.length} worst are here: GitHub code scanning rejects more than ${MAX_RESULTS} results, and files that are larger than 10 MB when compressed.`,
    );
  } else if (length > SHOWN_RESULTS) texts.push(`${length} findings, of which GitHub code scanning shows ${SHOWN_RESULTS}.`);
  if (shortened > 0)
    texts.push(`Of ${plural(shortened, 'finding')} some places or steps are left out: GitHub code scanning does not show so many.`);
  if (rules.omitted > 0)
    texts.push(
      `${plural(rules.omitted, 'rule')} that found nothing here are not listed: GitHub code scanning rejects more than ${MAX_RULES}.`,
    );
  if (rules.shortened > 0)
    texts.push(`Of ${plural(rules.shortened, 'rule')} some tags are left out: GitHub code scanning shows ${MAX_TAGS}.`);
  return texts.map((text) => notification(LIMIT, text));
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function notification(id: typeof GAP | typeof LIMIT, text: string): Notification {
  const index = NOTIFICATIONS.findIndex((one) => one.id === id);
  return { descriptor: { id, index }, level: 'warning', message: { text: text.replace(/\{(\d+)\}/g, '{{$1}}') } };
}
