import { describe, expect, test } from 'vitest';
import type { Size3, Vec3 } from '../../core/geometry.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import { loadKernels } from '../../../tests/kernels.ts';
import { DEFAULT_SETTINGS, type ExtractionSettings } from '../settings.ts';
import { extractPyradiomics } from './extract.ts';
import { DEFAULT_PYRADIOMICS, type PyradiomicsSettings } from './settings.ts';

const kernels = await loadKernels();

interface Options {
  readonly mask?: readonly number[];
  readonly spacing?: Vec3;
  readonly settings?: Partial<ExtractionSettings>;
  readonly pyradiomics?: Partial<PyradiomicsSettings>;
}

/** Values by tag of intensities in a box; null mask: the whole box. Kernels and references must agree. */
function measure(size: Size3, data: readonly number[], o: Options = {}): Record<string, number | null> {
  const [x, y, z] = o.spacing ?? [1, 1, 1];
  const grid = {
    size,
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [x, 0, 0],
        [0, y, 0],
        [0, 0, z],
      ],
    },
  } as const;
  const volume: Volume = { grid, data: Float64Array.from(data), unit: 'arbitrary', modality: 'MR' };
  const inside = Uint8Array.from(o.mask ?? data.map(() => 1));
  const mask: Mask = { grid, data: inside, name: 'region', colour: [0, 0, 0] };
  const settings: ExtractionSettings = {
    ...DEFAULT_SETTINGS,
    profile: 'pyradiomics',
    discretisation: { method: 'FBS', bins: 32, width: 1 },
    ...o.settings,
    pyradiomics: { ...DEFAULT_PYRADIOMICS, ...o.pyradiomics },
  };
  const [a, b] = [kernels, null].map((k) => {
    const { rows } = extractPyradiomics(volume, mask, settings, { kernels: k });
    return Object.fromEntries(rows.map((r) => [r.tag, r.value]));
  });
  for (const [tag, value] of Object.entries(a!)) {
    if (value === null) expect(b![tag], tag).toBeNull();
    else expect(b![tag], tag).toBeCloseTo(value, 9);
  }
  return a!;
}

const near = (values: Record<string, number | null>, expected: Record<string, number>): void => {
  for (const [tag, value] of Object.entries(expected)) expect(values[tag], tag).toBeCloseTo(value, 10);
};

