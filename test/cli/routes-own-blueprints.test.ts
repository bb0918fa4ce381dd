import { expect, it } from 'vitest';
import { project, ratel } from './run-cli.ts';

const FILES = {
  'app.py': `
from flask import Flask
from shop import orders, pages

app = Flask(__name__)
app.register_blueprint(orders.bp)
app.register_blueprint(pages.bp, url_prefix="/p")
`,
  'shop/__init__.py': '',
  'shop/blueprint.py': `
from flask import Blueprint

class Versioned(Blueprint):
    def route(self, rule, **options):
        if options.pop("versioned", True):
            rule = f"/v1{rule}"
        return super().route(rule, **options)
`,
  'shop/orders.py': `
from shop.blueprint import Versioned

bp = Versioned("orders", __name__, url_prefix="/api")

@bp.route("/orders")
def orders():
    return ""

@bp.route("/orders/<int:pk>", methods=["DELETE"])
def remove(pk):
    return ""
`,
  'shop/pages.py': `
from shop.blueprint import Versioned

bp = Versioned("pages", __name__)

@bp.route("/about", versioned=False)
def about():
    return ""
`,
};

it('a route() of the project’s own gives each view its own path, below the prefix of its own blueprint', () => {
  const run = ratel(['routes', '--json', project(FILES)]);
  const routes = JSON.parse(run.out).routes as readonly { methods: readonly string[]; path: string; view: string }[];
  expect(routes.map(({ methods, path, view }) => `${methods.join(',')} ${path} ${view}`)).toEqual([
    'GET /api/v1/orders shop.orders.orders',
    'DELETE /api/v1/orders/<int:pk> shop.orders.remove',
    'GET /p/about shop.pages.about',
  ]);
});
