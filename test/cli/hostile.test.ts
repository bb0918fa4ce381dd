import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditCollected } from '../../src/audit.ts';
import type { AuditRequest } from '../../src/audit-request.ts';
import { loadPack } from '../../src/rules/load-pack.ts';
import { collect } from '../../src/source/collect.ts';
import { defaultConfig } from '../../src/source/config.ts';
import { DEBUG_APP, emptyFolder, project, ratel, SLOW_CLIENT, shell, write } from './run-cli.ts';

const ESCAPE = '\u001b';
const isRoot = process.getuid?.() === 0;
const onPosix = process.platform !== 'win32';

/** Milliseconds that any of these inputs may take, on a slow machine that has other work; most take less than one second. */
const PATIENCE = 40_000;

interface Gap {
  readonly path: string;
  readonly reason: string;
  readonly detail: string;
  readonly line?: number;
}

/**
 * Audits a folder with one ordinary application beside what a test is about. Whatever happens to the rest, the finding in the
 * application is there, the exit code says so, nothing else is said, and it does not take long.
 */
function survives(cwd: string): readonly Gap[] {
  write(cwd, { 'ordinary/app.py': DEBUG_APP, 'ordinary/client.py': SLOW_CLIENT });
  const started = performance.now();
  const { code, out, err } = ratel(['--profile', 'pedantic', '--format', 'json'], { cwd });
  const milliseconds = performance.now() - started;
  expect({ code, err }).toEqual({ code: 1, err: '' });
  const report = JSON.parse(out);
  const places = report.findings.map((one: { path: string; ruleId: string }) => `${one.path} ${one.ruleId}`);
  expect(places).toContain('ordinary/app.py flask-debug-enabled');
  expect(places).toContain('ordinary/client.py outbound-request-without-timeout');
  expect(milliseconds).toBeLessThan(PATIENCE);
  return report.gaps;
}

const times = (count: number, text: (at: number) => string) => Array.from({ length: count }, (_, at) => text(at)).join('');
const bytes = (...parts: (string | number)[]) => Buffer.concat(parts.map((part) => Buffer.from(typeof part === 'string' ? part : [part])));

describe('files that are not what their names say', () => {
  it.each([
    ['a picture', bytes(0x89, 'PNG\r\n', 0x1a, 0x0a, 0, 0, 0, 0x0d, 'IHDR'), 'binary'],
    ['NUL bytes', bytes('x = 1\n', 0, 'y = 2\n'), 'binary'],
    ['bytes that are not UTF-8', bytes('x = "', 0xff, 0xe4, '"\n'), 'encoding'],
    ['an encoding that nobody knows', bytes('# coding: klingon\nx = 1\n'), 'encoding'],
    ['an encoding that does not fit', bytes('# coding: ascii\nx = "', 0xe4, '"\n'), 'encoding'],
    ['a page', bytes('<!doctype html>\n<p class="x">{{ y }}</p>\n'), 'syntax'],
    ['open brackets', bytes('('.repeat(100_000)), 'syntax'],
  ])('%s', (_, content, reason) => {
    const gaps = survives(project({ 'a.py': content }));
    expect(gaps.map((gap) => `${gap.path} ${gap.reason}`)).toEqual([`a.py ${reason}`]);
  });

  it('what else such a file holds is still audited', () => {
    const cwd = project({ 'a.py': bytes('# coding: klingon\nx = "', 0xff, `"\n${SLOW_CLIENT}`) });
    const { findings } = JSON.parse(ratel(['--format', 'json'], { cwd }).out);
    expect(findings).toMatchObject([{ path: 'a.py', ruleId: 'outbound-request-without-timeout' }]);
  });
});

