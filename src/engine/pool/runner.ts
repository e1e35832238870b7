import type { JobInput, JobName, JobOutput } from '../jobs/jobs.ts';

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number, what?: string) => void;
  /** Buffers handed over to the worker instead of copied; the sender loses them. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** Runs jobs somewhere: in a pool of workers (page), or in this thread (command line, tests). */
export interface JobRunner {
  /**
   * @throws RefusedInput when the input was refused, {@link JobFailed} when the job broke twice,
   *   DOMException `AbortError` when the signal fired.
   */
  run<K extends JobName>(name: K, input: JobInput<K>, options?: RunOptions): Promise<JobOutput<K>>;
  /** How many jobs run at a time. */
  readonly size: number;
  dispose(): void;
}

/** A job that did not end: its worker died, fell silent or ran out of memory, also at the second try. */
export class JobFailed extends Error {
  constructor(
    readonly job: string,
    readonly reason: 'silent' | 'crashed' | 'error',
    readonly detail: string,
  ) {
    super(`${job}: ${reason} ${detail}`);
    this.name = 'JobFailed';
  }
}

export const aborted = (): DOMException => new DOMException('cancelled', 'AbortError');
