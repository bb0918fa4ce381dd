import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { collect } from '../../src/source/collect.ts';
import { type Config, loadConfig, ruleIdsIn, selectionOf } from '../../src/source/config.ts';
import { CONFIG_PROPERTIES, CONFIG_SCHEMA, renderConfigSchema } from '../../src/source/config-schema.ts';
import { describeConfig } from '../../src/source/describe-config.ts';
import { UserError } from '../../src/util/user-error.ts';
import { git, makeTree, type Tree } from './tree.ts';

const load = (root: string, more: { file?: string; isolated?: boolean; workingDirectory?: string } = {}): Promise<Config> =>
  loadConfig({ root, workingDirectory: root, ...more });

/** What a user is told about a configuration. */
async function complaint(content: string, name = 'ratel.toml'): Promise<string> {
  const error: unknown = await load(makeTree({ [name]: content })).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return error instanceof UserError ? error.message : '';
}

describe('without a configuration', () => {
  it('all is default', async () => {
    const root = makeTree({ 'a.py': '', 'pyproject.toml': '[project]\nname = "shop"\n' });
    expect(await load(root)).toEqual({
      file: undefined,
      shownAs: '',
      directory: root,
      profile: 'default',
      select: [],
      ignore: [],
      minSeverity: 'note',
      minConfidence: 'low',
      failOn: 'warning',
      include: [],
      exclude: undefined,
      extendExclude: [],
      respectGitignore: true,
      perFileIgnores: [],
      rules: [],
      baseline: undefined,
      roles: {},
      pythonVersion: undefined,
      requireSuppressionReason: true,
    });
  });

  it('or with one that the user does not want', async () => {
    expect((await load(makeTree({ 'ratel.toml': 'nonsense' }), { isolated: true })).file).toBeUndefined();
  });
});

describe('a configuration', () => {
  const written = `
profile = "strict"
select = ["sql-injection", "FLK101"]
ignore = ["readme-missing"]
min-severity = "warning"
min-confidence = "medium"
fail-on = "never"
include = ["src/"]
exclude = ["old/"]
extend-exclude = ["gen/"]
respect-gitignore = false
rules = ["packs/*", "one pack"]
baseline = "ci/baseline.json"
python-version = "3.12"
require-suppression-reason = false
`;
  const tables = (prefix: string): string =>
    `[${prefix}per-file-ignores]\n"scripts/" = ["os-command"]\n\n[${prefix}roles]\n"qa/*.py" = "test"\n`;
  const packs: Tree = { 'packs/b/x.json': '', 'packs/a/x.json': '', 'packs/file.json': '', 'one pack/x.json': '' };

  it.each([
    ['ratel.toml', written + tables('')],
    ['pyproject.toml', `[project]\nname = "shop"\n\n[tool.ratel]${written}${tables('tool.ratel.')}[tool.ruff]\nselect = 1\n`],
  ])('in %s sets every key', async (name, content) => {
    const root = makeTree({ [name]: content, ...packs });
    expect(await load(root)).toEqual({
      file: join(root, name),
      shownAs: name,
      directory: root,
      profile: 'strict',
      select: ['sql-injection', 'FLK101'],
      ignore: ['readme-missing'],
      minSeverity: 'warning',
      minConfidence: 'medium',
      failOn: 'never',
      include: ['src/'],
      exclude: ['old/'],
      extendExclude: ['gen/'],
      respectGitignore: false,
      perFileIgnores: [{ pattern: 'scripts/', ruleIds: ['os-command'] }],
      rules: [join(root, 'packs/a'), join(root, 'packs/b'), join(root, 'one pack')],
      baseline: join(root, 'ci/baseline.json'),
      roles: { 'qa/*.py': 'test' },
      pythonVersion: '3.12',
      requireSuppressionReason: false,
    });
  });

  it('names rule ids with the place they stand in', async () => {
    const config = await load(makeTree({ 'ratel.toml': 'select = ["a"]\nignore = ["b"]\n[per-file-ignores]\n"x" = ["c", "d"]\n' }));
    expect(ruleIdsIn(config)).toEqual([
      { id: 'a', file: 'ratel.toml', key: 'select' },
      { id: 'b', file: 'ratel.toml', key: 'ignore' },
      { id: 'c', file: 'ratel.toml', key: 'per-file-ignores' },
      { id: 'd', file: 'ratel.toml', key: 'per-file-ignores' },
    ]);
  });

  it('decides what is collected, its patterns relative to its own directory', async () => {
    const root = makeTree({
      'pyproject.toml': '[tool.ratel]\nextend-exclude = ["/web/gen/", "*_pb2.py"]\n[tool.ratel.roles]\n"/web/qa/" = "test"\n',
      'web/a.py': '',
      'web/a_pb2.py': '',
      'web/gen/b.py': '',
      'web/qa/c.py': '',
      'web/sub/web/gen/d.py': '',
    });
    const web = join(root, 'web');
    const config = await load(web, { workingDirectory: root });
    const { files } = collect({ root: web, ...selectionOf(config) });
    expect(files.map(({ path, role }) => `${path} ${role}`)).toEqual(['a.py app', 'qa/c.py test', 'sub/web/gen/d.py app']);
  });
});