describe('files that cannot be read', () => {
  it.skipIf(isRoot)('for want of permission', () => {
    const cwd = project({ 'a.py': 'x = 1\n', 'locked/b.py': 'x = 1\n' });
    chmodSync(join(cwd, 'a.py'), 0);
    chmodSync(join(cwd, 'locked'), 0);
    const gaps = survives(cwd);
    chmodSync(join(cwd, 'locked'), 0o755);
    expect(gaps.map(({ path, reason }) => `${path} ${reason}`)).toEqual(['a.py unreadable', 'locked unreadable']);
  });

  it.skipIf(!onPosix)('since they are a pipe', () => {
    const cwd = emptyFolder();
    execFileSync('mkfifo', [join(cwd, 'a.py')]);
    expect(survives(cwd)).toEqual([{ path: 'a.py', reason: 'unreadable', detail: 'is no regular file' }]);
  });

  it.skipIf(!onPosix)('since they are links in a circle, or to nothing, or out of the tree', () => {
    const cwd = project({ 'deep/er/b.py': 'x = 1\n' });
    symlinkSync('a.py', join(cwd, 'a.py'));
    symlinkSync('nowhere.py', join(cwd, 'b.py'));
    symlinkSync('/etc', join(cwd, 'c'));
    symlinkSync('..', join(cwd, 'deep/er/up'));
    expect(survives(cwd).map(({ path, reason }) => `${path} ${reason}`)).toEqual(['a.py link', 'b.py link', 'c link']);
  });

  it('since they went away between listing and reading', async () => {
    const root = project({ 'app.py': DEBUG_APP, 'gone.py': 'x = 1\n', 'changed.py': 'x = 1\n' });
    const collected = collect({ root });
    rmSync(join(root, 'gone.py'));
    rmSync(join(root, 'changed.py'));
    write(root, { 'changed.py/other.py': '' });
    const request: AuditRequest = {
      root,
      config: defaultConfig(root),
      profile: 'default',
      ignore: [],
      minSeverity: 'note',
      minConfidence: 'low',
      packs: [],
    };
    const { result } = await auditCollected(collected, request, await loadPack());
    expect(result.findings.map(({ primary, ruleId }) => `${primary.path} ${ruleId}`)).toEqual(['app.py flask-debug-enabled']);
    expect(result.gaps.map(({ path, reason }) => `${path} ${reason}`)).toEqual(['changed.py unreadable', 'gone.py unreadable']);
  });
});

