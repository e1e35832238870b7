import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import { paddedLevels } from '../padded-levels.ts';
import {
  firstDifference,
  randomLevels,
  sampleOfLevels,
  slice,
  valuesOf,
  VARIETY,
} from '../texture.testing.ts';
import type { ToneDifferences } from './differences.ts';
import { ngtdmFeatures } from './formulas.ts';
import { ngtdm } from './index.ts';
import { differencesByKernel } from './kernel.ts';
import { differencesReference } from './reference.ts';

const kernels = await loadKernels();

test('counted by hand: three voxels in a row', () => {
  // Means of neighbours 2, 2.5, 2; differences 1, 0.5, 2; each p = 1/3.
  for (const backend of [kernels, null]) {
    const f = valuesOf(ngtdm, slice('1 2 4'), '2D', { kernels: backend });
    expect(f['ngt_coarseness']).toBeCloseTo(3 / 3.5, 12);
    expect(f['ngt_contrast']).toBeCloseTo((28 / 54) * (3.5 / 3), 12);
    expect(f['ngt_busyness']).toBeCloseTo(3.5 / 12, 12);
    expect(f['ngt_complexity']).toBeCloseTo((2 / 3) * (0.75 + 4.5 + 2.5), 12);
    expect(f['ngt_strength']).toBeCloseTo(16 / 3, 12);
  }
});

describe('limits', () => {
  test('a voxel without a neighbour does not count', () => {
    const alone = slice('1 2 4 0 9');
    expect(valuesOf(ngtdm, alone, '3D')).toEqual(valuesOf(ngtdm, slice('1 2 4'), '3D'));
    const reached = valuesOf(ngtdm, alone, '3D', { texture: { distance: 2 } });
    expect(reached).not.toEqual(valuesOf(ngtdm, slice('1 2 4'), '3D', { texture: { distance: 2 } }));
  });

  test('a flat region is as coarse as can be', () => {
    const flat = sampleOfLevels([3, 3, 3], new Array<number>(27).fill(2));
    const expected = {
      ngt_coarseness: 1e6,
      ngt_contrast: 0,
      ngt_busyness: 0,
      ngt_complexity: 0,
      ngt_strength: 0,
    };
    expect(valuesOf(ngtdm, flat, '3D')).toEqual(expected);
  });

  test('busyness divides by zero where all i·p_i are equal', () => {
    // Levels 1 and 2, twice as many voxels of level 1: 1·2/3 = 2·1/3.
    expect(valuesOf(ngtdm, slice('1 2 1'), '3D')['ngt_busyness']).toBe('zero_denominator');
  });
});

test('sums over pairs of levels agree with the plain double sums', () => {
  const padded = paddedLevels(randomLevels([7, 6, 5], 9, 4), 1, 'level', null)!;
  const t = differencesReference(padded, false).volume();
  const p: number[] = [];
  const s: number[] = [];
  let total = 0;
  for (let i = 0; i <= 9; i++) {
    p[i] = s[i] = 0;
    for (let c = 1; c < t.columns; c++) {
      p[i]! += t.voxels[i * t.columns + c]!;
      s[i]! += t.differences[i * t.columns + c]! / c;
    }
    total += p[i]!;
  }
  const levels = p.map((_, i) => i).filter((i) => p[i]! > 0);
  let [contrast, steps, complexity, strength] = [0, 0, 0, 0];
  for (const i of levels) {
    for (const j of levels) {
      const [pi, pj] = [p[i]! / total, p[j]! / total];
      contrast += pi * pj * (i - j) ** 2;
      steps += Math.abs(i * pi - j * pj);
      complexity += (Math.abs(i - j) * (pi * s[i]! + pj * s[j]!)) / (pi + pj);
      strength += (pi + pj) * (i - j) ** 2;
    }
  }
  const sums = s.reduce((a, b) => a + b);
  const weighted = levels.reduce((sum, i) => sum + (p[i]! / total) * s[i]!, 0);
  const f = ngtdmFeatures(t)!;
  expect(f['ngt_contrast']).toBeCloseTo(
    (contrast / (levels.length * (levels.length - 1))) * (sums / total),
    9,
  );
  expect(f['ngt_busyness']).toBeCloseTo(weighted / steps, 9);
  expect(f['ngt_complexity']).toBeCloseTo(complexity / total, 9);
  expect(f['ngt_strength']).toBeCloseTo(strength / sums, 9);
});

test('kernel and reference sum the same differences', () => {
  const differ = (a: ToneDifferences, b: ToneDifferences) => [
    firstDifference(a.voxels, b.voxels),
    firstDifference(a.differences, b.differences),
  ];
  for (const sample of VARIETY) {
    for (const distance of [1, 2, 3, 8]) {
      if (distance > 1 && sample.size[0] * sample.size[1] * sample.size[2] > 2000) continue;
      const padded = paddedLevels(sample, distance, 'level', null)!;
      for (const planar of [false, true]) {
        const [a, b] = [differencesByKernel(padded, planar, kernels), differencesReference(padded, planar)];
        if (!planar) expect(differ(a.volume(), b.volume())).toEqual([-1, -1]);
        else if (padded.ranks < 1000) {
          for (const z of b.slices()) expect(differ(a.slice(z), b.slice(z))).toEqual([-1, -1]);
        }
      }
    }
  }
});
