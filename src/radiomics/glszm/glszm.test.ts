import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import { anySample, randomLevels, sampleOfLevels, slice, valuesOf, VARIETY } from '../texture.testing.ts';
import { zoneMatrices } from '../zones.ts';
import { glszm } from './index.ts';

const kernels = await loadKernels();
const entries = (m: {
  values: Uint32Array;
  ranks: ArrayLike<number>;
  lengths: ArrayLike<number>;
  counts: ArrayLike<number>;
}) => Array.from(m.counts, (n, e) => `${m.values[m.ranks[e]!]}×${m.lengths[e]}: ${n}`).sort();

test('counted by hand: zones of a slice, joined over corners too', () => {
  const sample = slice('1 2 2 3', '1 2 3 3', '4 2 4 1', '4 1 2 3');
  const m = zoneMatrices(sample, '2D', null)![0]!.sizes;
  expect(entries(m)).toEqual(['1×1: 2', '1×2: 1', '2×5: 1', '3×1: 1', '3×3: 1', '4×1: 1', '4×2: 1']);
  const f = valuesOf(glszm, sample, '2D');
  expect(f['szm_sze']).toBeCloseTo((4 + 2 / 4 + 1 / 9 + 1 / 25) / 8, 12);
  expect(f['szm_lze']).toBeCloseTo((4 + 2 * 4 + 9 + 25) / 8, 12);
  expect(f['szm_lgze']).toBeCloseTo((3 + 1 / 4 + 2 / 9 + 2 / 16) / 8, 12);
  expect(f['szm_lzhge']).toBeCloseTo((2 + 4 + 4 * 25 + 9 + 9 * 9 + 16 + 16 * 4) / 8, 12);
  expect(f['szm_glnu']).toBeCloseTo((9 + 1 + 4 + 4) / 8, 12);
  expect(f['szm_zsnu']).toBeCloseTo((16 + 4 + 1 + 1) / 8, 12);
  expect(f['szm_z_perc']).toBeCloseTo(8 / 16, 12);
  expect(f['szm_zs_var']).toBeCloseTo((4 + 2 * 4 + 9 + 25) / 8 - 4, 12);
});

describe('zones', () => {
  test('a spiral and a comb are one zone each, however the voxels are met', () => {
    const comb = slice('1 2 1 2 1 2 1', '1 2 1 2 1 2 1', '1 2 1 2 1 2 1', '1 1 1 1 1 1 1');
    expect(entries(zoneMatrices(comb, '2D', kernels)![0]!.sizes)).toEqual(['1×19: 1', '2×3: 3']);
    const spiral = slice('1 1 1 1 1', '2 2 2 2 1', '1 1 1 2 1', '1 2 2 2 1', '1 1 1 1 1');
    expect(entries(zoneMatrices(spiral, '2D', kernels)![0]!.sizes)).toEqual(['1×17: 1', '2×8: 1']);
  });

  test('corners join in 3D', () => {
    const cube = sampleOfLevels([2, 2, 2], [1, 0, 0, 0, 0, 0, 0, 1]);
    expect(entries(zoneMatrices(cube, '3D', kernels)![0]!.sizes)).toEqual(['1×2: 1']);
    expect(entries(zoneMatrices(cube, '2.5D', kernels)![0]!.sizes)).toEqual(['1×1: 2']);
  });

  test('one of a million voxels', () => {
    const flat = sampleOfLevels([100, 100, 100], new Uint16Array(1e6).fill(3));
    expect(entries(zoneMatrices(flat, '3D', kernels)![0]!.sizes)).toEqual(['3×1000000: 1']);
  });

  test('cover every voxel once, and have the same sizes under other names of the levels', () => {
    fc.assert(
      fc.property(anySample, (sample) => {
        const voxels = sample.intensity.reduce((a, b) => a + b, 0);
        const m = zoneMatrices(sample, '3D', kernels)![0]!.sizes;
        expect(Array.from(m.counts).reduce((sum, n, e) => sum + n * m.lengths[e]!, 0)).toBe(voxels);
        const { levels, bins } = sample.discretised!;
        const turned = sampleOfLevels(
          sample.size,
          levels.map((level) => (level === 0 ? 0 : bins + 1 - level)),
          { bins, morphological: sample.morphological },
        );
        const [a, b] = [valuesOf(glszm, sample, '3D'), valuesOf(glszm, turned, '3D')];
        for (const tag of ['szm_sze', 'szm_lze', 'szm_zsnu', 'szm_z_perc', 'szm_zs_var', 'szm_gl_var']) {
          expect(b[tag]).toBeCloseTo(a[tag] as number, 9);
        }
      }),
    );
  });
});

test('kernel and reference find the same zones and distances', () => {
  const samples = [
    ...VARIETY,
    randomLevels([40, 41, 20], 2, 5, { smooth: 0.5, share: 1 }),
    randomLevels([64, 9, 9], 3, 6, { smooth: 0.95 }),
    randomLevels([15, 15, 15], 2, 7, { share: 0.5 }),
    randomLevels([15, 15, 15], 2, 8, { share: 0.9, hidden: 0.5 }),
  ];
  for (const sample of samples) {
    for (const aggregation of ['3D', '2D', '2.5D'] as const) {
      expect(zoneMatrices(sample, aggregation, kernels)).toEqual(zoneMatrices(sample, aggregation, null));
    }
  }
});
