/** What the `ratel` process ends with; README.md documents it and CI jobs depend on it. */
export const EXIT = {
  /** Nothing at or above the severity of `--fail-on`. */
  clean: 0,
  /** Findings at or above it, or rule tests that fail. */
  findings: 1,
  /** Wrong usage or configuration, or a bug in ratel; the message says which. */
  failed: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
