import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../tests/kernels.ts';
import type { Family, FeatureValue } from './family.ts';
import { histogramFeatures, intensityHistogram } from './intensity-histogram/index.ts';
import { intensityStatistics } from './intensity-statistics/index.ts';
import { intensityVolumeHistogram, ivhFeatures, ivhScale } from './intensity-volume-histogram/index.ts';
import { localIntensity } from './local-intensity/index.ts';
import { PEAK_RADIUS } from './local-intensity/reference.ts';
import { percentile, percentileOfCounts } from './percentile.ts';
import type { RegionSample } from './region-sample.ts';
import { sortedRegionValues } from './region-values.ts';
import { contextOf, randomSample, sampleOf } from './sample.testing.ts';

const kernels = await loadKernels();
const BACKENDS = [
  ['reference', null],
  ['kernel', kernels],
] as const;
const measure = (
  family: Family,
  sample: RegionSample,
  backend: typeof kernels | null,
): Map<string, FeatureValue> => new Map(family.compute(contextOf(sample, backend)).map((r) => [r.tag, r]));
const lineOf = (...values: number[]): RegionSample =>
  sampleOf(
    [values.length, 1, 1],
    [1, 1, 1],
    values,
    values.map(() => 1),
    Math.max(...values),
  );

describe.each(BACKENDS)('intensity statistics by the %s', (_, backend) => {
  test('1, 2, 3, 10: by hand', () => {
    const f = measure(intensityStatistics, lineOf(10, 1, 3, 2), backend);
    const expected: Record<string, number> = {
      stat_mean: 4,
      stat_var: 12.5, // (9 + 4 + 1 + 36)/4
      stat_skew: (-27 - 8 - 1 + 216) / 4 / 12.5 ** 1.5,
      stat_kurt: (81 + 16 + 1 + 1296) / 4 / 12.5 ** 2 - 3,
      stat_median: 2.5,
      stat_min: 1,
      stat_p10: 1.3,
      stat_p90: 7.9,
      stat_max: 10,
      stat_iqr: 4.75 - 1.75,
      stat_range: 9,
      stat_mad: 3,
      stat_rmad: 0.5, // only 2 and 3 lie between 1.3 and 7.9
      stat_medad: 2.5,
      stat_cov: Math.sqrt(12.5) / 4,
      stat_qcod: 3 / 6.5,
      stat_energy: 114,
      stat_rms: Math.sqrt(28.5),
    };
    for (const [tag, value] of Object.entries(expected))
      expect(f.get(tag)!.value, tag).toBeCloseTo(value, 12);
    expect(Object.keys(expected)).toHaveLength(f.size);
  });

  test('flat, single and empty regions give numbers or reasons', () => {
    const flat = measure(intensityStatistics, lineOf(4, 4, 4), backend);
    expect(flat.get('stat_var')!.value).toBe(0);
    expect(flat.get('stat_skew')!.reason).toBe('flat_region');
    const zero = measure(intensityStatistics, sampleOf([2, 1, 1], [1, 1, 1], [-1, 1], [1, 1]), backend);
    expect(zero.get('stat_cov')!.reason).toBe('zero_mean');
    expect(zero.get('stat_qcod')!.reason).toBe('zero_denominator');
    const empty = measure(intensityStatistics, sampleOf([2, 1, 1], [1, 1, 1], [1, 2], [0, 0]), backend);
    expect([...empty.values()].every((r) => r.reason === 'region_empty')).toBe(true);
  });

  test('a large offset does not spoil the variance', () => {
    const f = measure(intensityStatistics, lineOf(1e9 + 1, 1e9 + 2, 1e9 + 3), backend);
    expect(f.get('stat_var')!.value).toBeCloseTo(2 / 3, 6);
  });
});

test('the kernel sorts as the platform does', () => {
  for (const seed of [1, 2, 3]) {
    const sample = randomSample([20, 30, 9], [1, 1, 1], seed);
    sample.image.forEach((x, i) => (sample.image[i] = seed === 1 ? x : x / 7 + (seed === 3 ? 1e-300 : 0)));
    expect([...sortedRegionValues({ ...sample }, kernels)]).toEqual([
      ...sortedRegionValues({ ...sample }, null),
    ]);
  }
});

