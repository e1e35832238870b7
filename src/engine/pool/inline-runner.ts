import type { Job } from '../jobs/job.ts';
import { JOBS, type JobInput, type JobName, type JobOutput } from '../jobs/jobs.ts';
import { aborted, type JobRunner, type RunOptions } from './runner.ts';

/** Runs each job in this thread, one after another. For the command line and for tests. */
export class InlineRunner implements JobRunner {
  readonly size = 1;
  #last: Promise<unknown> = Promise.resolve();

  run<K extends JobName>(name: K, input: JobInput<K>, options: RunOptions = {}): Promise<JobOutput<K>> {
    const turn = this.#last.then(async () => {
      const checkCancelled = () => {
        if (options.signal?.aborted) throw aborted();
      };
      checkCancelled();
      // Input and output belong together by the name; the table's union type cannot say so.
      const job = JOBS[name] as unknown as Job<JobInput<K>, JobOutput<K>>;
      const result = await job.run(input, {
        checkCancelled,
        ...(options.onProgress && { onProgress: options.onProgress }),
      });
      return result.value;
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  dispose(): void {}
}
