import type { ErrorObject, ValidateFunction } from 'ajv';
import { compareText } from '../util/compare-text.ts';
import { UserError } from '../util/user-error.ts';
import { BASELINE_SCHEMA, BASELINE_SCHEMA_NAME } from './baseline-schema.ts';
import type { Finding } from './finding.ts';

/** Findings that are accepted for now. No line numbers, so that it does not change with every edit; no code, so that it holds no secret. */
export interface BaselineEntry {
  readonly rule: string;
  readonly path: string;
  /** Dotted name of the function or class around it, for people; not part of the identity. */
  readonly in: string;
  readonly fingerprint: string;
  /** How many findings with this fingerprint are accepted. */
  readonly count: number;
}

export interface Baseline {
  readonly entries: readonly BaselineEntry[];
}

/**
 * Reads a baseline.
 * @param name the file's name as the user knows it, for messages
 * @throws UserError when it is no JSON, of another version, or not of the form of {@link BASELINE_SCHEMA}
 */
export async function readBaseline(text: string, name: string): Promise<Baseline> {
  const content = parseJson(text, name);
  const schema = isObject(content) ? content.schema : undefined;
  if (schema !== BASELINE_SCHEMA_NAME) {
    const found = typeof schema === 'string' ? `says "${schema.slice(0, 60)}"` : 'does not say so';
    throw new UserError(
      `${name} is not a baseline that this version of ratel reads: its "schema" has to be "${BASELINE_SCHEMA_NAME}" and ${found}. Write it anew with --write-baseline.`,
    );
  }
  const validate = await validator();
  if (!validate(content)) {
    throw new UserError(
      `${name} is not a valid baseline: ${(validate.errors ?? []).map(describe).join('; ')}. Write it anew with --write-baseline.`,
    );
  }
  return { entries: content.findings.map((entry) => ({ ...entry, in: entry.in ?? '', count: entry.count ?? 1 })) };
}

/** The baseline that accepts the given findings, and keeps other entries (those that this run could not judge). Suppressed findings need no entry. */
export function baselineOf(findings: readonly Finding[], kept: readonly BaselineEntry[] = []): Baseline {
  const accepted = findings
    .filter((finding) => finding.status !== 'suppressed')
    .map((finding) => ({
      rule: finding.ruleId,
      path: finding.primary.path,
      in: finding.enclosing,
      fingerprint: finding.fingerprint,
      count: 1,
    }));
  return { entries: merged([...accepted, ...kept]) };
}

/** The text of a baseline file: sorted, one key a line, ending in a line end; equal baselines have equal texts. */
export function baselineText(baseline: Baseline): string {
  const findings = merged(baseline.entries).map(({ rule, path, in: enclosing, fingerprint, count }) => ({
    rule,
    path,
    ...(enclosing === '' ? {} : { in: enclosing }),
    fingerprint,
    ...(count === 1 ? {} : { count }),
  }));
  return `${JSON.stringify({ schema: BASELINE_SCHEMA_NAME, findings }, null, 2)}\n`;
}

/** Entries of one fingerprint become one; order: path, rule, enclosing name, fingerprint. */
function merged(entries: readonly BaselineEntry[]): readonly BaselineEntry[] {
  const byKey = new Map<string, BaselineEntry>();
  for (const entry of entries) {
    const key = baselineKey(entry.rule, entry.path, entry.fingerprint);
    const same = byKey.get(key);
    byKey.set(key, same === undefined ? entry : { ...same, count: same.count + entry.count });
  }
  return [...byKey.values()].sort(
    (a, b) =>
      compareText(a.path, b.path) || compareText(a.rule, b.rule) || compareText(a.in, b.in) || compareText(a.fingerprint, b.fingerprint),
  );
}

/** What a finding and an entry have to agree in. */
export function baselineKey(rule: string, path: string, fingerprint: string): string {
  return `${rule}\n${path}\n${fingerprint}`;
}

interface BaselineFile {
  readonly findings: readonly (Omit<BaselineEntry, 'in' | 'count'> & Partial<BaselineEntry>)[];
}

/** ajv is loaded only when there is a baseline to read: it would cost every other run its start-up. */
async function validator(): Promise<ValidateFunction<BaselineFile>> {
  const { Ajv } = await import('ajv');
  return new Ajv().compile<BaselineFile>(BASELINE_SCHEMA);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `${name} is not JSON (${reason}). Mend the file, for example after a merge conflict, or write it anew with --write-baseline.`,
    );
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(error: ErrorObject): string {
  const place = error.instancePath === '' ? 'the file' : error.instancePath;
  const key: unknown = error.params.additionalProperty;
  return typeof key === 'string' ? `${place} has the unknown key "${key}"` : `${place} ${error.message ?? 'is wrong'}`;
}
