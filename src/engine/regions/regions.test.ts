import { beforeEach, describe, expect, it } from 'vitest';
import { writeNifti } from '../../formats/nifti/write.ts';
import type { Grid } from '../../core/geometry.ts';
import { DEFAULT_SETTINGS } from '../../radiomics/settings.ts';
import type { Engine, FileSource, Study } from '../api.ts';
import { createEngine } from '../create.ts';
import { InlineRunner } from '../pool/inline-runner.ts';
import { voxelsOf } from '../../regions/document/packed-mask.ts';
import type { RegionChange } from './api.ts';

const grid = (origin = 0, nz = 12): Grid => ({
  size: [32, 24, nz],
  affine: {
    origin: [origin, 0, 0],
    matrix: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 2],
    ],
  },
});

/** A warm ball of radius 6 mm around (16, 12, 12) mm, 100 on 0, with a hotter core of 2 voxels. */
function ball(of: Grid): FileSource {
  const [nx, ny, nz] = of.size;
  const data = new Float32Array(nx * ny * nz);
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        const d = Math.hypot(x + of.affine.origin[0] - 16, y - 12, 2 * z - 12);
        data[i] = d <= 6 ? 100 + d : 0;
      }
    }
  }
  const content = writeNifti({ grid: of, data }) as Uint8Array<ArrayBuffer>;
  return { path: `ball${of.affine.origin[0]}.nii.gz`, content, use: 'image' };
}

