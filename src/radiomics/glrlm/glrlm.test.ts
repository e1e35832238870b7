import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import { paddedLevels } from '../padded-levels.ts';
import { anySample, randomLevels, sampleOfLevels, slice, valuesOf, VARIETY } from '../texture.testing.ts';
import { glrlmFeatures } from './formulas.ts';
import { glrlm } from './index.ts';
import { runsByKernel } from './kernel.ts';
import { runsReference } from './reference.ts';

const kernels = await loadKernels();

test('counted by hand: runs along the rows of a slice', () => {
  const sample = slice('1 2 2 3', '1 2 3 3', '4 2 4 1', '4 1 2 3');
  const runs = runsReference(paddedLevels(sample, 1, 'rank', null)!);
  const m = runs.slice(runs.slices()[0]!)[0]!;
  const cells = Array.from(m.counts, (n, e) => `${m.values[m.ranks[e]!]}×${m.lengths[e]}: ${n}`);
  expect(cells.sort()).toEqual(['1×1: 4', '2×1: 3', '2×2: 1', '3×1: 2', '3×2: 1', '4×1: 3']);
  const f = glrlmFeatures(m)!;
  expect(f['rlm_sre']).toBeCloseTo((12 + 2 / 4) / 14, 12);
  expect(f['rlm_lre']).toBeCloseTo((12 + 2 * 4) / 14, 12);
  expect(f['rlm_lgre']).toBeCloseTo((4 + 4 / 4 + 3 / 9 + 3 / 16) / 14, 12);
  expect(f['rlm_hgre']).toBeCloseTo((4 + 4 * 4 + 3 * 9 + 3 * 16) / 14, 12);
  expect(f['rlm_srhge']).toBeCloseTo((4 + 3 * 4 + 4 / 4 + 2 * 9 + 9 / 4 + 3 * 16) / 14, 12);
  expect(f['rlm_lrlge']).toBeCloseTo((4 + 3 / 4 + 4 / 4 + 2 / 9 + 4 / 9 + 3 / 16) / 14, 12);
  expect(f['rlm_glnu']).toBeCloseTo((16 + 16 + 9 + 9) / 14, 12);
  expect(f['rlm_rlnu_norm']).toBeCloseTo((144 + 4) / 196, 12);
  expect(f['rlm_r_perc']).toBeCloseTo(14 / 16, 12);
  const bits = (n: number) => -(n / 14) * Math.log2(n / 14);
  expect(f['rlm_rl_entr']).toBeCloseTo(bits(4) + bits(3) + bits(1) + bits(2) + bits(1) + bits(3), 12);
});

describe('run percentage', () => {
  test('of merged matrices counts the voxels once for each direction', () => {
    const flat = sampleOfLevels([4, 3, 1], new Array<number>(12).fill(1));
    // Rows 3, columns 4, diagonals 6 and 6: 19 runs from 4·12 voxels.
    expect(valuesOf(glrlm, flat, '2D:mrg')['rlm_r_perc']).toBeCloseTo(19 / 48, 12);
    expect(valuesOf(glrlm, flat, '2.5D:mrg')['rlm_r_perc']).toBeCloseTo(19 / 48, 12);
  });

  test('with weights weighs both', () => {
    const flat = sampleOfLevels([4, 3, 1], new Array<number>(12).fill(1), { spacing: [1, 1.5, 2] });
    const lengths = [1, 2.5, 1.5, 2.5];
    const w = lengths.map((l) => Math.exp(-(l ** 2)));
    const runs = [3, 6, 4, 6].reduce((sum, n, d) => sum + n * w[d]!, 0);
    const voxels = w.reduce((sum, x) => sum + 12 * x, 0);
    const f = valuesOf(glrlm, flat, '2D:mrg', { texture: { distance_weighting: 'manhattan' } });
    expect(f['rlm_r_perc']).toBeCloseTo(runs / voxels, 12);
  });
});

test('does not depend on the distance of the settings', () => {
  const far = { texture: { distance: 3 } };
  expect(valuesOf(glrlm, VARIETY[0]!, '3D:avg', far)).toEqual(valuesOf(glrlm, VARIETY[0]!, '3D:avg'));
});

test('runs of every direction cover every voxel once', () => {
  fc.assert(
    fc.property(anySample, (sample) => {
      const voxels = sample.intensity.reduce((a, b) => a + b, 0);
      for (const m of runsByKernel(paddedLevels(sample, 1, 'rank', null)!, kernels).volume()) {
        const covered = Array.from(m.counts).reduce((sum, n, e) => sum + n * m.lengths[e]!, 0);
        expect(covered).toBe(voxels);
      }
    }),
  );
});

test('kernel and reference count the same runs', () => {
  const long = sampleOfLevels([700, 3, 3], new Array<number>(6300).fill(1));
  const stripes = sampleOfLevels(
    [40, 40, 20],
    Array.from({ length: 32000 }, (_, v) => 1 + ((v >> 2) % 3)),
  );
  for (const sample of [...VARIETY, long, stripes, randomLevels([30, 30, 30], 2, 5, { smooth: 0.99 })]) {
    const padded = paddedLevels(sample, 1, 'rank', null)!;
    const [a, b] = [runsByKernel(padded, kernels), runsReference(padded)];
    expect(a.volume()).toEqual(b.volume());
    for (const z of b.slices()) expect(a.slice(z)).toEqual(b.slice(z));
  }
});