describe('counted by hand', () => {
  test('first order of 1, 2, 4, 5', () => {
    // Mean 3, deviations −2, −1, 1, 2; four levels, one voxel each.
    const f = measure([4, 1, 1], [1, 2, 4, 5], {
      spacing: [2, 1, 1],
      pyradiomics: { voxel_array_shift: 10 },
    });
    near(f, {
      firstorder_Energy: 121 + 144 + 196 + 225,
      firstorder_TotalEnergy: 2 * 686,
      firstorder_RootMeanSquared: Math.sqrt(686 / 4),
      firstorder_Kurtosis: 34 / 4 / 2.5 ** 2,
      firstorder_Skewness: 0,
      firstorder_Variance: 2.5,
      firstorder_Entropy: 2,
      firstorder_Uniformity: 1 / 4,
      firstorder_10Percentile: 1.3,
      firstorder_RobustMeanAbsoluteDeviation: 1,
      shape_MajorAxisLength: 4 * Math.sqrt(((9 + 1 + 1 + 9) / 4 / 4) * 4),
      shape_VoxelVolume: 8,
    });
  });

  test('pairs of 1 1 2 in a row', () => {
    // Symmetrical: (1,1) twice, (1,2) and (2,1) once each: p = ½, ¼, ¼. Margins ¾ and ¼.
    const f = measure([3, 1, 1], [1, 1, 2]);
    near(f, {
      glcm_JointAverage: 1.25,
      glcm_Contrast: 0.5,
      glcm_JointEnergy: 3 / 8,
      glcm_JointEntropy: 1.5,
      glcm_SumSquares: 3 / 16,
      // Covariance Σ p(i−µ)(j−µ) = −1/16, so that the correlation is −1/3; of two levels MCC is its size.
      glcm_Correlation: -1 / 3,
      glcm_MCC: 1 / 3,
      glcm_Idmn: 0.5 + 0.5 / (1 + 1 / 4),
      glrlm_LongRunEmphasis: (4 + 1) / 2,
      glrlm_RunPercentage: 2 / 3,
      glszm_ZonePercentage: 2 / 3,
      // Dependences: the first 1 has one like neighbour (2), the second too (2), the 2 none (1).
      gldm_LargeDependenceEmphasis: (4 + 4 + 1) / 3,
      gldm_DependenceNonUniformity: (4 + 1) / 3,
      // Differences: 0, |1 − 1.5| = 0.5 and 1.
      ngtdm_Coarseness: 1 / ((2 / 3) * 0.5 + (1 / 3) * 1),
    });
  });

  test('one-way pairs keep the order of the voxels', () => {
    const settings = { texture: { ...DEFAULT_SETTINGS.texture, glcm_symmetric: false } };
    near(measure([3, 1, 1], [1, 1, 2], { settings }), { glcm_JointAverage: 1, glcm_SumAverage: 2.5 });
  });

  test('a flat region has the values that the original gives it', () => {
    const f = measure([2, 2, 1], [7, 7, 7, 7]);
    near(f, {
      glcm_Correlation: 1,
      glcm_MCC: 1,
      glcm_Imc1: 0,
      glcm_Imc2: 0,
      firstorder_Kurtosis: 0,
      firstorder_Skewness: 0,
      ngtdm_Coarseness: 1e6,
      ngtdm_Busyness: 0,
    });
    // log₂(1 + ε): below 0, not 0.
    expect(f['glcm_JointEntropy']).toBe(-Math.log2(1 + 2 ** -52));
  });

  test('a voxel without neighbours counts in the NGTDM', () => {
    // Levels 1, 2 touch (differences 1 and 1), 4 stands alone: p = ⅓ each, so that Σ p s = 2/3.
    const f = measure([4, 1, 1], [1, 2, 0, 4], { mask: [1, 1, 0, 1] });
    expect(f['ngtdm_Coarseness']).toBeCloseTo(3 / 2, 12);
  });

  test('a distance of 2 takes every step of that length, not only the doubled ones', () => {
    // Two voxels a knight's move apart.
    const data = [1, 0, 0, 0, 0, 2];
    const mask = [1, 0, 0, 0, 0, 1];
    expect(measure([3, 2, 1], data, { mask })['glcm_Contrast']).toBeNull();
    const f = measure([3, 2, 1], data, { mask, pyradiomics: { distances: [2] } });
    near(f, { glcm_Contrast: 1, ngtdm_Coarseness: 1 });
    near(measure([3, 2, 1], [1, 0, 0, 0, 0, 1], { mask, pyradiomics: { distances: [1, 2] } }), {
      gldm_LargeDependenceEmphasis: 4,
    });
  });

  test('angles merged by their weights', () => {
    // 1 1 over 1 2. Along x: (1,1), (1,2); along y the same at twice the length; diagonals: (1,2) and (1,1).
    const texture = { ...DEFAULT_SETTINGS.texture, distance_weighting: 'manhattan' } as const;
    const f = measure([2, 2, 1], [1, 1, 1, 2], { spacing: [1, 2, 1], settings: { texture } });
    const [x, y, d] = [1, 2, 3].map((mm) => Math.exp(-(mm ** 2))) as [number, number, number];
    // Contrast counts the pairs (1,2): one of two along x and y, one of two over the diagonals.
    near(f, { glcm_Contrast: (x + y + d) / (2 * x + 2 * y + 2 * d) });
    // Runs by length in mm: along x 1 and y 2 a pair and two singles; on each diagonal 3.
    // Down-left (1,1): a pair and two singles; down-right (1,2): four singles.
    const long = 1 * 6 + 2 * 6 + 3 * 6 + 3 * 4;
    near(f, { glrlm_LongRunEmphasis: long / (1 * 3 + 2 * 3 + 3 * 3 + 3 * 4) });
  });

  test('slices across the asked axis', () => {
    // Two voxels one above the other: neighbours unless slices lie across z.
    const settings = { approach: '2D' } as const;
    expect(measure([1, 1, 2], [1, 2], { settings })['glcm_Contrast']).toBeNull();
    for (const force2d_dimension of [1, 2] as const) {
      near(measure([1, 1, 2], [1, 3], { settings, pyradiomics: { force2d_dimension } }), {
        glcm_Contrast: 4,
      });
    }
  });

  test('the outline of three voxels in an L', () => {
    const mask = [1, 1, 1, 0];
    const f = measure([2, 2, 1], [1, 2, 3, 0], {
      mask,
      spacing: [2, 2, 1],
      settings: { approach: '2D' },
      pyradiomics: { features: { shape2D: null } },
    });
    // Cells with one corner inside: 5, with two: 3, with three: 1 (in squares of 2 mm).
    // Around the 2×2 block there are 9 cells: corners (4, of which 3 hold a voxel), sides (4), the middle.
    // Sides: top and left hold two voxels, right and bottom one.
    near(f, {
      shape2D_MeshSurface: 4 * (5 / 8 + 2 / 2 + 7 / 8),
      shape2D_Perimeter: 6 * Math.SQRT2 + 2 * 2,
      shape2D_PixelSurface: 12,
    });
    const sliced = measure([2, 2, 1], [1, 2, 3, 0], { mask, pyradiomics: { features: { shape2D: null } } });
    expect(Object.values(sliced)).toEqual(Array(9).fill(null));
  });
});

