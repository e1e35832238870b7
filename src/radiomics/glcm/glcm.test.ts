import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import { paddedLevels } from '../padded-levels.ts';
import {
  anySample,
  firstDifference,
  randomLevels,
  sampleOfLevels,
  slice,
  valuesOf,
  VARIETY,
} from '../texture.testing.ts';
import { glcmFeatures } from './formulas.ts';
import { glcm } from './index.ts';
import { countByKernel } from './kernel.ts';
import { countReference } from './reference.ts';

const kernels = await loadKernels();
const SQUARE = slice('1 2 2 3', '1 2 3 3', '4 2 4 1', '4 1 2 3');

describe('counted by hand', () => {
  const counts = countReference(paddedLevels(SQUARE, 1, 'rank', null)!);
  // prettier-ignore
  const ALONG_ROWS = [
    0, 3, 0, 0,
    0, 1, 3, 1,
    0, 0, 1, 0,
    2, 1, 0, 0,
  ];

  test('pairs along the rows', () => {
    expect([...counts.slice(counts.slices()[0]!)[0]!]).toEqual(ALONG_ROWS);
  });

  test('features of that matrix and its mirror image: 24 pairs', () => {
    const f = glcmFeatures(ALONG_ROWS, counts, true)!;
    // Symmetric cells: (1,2) 3, (2,2) 2, (2,3) 3, (3,3) 2, (2,4) 2, (1,4) 2.
    expect(f['cm_joint_max']).toBeCloseTo(3 / 24, 12);
    expect(f['cm_joint_avg']).toBeCloseTo((5 * 1 + 10 * 2 + 5 * 3 + 4 * 4) / 24, 12);
    expect(f['cm_energy']).toBeCloseTo((2 * 9 + 4 + 2 * 9 + 4 + 2 * 4 + 2 * 4) / 576, 12);
    expect(f['cm_contrast']).toBeCloseTo((2 * (3 + 3 + 2 * 4 + 2 * 9)) / 24, 12);
    expect(f['cm_dissimilarity']).toBeCloseTo((2 * (3 + 3 + 2 * 2 + 2 * 3)) / 24, 12);
    expect(f['cm_inv_diff']).toBeCloseTo((4 + 2 * (6 / 2 + 2 / 3 + 2 / 4)) / 24, 12);
    expect(f['cm_inv_diff_norm']).toBeCloseTo((4 + 2 * (6 / 1.25 + 2 / 1.5 + 2 / 1.75)) / 24, 12);
    expect(f['cm_inv_var']).toBeCloseTo((2 * (6 + 2 / 4 + 2 / 9)) / 24, 12);
    expect(f['cm_auto_corr']).toBeCloseTo((2 * (3 * 2 + 3 * 6 + 2 * 8 + 2 * 4) + 2 * 4 + 2 * 9) / 24, 12);
    const entropy = -(4 * (3 / 24) * Math.log2(3 / 24) + 6 * (2 / 24) * Math.log2(2 / 24));
    expect(f['cm_joint_entr']).toBeCloseTo(entropy, 12);
  });

  test('one way only, with its own mean on each side', () => {
    const f = glcmFeatures(ALONG_ROWS, counts, false)!;
    expect(f['cm_joint_max']).toBeCloseTo(3 / 12, 12);
    expect(f['cm_joint_avg']).toBeCloseTo((3 * 1 + 5 * 2 + 1 * 3 + 3 * 4) / 12, 12);
    expect(f['cm_contrast']).toBeCloseTo((3 + 3 + 4 + 4 + 18) / 12, 12);
    expect(f['cm_auto_corr']).toBeCloseTo((3 * 2 + 4 + 3 * 6 + 8 + 9 + 2 * 4 + 8) / 12, 12);
  });
});

describe('limits', () => {
  const flat = sampleOfLevels([3, 3, 2], new Array<number>(18).fill(2));

  test('a flat region has contrast 0 and no correlation', () => {
    const f = valuesOf(glcm, flat, '3D:mrg');
    expect(f).toMatchObject({ cm_contrast: 0, cm_joint_entr: 0, cm_energy: 1, cm_inv_diff: 1 });
    expect(f).toMatchObject({ cm_corr: 'flat_region', cm_info_corr1: 'flat_region', cm_info_corr2: 0 });
  });

  test('a flat slice does not take the correlation from the others', () => {
    const two = sampleOfLevels([3, 2, 2], [5, 5, 5, 5, 5, 5, 1, 2, 1, 2, 1, 3]);
    const alone = sampleOfLevels([3, 2, 1], [1, 2, 1, 2, 1, 3]);
    const corr = (s: typeof two) => valuesOf(glcm, s, '2D:mrg')['cm_corr'];
    expect(corr(two)).toBeCloseTo(corr(alone) as number, 12);
  });

  test('levels above memory are refused, many levels that hardly occur are not', () => {
    const n = 14;
    const every = sampleOfLevels(
      [n, n, n],
      Array.from({ length: n ** 3 }, (_, v) => 1 + v),
    );
    expect(valuesOf(glcm, every, '3D:mrg')['cm_contrast']).toBe('too_many_levels');
    const few = sampleOfLevels([2, 1, 1], [1, 60001], { bins: 65535 });
    expect(valuesOf(glcm, few, '3D:mrg')['cm_contrast']).toBe(60000 ** 2);
  });

  test('a level of more voxels than a 16-bit counter holds', () => {
    const n = 46;
    const levels = Array.from({ length: n ** 3 }, (_, v) => (v % 97 === 0 ? 2 : 1));
    const padded = paddedLevels(sampleOfLevels([n, n, n], levels), 1, 'rank', null)!;
    expect(Math.max(...padded.counts)).toBeGreaterThan(65535);
    expect(countByKernel(padded, kernels).volume()).toEqual(countReference(padded).volume());
  });
});

