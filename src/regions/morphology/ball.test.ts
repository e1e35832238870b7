import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import {
  length,
  subtract,
  toPatient,
  type Affine,
  type Grid,
  type Size3,
  type Vec3,
} from '../../core/geometry.ts';
import { countVoxels, packMask, unpackMask } from '../document/packed-mask.ts';
import { gridOf, maskWhere, randomMask, straight, TILTED } from '../regions.testing.ts';
import { blur, close, dilate, erode, open, shell } from './ball.ts';
import { squaredDistances } from './distance.ts';

const kernels = await loadKernels();

const places = ([nx, ny, nz]: Size3): Vec3[] =>
  Array.from({ length: nx * ny * nz }, (_, i) => [
    i % nx,
    Math.floor(i / nx) % ny,
    Math.floor(i / (nx * ny)),
  ]);

/** Squared distances by comparing every voxel with every other. */
function plain(mask: Uint8Array, size: Size3, affine: Affine): number[] {
  const all = places(size).map((p) => toPatient(affine, ...p));
  const set = all.filter((_, i) => mask[i] === 1);
  return all.map((p) => Math.min(...set.map((q) => length(subtract(p, q)) ** 2)));
}

describe('the distance transform', () => {
  const grids: [string, Affine][] = [
    ['cubes', straight([1, 1, 1])],
    ['long voxels', straight([0.7, 1.3, 3])],
    ['tilted', TILTED],
  ];
  for (const [name, affine] of grids) {
    it(`is exact on ${name}`, () => {
      for (const [share, seed] of [
        [0.02, 1],
        [0.1, 2],
        [0.5, 3],
      ]) {
        const size: Size3 = [13, 9, 7];
        const mask = unpackMask(randomMask(size, share, seed));
        const expected = plain(mask, size, affine);
        for (const k of [null, kernels]) {
          const got = squaredDistances(mask, size, affine, k);
          const worst = Math.max(...expected.map((d, i) => Math.abs(got[i] - d) / (1 + d)));
          expect(worst).toBeLessThan(1e-6);
        }
      }
    });
  }

  it('is infinite when there is nothing to be near to', () => {
    for (const k of [null, kernels]) {
      expect([...squaredDistances(new Uint8Array(8), [2, 2, 2], straight([1, 1, 1]), k)]).toEqual(
        new Array(8).fill(Infinity),
      );
    }
  });
});

describe('morphology with a ball', () => {
  const size: Size3 = [12, 10, 7];
  const grid: Grid = gridOf(size, [0.8, 1, 2]);

  it('equals the plain definition, voxel by voxel', () => {
    for (const [mm, seed] of [
      [1, 1],
      [2, 2],
      [2.4, 3],
    ]) {
      const mask = randomMask(size, 0.08, seed);
      const near = plain(unpackMask(mask), size, grid.affine);
      const grown = near.map((d) => (d <= mm * mm + 1e-6 ? 1 : 0));
      for (const k of [null, kernels]) expect([...unpackMask(dilate(mask, grid, mm, k))]).toEqual(grown);
      // The dual: what is left of the region when the outside grows, also from beyond the image.
      const full = randomMask(size, 0.9, seed);
      const bytes = unpackMask(full);
      const all = places(size);
      const out = all.map((p, i) => {
        if (bytes[i] === 0) return 0;
        for (let z = p[2] - 2; z <= p[2] + 2; z++) {
          for (let y = p[1] - 3; y <= p[1] + 3; y++) {
            for (let x = p[0] - 3; x <= p[0] + 3; x++) {
              const d = length([(x - p[0]) * 0.8, y - p[1], 2 * (z - p[2])]);
              const within = x >= 0 && y >= 0 && z >= 0 && x < 12 && y < 10 && z < 7;
              const outside = !within || bytes[x + 12 * (y + 10 * z)] === 0;
              if (outside && d * d <= mm * mm + 1e-6) return 0;
            }
          }
        }
        return 1;
      });
      for (const k of [null, kernels]) expect([...unpackMask(erode(full, grid, mm, k))]).toEqual(out);
    }
  });

  it('opening and closing do nothing the second time; one shrinks, the other grows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.double({ min: 0.8, max: 3, noNaN: true }),
        (seed, share, mm) => {
          const mask = randomMask(size, share, seed);
          const [opened, closed] = [open(mask, grid, mm, kernels), close(mask, grid, mm, kernels)];
          expect(unpackMask(open(opened, grid, mm, kernels))).toEqual(unpackMask(opened));
          expect(unpackMask(close(closed, grid, mm, kernels))).toEqual(unpackMask(closed));
          const [a, b, c] = [opened, mask, closed].map((m) => unpackMask(m));
          expect(b.every((v, i) => a[i] <= v && v <= c[i])).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([
    [[1, 1, 1], 0.05],
    [[0.5, 0.5, 1], 0.04],
    [[0.5, 0.5, 0.5], 0.02],
  ] as const)(
    'a ring of 5 mm around a ball of 15 mm on voxels of %j mm has the volume 4/3·π·(20³ − 15³) within %f',
    (spacing, tolerance) => {
      // The outermost centres lie a part of a voxel inside the true edge: short by that, and by less on finer voxels.
      const half = 21;
      const [nx, ny, nz] = spacing.map((s) => Math.round((2 * half) / s) + 1);
      const fine = gridOf([nx, ny, nz], spacing);
      const ball = maskWhere(fine, ([x, y, z]) => Math.hypot(x - half, y - half, z - half) <= 15);
      const ring = countVoxels(shell(ball, fine, [0, 5], kernels));
      const expected = (4 / 3) * Math.PI * (20 ** 3 - 15 ** 3);
      const volume = ring * spacing[0] * spacing[1] * spacing[2];
      expect(volume).toBeLessThan(expected);
      expect(1 - volume / expected).toBeLessThan(tolerance);
      expect(countVoxels(dilate(ball, fine, 5, kernels))).toBe(ring + countVoxels(ball));
    },
  );

  it('an empty region stays empty', () => {
    const nothing = packMask(new Uint8Array(840), size);
    for (const work of [dilate, erode, open, close])
      expect(countVoxels(work(nothing, grid, 2, kernels))).toBe(0);
    expect(countVoxels(blur(nothing, grid, 2))).toBe(0);
  });

  it('blurring keeps a half space as it is, and takes a single voxel away', () => {
    const cubes = gridOf([20, 20, 20], [1, 1, 1]);
    // Far from the border of the image, where outside begins.
    const slab = maskWhere(cubes, ([x, y, z]) => x >= 5 && x < 15 && y >= 5 && y < 15 && z >= 5 && z < 15);
    const blurred = unpackMask(blur(slab, cubes, 1));
    expect(blurred[10 + 20 * (10 + 20 * 5)]).toBe(1);
    expect(blurred[10 + 20 * (10 + 20 * 4)]).toBe(0);
    expect(blurred[5 + 20 * (5 + 20 * 5)]).toBe(0);
    expect(
      countVoxels(
        blur(
          maskWhere(cubes, (p) => length(p) === 0),
          cubes,
          1,
        ),
      ),
    ).toBe(0);
  });
});
