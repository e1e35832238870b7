import { proxy, releaseProxy, transfer, wrap, type Remote } from 'comlink';
import { RefusedInput } from '../../core/refusal.ts';
import type { JobInput, JobName, JobOutput } from '../jobs/jobs.ts';
import { silenceOf } from '../jobs/silence.ts';
import type { Outcome, WorkerApi } from '../worker/protocol.ts';
import { aborted, JobFailed, type JobRunner, type RunOptions } from './runner.ts';
import { loadWorker, spawnWorker } from './spawn.ts';

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
 * How long a cancelled job may still come to its end, ms: a worker that is kept needs no start and holds its compiled
 * code, and most jobs that a newer one overtakes are over by then.
 */
const GRACE = 2000;

/**
 * A pool of workers. Cancelling answers at once; the worker that runs the job keeps its place if it ends within
 * {@link GRACE}, and is killed if not (kernels do not look up from their work). A worker that dies or falls silent loses
 * only its job, which is tried once more on a fresh worker unless its input was handed over.
 */
export class WorkerPool implements JobRunner {
  readonly #idle: Seat[] = [];
  readonly #queue: Task[] = [];
  #busy = 0;
  #state: 'loading' | 'open' | 'disposed' | { readonly fault: string } = 'loading';

  /** All workers start as soon as their source is here; jobs asked for before that wait. */
  constructor(
    readonly size = Math.max(1, Math.min(16, navigator.hardwareConcurrency || 2)),
    private readonly spawn: () => Worker = spawnWorker,
    load: () => Promise<void> = loadWorker,
  ) {
    void load().then(
      () => {
        if (this.#state !== 'loading') return;
        this.#state = 'open';
        for (let i = 0; i < size; i++) this.#idle.push(this.#seat());
        this.#next();
      },
      (error: unknown) => {
        this.#state = { fault: String(error) };
        this.#next();
      },
    );
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
    this.#state = 'disposed';
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
    if (typeof this.#state === 'object') {
      const { fault } = this.#state;
      for (const task of this.#queue.splice(0)) task.fail(new JobFailed(task.name, 'crashed', fault));
    }
    if (this.#state !== 'open') return;
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
    let over = false;
    const report = proxy((share: number, what?: string) => {
      if (over) return;
      listen();
      options.onProgress?.(share, what);
    });
    const death = new Promise<'silent' | 'crashed' | 'cancelled'>((resolve) => {
      seat.lost = (reason) => resolve(reason);
      options.signal?.addEventListener('abort', () => resolve('cancelled'), { once: true });
    });
    listen();
    const input = options.transfer ? transfer(task.input as object, [...options.transfer]) : task.input;
    const running = seat.api
      .run(name, input, report)
      .catch((e: unknown): Outcome => ({ ended: 'error', detail: String(e) }));
    const ending = await Promise.race([running, death]);
    over = true;
    clearTimeout(silence);
    delete seat.lost;
    if (ending === 'cancelled') task.fail(aborted());
    const kept = typeof ending === 'object' || (ending === 'cancelled' && (await isOver(running)));
    this.#busy--;
    if (kept) this.#idle.push(seat);
    else {
      seat.worker.terminate();
      seat.api[releaseProxy]();
    }
    if (typeof ending === 'object') task.done(ending);
    else if (ending !== 'cancelled') {
      if (task.tries < 2 && !options.transfer) this.#queue.unshift(task);
      else task.fail(new JobFailed(name, ending, ''));
    }
    this.#next();
  }
}

/** Does a cancelled job end by itself before its grace is over? */
const isOver = (running: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    running.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), GRACE)),
  ]);
