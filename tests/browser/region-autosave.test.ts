import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Grid } from '../../src/core/geometry.ts';
import { DATABASE } from '../../src/engine/cache/database.ts';
import type { Engine, FileSource, Study } from '../../src/engine/api.ts';
import { createEngine } from '../../src/engine/create.ts';
import { InlineRunner } from '../../src/engine/pool/inline-runner.ts';
import { writeNifti } from '../../src/formats/nifti/write.ts';

const grid: Grid = {
  size: [64, 64, 10],
  affine: {
    origin: [0, 0, 0],
    matrix: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 2],
    ],
  },
};

function file(path: string, use: 'image' | 'mask', value: (i: number) => number): FileSource {
  const data = Float32Array.from({ length: 64 * 64 * 10 }, (_, i) => value(i));
  return { path, use, content: writeNifti({ grid, data }) as Uint8Array<ArrayBuffer> };
}

const image = file('Smith^John.nii.gz', 'image', (i) => i % 37);
const mask = file('Smith^John-mask.nii.gz', 'mask', (i) => (i > 3000 && i < 3020 ? 1 : 0));

/** A page that opens the study: an engine of its own over the same storage. */
async function page(files = [image, mask]): Promise<{ engine: Engine; study: Study; series: string }> {
  const engine = createEngine(new InlineRunner());
  const study = await engine.open(files);
  return { engine, study, series: study.series[0].uid };
}

function paint({ engine, study }: { engine: Engine; study: Study }, id: string, x: number): void {
  const stroke = engine.regions.stroke(study, id, { mode: 'add', radius: 5, shape: { kind: 'ball' } });
  stroke.move([x, 20, 5]);
  stroke.end();
}

const voxelsOf = ({ engine, study }: { engine: Engine; study: Study }, id: string) =>
  engine.regions.mask(study, id).data.reduce((a, b) => a + b, 0);

/** Everything that the store holds, as text. */
async function stored(): Promise<string> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open(DATABASE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const all: unknown[] = [];
  for (const name of db.objectStoreNames) {
    const store = db.transaction(name).objectStore(name);
    const [keys, values] = await Promise.all(
      [store.getAllKeys(), store.getAll()].map(
        (r) => new Promise((resolve) => (r.onsuccess = () => resolve(r.result))),
      ),
    );
    all.push(name, keys, values);
  }
  db.close();
  return JSON.stringify(all);
}

