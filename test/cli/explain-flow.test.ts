import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ratel } from './run-cli.ts';

const APP = `import sqlite3
from flask import Flask, request
app = Flask(__name__)
def rows(sql):
    return sqlite3.connect("shop.db").execute(sql)
@app.route("/a")
def a():
    number = int(request.args["number"])
    rows("select 1")
    con = sqlite3.connect("shop.db")
    con.execute(f"select * from t limit {number}")
    con.execute("select * from t where a = " + request.args["a"])
    con.execute(stored_query())
    name = request.args["name"]
    if not name.isalnum():
        return "no"
    con.execute(f"select * from {name}")
    keep(request.args["b"], 1)
`;

describe('explain --flow', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'ratel-explain-'));
  writeFileSync(join(cwd, 'app.py'), APP);
  afterAll(() => rmSync(cwd, { recursive: true }));
  const told = (line: number): string => ratel(['explain', '--flow', `app.py:${line}`], { cwd }).out;

  it('tells the way from outside to what is reported', () => {
    expect(told(12)).toContain('Reported here: sql-injection.');
    expect(told(12)).toContain('app.py:12  comes from outside: request.args["a"]');
  });

  it('tells the way that a finding follows, under the names of files that the working directory knows', () => {
    const folder = mkdtempSync(join(cwd, 'shop-'));
    writeFileSync(join(folder, 'pyproject.toml'), '[project]\nname = "shop"\n');
    writeFileSync(join(folder, 'app.py'), APP);
    const path = `${basename(folder)}/app.py`;
    const { out } = ratel(['explain', '--flow', `${path}:12`], { cwd });
    expect(out).toContain(`What sql-injection follows:\n    ${path}:12  request.args["a"] comes from the request\n`);
  });

  it('tells of what comes from outside though no model says what it does there', () => {
    expect(told(18)).toContain('Argument 1 of keep():\n  reached from outside');
    expect(told(18)).not.toContain('Argument 2');
  });

  it('tells what keeps a value from doing harm', () => {
    expect(told(11)).toContain('app.py:8  it is of type builtins.int');
    expect(told(17)).toContain('the condition `name.isalnum()` holds here');
  });

  it('tells where values come from that nothing from outside is known to reach', () => {
    expect(told(5)).toContain('app.py:4  parameter sql of rows(): no call that was followed passes something from outside');
    expect(told(13)).toContain('a call of stored_query(), of which no model and no code is at hand');
    expect(told(10)).toContain('constants');
  });

  it('says when there is nothing to tell', () => {
    expect(told(2)).toContain('No value was seen on this line');
  });

  it.each([
    [['explain', '--flow', 'app.py'], '--flow needs a file and a line'],
    [['explain', '--flow', '.:3'], 'is a directory'],
    [['explain', '--flow', 'gone.py:3'], 'There is no file or directory'],
    [['explain', 'sql-injection', '--flow', 'app.py:3'], 'either a rule or --flow'],
  ])('%j is a mistake with a way out', (args, words) => {
    expect(ratel(args, { cwd })).toMatchObject({ code: 2, err: expect.stringContaining(words) });
  });
});