describe('code that no person wrote', () => {
  const view = (at: number) =>
    `def view_${at}(request, pk):\n    row = Model.objects.filter(pk=pk).first()\n    return render(request, "a.html", {"row": row})\n\n`;

  it.each([
    ['a table of 5 MB', `T = [\n${times(350_000, () => '    0x1234567,\n')}]\n`],
    ['views of 1 MB', times(8_000, view)],
    ['a literal of 20,000 entries', `T = [\n${times(20_000, (at) => `    {"name": "n${at}", "value": ${at}, "f": f(${at})},\n`)}]\n`],
    ['a text in 20,000 pieces', `S = (\n${times(20_000, (at) => `    "piece ${at} "\n`)})\n`],
    [
      'a function of 10,000 lines',
      `def f(request):\n    x = ""\n${times(10_000, (at) => `    x = x + g(request.GET["a${at}"], x)\n`)}    return x\n`,
    ],
    [
      '500 branches',
      `def f(request):\n    x = ""\n${times(500, (at) => `    if request.GET.get("k${at}"):\n        x = x + "a${at}"\n`)}    return x\n`,
    ],
    [
      '500 conditions on what a request sent',
      `def f(request):\n    x = request.GET["q"]\n    y = ""\n${times(500, (at) => `    if x == "v${at}" or check${at}(x):\n        y = y + x\n    elif x.startswith("${at}"):\n        x = x.strip("${at}")\n`)}    os.system(y)\n`,
    ],
    [
      '300 validators of what a request sent',
      `def f(request):\n    x = request.GET["q"]\n${times(300, (at) => `    validate${at}(x)\n    if not is_ok${at}(x):\n        return\n    x = clean${at}(x)\n`)}    os.system(x)\n`,
    ],
    [
      '200 functions that pass on what a request sent',
      `${times(200, (at) => `def f${at}(x, n):\n    return f${(at + 1) % 200}(x + "a", n - 1) + f${(at * 13 + 5) % 200}(x, n)\n\n`)}def view(request):\n    os.system(f0(request.GET["q"], 5))\n`,
    ],
    [
      'a table of 10,000 functions',
      `def f(x): return x\nT = {\n${times(10_000, (at) => `    "k${at}": f,\n`)}}\ndef view(request):\n    os.system(T[request.GET["k"]](request.GET["q"]))\n`,
    ],
    ['500 returns', `def f(a):\n${times(500, (at) => `    if a == ${at}:\n        return ${at}\n`)}`],
    ['90 loops in loops', `def f(a):\n${times(90, (at) => `    ${' '.repeat(at)}for x${at} in a:\n`)}${' '.repeat(95)}a = [a]\n`],
    ['recursion', 'def f(n):\n    return f(n - 1) + f(n - 2)\n\ndef g(x):\n    return g([x])\n\nf(3)\ng(1)\n'],
    [
      '200 functions that call the next',
      times(200, (at) => `def f${at}(x):\n    return f${(at + 1) % 200}(x) + f${(at + 7) % 200}(x + "a")\n\n`),
    ],
    ['100 functions that call all', times(100, (at) => `def f${at}(x):\n    return [${times(100, (to) => `f${to}(x), `)}]\n\n`)],
    [
      'classes that inherit in a circle',
      'class A(A): pass\nclass B(C): pass\nclass C(B):\n    def f(self): return super().f()\n\nC().f()\n',
    ],
    [
      'a line of 1,000 descendants',
      `class C0: pass\n${times(1_000, (at) => `class C${at + 1}(C${at}):\n    def f(self): return super().f()\n`)}`,
    ],
    [
      '60 diamonds',
      `class A0: pass\nclass B0(A0): pass\n${times(60, (at) => `class A${at + 1}(A${at}, B${at}): pass\nclass B${at + 1}(B${at}, A${at}): pass\n`)}A60().x()\n`,
    ],
    [
      'containers that hold themselves',
      'd = {}\nd["d"] = d\nl = [d]\nl.append(l)\nd["l"] = l\nclass N: pass\nn = N()\nn.n = n\nprint(f"{d}{l}{n.n.n}")\n',
    ],
    ['values that double', `x = ("a", "b")\ns = "ab"\n${'x = (x, x)\ns = s + s\n'.repeat(1_000)}print(x, s)\n`],
    [
      'huge results',
      'a = 9**9**9**9\nb = "a" * 10**12\nc = 1 << 10**9\nd = [0] * 10**9\ne = f"{1:>99999999}"\nf = "%99999999d" % 3\ng = "a".zfill(10**10)\nh = 5 % 0\n',
    ],
    ['1,000 decorators', `${'@d\n'.repeat(1_000)}def f(x): return x\n`],
  ])('%s is read without a gap', (_, text) => {
    expect(survives(project({ 'a.py': text }))).toEqual([]);
  });

  it('3,000 brackets in brackets are a gap', () => {
    const cwd = project({
      'a.py': `x = ${'['.repeat(3000)}${']'.repeat(3000)}\n`,
      'b.py': `x = ${'f('.repeat(3000)}1${')'.repeat(3000)}\n${SLOW_CLIENT}`,
    });
    const gaps = survives(cwd);
    expect(gaps.map(({ path, line }) => `${path}:${line}`)).toEqual(['a.py:1', 'b.py:1']);
    for (const gap of gaps) expect(gap.detail).toMatch(/^nested more than \d+ levels deep/);
    expect(ratel(['b.py', '--format', 'concise'], { cwd }).out).toContain('b.py:6:12: warning outbound-request-without-timeout');
  });

  it('calls that take more work than there is are a gap that says where', () => {
    const long = (at: number) => `def f${at}(x):\n${'    x = x + "a"\n'.repeat(400)}    return x\n\n`;
    const calls = times(120, (at) => `    f${at % 20}("${at}")\n`);
    const gaps = survives(project({ 'a.py': `${times(20, long)}def main():\n${calls}\nmain()\n` }));
    expect(gaps).toEqual([
      { path: '', reason: 'budget', detail: expect.stringMatching(/^the work for following calls was used up at a\.py:\d+ \(main\);/) },
    ]);
  });

  it('more classes below one method than it is followed into are a gap that names the method', () => {
    const heir = (at: number) => `class View${at}(Base):\n    def answer(self, name):\n        return name\n\n`;
    const base = `from flask import Flask, request
from flask.views import MethodView
app = Flask(__name__)
class Base(MethodView):
    def get(self):
        return {"answer": self.answer(request.args["name"])}

`;
    const routes = (at: number) => `app.add_url_rule("/${at}", view_func=View${at}.as_view("${at}"))\n`;
    const gaps = survives(project({ 'a.py': `${base}${times(45, heir)}${times(45, routes)}` }));
    expect(gaps).toEqual([
      { path: 'a.py', reason: 'budget', detail: expect.stringMatching(/^more than 40 classes define what a\.Base\.get calls;/), line: 5 },
    ]);
    expect(survives(project({ 'a.py': `${base}${times(20, heir)}${times(20, routes)}` }))).toEqual([]);
  });

  it('lists of calls that are longer than what is followed are a gap, tables of data are none', () => {
    const cwd = project({
      'urls.py': `from django.urls import path\nurlpatterns = [\n${times(1100, (at) => `    path("${at}", view),\n`)}]\n`,
      'table.py': `TABLE = [\n${times(3000, (at) => `    (${at}, "x", -1),\n`)}]\n`,
    });
    expect(survives(cwd)).toEqual([
      { path: 'urls.py', reason: 'budget', line: 1027, detail: expect.stringContaining('longer than the 1024 elements') },
    ]);
  });

  it('imports in a circle', () => {
    const ring = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [
        `m${at}.py`,
        `from m${(at + 1) % 200} import *\nimport m${(at * 7) % 200}\nv${at} = v${(at + 1) % 200}\n`,
      ]),
    );
    const cwd = project({
      ...ring,
      'a.py': 'from b import x\ny = x\n',
      'b.py': 'from a import *\nfrom c import C\nx = y\nclass B(C): pass\n',
      'c.py': 'from b import B\nclass C(B):\n    def go(self): return self.go()\nC().go()\n',
      'pkg/__init__.py': 'from .m import *\n',
      'pkg/m.py': 'from . import *\nfrom .m import q\nimport pkg.m as q\n',
    });
    expect(survives(cwd)).toEqual([]);
  });
});

