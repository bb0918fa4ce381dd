import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { auditCollected } from '../../src/audit.ts';
import { compilePack, readPackSources } from '../../src/rules/load-pack.ts';
import { collect } from '../../src/source/collect.ts';
import { defaultConfig } from '../../src/source/config.ts';

/**
 * Every way through a program, for every kind of sink, unsafe and safe: the templates of fixtures/engine/flow. A line that starts with `+` is
 * in the unsafe program only, one with `-` in the safe one; `SOURCE` and `SINK(…)` stand for those of the class; `--- file` starts a further file.
 */
const TEMPLATES = fileURLToPath(new URL('../../fixtures/engine/flow', import.meta.url));
const RULES = fileURLToPath(new URL('../../rules', import.meta.url));

interface SinkClass {
  readonly rule: string;
  readonly imports: string;
  readonly sink: string;
  readonly source?: string;
  /** Text in front makes it harmless here: such templates say nothing. */
  readonly startMatters?: boolean;
}
const CLASSES: readonly SinkClass[] = [
  { rule: 'sql-injection', imports: 'import sqlite3', sink: 'sqlite3.connect("d").execute("select " + ($))' },
  { rule: 'command-injection', imports: 'import os', sink: 'os.system("ls " + ($))' },
  { rule: 'code-injection', imports: '', sink: 'eval($)' },
  { rule: 'unsafe-deserialization', imports: 'import pickle', sink: 'pickle.loads($)' },
  { rule: 'path-traversal', imports: '', sink: 'open("/srv/files/" + ($))' },
  { rule: 'open-redirect', imports: 'from flask import redirect', sink: 'redirect($)', startMatters: true },
  { rule: 'ssrf', imports: 'import requests', sink: 'requests.get($)', startMatters: true },
  { rule: 'reflected-xss', imports: 'from flask import make_response', sink: 'return make_response("<p>" + ($) + "</p>")' },
  {
    rule: 'server-side-template-injection',
    imports: 'from flask import render_template_string',
    sink: 'render_template_string("<p>" + ($))',
  },
  { rule: 'xpath-injection', imports: 'from lxml import etree', sink: 'etree.parse(\'u.xml\').xpath("//user[@name=\'" + ($) + "\']")' },
  { rule: 'ldap-injection', imports: 'import ldap', sink: 'ldap.initialize("ldap://h").search_s("dc=x", 2, "(uid=" + ($) + ")")' },
  { rule: 'regex-injection', imports: 'import re', sink: 're.search($, "some text")' },
  { rule: 'format-string-injection', imports: '', sink: '($).format(request=request)' },
  { rule: 'template-name-injection', imports: 'from flask import render_template', sink: 'render_template($)' },
  { rule: 'log-injection', imports: 'import logging', sink: 'logging.getLogger("a").warning("seen " + ($))' },
  { rule: 'reflected-xss', imports: 'from flask import make_response', sink: 'make_response("<p>" + ($))' },
  { rule: 'log-injection', imports: 'import logging', sink: 'logging.info("q " + str($))' },
];
const WITH_TEXT_IN_FRONT = new Set([
  'concatenation',
  'augmented',
  'format_string',
  'percent',
  'format_method',
  'join',
  'other_file',
  'reexport',
  'executor_map',
  'lambda',
  'partial',
]);

const work = mkdtempSync(join(tmpdir(), 'ratel-flow-'));
afterAll(() => rmSync(work, { recursive: true }));
const pack = compilePack([await readPackSources(RULES)]);

async function reported(template: string, sinkClass: SinkClass, twin: '+' | '-'): Promise<boolean> {
  const root = mkdtempSync(join(work, 'p-'));
  const text = readFileSync(join(TEMPLATES, template), 'utf8');
  const program = text
    .split('\n')
    .flatMap((line) =>
      line.startsWith('+') || line.startsWith('-')
        ? line.startsWith(twin) && !line.startsWith('---')
          ? [line.slice(1)]
          : line.startsWith('---')
            ? [line]
            : []
        : [line],
    )
    .map((line) =>
      line
        .replaceAll('SOURCE', sinkClass.source ?? 'request.args["q"]')
        .replace(/SINK\((.*)\)$/, (_, inner: string) => sinkClass.sink.replace('$', () => inner)),
    )
    .join('\n');
  const [first = '', ...others] = program.split(/^--- /m);
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  write('app.py', `from flask import Flask, request\n${sinkClass.imports}\n\napp = Flask(__name__)\n\n${first}`);
  for (const other of others) write(other.slice(0, other.indexOf('\n')).trim(), other.slice(other.indexOf('\n') + 1));
  const request = {
    root,
    config: defaultConfig(root),
    profile: 'default' as const,
    select: [sinkClass.rule],
    ignore: [],
    minSeverity: 'note' as const,
    minConfidence: 'low' as const,
    packs: [],
  };
  const { result } = await auditCollected(collect({ root }), request as unknown as Parameters<typeof auditCollected>[1], pack);
  return result.findings.some((finding) => finding.ruleId === sinkClass.rule);
}

for (const sinkClass of CLASSES)
  describe(sinkClass.rule, () => {
    for (const template of readdirSync(TEMPLATES).sort()) {
      if (sinkClass.startMatters && WITH_TEXT_IN_FRONT.has(template.replace('.py.txt', ''))) continue;
      it(template.replace('.py.txt', ''), async () => {
        expect({ unsafe: await reported(template, sinkClass, '+'), safe: await reported(template, sinkClass, '-') }).toEqual({
          unsafe: true,
          safe: false,
        });
      });
    }
  });
