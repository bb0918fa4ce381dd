import { defineConfig } from 'vitest/config';

/** Timings are for benchmarks: a slow machine must not fail a test. Fixtures may hold tests of their own, which are not ours to run. */
export default defineConfig({ test: { include: ['test/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 } });
