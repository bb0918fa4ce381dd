import { relative } from 'node:path';
import type { AuditOutcome, AuditRequest } from './audit-request.ts';
import { MAX_ELEMENTS, MAX_HEIRS } from './evaluate/budget.ts';
import type { FunctionInfo } from './evaluate/calls/function-info.ts';
import { evaluateProject } from './evaluate/evaluate-project.ts';
import type { Listener } from './evaluate/events.ts';
import type { OutOfWork } from './evaluate/interpreter.ts';
import { commentsInText } from './findings/comments-in-text.ts';
import type { Gap, RawFinding } from './findings/finding.ts';
import { perFileIgnores } from './findings/per-file-ignores.ts';
import { settle } from './findings/settle.ts';
import type { SourceComment } from './findings/suppression-comment.ts';
import { dependencyVersions } from './frameworks/dependency-versions.ts';
import { applicationConfig, frameworkHooks, listSettings, projectSettingEvents } from './frameworks/frameworks.ts';
import { migrationEvents } from './frameworks/migration-events.ts';
import type { ProjectText, ProjectTexts } from './frameworks/project-texts.ts';
import { projectRoutes } from './frameworks/routes/project-routes.ts';
import type { RouteList } from './frameworks/routes/route.ts';
import { RouteCalls } from './frameworks/routes/route-calls.ts';
import { routeEvents } from './frameworks/routes/route-events.ts';
import { loadLanguages } from './languages/registry.ts';
import { parseTemplate } from './languages/template/parse.ts';
import { reportFilter } from './report-filter.ts';
import { rulesAbout } from './rules/about-project.ts';
import type { CompiledRule } from './rules/compile.ts';
import { FlowInspector } from './rules/flow/inspect.ts';
import { loadPack, type RulePack } from './rules/load-pack.ts';
import { MatchMode } from './rules/modes/match.ts';
import { TextMode } from './rules/modes/text.ts';
import { refuseUnknownRules, ruleIdsNamed, ruleNames, selectRules } from './rules/select.ts';
import { listOfStrings } from './rules/term.ts';
import type { Module } from './semantics/module.ts';
import { importableNames, importLayout } from './semantics/module-index.ts';
import { type Collected, collect } from './source/collect.ts';
import { ruleIdsIn, selectionOf } from './source/config.ts';
import { dataFilesOf } from './source/data-files.ts';
import { compareGaps } from './source/gap.ts';
import { mayHoldText } from './source/holds-text.ts';
import { LineIndex } from './source/line-index.ts';
import { readSource } from './source/read-source.ts';
import { patternPrefix } from './source/selection.ts';
import type { FileKind, SourceFile } from './source/source-file.ts';
import { lastPartOf } from './util/folder-of.ts';
import { TOOL } from './version.ts';

/**
 * The whole program: collect → parse and lower → evaluate → judge → settle. Reporters take it from the result.
 * @throws UserError for what the user can mend; anything else thrown is a bug.
 */
export async function audit(request: AuditRequest): Promise<AuditOutcome> {
  const started = performance.now();
  const pack = await loadPack(request.packs);
  refuseUnknownRules(pack.rules, ruleIdsIn(request.config));
  request.onProgress?.('collect', 0, 1);
  return auditCollected(collect({ root: request.root, ...selectionOf(request.config) }), request, pack, started);
}

