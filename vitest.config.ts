import { defineConfig } from 'vitest/config';

/** Timings are for benchmarks: a slow machine must not fail a test. */
export default defineConfig({ test: { testTimeout: 120_000, hookTimeout: 120_000 } });