describe('terminal escapes', () => {
  /** Sets the title of a window, clears the screen, hides text. */
  const NASTY = `${ESCAPE}]0;owned\u0007${ESCAPE}[2J\u202e`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const ACTS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/;

  it.skipIf(!onPosix)('in names and sources reach no report', () => {
    const name = `a${ESCAPE}[31m\n::error::x.py`;
    const cwd = project({ [name]: `${DEBUG_APP}    # ${NASTY}\n`, [`broken${ESCAPE}[2J.py`]: 'def f(:\n' });
    for (const format of ['human', 'concise', 'json', 'sarif', 'github', 'gitlab', 'junit']) {
      const { out, err } = ratel(['--format', format, '--verbose'], { cwd });
      expect(`${format}: ${out}${err}`).not.toMatch(ACTS);
      expect(out).toContain('flask-debug-enabled');
      expect(out).not.toMatch(/^::error::x/m);
    }
  });

  it('in the words of the command line, the configuration and rules reach no message', () => {
    const rule = {
      ...{
        id: 'a-rule',
        code: 'OWN001',
        mode: 'match',
        severity: 'note',
        confidence: 'low',
        profile: 'default',
        cwe: [],
        guidance: 'beyond',
      },
      ...{ title: NASTY, message: `${NASTY} is not good here`, remediation: NASTY, notes: NASTY, match: [{ on: 'call', callee: 'x.y' }] },
    };
    const cwd = project({
      'rules/a-rule/rule.json': JSON.stringify(rule),
      'broken/a-rule/rule.json': JSON.stringify({ ...rule, [NASTY]: 1 }),
      'bad.toml': `select = [${JSON.stringify(NASTY)}]\n${JSON.stringify(NASTY)} = 1\n`,
      'unknown.toml': `select = [${JSON.stringify(NASTY)}]\n`,
      'app.py': DEBUG_APP,
    });
    const lines = [
      [NASTY],
      [`--${NASTY}`],
      ...['--select', '--format', '--profile', '--since', '--baseline', '--config', '--rules', '--output'].map((option) => [
        option,
        `x/${NASTY}`,
      ]),
      ['explain', NASTY],
      ['rules', '--family', NASTY],
      ['completion', NASTY],
      ['--config', 'bad.toml'],
      ['--config', 'unknown.toml'],
      ['--rules', 'broken'],
      ['rules', '--rules', 'rules'],
      ['explain', 'a-rule', '--rules', 'rules'],
    ];
    for (const [at, args] of lines.entries()) {
      const { code, out, err } = ratel(args, { cwd });
      expect(`${at}: ${out}${err}`).not.toMatch(ACTS);
      expect(err).not.toContain('internal error');
      expect(`${at}: ${code}`).toBe(`${at}: ${out === '' ? 2 : 0}`);
    }
  });
});

