import { describe, expect, it } from 'vitest';
import type { Mask } from '../core/volume.ts';
import { compareMasks } from './compare.ts';
import { squaredDistances } from './distance.ts';

function box(size: readonly [number, number, number], lo: readonly number[], hi: readonly number[], spacing = [1, 1, 1]): Mask {
  const data = new Uint8Array(size[0] * size[1] * size[2]);
  for (let z = lo[2]; z < hi[2]; z++) for (let y = lo[1]; y < hi[1]; y++) for (let x = lo[0]; x < hi[0]; x++) data[x + size[0] * (y + size[1] * z)] = 1;
  const matrix = [
    [spacing[0], 0, 0],
    [0, spacing[1], 0],
    [0, 0, spacing[2]],
  ] as const;
  return { grid: { size, affine: { origin: [0, 0, 0], matrix } }, data, name: '', colour: [0, 0, 0] };
}

describe('comparison of masks', () => {
  it('gives the figures of SPEC R17 for two cubes of 10³ shifted by one voxel', () => {
    const a = box([14, 14, 14], [1, 1, 1], [11, 11, 11]);
    const b = box([14, 14, 14], [2, 1, 1], [12, 11, 11]);
    const c = compareMasks(a, b);
    expect(c.dice).toBeCloseTo(0.9, 12);
    expect(c.jaccard).toBeCloseTo(0.81818, 5);
    expect(c.hausdorff).toBe(1);
    expect(c.hd95).toBe(1);
    expect(c.assd).toBeCloseTo(0.336066, 6);
    expect(c.voxels).toEqual([1000, 1000]);
  });

  it('measures in mm along each axis', () => {
    const a = box([3, 3, 9], [1, 1, 1], [2, 2, 2], [1, 1, 2.5]);
    const b = box([3, 3, 9], [1, 1, 5], [2, 2, 6], [1, 1, 2.5]);
    expect(compareMasks(a, b).hausdorff).toBe(10);
  });

  it('says nothing of distances to an empty region', () => {
    const a = box([4, 4, 4], [1, 1, 1], [3, 3, 3]);
    expect(compareMasks(a, box([4, 4, 4], [0, 0, 0], [0, 0, 0]))).toMatchObject({ dice: null, hausdorff: null, voxels: [8, 0] });
  });

  it('refuses masks of different grids', () => {
    expect(() => compareMasks(box([4, 4, 4], [0, 0, 0], [1, 1, 1]), box([4, 4, 5], [0, 0, 0], [1, 1, 1]))).toThrow('region_grid_differs');
  });
});

it('distances equal the plain search over all voxels', () => {
  const size = [7, 5, 6] as const;
  const spacing = [0.7, 1.3, 2.1] as const;
  const mask = Uint8Array.from({ length: 210 }, (_, i) => (i * 7919) % 23 === 0 ? 1 : 0);
  const got = squaredDistances(mask, size, spacing);
  for (let i = 0; i < mask.length; i++) {
    let best = Infinity;
    for (let j = 0; j < mask.length; j++) {
      if (mask[j] === 0) continue;
      const dx = ((i % 7) - (j % 7)) * spacing[0];
      const dy = ((Math.floor(i / 7) % 5) - (Math.floor(j / 7) % 5)) * spacing[1];
      const dz = (Math.floor(i / 35) - Math.floor(j / 35)) * spacing[2];
      best = Math.min(best, dx * dx + dy * dy + dz * dz);
    }
    expect(got[i]).toBeCloseTo(best, 9);
  }
});
