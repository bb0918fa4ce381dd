import { expect, it } from 'vitest';
import { auditFiles } from './audit-files.ts';

it('follows a name that modules which import each other hand on', async () => {
  const view = (name: string): string => `@app.get("/${name}/<label>")\ndef ${name}(label):\n    return page(label)\n`;
  const shown = async (page: string) => {
    const files = {
      'site_app/__init__.py': '',
      'site_app/app.py': 'from flask import Flask\napp = Flask(__name__)\n',
      'site_app/api/__init__.py': 'from site_app.app import app\nfrom .api import page\n',
      'site_app/api/api.py': `from flask import render_template\nfrom site_app import algebra\ndef page(label):\n    return ${page}\n`,
      'site_app/algebra.py': `from site_app.app import app\nfrom site_app.api import page\n${view('curve')}`,
      'site_app/fields.py': `from site_app.app import app\nfrom site_app.algebra import page\n${view('field')}`,
    };
    return (await auditFiles(files, ['reflected-xss'], 'default')).findings.length;
  };
  expect(await shown('render_template("page.html", label=label)')).toBe(0);
  expect(await shown('"<b>" + label')).toBe(2);
});
