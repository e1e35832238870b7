import type { JobContext } from '../../core/job-context.ts';

/** What a job gives back: plain data, and the buffers in it that may change hands without a copy. */
export interface JobResult<T> {
  readonly value: T;
  readonly transfer?: readonly ArrayBuffer[];
}

/** One kind of work that the engine runs. Input and output are plain data (structured clone). */
export interface Job<I, O> {
  readonly run: (input: I, context: JobContext) => Promise<JobResult<O>> | JobResult<O>;
}
