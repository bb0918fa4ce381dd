import { expect, it } from 'vitest';
import { MAX_MARKED_SIGNATURES } from '../../src/evaluate/budget.ts';
import { auditFiles } from './audit-files.ts';

const VIEWS = MAX_MARKED_SIGNATURES + 5;

async function places(answer: string): Promise<number> {
  const views = Array.from(
    { length: VIEWS },
    (_, at) => `@app.route("/${at}")\ndef view_${at}():\n    return answer(request.args["q${at}"])\n`,
  );
  const text = `from flask import Flask, jsonify, redirect, render_template, request\n\napp = Flask(__name__)\n\n\ndef answer(value):\n    ${answer}\n\n\n${views.join('\n\n')}`;
  return (await auditFiles({ 'app.py': text }, ['reflected-xss'], 'strict')).findings.length;
}

it('takes calls of a helper that are not followed any more for what the others were', async () => {
  expect(await places('return jsonify({"value": value})')).toBe(0);
  expect(await places('return "<b>" + value')).toBe(VIEWS);
  expect(await places('return render_template("a.html", value=value) if value else redirect("/")')).toBe(0);
});

it('takes what a helper gives that is not followed any more for what its body makes of the arguments', async () => {
  expect(await places('return {"value": value} if value else redirect("/")')).toBe(0);
  expect(await places('return [value] if len(value) > 3 else {"value": value}')).toBe(0);
  expect(await places('return jsonify(value) if len(value) > 3 else f"<b>{value}</b>"')).toBe(VIEWS);
});