describe('the search for a configuration', () => {
  it.skipIf(process.platform === 'win32')('starts where a symbolic link to the root leads', async () => {
    const root = makeTree({
      'real/ratel.toml': 'extend-exclude = ["/app/gen/"]',
      'real/app/gen/a.py': '',
      'real/app/b.py': '',
      'elsewhere/': '',
    });
    git(join(root, 'real'), 'init', '-q');
    symlinkSync('../real/app', join(root, 'elsewhere/link'));
    const link = join(root, 'elsewhere/link');
    const config = await load(link, { workingDirectory: join(root, 'elsewhere') });
    expect(collect({ root: link, ...selectionOf(config) }).files.map((file) => file.path)).toEqual(['b.py']);
  });

  it('takes the nearest alone, ratel.toml before pyproject.toml, and passes over a pyproject.toml without the table', async () => {
    const root = makeTree({
      'ratel.toml': 'profile = "strict"\nignore = ["a"]',
      'web/pyproject.toml': '[tool.ratel]\nprofile = "pedantic"',
      'web/app/pyproject.toml': '[project]\nname = "ratel-app"',
      'api/ratel.toml': 'fail-on = "error"',
      'api/pyproject.toml': '[tool.ratel]\nfail-on = "never"',
    });
    git(root, 'init', '-q');
    expect(await load(join(root, 'web/app'))).toMatchObject({ profile: 'pedantic', ignore: [] });
    expect(await load(join(root, 'api'))).toMatchObject({ failOn: 'error', profile: 'default' });
    expect(await load(root)).toMatchObject({ profile: 'strict', ignore: ['a'] });
  });

  it('ends at the top of the work tree', async () => {
    const root = makeTree({ 'ratel.toml': 'profile = "strict"', 'repository/app/a.py': '' });
    git(join(root, 'repository'), 'init', '-q');
    expect((await load(join(root, 'repository/app'))).file).toBeUndefined();
    // Unless the user stands above it.
    expect((await load(join(root, 'repository/app'), { workingDirectory: root })).profile).toBe('strict');
  });

  it('ends, without a repository, where the project begins', async () => {
    const root = makeTree({ 'ratel.toml': 'profile = "strict"', 'project/pyproject.toml': '', 'project/app/a.py': '', 'loose/a.py': '' });
    expect((await load(join(root, 'project/app'))).file).toBeUndefined();
    expect((await load(join(root, 'loose'))).file).toBeUndefined();
  });

  it('does not happen when a file is named', async () => {
    const root = makeTree({ 'ratel.toml': 'profile = "strict"', 'ci/strict.toml': 'profile = "pedantic"', 'pyproject.toml': '[project]' });
    expect((await load(root, { file: 'ci/strict.toml' })).profile).toBe('pedantic');
    await expect(load(root, { file: 'ci/none.toml' })).rejects.toThrow(/ci\/none\.toml: there is no such configuration file/);
    await expect(load(root, { file: 'pyproject.toml' })).rejects.toThrow(/has no table \[tool\.ratel\]/);
  });

  it('is not stopped by a directory with the name, nor by a broken pyproject.toml that is not about ratel', async () => {
    const root = makeTree({ 'pyproject.toml': '[project\nname = ' });
    mkdirSync(join(root, 'ratel.toml'));
    expect((await load(root)).file).toBeUndefined();
  });
});

