import type { CallOptions } from '../../engine/api.ts';

/** One piece of work as the job bar shows it. */
export interface RunningJob {
  readonly id: number;
  /** Asked at every drawing, so that it follows the language. */
  readonly label: () => string;
  /** 0 to 1; null while the engine has said nothing. */
  share: number | null;
  readonly cancel: () => void;
}

/** All work that runs now. Long work shows itself at once, says how far it is, and can be stopped. */
export class Jobs {
  running = $state<RunningJob[]>([]);
  #next = 1;

  /** Runs work under a line of the job bar. Rejects as the work does; with an AbortError when it was stopped. */
  async run<T>(
    label: () => string,
    work: (options: Required<Pick<CallOptions, 'signal' | 'onProgress'>>) => Promise<T>,
  ): Promise<T> {
    const controller = new AbortController();
    const id = this.#next++;
    this.running.push({ id, label, share: null, cancel: () => controller.abort() });
    try {
      return await work({
        signal: controller.signal,
        onProgress: (share) => {
          const job = this.running.find((j) => j.id === id);
          if (job) job.share = Math.min(1, Math.max(0, share));
        },
      });
    } finally {
      this.running = this.running.filter((j) => j.id !== id);
    }
  }
}

/** Was the work stopped by the person? Then there is nothing to report. */
export const wasStopped = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError';
