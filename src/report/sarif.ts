import type { Log, Notification, ReportingDescriptor, Run } from 'sarif';
import type { AuditResult } from '../findings/audit-result.ts';
import type { Gap } from '../findings/finding.ts';
import { reasonWords } from './gap-words.ts';
import type { ReportOptions } from './report-options.ts';
import { ReportView } from './report-view.ts';
import { MAX_NOTIFICATIONS, MAX_RESULTS, SHOWN_RESULTS } from './sarif-limits.ts';
import { artifactOf } from './sarif-locations.ts';
import { resultsShown, sarifResults } from './sarif-results.ts';
import { sarifRules } from './sarif-rules.ts';

const SCHEMA_URI = 'https://json.schemastore.org/sarif-2.1.0.json';

/**
 * SARIF 2.1.0 for GitHub code scanning and other viewers. Suppressed and baselined findings are left out: code scanning ignores
 * `suppressions` and would show them as open alerts.
 */
export function sarifReport(result: AuditResult, options: ReportOptions): string {
  const view = new ReportView(result);
  const rules = sarifRules(view);
  const shown = resultsShown(view);
  const notifications = [...gapNotifications(view), ...limitNotifications(view, shown.length)];
  const run: Run = {
    tool: {
      driver: {
        name: result.tool.name,
        version: result.tool.version,
        semanticVersion: result.tool.version,
        ...(result.tool.informationUri === undefined ? {} : { informationUri: result.tool.informationUri }),
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
  const log: Log = { $schema: SCHEMA_URI, version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
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
    shortDescription: { text: 'There are more findings than are shown.' },
    fullDescription: { text: 'The worst findings are shown; the message says how many there are.' },
    help: { text: 'Accept what is known with a baseline, or select fewer rules; the JSON report lists all findings.' },
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

function limitNotifications(view: ReportView, shown: number): readonly Notification[] {
  const { length } = view.open;
  if (shown < length) {
    return [
      notification(LIMIT, `${length} findings, of which the ${MAX_RESULTS} worst are here: GitHub code scanning rejects more in one run.`),
    ];
  }
  if (length > SHOWN_RESULTS) return [notification(LIMIT, `${length} findings, of which GitHub code scanning shows ${SHOWN_RESULTS}.`)];
  return [];
}

function notification(id: typeof GAP | typeof LIMIT, text: string): Notification {
  const index = NOTIFICATIONS.findIndex((one) => one.id === id);
  return { descriptor: { id, index }, level: 'warning', message: { text: text.replace(/\{(\d+)\}/g, '{{$1}}') } };
}
