#!/usr/bin/env node
/** The entry point of the `ratel` command. */
import { main } from './cli/main.ts';
import { ignoreClosedPipes } from './cli/streams.ts';

ignoreClosedPipes();
process.exitCode = await main(process.argv.slice(2));
