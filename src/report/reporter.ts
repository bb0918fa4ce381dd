import { conciseReport } from './concise.ts';
import { githubReport } from './github.ts';
import { gitlabReport } from './gitlab.ts';
import { humanReport } from './human.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import type { Reporter } from './report-options.ts';
import { sarifReport } from './sarif.ts';

export type { Reporter, ReportOptions } from './report-options.ts';

export type ReportFormat = 'human' | 'concise' | 'json' | 'sarif' | 'github' | 'gitlab' | 'junit';

export interface FormatDescription {
  /** For the help text of the command line. */
  readonly description: string;
  readonly render: Reporter;
}

/** Every format there is. A new one is a file with its reporter, and a line here. */
export const REPORT_FORMATS: Readonly<Record<ReportFormat, FormatDescription>> = {
  human: { description: 'source excerpts, flows and advice for a terminal', render: humanReport },
  concise: { description: 'one line a finding, for editors and grep', render: conciseReport },
  json: { description: 'everything, by schema/ratel-report-1.schema.json', render: jsonReport },
  sarif: { description: 'SARIF 2.1.0, for GitHub code scanning and viewers', render: sarifReport },
  github: { description: 'annotations of a GitHub Actions run', render: githubReport },
  gitlab: { description: 'GitLab Code Quality', render: gitlabReport },
  junit: { description: 'JUnit XML, for other CI servers', render: junitReport },
};

/** Whether a word names a format. */
export function isReportFormat(name: string): name is ReportFormat {
  return Object.hasOwn(REPORT_FORMATS, name);
}
