import type { ArtifactLocation, PhysicalLocation, Location as SarifLocation, Region as SarifRegion } from 'sarif';
import type { Location } from '../findings/finding.ts';
import { printableCode } from './printable.ts';
import { MASK } from './redaction.ts';
import type { Region, ReportView } from './report-view.ts';
import { cut } from './sarif-limits.ts';
import { relativeUri } from './uri.ts';

/** Characters of source that a location quotes; viewers without the file show it. */
const MAX_SNIPPET = 400;

/** Where a file is: relative to the top of the repository, because code scanning takes relative addresses from there. */
export function artifactOf(view: ReportView, path: string): ArtifactLocation {
  return { uri: relativeUri(view.result.prefixInRepository + path) };
}

/** A place with its message, for steps and related places. */
export function sarifLocation(view: ReportView, location: Location, message: string): SarifLocation {
  return { physicalLocation: physical(view, location), ...(message === '' ? {} : { message: { text: message } }) };
}

/**
 * A place. Its region is one line at most: an alert appears on a pull request only if all lines of its region are in the diff. The whole
 * of a longer place is its context.
 */
export function physical(view: ReportView, location: Location): PhysicalLocation {
  const full = view.region(location);
  const region = tight(view, location.path, full);
  const text = snippet(view, location.path, region);
  return {
    artifactLocation: artifactOf(view, location.path),
    region: { ...region, ...(text === '' ? {} : { snippet: { text } }) },
    ...(full.endLine > full.startLine ? { contextRegion: context(view, location.path, full) } : {}),
  };
}

/** The first line of a region; an empty one grows to one character where there is one. */
function tight(view: ReportView, path: string, full: Region): Region {
  const { startLine, startColumn } = full;
  const behindLast = (view.linesOf(path)?.lineText(startLine).length ?? 0) + 1;
  const endColumn = full.endLine > startLine ? Math.max(startColumn, behindLast) : full.endColumn;
  if (endColumn > startColumn) return { startLine, startColumn, endLine: startLine, endColumn };
  if (startColumn < behindLast) return { startLine, startColumn, endLine: startLine, endColumn: startColumn + 1 };
  return { startLine, startColumn: Math.max(1, startColumn - 1), endLine: startLine, endColumn: startColumn };
}

function context(view: ReportView, path: string, full: Region): SarifRegion {
  const behindLast = (view.linesOf(path)?.lineText(full.endLine).length ?? 0) + 1;
  return { startLine: full.startLine, startColumn: 1, endLine: full.endLine, endColumn: behindLast };
}

function snippet(view: ReportView, path: string, region: Region): string {
  const lines = view.linesOf(path);
  if (lines === undefined) return '';
  const start = lines.startOf(region.startLine);
  const text = view.maskedText(path, start + region.startColumn - 1, start + region.endColumn - 1, MASK);
  return cut(printableCode(text), MAX_SNIPPET);
}