test('kernel and reference count the same pairs', () => {
  for (const sample of VARIETY) {
    for (const distance of [1, 2, 3]) {
      const padded = paddedLevels(sample, distance, 'rank', null)!;
      if (padded.ranks > 300) continue;
      const [a, b] = [countByKernel(padded, kernels), countReference(padded)];
      const expected = b.volume();
      expect(a.volume().map((m, d) => firstDifference(m, expected[d]!))).toEqual(new Array(13).fill(-1));
      for (const z of b.slices()) {
        const inSlice = b.slice(z);
        expect(a.slice(z).map((m, d) => firstDifference(m, inSlice[d]!))).toEqual(new Array(4).fill(-1));
      }
    }
  }
});

describe('identities', () => {
  test('sum variance is cluster tendency, difference average dissimilarity, sum average twice the joint average', () => {
    fc.assert(
      fc.property(anySample, (sample) => {
        const f = valuesOf(glcm, sample, '3D:avg');
        if (typeof f['cm_contrast'] === 'string') return;
        expect(f['cm_sum_var']).toBe(f['cm_clust_tend']);
        expect(f['cm_diff_avg']).toBe(f['cm_dissimilarity']);
        expect(f['cm_sum_avg']).toBeCloseTo(2 * (f['cm_joint_avg'] as number), 9);
        // Var(x+y) + Var(x−y) = 2 Var x + 2 Var y, and the symmetric matrix has equal sides.
        const sides = (f['cm_sum_var'] as number) + (f['cm_contrast'] as number);
        expect(sides).toBeCloseTo(4 * (f['cm_joint_var'] as number), 8);
      }),
    );
  });

  test('pairs: each direction of a full box has (nx−δ)(ny−δ)(nz−δ) of them where it moves along all axes', () => {
    const sample = randomLevels([6, 5, 4], 7, 1, { share: 1, hidden: 0 });
    const sums = countByKernel(paddedLevels(sample, 2, 'rank', null)!, kernels)
      .volume()
      .map((m) => m.reduce((a, b) => a + b));
    expect(sums).toEqual([4 * 5 * 4, 4 * 3 * 4, 6 * 3 * 4, 4 * 3 * 4, 24, 36, 24, 40, 60, 40, 24, 36, 24]);
  });
});

describe('distance weighting', () => {
  const sample = randomLevels([6, 5, 4], 5, 3, { spacing: [0.5, 1, 2] });

  test('acts when directions are merged, with exp(−‖m‖²) in mm', () => {
    const counts = countReference(paddedLevels(sample, 1, 'rank', null)!);
    const [x, , y] = counts.volume();
    const z = counts.volume()[8]!;
    const weighted = valuesOf(glcm, sample, '3D:mrg', { texture: { distance_weighting: 'manhattan' } });
    // The same by hand from 13 matrices: |m| = 0.5|dx| + 1|dy| + 2|dz|.
    const lengths = [0.5, 1.5, 1, 1.5, 3.5, 3, 3.5, 2.5, 2, 2.5, 3.5, 3, 3.5];
    const sum = new Float64Array(x!.length);
    counts.volume().forEach((m, d) => m.forEach((n, c) => (sum[c]! += n * Math.exp(-(lengths[d]! ** 2)))));
    expect(weighted).toEqual(glcmFeatures(sum, counts, true));
    expect([x, y, z].every((m) => m!.some((n) => n > 0))).toBe(true);
  });

  test('does not act on averages, nor with the Chebyshev norm on cubes', () => {
    const weighted = { texture: { distance_weighting: 'euclidean' } } as const;
    expect(valuesOf(glcm, sample, '3D:avg', weighted)).toEqual(valuesOf(glcm, sample, '3D:avg'));
    const cubes = randomLevels([6, 5, 4], 5, 3);
    const a = valuesOf(glcm, cubes, '3D:mrg', { texture: { distance_weighting: 'chebyshev' } });
    const b = valuesOf(glcm, cubes, '3D:mrg');
    for (const tag of Object.keys(b)) expect(a[tag]).toBeCloseTo(b[tag] as number, 9);
  });
});
