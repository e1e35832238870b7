import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { length, subtract, toPatient, type Affine, type Vec3 } from '../core/geometry.ts';
import type { Mask } from '../core/volume.ts';
import { compareMasks } from './compare.ts';

function box(
  size: readonly [number, number, number],
  lo: readonly number[],
  hi: readonly number[],
  spacing = [1, 1, 1],
): Mask {
  const data = new Uint8Array(size[0] * size[1] * size[2]);
  for (let z = lo[2]; z < hi[2]; z++)
    for (let y = lo[1]; y < hi[1]; y++)
      for (let x = lo[0]; x < hi[0]; x++) data[x + size[0] * (y + size[1] * z)] = 1;
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
    expect(compareMasks(a, box([4, 4, 4], [0, 0, 0], [0, 0, 0]))).toMatchObject({
      dice: null,
      hausdorff: null,
      voxels: [8, 0],
    });
  });

  it('refuses masks of different grids', () => {
    expect(() =>
      compareMasks(box([4, 4, 4], [0, 0, 0], [1, 1, 1]), box([4, 4, 5], [0, 0, 0], [1, 1, 1])),
    ).toThrow('region_grid_differs');
  });
});

it('distances equal the plain search over all surface voxels, on a sheared grid', () => {
  const size = [6, 5, 4] as const;
  const affine: Affine = {
    origin: [9, 8, 7],
    matrix: [
      [0.7, 0, 0],
      [0, 1.1, 0.2],
      [0.1, 0.4, 2.9],
    ],
  };
  const bits = fc.array(fc.boolean(), { minLength: 120, maxLength: 120 });
  fc.assert(
    fc.property(bits, bits, (p, q) => {
      const [a, b] = [p, q].map((from): Mask => ({
        grid: { size, affine },
        data: Uint8Array.from(from, Number),
        name: '',
        colour: [0, 0, 0],
      }));
      const [sa, sb] = [surface(a), surface(b)];
      fc.pre(sa.length > 0 && sb.length > 0);
      const far = (from: Vec3[], to: Vec3[]) =>
        from.map((u) => Math.min(...to.map((v) => length(subtract(u, v)))));
      const all = [...far(sa, sb), ...far(sb, sa)];
      const c = compareMasks(a, b);
      expect(c.hausdorff).toBeCloseTo(Math.max(...all), 9);
      expect(c.assd).toBeCloseTo(all.reduce((x, y) => x + y, 0) / all.length, 9);
      expect(c.volumes[0]).toBeCloseTo(c.voxels[0] * 0.7 * (1.1 * 2.9 - 0.2 * 0.4), 9);
    }),
    { numRuns: 40 },
  );
});

function surface({ grid, data }: Mask): Vec3[] {
  const [nx, ny, nz] = grid.size;
  const has = (i: number, j: number, k: number) =>
    i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz && data[i + nx * (j + ny * k)] === 1;
  const out: Vec3[] = [];
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++) {
        const around = [
          has(i - 1, j, k),
          has(i + 1, j, k),
          has(i, j - 1, k),
          has(i, j + 1, k),
          has(i, j, k - 1),
          has(i, j, k + 1),
        ];
        if (has(i, j, k) && around.includes(false)) out.push(toPatient(grid.affine, i, j, k));
      }
    }
  }
  return out;
}