describe('editable regions', () => {
  let engine: Engine;
  let study: Study;
  let series: string;

  beforeEach(async () => {
    engine = createEngine(new InlineRunner());
    study = await engine.open([ball(grid())]);
    series = study.series[0].uid;
  });

  const count = (id: string) => engine.regions.entries(study).find((e) => e.id === id)!.voxels;

  it('are drawn, listed, measured, undone and done again', () => {
    const { regions } = engine;
    const id = regions.create(study, { series, name: 'A' });
    const stroke = regions.stroke(study, id, {
      mode: 'add',
      radius: 3,
      shape: { kind: 'disc', normal: 2 },
    });
    expect(stroke.move([16, 12, 6])).toEqual({ low: [13, 9, 6], high: [20, 16, 7] });
    stroke.end();
    expect(count(id)).toBe(29); // lattice points with x² + y² ≤ 9
    expect(regions.entries(study)[0]).toMatchObject({ name: 'A', kind: 'editable', volume: 58 });
    expect(regions.undo(study)).toBe(true);
    expect(count(id)).toBe(0);
    expect(regions.mask(study, id).data.includes(1)).toBe(false);
    expect(regions.redo(study)).toBe(true);
    expect(regions.mask(study, id).data.reduce((a, b) => a + b)).toBe(29);
    regions.undo(study);
    regions.undo(study);
    expect(regions.entries(study)).toEqual([]);
    expect(regions.undo(study)).toBe(false);
  });

  it('take back a stroke that is cancelled, voxel for voxel', () => {
    const { regions } = engine;
    const id = regions.create(study, { series });
    const boxes: RegionChange[] = [];
    regions.onChange(study, (change) => boxes.push(change));
    const stroke = regions.stroke(study, id, { mode: 'add', radius: 4, shape: { kind: 'ball' } });
    stroke.move([5, 5, 5]);
    stroke.move([25, 20, 8]);
    expect(() => regions.undo(study)).toThrow('a stroke is under way');
    stroke.cancel();
    expect(regions.mask(study, id).data.includes(1)).toBe(false);
    expect(regions.history(study)).toHaveLength(1);
    expect(boxes.filter((b) => b.kind === 'voxels').length).toBe(3);
  });

  it('are found by threshold and by growing, previewed before anything is kept', async () => {
    const { regions } = engine;
    const preview = await regions.preview(study, {
      operation: 'threshold',
      values: { method: 'range', low: 50 },
      series,
      region: null,
    });
    expect(regions.entries(study)).toEqual([]);
    const grown = await regions.preview(study, {
      operation: 'growing',
      values: { limits: 'range', low: 50, high: 200 },
      series,
      region: null,
      seed: [16, 12, 6],
    });
    expect(grown.voxels).toBe(preview.voxels);
    expect(regions.previewMask(grown)).toEqual(regions.previewMask(preview));
    const id = regions.accept(study, preview, { name: 'Ball' });
    expect(count(id)).toBe(preview.voxels);
    expect(regions.entries(study)[0]).toMatchObject({ name: 'Ball', editedShare: 0 });
    // Every fourth voxel corrected away by hand (SPEC R24: above a fifth the list warns).
    const mask = regions.mask(study, id).data.slice();
    let met = 0;
    let gone = 0;
    for (let i = 0; i < mask.length; i++) if (mask[i] === 1 && met++ % 4 === 0) gone += mask[i]--;
    regions.put(study, { series, region: id, mask, tool: 'eraser', parameters: {}, automatic: false });
    expect(regions.entries(study)[0]!.editedShare).toBeCloseTo(gone / preview.voxels, 12);
    regions.undo(study);
    expect(regions.entries(study)[0]!.editedShare).toBe(0);
  });

  it('tell what share of a proposal was corrected since (SPEC R24)', async () => {
    const { regions } = engine;
    const preview = await regions.preview(study, {
      operation: 'threshold',
      values: { method: 'range', low: 50 },
      series,
      region: null,
    });
    const id = regions.accept(study, preview);
    const stroke = regions.stroke(study, id, { mode: 'add', radius: 3, shape: { kind: 'disc', normal: 2 } });
    stroke.move([4, 4, 1]);
    stroke.end();
    expect(count(id)).toBe(preview.voxels! + 29); // lattice points with x² + y² ≤ 9, clear of the ball
    expect(regions.entries(study)[0].editedShare).toBeCloseTo(29 / preview.voxels!, 12);
  });

  it('are extracted like imported ones', async () => {
    const { regions } = engine;
    const preview = await regions.preview(study, {
      operation: 'threshold',
      values: { method: 'range', low: 50 },
      series,
      region: null,
    });
    const id = regions.accept(study, preview);
    const table = await engine.extract({
      study: regions.study(study),
      series,
      region: id,
      settings: { ...DEFAULT_SETTINGS, families: ['intensity_statistics'] },
    });
    expect(table.mask.voxels).toBe(preview.voxels);
    expect(table.features.find((f) => f.tag === 'stat_min')?.value).toBe(100);
  });

  it('marks for methods: strokes of two tissues, points, undone like regions and listed nowhere', () => {
    const { regions } = engine;
    const brush = { mode: 'add', radius: 2, shape: { kind: 'disc', normal: 2 } } as const;
    const draw = (kind: 'lesion' | 'background', x: number) => {
      const stroke = regions.markStroke(study, series, kind, brush);
      stroke.move([x, 12, 6]);
      stroke.end();
    };
    const marked = () =>
      Object.fromEntries(regions.marks(study, series).map((m) => [m.kind, m.voxels] as const));
    const bytes = (kind: string) => {
      const layer = regions.marks(study, series).find((m) => m.kind === kind)!;
      expect(layer.mask.data.reduce((sum, v) => sum + v, 0)).toBe(layer.voxels);
      return layer.mask.data;
    };
    draw('lesion', 10);
    expect(marked()).toEqual({ lesion: 13 });
    // A voxel has one class, the last one drawn: the disc one column on takes eight of thirteen.
    draw('background', 11);
    expect(marked()).toEqual({ lesion: 5, background: 13 });
    const [lesion, background] = [bytes('lesion'), bytes('background')];
    expect(lesion.some((v, i) => v === 1 && background[i] === 1)).toBe(false);
    regions.undo(study);
    expect(marked()).toEqual({ lesion: 13 });
    bytes('lesion');
    regions.redo(study);
    expect(marked()).toEqual({ lesion: 5, background: 13 });
    regions.markPoint(study, series, [16, 12, 6]);
    regions.markPoint(study, series, [3, 2, 1]);
    const points = () => regions.marks(study, series).find((m) => m.kind === 'points')!;
    expect(points().points).toEqual([
      [3, 2, 1],
      [16, 12, 6],
    ]);
    expect(points().box).toEqual({ low: [3, 2, 1], high: [17, 13, 7] });
    regions.markPoint(study, series, [3, 2, 1]);
    expect(points().points).toEqual([[16, 12, 6]]);
    expect(regions.entries(study)).toEqual([]);
    expect(regions.study(study).regions).toEqual([]);
    // A second reader does not see where the first one saw the lesion.
    regions.setReading(study, 'second');
    expect(regions.marks(study, series)).toEqual([]);
    regions.setReading(study, 'first');
    regions.clearMarks(study, series);
    expect(regions.marks(study, series)).toEqual([]);
    regions.undo(study);
    expect(marked()).toEqual({ lesion: 5, background: 13, points: 1 });
    for (const kind of ['lesion', 'background', 'points']) bytes(kind);
    while (regions.undo(study));
    expect(regions.marks(study, series)).toEqual([]);
    // The next region is still the first.
    expect(regions.entries(study)).toHaveLength(0);
    regions.create(study, { series });
    expect(regions.entries(study).map((e) => e.name)).toEqual(['Region 1']);
  });

  it('a class of a segmentation, or the piece of it that is pointed at, becomes a region', () => {
    const { regions } = engine;
    const box = { from: [2, 3, 1], to: [6, 4, 2] } as const;
    const labels = Uint8Array.of(1, 2, 1, 1);
    const voxels = (at?: readonly [number, number, number]) =>
      voxelsOf(regions.classMask(study, series, { box, labels }, 1, at));
    expect(voxels()).toEqual([
      [2, 3, 1],
      [4, 3, 1],
      [5, 3, 1],
    ]);
    expect(voxels([2, 3, 1])).toEqual([[2, 3, 1]]);
    // Pointed at another class, or beside the box: the largest piece.
    for (const at of [
      [3, 3, 1],
      [30, 3, 1],
    ] as const)
      expect(voxels(at)).toEqual([
        [4, 3, 1],
        [5, 3, 1],
      ]);
  });

  it('say what is wrong with a form, and keep locked regions as they are', async () => {
    const { regions } = engine;
    const id = regions.create(study, { series, name: 'A' });
    const ask = (values: Record<string, number | string>) =>
      regions.preview(study, { operation: 'threshold', values, series, region: id });
    await expect(ask({ method: 'magic' })).rejects.toMatchObject({
      kind: 'settings_invalid',
      facts: { name: 'method', received: 'magic' },
    });
    await expect(ask({ method: 'suv' })).rejects.toMatchObject({ facts: { expected: 'SUV' } });
    regions.change(study, id, { locked: true });
    expect(() => regions.remove(study, id)).toThrow('settings_invalid');
    const stroke = () => regions.stroke(study, id, { mode: 'add', radius: 4, shape: { kind: 'ball' } });
    expect(stroke).toThrow('settings_invalid');
  });

  it('names, colours and removals are undone too', () => {
    const { regions } = engine;
    const id = regions.create(study, { series, name: 'A' });
    regions.change(study, id, { name: 'B', colour: [1, 2, 3] });
    regions.remove(study, id);
    expect(regions.entries(study)).toEqual([]);
    regions.undo(study);
    expect(regions.entries(study)[0]).toMatchObject({ name: 'B', colour: [1, 2, 3] });
    regions.undo(study);
    expect(regions.entries(study)[0].name).toBe('A');
    expect(regions.history(study).map((s) => [s.tool, s.done])).toEqual([
      ['new', true],
      ['change', false],
      ['remove', false],
    ]);
  });

  it('of the first reader are hidden from the second, and compared with his at the end', async () => {
    const { regions } = engine;
    const draw = (name: string, x: number) => {
      const id = regions.create(study, { series, name });
      const stroke = regions.stroke(study, id, {
        mode: 'add',
        radius: 3,
        shape: { kind: 'disc', normal: 2 },
      });
      stroke.move([x, 12, 6]);
      stroke.end();
      return id;
    };
    const first = draw('one', 12);
    regions.setReading(study, 'second');
    expect(regions.entries(study)).toEqual([]);
    expect(regions.study(study).regions).toEqual([]);
    const second = draw('two', 13);
    expect(regions.entries(study).map((e) => e.name)).toEqual(['two']);
    regions.setReading(study, 'both');
    const c = await regions.compare(regions.study(study), [first, second], series);
    // Shifted by one along x each of the 7 rows loses one voxel on either side.
    expect(c.difference.counts).toEqual([7, 7, 22]);
    expect(c.dice).toBeCloseTo(44 / 58, 12);
    expect(c.names).toEqual(['one', 'two']);
  });

  it('are copied to a series of the same frame of reference, voxel for voxel where the grids meet', async () => {
    const { regions } = engine;
    study = await engine.open([ball(grid(4))], { into: study });
    const [a, b] = study.series.map((s) => s.uid);
    const preview = await regions.preview(study, {
      operation: 'threshold',
      values: { method: 'range', low: 50 },
      series: a,
      region: null,
    });
    const id = regions.accept(study, preview, { name: 'Ball' });
    const copy = await regions.copyTo(study, id, b);
    const there = await regions.preview(study, {
      operation: 'threshold',
      values: { method: 'range', low: 50 },
      series: b,
      region: null,
    });
    expect(regions.mask(study, copy).data).toEqual(regions.previewMask(there));
    expect(count(copy)).toBe(count(id));
  });

  it('made from an import stand for it, and give it back when undone', async () => {
    const { regions } = engine;
    const g = grid();
    const data = new Uint8Array(32 * 24 * 12);
    data[16 + 32 * (12 + 24 * 6)] = 1;
    const content = writeNifti({ grid: g, data }) as Uint8Array<ArrayBuffer>;
    study = await engine.open([{ path: 'mask.nii.gz', content, use: 'mask' }], { into: study });
    const [imported] = regions.entries(study);
    expect(imported).toMatchObject({ kind: 'imported', name: 'mask' });
    regions.change(study, imported.id, { name: 'Lesion' });
    expect(regions.study(study).regions[0].name).toBe('Lesion');
    const id = await regions.adopt(regions.study(study), imported.id, series);
    expect(regions.entries(study).map((e) => [e.kind, e.voxels])).toEqual([['editable', 1]]);
    expect(id).not.toBe(imported.id);
    regions.undo(study);
    regions.undo(study);
    expect(regions.study(study).regions.map((r) => r.name)).toEqual(['mask']);
  });
});
