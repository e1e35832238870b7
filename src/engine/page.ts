import type { Engine } from './api.ts';
import { createEngine } from './create.ts';
import { WorkerPool } from './pool/worker-pool.ts';

/** The engine of the page, over a pool of workers. */
export const createPageEngine = (): Engine => createEngine(new WorkerPool());