/** All that comes after collecting; the rule tests call it with a pack that is loaded once. */
export async function auditCollected(
  collected: Collected,
  request: AuditRequest,
  pack: RulePack,
  started = performance.now(),
): Promise<AuditOutcome> {
  const progress = request.onProgress ?? (() => undefined);
  const { compiled: rules, builtin } = selectRules(pack.rules, request);
  const gaps: Gap[] = [...collected.gaps];
  const texts = new Map<string, string>();
  const asked = new Set<string>();
  const read = (file: SourceFile): string | undefined => {
    asked.add(file.path);
    const { text, gap } = readSource(file);
    if (gap) gaps.push(gap);
    if (!text) return undefined;
    const own = request.overlay?.get(file.path) ?? text.text;
    texts.set(file.path, own);
    return own;
  };

  const { python } = await loadLanguages();
  const pythonFiles = collected.files.filter((file) => file.kind === 'python');
  const layout = importLayout(
    pythonFiles.map((file) => file.path),
    collected.root.split(/[\\/]/).at(-1) ?? '',
  );
  const modules: Module[] = [];
  const comments: SourceComment[] = [];
  for (const file of pythonFiles) {
    progress('parse', modules.length, pythonFiles.length);
    const text = read(file);
    if (text === undefined) continue;
    let unit: Module['unit'];
    try {
      unit = python.lower(text);
    } catch (error) {
      gaps.push(crashGap(file.path, error));
      continue;
    }
    const module = lowerModule(file, text, unit, layout);
    modules.push(module);
    for (const comment of module.unit.comments) comments.push({ path: file.path, ...comment });
    for (const problem of module.unit.problems.slice(0, 1)) {
      const more = module.unit.problems.length - 1;
      gaps.push({
        path: file.path,
        reason: 'syntax',
        detail: `${problem.detail}${more > 0 ? ` (and ${more} more)` : ''}; the rest was read`,
        line: new LineIndex(text).at(problem.start).line,
      });
    }
  }

  progress('evaluate', 0, 1);
  const versions = dependencyVersions(
    collected.files.filter((file) => file.kind === 'dependencies' || (file.role === 'script' && lastPartOf(file.path) === 'setup.py')),
    (file) => texts.get(file.path) ?? read(file),
  );
  const ofKind = new Map<FileKind, readonly ProjectText[]>();
  const textsOfKind = (kind: FileKind): readonly ProjectText[] => {
    const known =
      ofKind.get(kind) ??
      collected.files
        .filter((file) => file.kind === kind)
        .flatMap((file) => {
          const text = texts.get(file.path) ?? read(file);
          return text === undefined ? [] : [{ path: file.path, kind, text }];
        });
    ofKind.set(kind, known);
    return known;
  };
  const projectTexts: ProjectTexts = (...kinds) => kinds.flatMap(textsOfKind);
  const match = new MatchMode(
    rulesAbout(
      modules.map(({ text }) => text),
      rules,
    ),
    pack.facts,
    // Who asks why a place is silent asks of wider profiles, too.
    request.inspect ? 'pedantic' : request.profile,
  );
  const routeCalls = new RouteCalls();
  const inspector = request.inspect && new FlowInspector(match, request.inspect);
  const config = match.wanted.has('config') ? applicationConfig() : undefined;
  const evaluation = evaluateProject({
    modules,
    layout,
    library: pack.library,
    countsStored: request.profile !== 'default',
    dataFiles: dataFilesOf(collected.files, read),
    hooks: frameworkHooks(modules, routeCalls, {
      files: collected.files.filter((file) => file.kind === 'template'),
      read: (file) => texts.get(file.path) ?? read(file),
      parse: parseTemplate,
    }),
    listener: config ? listenTogether(inspector ?? match, config.listener) : (inspector ?? match),
    onReady: (interpreter) => {
      match.attach(interpreter);
      inspector?.attach(interpreter);
    },
  });
  const settingsContext = { versions, texts: projectTexts };
  if (match.wanted.has('setting')) for (const event of projectSettingEvents(evaluation.interpreter, settingsContext)) match.on(event);
  for (const event of config?.events(evaluation.interpreter, routeCalls, projectTexts) ?? []) match.on(event);
  let knownRoutes: RouteList | undefined;
  const routes = (): RouteList => {
    knownRoutes ??= projectRoutes(evaluation.interpreter, routeCalls);
    return knownRoutes;
  };
  if (match.wanted.has('route')) for (const event of routeEvents(evaluation.interpreter, routes())) match.on(event);
  if (match.wanted.has('migrations')) for (const event of migrationEvents(evaluation.interpreter)) match.on(event);
  for (const { module, error } of evaluation.crashes) gaps.push(crashGap(module.path, error));
  for (const [module, { start }] of evaluation.interpreter.cutOff) gaps.push(cutOffGap(module, start));
  for (const method of evaluation.manyHeirs) gaps.push(manyHeirsGap(method));
  if (evaluation.interpreter.outOfWork) gaps.push(outOfWorkGap(evaluation.interpreter.outOfWork));

  progress('judge', 0, 1);
  const descriptions = new Map(
    [...rules.map((rule) => rule.source.description), ...builtin].map((description) => [description.id, description]),
  );
  const textOf = (path: string): string | undefined => texts.get(path);
  const finding = { ruleOf: (id: string) => descriptions.get(id), textOf };
  const raw: RawFinding[] = match.judge(versions, request.profile, finding, ({ path }, error) => gaps.push(crashGap(path, error)));
  const inTexts = new TextMode(rules, request.profile);
  for (const file of inTexts.isWanted ? collected.files.filter(mayHoldText) : []) {
    const { text, gap } = asked.has(file.path) ? { text: texts.get(file.path), gap: undefined } : readBeside(file, request);
    if (gap) gaps.push(gap);
    const found = text === undefined ? [] : inTexts.find(file, text, { ...finding, textOf: () => text });
    raw.push(...found);
    if (text === undefined || found.length === 0 || file.kind === 'python') continue;
    texts.set(file.path, text);
    comments.push(...commentsInText(file.path, text));
  }

  const names = ruleNames(pack.rules);
  const settled = settle(raw, comments, {
    names,
    ran: new Set(descriptions.keys()),
    replacements: rules.flatMap((rule) => rule.source.replaces.map((loser) => [rule.source.description.id, loser] as const)),
    textOf,
    gaps,
    requireReason: request.config.requireSuppressionReason,
    ...(request.baseline ? { baseline: request.baseline } : {}),
    minSeverity: request.minSeverity,
    minConfidence: request.minConfidence,
    isIgnoredIn: perFileIgnores(
      request.config.perFileIgnores.map((entry) => ({
        pattern: entry.pattern,
        ruleIds: entry.ruleIds.flatMap((name) => ruleIdsNamed(pack.rules, name)),
      })),
      patternPrefix(request.config.directory, collected.root),
    ),
    isReported: reportFilter(request.only),
  });

  let lines = 0;
  for (const module of modules) lines += new LineIndex(module.text).lineCount;
  return {
    result: {
      tool: TOOL,
      root: collected.root,
      prefixInRepository: prefixOf(collected.gitRoot, collected.root),
      findings: settled.findings,
      gaps: gaps.sort(compareGaps),
      rules: [...descriptions.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      staleBaseline: settled.staleBaseline,
      stats: { files: texts.size, lines, milliseconds: performance.now() - started },
      textOf,
    },
    keptBaseline: settled.keptBaseline,
    gaps,
    inspections: inspector?.inspections ?? [],
    ...(request.routes === true ? { routes: routes() } : {}),
    ...(request.settings === true
      ? { settings: { ...listSettings(evaluation.interpreter, settingsContext), rules: settingsOfRules(rules) } }
      : {}),
  };
}

/** The settings that each rule is about, by its id. */
function settingsOfRules(rules: readonly CompiledRule[]): ReadonlyMap<string, readonly string[]> {
  const about = rules.map((rule) => {
    const names = rule.source.match.flatMap(({ on, condition }) => (on === 'setting' ? listOfStrings(condition.name ?? null) : []));
    return [rule.source.description.id, [...new Set(names)]] as const;
  });
  return new Map(about.filter(([, names]) => names.length > 0));
}

function crashGap(path: string, error: unknown): Gap {
  const reason = error instanceof Error ? error.message : String(error);
  return { path, reason: 'crash', detail: `ratel failed in this file (${reason}); please report it; the rest was looked at` };
}

/** A file that no front end reads. That it is no text is nothing to be told: half of such files are pictures. */
function readBeside(file: SourceFile, { overlay }: AuditRequest): { readonly text: string | undefined; readonly gap: Gap | undefined } {
  const { text, gap } = readSource(file);
  return {
    text: text && (overlay?.get(file.path) ?? text.text),
    gap: gap?.reason === 'too-large' || gap?.reason === 'unreadable' ? gap : undefined,
  };
}

/** One evaluation for several who want to hear of it. */
function listenTogether(...listeners: readonly Listener[]): Listener {
  return {
    wanted: new Set(listeners.flatMap((one) => [...one.wanted])),
    on: (event) => {
      for (const one of listeners) if (one.wanted.has(event.kind)) one.on(event);
    },
  };
}

function cutOffGap({ path, text }: Module, at: number): Gap {
  const detail = `a list here is longer than the ${MAX_ELEMENTS} elements that are followed; what comes after them was only looked at by itself`;
  return { path, reason: 'budget', detail, line: new LineIndex(text).at(at).line };
}

function manyHeirsGap({ module, node, qualifiedName }: FunctionInfo): Gap {
  const detail = `more than ${MAX_HEIRS} classes define what ${qualifiedName} calls; it was not followed into the methods of the others`;
  return { path: module.path, reason: 'budget', detail, line: new LineIndex(module.text).at(node.start).line };
}

/** Without a path: every file may be the worse for it. */
function outOfWorkGap({ module, node, enclosing }: OutOfWork): Gap {
  const place = `${module.path}:${new LineIndex(module.text).at(node.start).line}${enclosing === '' ? '' : ` (${enclosing})`}`;
  const detail = `the work for following calls was used up at ${place}; some calls from there on were judged without their arguments`;
  return { path: '', reason: 'budget', detail };
}

function lowerModule(file: SourceFile, text: string, unit: Module['unit'], layout: ReturnType<typeof importLayout>): Module {
  const isPackage = file.path === '__init__.py' || file.path.endsWith('/__init__.py');
  const names = importableNames(file.path, isPackage, layout);
  return { file, path: file.path, name: names[0] ?? '', isPackage, unit, text };
}

function prefixOf(gitRoot: string | undefined, root: string): string {
  if (gitRoot === undefined) return '';
  const path = relative(gitRoot, root).replaceAll('\\', '/');
  return path === '' ? '' : `${path}/`;
}
