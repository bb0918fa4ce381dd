import { createRequire, isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';
import { ROOT } from './root.ts';

const NAMESPACE = 'commonjs-import';
const requireFromRoot = createRequire(`${ROOT}/package.json`);

/**
 * `const { Ajv } = await import('ajv')` works in Node although the package is CommonJS, because Node looks its names up. esbuild
 * gives such an import only a default. This makes what is imported at run time an ES module with the names that the package has.
 */
export const commonjsImports: Plugin = {
  name: NAMESPACE,
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind !== 'dynamic-import' || isBuiltin(path) || namesOf(path) === undefined) return undefined;
      return { path, namespace: NAMESPACE };
    });
    build.onLoad({ filter: /./, namespace: NAMESPACE }, ({ path }) => {
      const names = (namesOf(path) ?? []).map((name) => `export const ${name} = all.${name};`);
      return { contents: [`const all = require(${JSON.stringify(path)});`, 'export default all;', ...names].join('\n'), resolveDir: ROOT };
    });
  },
};

/** The named exports of a CommonJS package; `undefined` for an ES module, which needs no help. */
function namesOf(path: string): readonly string[] | undefined {
  try {
    const exported: unknown = requireFromRoot(path);
    return Object.keys(Object(exported)).filter((name) => name !== 'default' && /^[A-Za-z_$][\w$]*$/.test(name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_REQUIRE_ESM') return undefined;
    throw error;
  }
}