describe('image chain', () => {
  test('normalisation by the whole image, outliers, scale', () => {
    // Image 0, 0, 0, 4: mean 1, deviation (N − 1) 2: −0.5, −0.5, −0.5, 1.5.
    const f = measure([4, 1, 1], [0, 0, 0, 4], {
      mask: [0, 0, 1, 1],
      pyradiomics: { normalize: true, normalize_scale: 10, remove_outliers: 1 },
    });
    near(f, { firstorder_Minimum: -5, firstorder_Maximum: 10 });
  });

  test('re-segmentation by share of the maximum and by deviations', () => {
    const data = [1, 2, 3, 10];
    const kept = (range: [number, number | null], resegment_mode: 'relative' | 'sigma' | 'absolute') =>
      measure([4, 1, 1], data, {
        settings: { resegmentation: { range, outlier_sigma: null } },
        pyradiomics: { resegment_mode },
      });
    near(kept([0.2, 0.9], 'relative'), { firstorder_Minimum: 2, firstorder_Maximum: 3 });
    // Mean 4, deviation √12.5 = 3.54: from 0.46 to 4.
    near(kept([-1, 0], 'sigma'), { firstorder_Minimum: 1, firstorder_Maximum: 3 });
    near(kept([2, null], 'absolute'), { firstorder_Minimum: 2, firstorder_Maximum: 10 });
  });

  test('shape keeps the drawn mask inside the box of what is left, or what is left', () => {
    const settings = { resegmentation: { range: [5, 6], outlier_sigma: null } } as const;
    const data = [5, 1, 6, 1];
    near(measure([4, 1, 1], data, { settings }), { shape_VoxelVolume: 3 });
    near(measure([4, 1, 1], data, { settings, pyradiomics: { resegment_shape: true } }), {
      shape_VoxelVolume: 2,
    });
  });

  test('whole numbers stay whole, cut towards zero; fractions stay fractions', () => {
    // From 1 to 0.5 mm, first centre at −¼: the middle values lie ¼ and ¾ of the way.
    const interpolation = {
      spacing: [0.5, null, null],
      image: 'linear',
      mask: 'nearest',
      mask_threshold: 0.5,
      round: false,
    } as const;
    const run = (data: number[]) => measure([2, 2, 2], data, { settings: { interpolation } });
    // 1, 1.25, 1.75, 2 in every row; −1, −1.25 …
    near(run([1, 2, 1, 2, 1, 2, 1, 2]), { firstorder_Mean: (1 + 1 + 1 + 2) / 4, shape_VoxelVolume: 8 });
    near(run([-1, -2, -1, -2, -1, -2, -1, -2]), { firstorder_Mean: -5 / 4 });
    near(run([1.5, 2, 1.5, 2, 1.5, 2, 1.5, 2]), { firstorder_Mean: 1.75 });
  });
});

test('features and classes that are asked for, under their names', () => {
  const ask = (features: PyradiomicsSettings['features'], families: readonly string[] | null = null) =>
    Object.keys(measure([2, 1, 1], [1, 2], { settings: { families }, pyradiomics: { features } }));
  expect(ask({ firstorder: ['StandardDeviation', 'Mean'] })).toEqual([
    'firstorder_Mean',
    'firstorder_StandardDeviation',
  ]);
  expect(ask(null)).toHaveLength(107);
  expect(ask(null, ['ngldm'])).toHaveLength(14);
  const refused = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      if (error instanceof RefusedInput) return String(error.facts['key']);
    }
    return 'not refused';
  };
  expect(refused(() => ask({ glcms: null }))).toBe('pyradiomics.features');
  expect(refused(() => ask({ glcm: ['Nothing'] }))).toBe('pyradiomics.features.glcm');
  expect(refused(() => ask(null, ['glcms']))).toBe('families');
  expect(refused(() => measure([1, 1, 1], [1], { pyradiomics: { distances: [0] } }))).toBe(
    'pyradiomics.distances',
  );
});

test('an empty region has no value and a reason', () => {
  const values = measure([2, 1, 1], [1, 2], { mask: [0, 0] });
  expect(Object.values(values).every((v) => v === null)).toBe(true);
});
