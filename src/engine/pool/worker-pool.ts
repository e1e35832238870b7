import { proxy, releaseProxy, transfer, wrap, type Remote } from 'comlink';
import { RefusedInput } from '../../core/refusal.ts';
import type { JobInput, JobName, JobOutput } from '../jobs/jobs.ts';
import { silenceOf } from '../jobs/silence.ts';
import type { Outcome, WorkerApi } from '../worker/protocol.ts';
import { aborted, JobFailed, type JobRunner, type RunOptions } from './runner.ts';
import { spawnWorker } from './spawn.ts';

interface Task {
  readonly name: JobName;
  /** ms without a word after which its worker counts as dead. */
  readonly silence: number;
  readonly input: unknown;
  readonly options: RunOptions;
  readonly done: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
  tries: number;
}

interface Seat {
  readonly worker: Worker;
  readonly api: Remote<WorkerApi>;
  /** Ends the task on this seat when its worker died; undefined while idle. */
  lost?: (reason: 'silent' | 'crashed', detail: string) => void;
}

/**
 * A pool of workers. Cancelling kills the worker that runs the job (kernels do not look up from their work), a
 * worker that dies or falls silent loses only its job, which is tried once more on a fresh worker unless its input
 * was handed over.
 */
export class WorkerPool implements JobRunner {
  readonly #idle: Seat[] = [];
  readonly #queue: Task[] = [];
  #busy = 0;

  /** All workers start with the pool, so that nothing is loaded once the page is in use. */
  constructor(
    readonly size = Math.max(1, Math.min(16, navigator.hardwareConcurrency || 2)),
    private readonly spawn: () => Worker = spawnWorker,
  ) {
    for (let i = 0; i < size; i++) this.#idle.push(this.#seat());
  }

  run<K extends JobName>(name: K, input: JobInput<K>, options: RunOptions = {}): Promise<JobOutput<K>> {
    return new Promise<JobOutput<K>>((resolve, reject) => {
      if (options.signal?.aborted) {
        reject(aborted());
        return;
      }
      const task: Task = {
        name,
        silence: silenceOf(name, input),
        input,
        options,
        tries: 0,
        fail: reject,
        done: (outcome) => {
          if (outcome.ended === 'done') resolve(outcome.value as JobOutput<K>);
          else if (outcome.ended === 'refused') reject(new RefusedInput(outcome.kind, outcome.facts));
          else reject(new JobFailed(name, 'error', outcome.detail));
        },
      };
      this.#queue.push(task);
      options.signal?.addEventListener('abort', () => this.#drop(task), { once: true });
      this.#next();
    });
  }

  dispose(): void {
    for (const seat of this.#idle.splice(0)) seat.worker.terminate();
  }

  /** Takes a waiting task out of the queue; a running one is ended where it runs. */
  #drop(task: Task): void {
    const at = this.#queue.indexOf(task);
    if (at < 0) return;
    this.#queue.splice(at, 1);
    task.fail(aborted());
  }

  #next(): void {
    while (this.#busy < this.size && this.#queue.length > 0) {
      const task = this.#queue.shift()!;
      this.#busy++;
      void this.#work(this.#idle.pop() ?? this.#seat(), task);
    }
  }

  #seat(): Seat {
    const worker = this.spawn();
    const seat: Seat = { worker, api: wrap<WorkerApi>(worker) };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      seat.lost?.('crashed', event.message ?? '');
    });
    return seat;
  }

  async #work(seat: Seat, task: Task): Promise<void> {
    const { name, options, silence: limit } = task;
    task.tries++;
    let silence: ReturnType<typeof setTimeout> | undefined;
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => seat.lost?.('silent', `${limit} ms`), limit);
    };
    const report = proxy((share: number, what?: string) => {
      listen();
      options.onProgress?.(share, what);
    });
    const death = new Promise<'silent' | 'crashed' | 'cancelled'>((resolve) => {
      seat.lost = (reason) => resolve(reason);
      options.signal?.addEventListener('abort', () => resolve('cancelled'), { once: true });
    });
    listen();
    const input = options.transfer ? transfer(task.input as object, [...options.transfer]) : task.input;
    const ending = await Promise.race([
      seat.api
        .run(name, input, report)
        .catch((e: unknown): Outcome => ({ ended: 'error', detail: String(e) })),
      death,
    ]);
    clearTimeout(silence);
    delete seat.lost;
    this.#busy--;
    if (typeof ending === 'object') {
      this.#idle.push(seat);
      task.done(ending);
    } else {
      seat.worker.terminate();
      seat.api[releaseProxy]();
      if (ending === 'cancelled') task.fail(aborted());
      else if (task.tries < 2 && !options.transfer) this.#queue.unshift(task);
      else task.fail(new JobFailed(name, ending, ''));
    }
    this.#next();
  }
}
