import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import type { RegionSample } from '../region-sample.ts';
import { sampleOfLevels, slice, valuesOf } from '../texture.testing.ts';
import { distanceReference } from '../zones-reference.ts';
import { gldzm } from './index.ts';

const kernels = await loadKernels();

test('counted by hand: only one zone of the slice lies off its border', () => {
  const sample = slice('1 2 2 3', '1 2 3 3', '4 2 4 1', '4 1 2 3');
  for (const backend of [kernels, null]) {
    const f = valuesOf(gldzm, sample, '2D', { kernels: backend });
    expect(f['dzm_sde']).toBeCloseTo((7 + 1 / 4) / 8, 12);
    expect(f['dzm_lde']).toBeCloseTo((7 + 4) / 8, 12);
    expect(f['dzm_ldhge']).toBeCloseTo((3 + 4 + 2 * 9 + 16 + 4 * 16) / 8, 12);
    expect(f['dzm_zdnu']).toBeCloseTo((49 + 1) / 8, 12);
    expect(f['dzm_z_perc']).toBeCloseTo(8 / 16, 12);
    expect(f['dzm_zd_var']).toBeCloseTo(7 / 64, 12);
  }
});

describe('distance from the border', () => {
  test('of a 5 × 5 × 5 cube is 1 at its faces and 3 at its centre; in a slice the faces above and below do not count', () => {
    const n = 7;
    const mask = new Uint8Array(n ** 3);
    for (let z = 1; z < 6; z++)
      for (let y = 1; y < 6; y++) mask.fill(1, 1 + n * (y + n * z), 6 + n * (y + n * z));
    const at = (d: Uint16Array, x: number, y: number, z: number) => d[x + n * (y + n * z)];
    const volume = distanceReference(mask, [n, n, n], false);
    expect([at(volume, 3, 3, 3), at(volume, 2, 2, 2), at(volume, 1, 3, 3), at(volume, 3, 3, 2)]).toEqual([
      3, 2, 1, 2,
    ]);
    const planar = distanceReference(mask, [n, n, n], true);
    expect([at(planar, 3, 3, 1), at(planar, 2, 3, 1), at(planar, 1, 1, 3)]).toEqual([3, 2, 1]);
  });

  test('is that of the morphological mask, not of the intensity mask', () => {
    // A hole cut by re-segmentation is no border: the voxel beside it keeps its distance of 2.
    const levels = [1, 1, 1, 1, 1, 1, 2, 0, 1, 1, 1, 1, 1, 1, 1];
    const whole = sampleOfLevels([5, 3, 1], levels, { morphological: new Uint8Array(15).fill(1) });
    const cut = sampleOfLevels([5, 3, 1], levels);
    for (const backend of [kernels, null]) {
      // Zones: level 1 at distance 1, level 2 at distance 2.
      expect(valuesOf(gldzm, whole, '2D', { kernels: backend })['dzm_lde']).toBe((1 + 4) / 2);
      expect(valuesOf(gldzm, cut, '2D', { kernels: backend })['dzm_lde']).toBe(1);
    }
  });

  test('ends at the edge of the image', () => {
    const full: RegionSample = sampleOfLevels(
      [9, 9, 9],
      Array.from({ length: 729 }, (_, v) => (v === 364 ? 2 : 1)),
    );
    const f = valuesOf(gldzm, full, '3D', { kernels });
    expect(f['dzm_lde']).toBe((1 + 25) / 2);
  });
});
