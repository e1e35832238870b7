import { aborted } from '../pool/runner.ts';

/**
 * Work that several callers wait for. One that gives up leaves the others waiting; when the last one gave up the work
 * itself is stopped.
 */
export class SharedWork<T> {
  readonly result: Promise<T>;
  readonly #stop = new AbortController();
  #waiting = 0;
  #done = false;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.result = work(this.#stop.signal).finally(() => {
      this.#done = true;
    });
    this.result.catch(() => undefined); // each caller is told through `wait`
  }

  /** True once everyone who waited gave up: the work cannot be joined any more. */
  get stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  wait(signal?: AbortSignal): Promise<T> {
    if (!signal) {
      this.#waiting++;
      return this.result;
    }
    if (signal.aborted) return Promise.reject(aborted());
    this.#waiting++;
    return new Promise<T>((resolve, reject) => {
      this.result.then(resolve, reject);
      signal.addEventListener(
        'abort',
        () => {
          reject(aborted());
          if (--this.#waiting === 0 && !this.#done) this.#stop.abort();
        },
        { once: true },
      );
    });
  }
}
