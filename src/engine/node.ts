import type { Engine } from './api.ts';
import { createEngine } from './create.ts';
import { InlineRunner } from './pool/inline-runner.ts';

/** The engine of the command line and of tests: the same jobs in this thread. */
export const createNodeEngine = (): Engine => createEngine(new InlineRunner(), { wholeImage: true });