describe('rule packs that are broken', () => {
  const rule = {
    ...{
      id: 'a-rule',
      code: 'OWN001',
      mode: 'match',
      severity: 'note',
      confidence: 'low',
      profile: 'default',
      cwe: [],
      guidance: 'beyond',
    },
    ...{
      title: 'Call of x.y()',
      message: '{call} is not what is wanted here.',
      remediation: 'Call x.z() instead.',
      match: [{ on: 'call', callee: 'x.y' }],
    },
  };
  it.each([
    ['no JSON', { 'a-rule/rule.json': '{"id": ' }, 'a-rule/rule.json: not valid JSON'],
    ['bytes', { 'a-rule/rule.json': bytes(0, 1, 2) }, 'a-rule/rule.json: not valid JSON'],
    ['another kind of value', { 'a-rule/rule.json': '[]' }, 'a-rule/rule.json: /: '],
    ['an unknown key', { 'a-rule/rule.json': JSON.stringify({ ...rule, titel: 'x' }) }, 'unknown key “titel”. Did you mean “title”?'],
    ['a missing key', { 'a-rule/rule.json': JSON.stringify({ ...rule, message: undefined }) }, 'the key “message” is missing'],
    [
      'a wrong value',
      { 'a-rule/rule.json': JSON.stringify({ ...rule, severity: 'fatal' }) },
      'severity: must be one of error, warning, note',
    ],
    ['an id unlike its folder', { 'other/rule.json': JSON.stringify(rule) }, 'must be the name of its folder, “other”'],
    [
      'an id twice',
      { 'x/a-rule/rule.json': JSON.stringify(rule), 'y/a-rule/rule.json': JSON.stringify({ ...rule, code: 'OWN002' }) },
      'the rule name “a-rule” is taken by',
    ],
    [
      'the id of a built-in rule',
      { 'flask-debug-enabled/rule.json': JSON.stringify({ ...rule, id: 'flask-debug-enabled' }) },
      'the rule name “flask-debug-enabled” is taken by',
    ],
    [
      'an unknown fact',
      {
        'a-rule/rule.json': JSON.stringify({
          ...rule,
          match: [{ on: 'call', callee: 'x.y', exists: [{ fact: 'no-fact', in: 'module' }] }],
        }),
      },
      'no-fact',
    ],
    ['nothing in it', { 'notes.txt': '' }, 'There are no rules in'],
  ])('have %s', (_, pack, message) => {
    const files = Object.fromEntries(Object.entries(pack).map(([path, content]) => [`pack/${path}`, content]));
    const cwd = project({ ...files, 'app.py': DEBUG_APP });
    for (const args of [
      ['--rules', 'pack'],
      ['rules', '--rules', 'pack'],
      ['test-rules', 'pack'],
    ]) {
      const run = ratel(args, { cwd });
      expect(run).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
      expect(run.err).not.toContain('internal error');
    }
  });

  it('that the configuration names are said to be its', () => {
    const cwd = project({ 'app.py': DEBUG_APP, 'ratel.toml': 'rules = ["no-pack"]\n' });
    expect(ratel([], { cwd })).toMatchObject({ code: 2, err: expect.stringMatching(/^ratel: ratel\.toml: “rules” names "no-pack"/) });
  });
});

describe('configurations that are broken', () => {
  it.each([
    ['TOML', 'profile = "strict\n', 'ratel.toml:1'],
    ['bytes', bytes(0xff, 0xfe, 0), 'ratel.toml:1'],
    ['a type', 'select = "flask"\nrespect-gitignore = "yes"\n', 'ratel.toml:2: “respect-gitignore” must be true or false'],
    ['a list', 'ignore = [1]\n', 'ratel.toml:1: “ignore[0]” must be'],
    ['a table', '[per-file-ignores]\n"tests/" = "flask"\n', 'ratel.toml:2: “per-file-ignores."tests/"” must be a list of rule ids'],
    ['a choice', 'fail-on = "hihg"\n', 'ratel.toml:1: “fail-on” must be one of'],
  ])('in %s', (_, text, message) => {
    const run = ratel([], { cwd: project({ 'app.py': DEBUG_APP, 'ratel.toml': text }) });
    expect(run).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
  });
});

it.skipIf(!onPosix)('standard output may be closed from the start', () => {
  const run = shell('ratel >&-', { cwd: project({ 'app.py': DEBUG_APP }) });
  expect(run.out).toBe('');
  expect(run.err).not.toMatch(/\n\s+at /);
});
