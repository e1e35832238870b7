import { describe, expect, it } from 'vitest';
import { bodyBlocks } from './body-blocks.ts';
import { ANATOMIES, FIELDS, shadedBody } from './shaded-bodies.testing.ts';
import { smoothField } from './smooth-field.ts';

const kinds = Object.keys(ANATOMIES).flatMap((anatomy) =>
  Object.keys(FIELDS).map((field) => [anatomy, field] as const),
);

const measured = (anatomy: string, field: string, range: number, noise: number) =>
  smoothField(bodyBlocks(shadedBody({ anatomy, field, range, noise }))!)!;

describe('the smooth field of a body', () => {
  it.each(kinds)('%s, %s: a planted range is found', (anatomy, field) => {
    // Where a field runs along with the fat and the glands of a breast, up to a quarter of its range is theirs or lost.
    const [low, high] = anatomy === 'breast' ? [0.7, 1.26] : [0.88, 1.05];
    for (const range of [1.5, 3]) {
      const { range: found } = measured(anatomy, field, range, 0.02);
      expect(found / range).toBeGreaterThan(low);
      expect(found / range).toBeLessThan(high);
    }
  });

  it.each(Object.keys(ANATOMIES))('%s: no field is taken for one of 1.5', (anatomy) => {
    for (const noise of [0.02, 0.1]) expect(measured(anatomy, 'slope', 1, noise).range).toBeLessThan(1.5);
  });

  it('is told from none by a sharper histogram', () => {
    expect(measured('thigh', 'slope', 2, 0.05).gain).toBeGreaterThan(0.3);
    expect(measured('thigh', 'slope', 1, 0.05).gain).toBeLessThan(0.05);
  });

  it('is the same for an image in other units', () => {
    const volume = shadedBody({ anatomy: 'head', field: 'coil', range: 2, noise: 0.05 });
    const scaled = { ...volume, data: volume.data.map((v) => 7 * v) };
    expect(smoothField(bodyBlocks(scaled)!)!.range).toBeCloseTo(smoothField(bodyBlocks(volume)!)!.range, 2);
  });

  it('is not asked of an image without a body', () => {
    const volume = shadedBody({ anatomy: 'head', field: 'coil', range: 2, noise: 0.05 });
    expect(bodyBlocks({ ...volume, data: volume.data.map(() => 0) })).toBeNull();
  });
});