test.each([0, 1000, -3])(
  'the kernel sorts whole numbers close together, and −0, as the platform does: from %i',
  (low) => {
    const sample = randomSample([20, 30, 9], [1, 1, 1], 4);
    sample.image.forEach((x, i) => (sample.image[i] = low + (Math.abs(x) % 50)));
    for (const zero of [0, -0]) {
      sample.image[sample.intensity.indexOf(1)] = zero;
      const [fast, plain] = [kernels, null].map((k) => sortedRegionValues({ ...sample }, k));
      expect(fast!.every((x, i) => Object.is(x, plain![i]))).toBe(true);
    }
  },
);

test.each([intensityStatistics, localIntensity, intensityVolumeHistogram])(
  'kernels and reference agree: $id',
  (family) => {
    const sample = randomSample([17, 12, 9], [1.1, 2, 3], 3);
    const reference = measure(family, { ...sample }, null);
    for (const [tag, { value }] of measure(family, { ...sample }, kernels)) {
      const other = reference.get(tag)!.value!;
      expect(Math.abs(value! - other), tag).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(other)));
    }
  },
);

describe('percentiles', () => {
  test('by hand, and the same from a histogram', () => {
    const values = [1, 1, 1, 2, 2, 5];
    // h = 5·0.9 = 4.5 → half way from 2 to 5
    expect(percentile(values, 90)).toBe(3.5);
    for (const q of [0, 10, 25, 50, 75, 90, 100]) {
      expect(percentileOfCounts([3, 2, 0, 0, 1], 6, q)).toBe(percentile(values, q));
    }
  });
});

describe('intensity histogram', () => {
  test('digital phantom counts 50, 0, 1, 16, 0, 7: gradients by hand', () => {
    const f = histogramFeatures([50, 0, 1, 16, 0, 7]);
    // −50, −24.5, 8, −0.5, −4.5, 7
    expect([f['ih_max_grad'], f['ih_max_grad_g'], f['ih_min_grad'], f['ih_min_grad_g']]).toEqual([
      8, 3, -50, 1,
    ]);
    expect(f['ih_mode']).toBe(1);
    expect(f['ih_uniformity']).toBeCloseTo((2500 + 1 + 256 + 49) / 74 ** 2, 14);
  });

  test('of several modes the one nearest the mean counts, and of two the lower', () => {
    expect(histogramFeatures([5, 0, 0, 5, 1])['ih_mode']).toBe(4); // mean 2.73
    expect(histogramFeatures([5, 0, 5])['ih_mode']).toBe(1);
  });

  test.each(BACKENDS)('counts every level (%s)', (_, backend) => {
    const values = Array.from({ length: 101 }, (_, i) => 1 + ((i * i) % 13));
    const f = measure(intensityHistogram, lineOf(...values), backend);
    const mean = values.reduce((a, b) => a + b) / 101;
    expect(f.get('ih_mean')!.value).toBeCloseTo(mean, 12);
    expect(f.get('ih_max')!.value).toBe(13);
  });

  test('without grey levels there is a reason', () => {
    const f = measure(intensityHistogram, sampleOf([2, 1, 1], [1, 1, 1], [1, 2], [1, 1]), null);
    expect([...f.values()].every((r) => r.reason === 'needs_discretisation')).toBe(true);
  });

  test('one level: what has no meaning says so', () => {
    const f = measure(intensityHistogram, lineOf(1, 1, 1), kernels);
    expect(f.get('ih_entropy')!.value).toBe(0);
    expect(f.get('ih_uniformity')!.value).toBe(1);
    expect(f.get('ih_skew')!.reason).toBe('flat_region');
    expect(f.get('ih_max_grad')!.reason).toBe('limit_undefined');
  });
});

