/** Examples of the help, each a command line and what it does. */
export const EXAMPLES: [string, string][] = [
  ['ratel', 'audit the project here'],
  ['ratel --profile strict shop/', 'look harder at one directory'],
  ['ratel --format sarif=ratel.sarif --format human', 'a file for GitHub and a report to read'],
  ['ratel --since origin/main', 'only what this branch touches'],
  ['ratel --write-baseline', 'accept what is there, then audit with --baseline ratel-baseline.json'],
  ['ratel routes --no-login', 'what anybody can reach'],
  ['ratel settings', 'what production runs with'],
  ['ratel explain flask-debug-enabled', 'what a finding means'],
  ['ratel explain --flow shop/views.py:12', 'why a line is reported, or not'],
];

/** End of the help. */
export const EXIT_CODES = `Exit codes: 0 nothing at or above --fail-on (warning), 1 findings, 2 wrong usage or configuration, or a bug in ratel.
Suppress one finding with a comment on its line or above it:  # ratel: ignore[rule-id] reason`;

/** yargs prints the script even when it is asked for help. */
export const COMPLETION_HELP = `ratel completion [shell]

Print what makes a shell complete command lines of ratel; shell is bash, zsh or fish, by default that of $SHELL

  bash  ratel completion bash >> ~/.bashrc
  zsh   ratel completion zsh >> ~/.zshrc
  fish  ratel completion fish > ~/.config/fish/completions/ratel.fish
`;
