import { expose, transfer } from 'comlink';
import { RefusedInput } from '../../core/refusal.ts';
import type { JobContext } from '../../core/job-context.ts';
import { JOBS, type JobName } from '../jobs/jobs.ts';
import type { JobResult } from '../jobs/job.ts';
import type { Outcome, WorkerApi } from './protocol.ts';

const REPORT_EVERY = 40; // ms; more often would flood the page

const api: WorkerApi = {
  async run(job, input, report): Promise<Outcome> {
    if (!Object.hasOwn(JOBS, job)) return { ended: 'error', detail: `no job named ${job}` };
    const run = JOBS[job as JobName].run as (
      input: unknown,
      context: JobContext,
    ) => Promise<JobResult<unknown>> | JobResult<unknown>;
    let last = 0;
    const onProgress = (share: number, what?: string) => {
      const now = performance.now();
      if (now - last < REPORT_EVERY) return;
      last = now;
      report(share, what);
    };
    try {
      const { value, transfer: buffers = [] } = await run(input, { onProgress });
      return transfer({ ended: 'done', value }, [...buffers]);
    } catch (error) {
      if (error instanceof RefusedInput) return { ended: 'refused', kind: error.kind, facts: error.facts };
      return {
        ended: 'error',
        detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      };
    }
  },
};

expose(api);
