import { afterEach, describe, expect, it } from 'vitest';
import { JobFailed } from '../../src/engine/pool/runner.ts';
import { spawnWorker } from '../../src/engine/pool/spawn.ts';
import { WorkerPool } from '../../src/engine/pool/worker-pool.ts';

const pools: WorkerPool[] = [];
const pool = (size: number): WorkerPool => {
  const p = new WorkerPool(size);
  pools.push(p);
  return p;
};
afterEach(() => pools.splice(0).forEach((p) => p.dispose()));

const file = (text: string) => ({ path: 'note.txt', content: new Blob([text]) });

describe('the pool of workers', () => {
  it('computes the reference values in a worker, with kernels and without', async () => {
    const p = pool(2);
    const [wasm, reference] = await Promise.all([
      p.run('self-test', { backend: 'wasm' }),
      p.run('self-test', { backend: 'reference' }),
    ]);
    expect(wasm.length).toBe(482);
    expect([...wasm, ...reference].filter((r) => !r.pass)).toEqual([]);
  });

  it('brings a refusal across the border with its kind', async () => {
    await expect(
      pool(1).run('read-file', { source: file('this is no image'), companions: [], decode: true }),
    ).rejects.toMatchObject({ name: 'RefusedInput', kind: 'not_dicom' });
  });

  it('cancels a running job within 200 ms and goes on with the next', async () => {
    const p = pool(1);
    const stop = new AbortController();
    const running = p.run('sample-study', { part: 'mr' }, { signal: stop.signal });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const at = performance.now();
    stop.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(performance.now() - at).toBeLessThan(200);
    expect((await p.run('self-test', { backend: 'wasm' })).length).toBe(482);
  });

  it('drops a waiting job that is cancelled before its turn', async () => {
    const p = pool(1);
    const stop = new AbortController();
    const first = p.run('self-test', { backend: 'reference' });
    const waiting = p.run('sample-study', { part: 'mr' }, { signal: stop.signal });
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect((await first).length).toBe(482);
  });

  it('tells of a job that fails, and keeps its worker', async () => {
    const p = pool(1);
    const broken = p.run('place-region', { target: { grid: { size: [1, 1, 1] } } } as never);
    await expect(broken).rejects.toBeInstanceOf(JobFailed);
    expect((await p.run('self-test', { backend: 'wasm' })).length).toBe(482);
  });

  const bad = (script: string) => () =>
    new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  const job = { source: file('this is no image'), companions: [], decode: true };

  // A worker that fills its heap is silent in the same way, but all heaps of a page share one address range, so that
  // it may take the page with it: that is tried end to end, where a page may die.
  it('notices within 6 s a worker that never comes back, and does its job in a fresh one', async () => {
    let started = 0;
    const p = new WorkerPool(1, () =>
      started++ === 0 ? bad('onmessage = () => { for (;;) ; };')() : spawnWorker(),
    );
    pools.push(p);
    const at = performance.now();
    await expect(p.run('read-file', job)).rejects.toMatchObject({ kind: 'not_dicom' });
    expect(started).toBe(2);
    expect(performance.now() - at).toBeGreaterThan(4000);
    expect(performance.now() - at).toBeLessThan(9000); // 5 s of silence, and a new worker on a busy machine
  });

  it('gives a job up, in words, when the second worker falls silent too', async () => {
    const p = new WorkerPool(1, bad('onmessage = () => { for (;;) ; };'));
    pools.push(p);
    await expect(p.run('read-file', job)).rejects.toMatchObject({ name: 'JobFailed' });
  });

  it('says, for each job, that the source of the worker could not be had', async () => {
    const p = new WorkerPool(1, spawnWorker, () => Promise.reject(new TypeError('no script')));
    pools.push(p);
    const failed = { name: 'JobFailed', reason: 'crashed', detail: 'TypeError: no script' };
    await expect(p.run('read-file', job)).rejects.toMatchObject(failed);
    await expect(p.run('read-file', job)).rejects.toMatchObject(failed);
  });

  it('keeps jobs until its source is here', async () => {
    let here: () => void = () => undefined;
    const source = new Promise<void>((resolve) => (here = resolve));
    const p = new WorkerPool(1, spawnWorker, () => source);
    pools.push(p);
    const answer = expect(p.run('read-file', job)).rejects.toMatchObject({ kind: 'not_dicom' });
    here();
    await answer;
  });
});