describe('the work on regions', () => {
  beforeEach(async () => {
    const { engine } = await page();
    await engine.cache.setIncognito(false);
    await engine.cache.eraseAll();
  });
  afterEach(async () => {
    const { engine } = await page();
    await engine.cache.setIncognito(false);
    await engine.cache.eraseAll();
  });

  it('is there again after a reload, with its history, under other file names too', async () => {
    const a = await page();
    const id = a.engine.regions.create(a.study, { series: a.series, name: 'Lesion' });
    paint(a, id, 20);
    paint(a, id, 30);
    const [imported] = a.engine.regions.entries(a.study).filter((e) => e.kind === 'imported');
    a.engine.regions.remove(a.study, imported.id);
    await a.engine.regions.saved(a.study);
    expect(a.engine.regions.autosave(a.study)).toBe('saved');

    const b = await page([{ ...image, path: 'again.nii.gz' }, mask]);
    expect(await b.engine.regions.restore(b.study)).toEqual({ regions: 1, steps: 4, damaged: [] });
    expect(b.engine.regions.entries(b.study).map((e) => [e.kind, e.name])).toEqual([['editable', 'Lesion']]);
    expect(voxelsOf(b, id)).toBe(voxelsOf(a, id));
    b.engine.regions.undo(b.study);
    b.engine.regions.undo(b.study);
    a.engine.regions.undo(a.study);
    a.engine.regions.undo(a.study);
    expect(voxelsOf(b, id)).toBe(voxelsOf(a, id));
    expect(b.engine.regions.entries(b.study)).toHaveLength(2);
    await b.engine.regions.saved(b.study);
    await a.engine.regions.saved(a.study);
  });

  it('is found for these images only, and not for others', async () => {
    const a = await page();
    a.engine.regions.create(a.study, { series: a.series });
    await a.engine.regions.saved(a.study);
    const b = await page([file('x.nii.gz', 'image', (i) => i % 41)]);
    expect(await b.engine.regions.restore(b.study)).toEqual({ regions: 0, steps: 0, damaged: [] });
    // With one more image in the study it is still the same work.
    const c = await page([image, file('x.nii.gz', 'image', (i) => i % 41)]);
    expect((await c.engine.regions.restore(c.study)).regions).toBe(1);
  });

  it('a stroke under way is kept shortly after each movement, and forgotten when it is taken back', async () => {
    const a = await page();
    const { regions } = a.engine;
    const id = regions.create(a.study, { series: a.series });
    const stroke = regions.stroke(a.study, id, { mode: 'add', radius: 5, shape: { kind: 'ball' } });
    const rest = async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await regions.saved(a.study);
    };
    for (const x of [20, 22]) {
      // The hand moves and rests, with the button down.
      stroke.move([x, 20, 5]);
      const painted = voxelsOf(a, id);
      await rest();
      const b = await page();
      expect((await b.engine.regions.restore(b.study)).steps).toBe(2);
      expect(voxelsOf(b, id)).toBe(painted);
    }
    stroke.cancel();
    await rest();
    const c = await page();
    expect((await c.engine.regions.restore(c.study)).steps).toBe(1);
    expect(voxelsOf(c, id)).toBe(0);
  });

  it('strokes and points for methods are there again, and are undone', async () => {
    const a = await page();
    const { regions } = a.engine;
    const stroke = regions.markStroke(a.study, a.series, 'lesion', {
      mode: 'add',
      radius: 2,
      shape: { kind: 'disc', normal: 2 },
    });
    stroke.move([20, 20, 5]);
    stroke.end();
    regions.markPoint(a.study, a.series, [3, 4, 5]);
    await regions.saved(a.study);
    const b = await page();
    // They are no regions: none is said to be back.
    expect(await b.engine.regions.restore(b.study)).toEqual({ regions: 0, steps: 2, damaged: [] });
    const marks = () => b.engine.regions.marks(b.study, b.series).map((m) => [m.kind, m.voxels]);
    const before = regions.marks(a.study, a.series).map((m) => [m.kind, m.voxels]);
    expect(marks()).toEqual(before);
    expect(before.map(([kind]) => kind)).toEqual(['lesion', 'points']);
    b.engine.regions.undo(b.study);
    b.engine.regions.undo(b.study);
    expect(marks()).toEqual([]);
  });

  it('is taken up beside what was drawn before it was found, never written over', async () => {
    const a = await page();
    const id = a.engine.regions.create(a.study, { series: a.series, name: 'earlier' });
    paint(a, id, 20);
    await a.engine.regions.saved(a.study);
    const b = await page();
    b.engine.regions.create(b.study, { series: b.series, name: 'later' });
    await b.engine.regions.saved(b.study);
    const names = (p: typeof a) =>
      p.engine.regions.entries(p.study).flatMap((e) => (e.kind === 'editable' ? [e.name] : []));
    expect(names(b)).toEqual(['earlier', 'later']);
    const c = await page();
    await c.engine.regions.restore(c.study);
    expect(names(c)).toEqual(['earlier', 'later']);
    expect(voxelsOf(c, id)).toBe(voxelsOf(a, id));
    expect(c.engine.regions.undo(c.study)).toBe(true);
    expect(names(c)).toEqual(['earlier']);
  });

  it('says when the storage is full, works on, and is whole again when there is room', async () => {
    const a = await page();
    const id = a.engine.regions.create(a.study, { series: a.series });
    await a.engine.regions.saved(a.study);
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      paint(a, id, 20);
      await a.engine.regions.saved(a.study);
      expect(a.engine.regions.autosave(a.study)).toBe('full');
      const old = await page();
      expect((await old.engine.regions.restore(old.study)).steps).toBe(1);
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    paint(a, id, 40);
    await a.engine.regions.saved(a.study);
    expect(a.engine.regions.autosave(a.study)).toBe('saved');
    const b = await page();
    expect((await b.engine.regions.restore(b.study)).steps).toBe(3);
    expect(voxelsOf(b, id)).toBe(voxelsOf(a, id));
  });

  it('nothing of the patient stands in the store', async () => {
    const a = await page();
    const [imported] = a.engine.regions.entries(a.study);
    await a.engine.regions.adopt(a.study, imported.id, a.series);
    const other = a.engine.regions.create(a.study, { series: a.series, name: 'Lesion' });
    a.engine.regions.change(a.study, other, { name: 'Tumour' });
    await a.engine.regions.saved(a.study);
    const text = await stored();
    expect(text).toContain('Tumour');
    expect(text).not.toContain('Smith^John.nii');
    expect(text).not.toContain(a.series);
    expect(text).not.toContain(imported.id);
  });

  it('is erased with everything, kept again when work goes on, and not kept while incognito', async () => {
    const a = await page();
    const id = a.engine.regions.create(a.study, { series: a.series });
    await a.engine.regions.saved(a.study);
    expect(await a.engine.cache.eraseAll()).toBe(true);
    expect((await indexedDB.databases()).map((d) => d.name)).not.toContain(DATABASE);
    const b = await page();
    expect((await b.engine.regions.restore(b.study)).regions).toBe(0);

    paint(a, id, 20);
    await a.engine.regions.saved(a.study);
    const c = await page();
    expect((await c.engine.regions.restore(c.study)).regions).toBe(1);

    await a.engine.cache.setIncognito(true);
    expect(a.engine.regions.autosave(a.study)).toBe('incognito');
    paint(a, id, 40);
    await a.engine.regions.saved(a.study);
    expect((await indexedDB.databases()).map((d) => d.name)).not.toContain(DATABASE);
    await a.engine.cache.setIncognito(false);
  });

  it('of another tab is not written over: the later one says so and keeps on working', async () => {
    const a = await page();
    const id = a.engine.regions.create(a.study, { series: a.series });
    await a.engine.regions.saved(a.study);
    // What a tab of another browser process would have written meanwhile.
    const db = await new Promise<IDBDatabase>((resolve) => {
      const asked = indexedDB.open(DATABASE);
      asked.onsuccess = () => resolve(asked.result);
    });
    const store = db.transaction('region-works', 'readwrite').objectStore('region-works');
    const works = await new Promise<{ key: string }[]>((resolve) => {
      const asked = store.getAll();
      asked.onsuccess = () => resolve(asked.result as { key: string }[]);
    });
    store.put({ ...works[0], writer: 'other', revision: 99 });
    await new Promise((resolve) => (store.transaction.oncomplete = resolve));
    db.close();
    paint(a, id, 20);
    await a.engine.regions.saved(a.study);
    expect(a.engine.regions.autosave(a.study)).toBe('open_in_other_tab');
    paint(a, id, 40);
    expect(voxelsOf(a, id)).toBeGreaterThan(500);
  });

  it('with a damaged slice leaves that region out, by name, and gives the others back', async () => {
    const a = await page();
    const id = a.engine.regions.create(a.study, { series: a.series, name: 'whole' });
    const other = a.engine.regions.create(a.study, { series: a.series, name: 'torn' });
    paint(a, id, 20);
    paint(a, other, 30);
    await a.engine.regions.saved(a.study);
    const db = await new Promise<IDBDatabase>((resolve) => {
      const asked = indexedDB.open(DATABASE);
      asked.onsuccess = () => resolve(asked.result);
    });
    const store = db.transaction('region-slices', 'readwrite').objectStore('region-slices');
    const keys = await new Promise<IDBValidKey[]>((resolve) => {
      const asked = store.getAllKeys();
      asked.onsuccess = () => resolve(asked.result);
    });
    store.delete(keys.find((k) => (k as string[])[1] === other)!);
    await new Promise((resolve) => (store.transaction.oncomplete = resolve));
    db.close();
    const b = await page();
    expect(await b.engine.regions.restore(b.study)).toEqual({ regions: 1, steps: 0, damaged: ['torn'] });
    expect(b.engine.regions.entries(b.study).filter((e) => e.kind === 'editable')).toHaveLength(1);
  });
});
