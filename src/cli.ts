#!/usr/bin/env node
/** The entry point of the `ratel` command. */
import { compileLate } from './cli/compiler-flags.ts';
import { main } from './cli/main.ts';
import { watchStreams } from './cli/streams.ts';

compileLate();
watchStreams();
process.exitCode = await main(process.argv.slice(2));
