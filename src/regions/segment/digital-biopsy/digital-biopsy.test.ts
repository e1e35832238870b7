import { describe, expect, it } from 'vitest';
import { Random } from '../../../core/random.ts';
import { imageOf, markOf } from '../input.testing.ts';
import { segment, type SegmentationOutcome } from '../segment.ts';
import { variation } from './placements.ts';

const done = (o: SegmentationOutcome) => {
  if (o.outcome !== 'done') throw new Error(o.reason);
  return o;
};
const factOf = (o: ReturnType<typeof done>, id: string) => o.facts.find((f) => f.id === id)?.value;

describe('digital biopsy (SPEC R25)', () => {
  const size = [40, 40, 40] as const;

  it('takes the ball of 10 mm around a click: 515 voxels of 1 mm', () => {
    // Lattice points within 5 of the origin: 515 (OEIS A000605).
    const found = done(
      segment(
        imageOf(size, () => 5),
        { method: 'digital-biopsy', seeds: [[20, 20, 20]] },
      ),
    );
    expect(found.labels.reduce((s, v) => s + v, 0)).toBe(515);
    const tall = imageOf([40, 40, 20], () => 5, [1, 1, 2]);
    const other = done(segment(tall, { method: 'digital-biopsy', seeds: [[20, 20, 10]] }));
    expect(other.labels.reduce((s, v) => s + v, 0)).toBe(81 + 2 * 69 + 2 * 29); // planes at 0, ±2 and ±4 mm
  });

  it('a homogeneous phantom varies by 0 over the placements', () => {
    const found = done(
      segment(
        imageOf(size, () => 42),
        { method: 'digital-biopsy', seeds: [[20, 20, 20]] },
      ),
    );
    expect(found.placements).toHaveLength(10);
    expect(factOf(found, 'variation-mean')).toBe(0);
    expect(factOf(found, 'variation-deviation')).toBe(0);
  });

  it('a phantom of two textures gives up the half that the window asks for', () => {
    const random = new Random(41);
    const image = imageOf(size, (x) => 100 + (x < 20 ? 0.1 : 10) * random.normal());
    const start = markOf(size, () => 1);
    const ask = (parameters: Record<string, number>) =>
      done(segment(image, { method: 'digital-biopsy', start, parameters: { patches: 20, ...parameters } }));
    const voxelsOf = (found: ReturnType<typeof done>) => found.placements!.flatMap((p) => [...p]);
    const rough = voxelsOf(ask({ 'texture-low': 2 }));
    const even = voxelsOf(ask({ 'texture-high': 1 }));
    const inRough = (p: number) => p % 40 >= 20;
    // The window of the entropy reaches two voxels over the border.
    expect(rough.filter(inRough).length / rough.length).toBeGreaterThan(0.95);
    expect(even.every((p) => !inRough(p))).toBe(true);
    expect(even.length).toBeGreaterThan(1000);
  });

  it('samples with the intensity window alone, and stays inside the region', () => {
    const image = imageOf(size, (x) => x);
    const start = markOf(size, (_x, y) => Number(y > 10 && y < 25));
    const found = done(segment(image, { method: 'digital-biopsy', start, parameters: { low: 5, high: 12 } }));
    for (const placement of found.placements!)
      for (const p of placement) {
        expect(p % 40).toBeGreaterThanOrEqual(5);
        expect(p % 40).toBeLessThanOrEqual(12);
        expect(Math.floor(p / 40) % 40).toBeGreaterThan(10);
        expect(Math.floor(p / 40) % 40).toBeLessThan(25);
      }
  });

  it('says that nothing passes, or where to start', () => {
    const image = imageOf(size, () => 5);
    const seeds = [[20, 20, 20]] as const;
    expect(segment(image, { method: 'digital-biopsy', seeds, parameters: { low: 9 } })).toMatchObject({
      reason: 'nothing_passes',
    });
    expect(segment(image, { method: 'digital-biopsy' })).toMatchObject({ reason: 'needs_missing' });
  });

  it('variation by hand: 1, 2, 3 have 0.5', () => {
    expect(variation([1, 2, 3])).toBe(0.5);
    expect(variation([0, 0])).toBe(0);
    expect(variation([-1, 1])).toBeNull();
    expect(variation([4])).toBeNull();
  });
});