describe('a broken configuration', () => {
  it('of bad syntax names file, line and column, and shows no other line', async () => {
    const message = await complaint('profile = "strict"\ntoken = "hidden"\nselect = [\n');
    expect(message).toMatch(/^ratel\.toml:4:1: not valid TOML: /);
    expect(message).not.toContain('hidden');
    expect(await complaint('[tool.ratel\n', 'pyproject.toml')).toMatch(/^pyproject\.toml:1:\d+: not valid TOML/);
  });

  it('with an unknown key names file, line, key and the nearest known key', async () => {
    expect(await complaint('profile = "strict"\n\nselct = ["a"]\n')).toBe('ratel.toml:3: unknown key “selct”. Did you mean “select”?');
    expect(await complaint('min_severity = "note"')).toBe('ratel.toml:1: unknown key “min_severity”. Did you mean “min-severity”?');
    expect(await complaint('selct = 1\n[tool.ruff]\nselct = 1\n[tool.ratel]\nselct = []\n', 'pyproject.toml')).toBe(
      'pyproject.toml:5: unknown key “tool.ratel.selct”. Did you mean “select”?',
    );
    expect(await complaint('[tool.ratel.role]\n"a" = "test"\n', 'pyproject.toml')).toBe(
      'pyproject.toml:1: unknown key “tool.ratel.role”. Did you mean “roles”?',
    );
    expect(await complaint('colour = "red"')).toMatch(/^ratel\.toml:1: unknown key “colour”\. Known keys: profile, select, /);
  });

  it('names every key that is wrong', async () => {
    expect((await complaint('selct = []\nfial-on = "error"\nignore = 3\n')).split('\n')).toEqual([
      'ratel.toml:1: unknown key “selct”. Did you mean “select”?',
      'ratel.toml:2: unknown key “fial-on”. Did you mean “fail-on”?',
      'ratel.toml:3: “ignore” must be a list of rule ids, found the number 3.',
    ]);
  });

  it.each([
    ['select = "a"', '“select” must be a list of rule ids, found the string "a".'],
    ['select = ["a", 7]', '“select[1]” must be a string that is not empty, found the number 7.'],
    ['exclude = [""]', '“exclude[0]” must be a string that is not empty, found an empty string.'],
    ['profile = "strickt"', '“profile” must be one of "default", "strict", "pedantic", found the string "strickt". Did you mean “strict”?'],
    ['fail-on = true', '“fail-on” must be one of "error", "warning", "note", "never", found true.'],
    ['respect-gitignore = "yes"', '“respect-gitignore” must be true or false, found the string "yes".'],
    ['python-version = 3.12', '“python-version” must be a Python version such as "3.12", in quotes, found the number 3.12.'],
    ['python-version = "three"', '“python-version” must be a Python version such as "3.12", in quotes, found the string "three".'],
    ['roles = []', '“roles” must be a table of pattern = "role", found a list.'],
    [
      'roles."qa/*" = "tests"',
      '“roles."qa/*"” must be one of "app", "test", "migration", "settings", "script", "docs", "example", found the string "tests". Did you mean “test”?',
    ],
    ['per-file-ignores."a.py" = "x"', '“per-file-ignores."a.py"” must be a list of rule ids, found the string "x".'],
    ['baseline = 2020-01-01', '“baseline” must be the path of a file, found a date.'],
  ])('of a wrong type says what was expected and what was found: %s', async (content, expected) => {
    expect(await complaint(content)).toBe(`ratel.toml:1: ${expected}`);
  });

  it('that is no table says so', async () => {
    expect(await complaint('[tool]\nratel = 3\n', 'pyproject.toml')).toBe(
      'pyproject.toml: [tool.ratel] must be a table, found the number 3.',
    );
  });

  it('with a directory of rules that is not there says so', async () => {
    expect(await complaint('rules = ["packs/none"]')).toMatch(/^ratel\.toml: “rules” names "packs\/none", but there is no such directory/);
    expect(await complaint('rules = ["packs/*"]')).toMatch(/no such directory/);
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('that cannot be read says so', async () => {
    const root = makeTree({ 'ratel.toml': '' });
    chmodSync(join(root, 'ratel.toml'), 0);
    await expect(load(root)).rejects.toThrow(/ratel\.toml cannot be read: permission denied/);
  });
});

describe('the schema and the text that `ratel init` writes', () => {
  const text = describeConfig();
  const switchedOn = text.replaceAll(/^#(?! |$)/gm, '').replaceAll(/^#( {2}")/gm, '$1');

  it('set nothing as it stands, and are valid when every key is switched on', () => {
    expect(parse(text)).toEqual({});
    const table = parse(switchedOn);
    expect(new Ajv().validate(CONFIG_SCHEMA, table)).toBe(true);
    expect(Object.keys(table).sort()).toEqual(Object.keys(CONFIG_PROPERTIES).sort());
  });

  it('show the defaults that hold without a configuration', async () => {
    // Keys without a default and the tables, which come last, hold examples.
    const defaults = switchedOn.slice(0, switchedOn.indexOf('[per-file-ignores]')).replaceAll(/^(?:baseline|python-version) = .*$/gm, '');
    const shown = await load(makeTree({ 'ratel.toml': defaults }));
    const { exclude, ...rest } = await load(makeTree({}));
    expect(shown).toMatchObject({ ...rest, file: shown.file, shownAs: 'ratel.toml', directory: shown.directory });
    expect(exclude).toBeUndefined();
    const tree = { 'a.py': '', 'venv/b.py': '', 'x.egg-info/c.py': '', 'node_modules/d.py': '' };
    expect(collect({ root: makeTree(tree), ...selectionOf({ ...shown, directory: '/' }) }).files.map((file) => file.path)).toEqual([
      'a.py',
    ]);
  });

  it('is a schema in itself', () => {
    const schema: unknown = JSON.parse(renderConfigSchema());
    expect(new Ajv().validateSchema(schema as object)).toBe(true);
  });
});
