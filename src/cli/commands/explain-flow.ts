import { join } from 'node:path';
import { audit } from '../../audit.ts';
import { writtenAt } from '../../evaluate/values/value.ts';
import type { FlowStep } from '../../findings/finding.ts';
import { printable } from '../../report/printable.ts';
import type { InspectedPlace, Inspection } from '../../rules/flow/inspect.ts';
import type { FlowStop } from '../../rules/flow/stop.ts';
import { LineIndex } from '../../source/line-index.ts';
import { UserError } from '../../util/user-error.ts';
import { auditedPaths } from '../audited-paths.ts';
import type { ExplainArguments } from '../command-line.ts';
import { configurationFor, packFolders } from '../configuration.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { shownPath } from '../shown-path.ts';
import { print } from '../streams.ts';

/** Ways that are told of one value; more say nothing new. */
const MAX_STOPS = 12;

/** `ratel explain --flow PATH:LINE`: audits the project around the file and tells what is known of the values on that line. */
export async function explainFlow(args: ExplainArguments, flow: string): Promise<ExitCode> {
  const [, file, line] = /^(.+):(\d+)$/.exec(flow) ?? [];
  if (file === undefined || line === undefined)
    throw new UserError(`--flow needs a file and a line, as in shop/views.py:12, and “${printable(flow)}” is given.`);
  const { root, only } = auditedPaths([file], process.cwd());
  const path = only?.[0];
  if (path === undefined || path.endsWith('/')) throw new UserError(`“${printable(file)}” is a directory. Give a Python file and a line.`);
  const config = await configurationFor(root, args, process.cwd());
  const place: InspectedPlace = { path, line: Number(line) };
  const { result, inspections } = await audit({
    root,
    config,
    profile: 'pedantic',
    ignore: [],
    minSeverity: 'note',
    minConfidence: 'low',
    packs: packFolders(args.rules, config, process.cwd()),
    inspect: place,
  });
  if (result.textOf(path) === undefined)
    throw new UserError(`${printable(path)} is not looked at: it is excluded, or no kind of file that ratel reads.`);
  const reported = result.findings.filter(
    ({ primary }) => primary.path === path && lineOf(result.textOf(path) ?? '', primary.start) === place.line,
  );
  const told = ({ message, location }: FlowStep): string =>
    stepWords(root, location.path, lineOf(result.textOf(location.path) ?? '', location.start), message);
  const ways = reported.flatMap(({ ruleId, codeFlow }) =>
    codeFlow.length > 0 ? ['', `What ${ruleId} follows:`, ...codeFlow.map(told)] : [],
  );
  print(`${explanation(root, place, inspections, [...new Set(reported.map(({ ruleId }) => ruleId))], ways).join('\n')}\n`);
  return EXIT.clean;
}

function explanation(
  root: string,
  { path, line }: InspectedPlace,
  inspections: readonly Inspection[],
  reported: readonly string[],
  ways: readonly string[],
): readonly string[] {
  const lines = [
    `${printable(shownPath(join(root, path)))}:${line}`,
    reported.length > 0 ? `Reported here: ${reported.join(', ')}.` : 'Nothing is reported here, in any profile.',
    ...ways,
  ];
  if (inspections.length === 0)
    return [
      ...lines,
      '',
      'No value was seen on this line: no call of a sink, no assignment and no return begins here in code that is reached.',
    ];
  const said = new Set<string>();
  for (const inspection of inspections) {
    const block = ['', ...described(root, inspection)];
    const key = block.join('\n');
    if (said.has(key)) continue;
    said.add(key);
    lines.push(...block);
  }
  return lines;
}

function described(root: string, { what, harm, flow, stops, ends }: Inspection): readonly string[] {
  const told = ({ site, words }: FlowStop): string => {
    const { module, node } = writtenAt(site);
    return stepWords(root, module.path, lineOf(module.text, node.start), words);
  };
  const head = `${capital(oneLine(what))}${harm === undefined ? '' : `, which ${harm}`}:`;
  if (flow) {
    const steps: readonly FlowStop[] = [
      { site: flow.source, words: `comes from outside: ${excerpt(flow.source)}` },
      ...flow.points.map(({ site, words }) => ({ site, words })),
    ];
    const doubt =
      flow.doubts > 0
        ? [
            `    ${flow.doubts} of these steps cannot be judged for sure, so it is told with less confidence, most often by the profile strict alone`,
          ]
        : [];
    return [head, '  reached from outside', ...steps.map(told), ...doubt];
  }
  if (stops.length > 0) {
    const isLost = stops.some((stop) => stop.isLost);
    return [
      head,
      `  reached from outside, but ${isLost ? 'not followed to the end' : 'harmless here'}`,
      ...unique(stops.map(told)).slice(0, MAX_STOPS),
    ];
  }
  if (ends.length > 0) return [head, '  nothing from outside is known to reach it; it comes from', ...unique(ends.map(told))];
  return [head, '  nothing from outside is in it: constants, and what known calls make of them'];
}

function stepWords(root: string, path: string, line: number, words: string): string {
  return `    ${printable(shownPath(join(root, path)))}:${line}  ${printable(words)}`;
}

function excerpt({ module, node }: FlowStop['site']): string {
  return oneLine(module.text.slice(node.start, node.end)).slice(0, 60);
}

function oneLine(text: string): string {
  return printable(text.replaceAll(/\s+/g, ' '));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function unique(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}

function lineOf(text: string, offset: number): number {
  return new LineIndex(text).at(offset).line;
}
