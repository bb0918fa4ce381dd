import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project, ratel } from './run-cli.ts';

const read = (cwd: string, file: string): string => readFileSync(join(cwd, file), 'utf8');

/** The files of a project after `--fix`. */
function fixed(files: Readonly<Record<string, string>>, ...args: readonly string[]): readonly string[] {
  const cwd = project(files);
  ratel(['--fix', '--exit-zero', ...args], { cwd });
  return Object.keys(files).map((file) => read(cwd, file));
}

describe('--fix of the configuration of Flask', () => {
  it('mends the class of the configuration, and keeps what stands around', () => {
    const [, config] = fixed({
      'app.py': 'from flask import Flask, session\nfrom config import Config\napp = Flask(__name__)\napp.config.from_object(Config)\n',
      'config.py': `import os


class Config:
    """What production runs with."""

    SECRET_KEY = os.environ["SECRET_KEY"]
    SESSION_COOKIE_SECURE = False  # behind a proxy
    SESSION_COOKIE_HTTPONLY = False  # scripts read it
    REMEMBER_COOKIE_SECURE = False
    SESSION_PROTECTION = None
    WTF_CSRF_ENABLED = False
    TESTING = True
    PER_PAGE = 20  # rows
`,
    });
    expect(config).toBe(`import os


class Config:
    """What production runs with."""

    SECRET_KEY = os.environ["SECRET_KEY"]
    SESSION_COOKIE_SECURE = True  # behind a proxy
    SESSION_COOKIE_SAMESITE = "Lax"
    REMEMBER_COOKIE_SECURE = True
    SESSION_PROTECTION = "strong"
    PER_PAGE = 20  # rows
`);
  });

  it('adds what is missing below the application, so that developers keep their cookies', () => {
    const [app] = fixed({
      'app.py': `from flask import Flask, session


def create_app():
    app = Flask(__name__)  # ours
    app.config.update(SESSION_COOKIE_HTTPONLY=False, TESTING=False)
    return app
`,
    });
    expect(app).toBe(`from flask import Flask, session


def create_app():
    app = Flask(__name__)  # ours
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.config["SESSION_COOKIE_SECURE"] = not app.debug
    app.config.update(SESSION_COOKIE_HTTPONLY=True, TESTING=False)
    return app
`);
  });

  it('keeps a block that would be empty, and leaves what is computed or inherited by developers', () => {
    const files = {
      'app.py': 'from flask import Flask, session\nfrom config import Base\napp = Flask(__name__)\napp.config.from_object(Base)\n',
      'config.py': `import os


class Base:
    SESSION_COOKIE_HTTPONLY = False


class DevelopmentConfig(Base):
    DEBUG = True
`,
      'forms.py': `from flask_wtf import FlaskForm


class OrderForm(FlaskForm):
    class Meta:
        csrf = False
`,
    };
    const [app, config, forms] = fixed(files);
    expect(app).toBe(files['app.py']);
    expect(config).toContain('    SESSION_COOKIE_HTTPONLY = True\n    SESSION_COOKIE_SAMESITE = "Lax"\n\n\nclass DevelopmentConfig');
    expect(config).not.toContain('SESSION_COOKIE_SECURE');
    expect(forms).toContain('        csrf = True\n');
  });
});
