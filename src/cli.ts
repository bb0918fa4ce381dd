#!/usr/bin/env node
/** The entry point of the `ratel` command. */
import { main } from './cli/main.ts';
import { watchStreams } from './cli/streams.ts';

watchStreams();
process.exitCode = await main(process.argv.slice(2));
