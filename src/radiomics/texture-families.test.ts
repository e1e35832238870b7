import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../tests/kernels.ts';
import type { Aggregation, Family } from './family.ts';
import { glcm } from './glcm/index.ts';
import { gldzm } from './gldzm/index.ts';
import { glrlm } from './glrlm/index.ts';
import { glszm } from './glszm/index.ts';
import { ngldm } from './ngldm/index.ts';
import { ngtdm } from './ngtdm/index.ts';
import {
  anySample,
  computed,
  differingTags,
  moved,
  sampleOfLevels,
  valuesOf,
  VARIETY,
} from './texture.testing.ts';

// What holds for each of the six texture families.

const kernels = await loadKernels();
const FAMILIES: readonly Family[] = [glcm, glrlm, glszm, gldzm, ngtdm, ngldm];
const volume = (family: Family): Aggregation => (family.aggregations.includes('3D') ? '3D' : '3D:mrg');
const average = (family: Family): Aggregation => (family.aggregations.includes('3D') ? '3D' : '3D:avg');

describe.each(FAMILIES)('$id', (family) => {
  test('gives equal values with and without kernels, whatever the region', () => {
    for (const sample of VARIETY) {
      const options = { texture: { ngldm_alpha: 1.5, distance_weighting: 'euclidean' as const } };
      expect(computed(family, sample, { ...options, kernels })).toEqual(computed(family, sample, options));
      for (const distance of [2, 3]) {
        const far = { texture: { distance }, aggregations: [average(family)] };
        if (sample.size[0] * sample.size[1] * sample.size[2] > 4000) continue;
        expect(computed(family, sample, { ...far, kernels })).toEqual(computed(family, sample, far));
      }
    }
  });

  test('answers for each feature in each aggregation, in order, with a number or a reason', () => {
    for (const sample of VARIETY) {
      const values = computed(family, sample, { kernels });
      expect(values.map((v) => `${v.tag} ${v.aggregation}`)).toEqual(
        family.aggregations.flatMap((a) => family.features.map((f) => `${f.tag} ${a}`)),
      );
      for (const v of values) expect(v.value === null ? v.reason : Number.isFinite(v.value)).toBeTruthy();
    }
  });

  test('stays in the ranges of its definitions', () => {
    const ranges = new Map(family.features.map((f) => [f.tag, f.range]));
    fc.assert(
      fc.property(anySample, (sample) => {
        for (const { tag, value } of computed(family, sample)) {
          if (value === null) continue;
          const [low, high] = ranges.get(tag)!;
          expect(low === null || value >= low - 1e-9, `${tag} ${value}`).toBe(true);
          expect(high === null || value <= high + 1e-9, `${tag} ${value}`).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('does not change when the region is shifted, mirrored or its axes exchanged', () => {
    fc.assert(
      fc.property(
        anySample,
        fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
        fc.constantFrom([0, 1, 2], [1, 0, 2], [2, 1, 0], [1, 2, 0]),
        (sample, flip, axes) => {
          const other = moved(sample, { shift: [2, 0, 1], flip, axes });
          for (const aggregation of [volume(family), average(family)] as const) {
            const seen = valuesOf(family, other, aggregation);
            expect(differingTags(valuesOf(family, sample, aggregation), seen)).toEqual([]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('in 2D does not change when slices change places', () => {
    const sample = VARIETY[0]!;
    const turned = moved(sample, { flip: [false, false, true] });
    for (const aggregation of family.aggregations.filter((a) => a.startsWith('2'))) {
      const a = valuesOf(family, sample, aggregation);
      expect(differingTags(a, valuesOf(family, turned, aggregation))).toEqual([]);
    }
  });

  test('gives one slice the same values in 2D, 2.5D and 3D', () => {
    const one = VARIETY.find((s) => s.size[2] === 1)!;
    const pairs = family.aggregations.includes('3D')
      ? ([
          ['2D', '2.5D'],
          ['2D', '3D'],
        ] as const)
      : ([
          ['2D:avg', '2.5D:avg'],
          ['2D:mrg', '2.5D:mrg'],
        ] as const);
    for (const [a, b] of pairs) {
      // In 3D both faces of a single slice are border, so that all distances are 1.
      if (family === gldzm && b === '3D') expect(valuesOf(family, one, b)['dzm_lde']).toBe(1);
      else expect(differingTags(valuesOf(family, one, a), valuesOf(family, one, b))).toEqual([]);
    }
  });

  test('says why there is nothing: no voxels, no levels', () => {
    const empty = sampleOfLevels([3, 3, 3], new Array<number>(27).fill(0));
    const noLevels = { ...VARIETY[0]!, discretised: null };
    for (const backend of [kernels, null]) {
      for (const v of computed(family, empty, { kernels: backend })) expect(v.reason).toBe('region_empty');
      for (const v of computed(family, noLevels, { kernels: backend })) {
        expect(v.reason).toBe('needs_discretisation');
      }
      for (const v of computed(family, { ...empty, discretised: null }, { kernels: backend })) {
        expect(v.reason).toBe('region_empty');
      }
    }
  });
});

test('counts of zones, runs and pairs in terms of voxels', () => {
  const one = sampleOfLevels([1, 1, 1], [3]);
  expect(valuesOf(glcm, one, '3D:mrg')['cm_contrast']).toBe('single_voxel');
  expect(valuesOf(ngtdm, one, '3D')['ngt_coarseness']).toBe('single_voxel');
  expect(valuesOf(glrlm, one, '3D:avg')).toMatchObject({ rlm_sre: 1, rlm_r_perc: 1, rlm_hgre: 9 });
  expect(valuesOf(glszm, one, '2D')).toMatchObject({ szm_z_perc: 1, szm_lze: 1 });
  expect(valuesOf(gldzm, one, '3D')).toMatchObject({ dzm_sde: 1 });
  expect(valuesOf(ngldm, one, '2.5D')).toMatchObject({ ngl_dc_energy: 1, ngl_hde: 1 });
  // Two voxels that do not touch.
  const apart = sampleOfLevels([3, 1, 1], [1, 0, 2]);
  expect(valuesOf(glcm, apart, '3D:avg')['cm_contrast']).toBe('no_pairs');
  expect(valuesOf(glcm, apart, '3D:avg', { texture: { distance: 2 } })['cm_contrast']).toBe(1);
  expect(valuesOf(ngtdm, apart, '2D')['ngt_contrast']).toBe('no_pairs');
});
