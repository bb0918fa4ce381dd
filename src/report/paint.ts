import pc from 'picocolors';
import type { Severity } from '../findings/finding.ts';
import type { ReportOptions } from './report-options.ts';
import { fileUri } from './uri.ts';

/** Colours and links of the human report; every method gives its text back unchanged when they are off. */
export interface Paint {
  readonly severity: (severity: Severity, text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly name: (text: string) => string;
  /** `text` as a link to an absolute path. */
  readonly fileLink: (absolutePath: string, text: string) => string;
  readonly link: (uri: string, text: string) => string;
}

export function paintFor(options: ReportOptions): Paint {
  const colors = pc.createColors(options.color);
  const link = (uri: string, text: string) => (options.hyperlinks ? `\u001b]8;;${uri}\u001b\\${text}\u001b]8;;\u001b\\` : text);
  const bySeverity = { error: colors.red, warning: colors.yellow, note: colors.cyan };
  return {
    severity: (severity, text) => bySeverity[severity](text),
    strong: (text) => colors.bold(text),
    faint: (text) => colors.dim(text),
    good: (text) => colors.green(text),
    name: (text) => colors.magenta(text),
    fileLink: (absolutePath, text) => link(fileUri(absolutePath), text),
    link,
  };
}