describe('intensity-volume histogram', () => {
  const sorted = Float64Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 10]);
  const none = { method: 'none', bins: 10, width: 1 } as const;

  test('whole numbers 0 … 8 and 10: by hand', () => {
    const scale = ivhScale(sorted, none, null);
    if (typeof scale === 'string') throw new Error(scale);
    const f = ivhFeatures(sorted, scale);
    expect(scale.count).toBe(11);
    expect(f['ivh_v10']).toBe(0.9); // γ = i/10 ≥ 0.1 → i ≥ 1
    expect(f['ivh_v90']).toBe(0.1);
    expect(f['ivh_i10']).toBe(9); // ν(9) = 0.1, level 9 has no voxel but counts
    expect(f['ivh_i90']).toBe(1);
    // trapezia of ν = 1, .9, .8, .7, .6, .5, .4, .3, .2, .1, .1 over steps of 0.1
    expect(f['ivh_auc']).toBeCloseTo(0.505, 12);
  });

  test('a range is the scale, whether voxels reach its ends or not', () => {
    const scale = ivhScale(sorted, none, [-10, 30]);
    if (typeof scale === 'string') throw new Error(scale);
    expect([scale.first, scale.count]).toEqual([-10, 41]);
    expect(ivhFeatures(sorted, scale)['ivh_v90']).toBe(0); // γ ≥ 0.9 → i ≥ 26
    const open = ivhScale(sorted, none, [-10, null]);
    if (typeof open === 'string') throw new Error(open);
    expect(open.count).toBe(21);
  });

  test('FBS uses bin centres between the ends of the range', () => {
    const scale = ivhScale(sorted, { method: 'FBS', bins: 10, width: 2.5 }, [0, 10]);
    if (typeof scale === 'string') throw new Error(scale);
    expect([scale.first, scale.step, scale.count]).toEqual([1.25, 2.5, 4]);
    expect([0, 2.49, 2.5, 10].map(scale.indexOf)).toEqual([0, 0, 1, 3]);
    expect(ivhFeatures(sorted, scale)['ivh_i90']).toBe(3.75); // ν(1.25) = 1, ν(3.75) = 0.7
  });

  test('FBN uses levels', () => {
    const scale = ivhScale(sorted, { method: 'FBN', bins: 5, width: 1 }, null);
    if (typeof scale === 'string') throw new Error(scale);
    expect([0, 1.99, 2, 10].map(scale.indexOf)).toEqual([0, 0, 1, 4]);
    expect(ivhFeatures(sorted, scale)['ivh_i90']).toBe(2);
  });

  test('an absurd scale is refused, a flat region has reasons', () => {
    expect(ivhScale(sorted, { method: 'FBS', bins: 5, width: 1e-9 }, null)).toBe('too_many_levels');
    const f = measure(intensityVolumeHistogram, lineOf(3, 3, 3), null);
    expect(f.get('ivh_v10')!.reason).toBe('flat_region');
    expect(f.get('ivh_auc')!.value).toBe(0);
  });
});

describe.each(BACKENDS)('local intensity by the %s', (_, backend) => {
  test('the radius is that of 1 cm³', () => {
    expect(((4 / 3) * Math.PI * PEAK_RADIUS ** 3) / 1000).toBeCloseTo(1, 12);
  });

  test('voxels outside the region count, those beyond the image and without value do not', () => {
    // 3 mm along x: the sphere reaches two voxels to either side
    const sample = sampleOf([7, 1, 1], [3, 9, 9], [1, 2, NaN, 8, 4, 100, 1], [1, 0, 0, 1, 1, 0, 0]);
    const f = measure(localIntensity, sample, backend);
    expect(f.get('loc_peak_loc')!.value).toBeCloseTo((2 + 8 + 4 + 100) / 4, 12); // around the 8
    expect(f.get('loc_peak_glob')!.value).toBeCloseTo(Math.max(114 / 4, (8 + 4 + 100 + 1) / 4), 12);
  });

  test('of several brightest voxels the one with the highest surroundings counts', () => {
    const sample = sampleOf([9, 1, 1], [7, 9, 9], [5, 0, 0, 5, 0, 0, 0, 0, 0], [1, 0, 0, 1, 0, 0, 0, 0, 0]);
    expect(measure(localIntensity, sample, backend).get('loc_peak_loc')!.value).toBe(5);
    const near = sampleOf([6, 1, 1], [6, 9, 9], [5, 1, 0, 0, 5, 3], [1, 0, 0, 0, 1, 0]);
    expect(measure(localIntensity, near, backend).get('loc_peak_loc')!.value).toBeCloseTo(3, 12); // (5+1)/2 > (0+5+3)/3
  });
});

test('local intensity: whole spheres are counted once, with the same means', () => {
  const sample = randomSample([13, 12, 11], [3, 4, 5], 6);
  for (let i = 0; i < sample.intensity.length; i++) {
    const [x, y, z] = [i % 13, Math.floor(i / 13) % 12, Math.floor(i / 156)];
    if (x < 3 || x > 9 || y < 2 || y > 9 || z < 2 || z > 8) sample.intensity[i] = 0;
  }
  const reference = measure(localIntensity, { ...sample }, null);
  for (const [tag, { value }] of measure(localIntensity, { ...sample }, kernels)) {
    expect(value).toBeCloseTo(reference.get(tag)!.value!, 9);
  }
});
