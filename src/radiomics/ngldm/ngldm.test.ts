import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import { paddedLevels } from '../padded-levels.ts';
import { anySample, sampleOfLevels, slice, valuesOf, VARIETY } from '../texture.testing.ts';
import { ngldm } from './index.ts';
import { dependencesByKernel } from './kernel.ts';
import { dependencesReference } from './reference.ts';

const kernels = await loadKernels();

describe('counted by hand: three voxels in a row', () => {
  test.each([null, kernels])('α = 0: dependences 2, 2, 1', (backend) => {
    const f = valuesOf(ngldm, slice('1 1 2'), '2D', { kernels: backend });
    expect(f['ngl_lde']).toBeCloseTo((1 / 4 + 1 / 4 + 1) / 3, 12);
    expect(f['ngl_hde']).toBeCloseTo(9 / 3, 12);
    expect(f['ngl_hdhge']).toBeCloseTo((4 + 4 + 4) / 3, 12);
    expect(f['ngl_glnu']).toBeCloseTo(5 / 3, 12);
    expect(f['ngl_dcnu_norm']).toBeCloseTo(5 / 9, 12);
    expect(f['ngl_dc_energy']).toBeCloseTo(5 / 9, 12);
    expect(f['ngl_dc_perc']).toBe(1);
  });

  test.each([null, kernels])('α = 1: dependences 2, 3, 2; what lies outside is never alike', (backend) => {
    const f = valuesOf(ngldm, slice('1 1 2'), '2D', { kernels: backend, texture: { ngldm_alpha: 1.9 } });
    expect(f['ngl_hde']).toBeCloseTo((4 + 9 + 4) / 3, 12);
  });

  test.each([null, kernels])('δ = 2 reaches the third voxel', (backend) => {
    const f = valuesOf(ngldm, slice('1 2 1'), '2D', { kernels: backend, texture: { distance: 2 } });
    expect(f['ngl_hde']).toBeCloseTo((4 + 1 + 4) / 3, 12);
  });
});

test('a flat cube: corners have 8, edges 12, faces 18, the centre 27', () => {
  const flat = sampleOfLevels([3, 3, 3], new Array<number>(27).fill(1));
  const f = valuesOf(ngldm, flat, '3D', { kernels });
  expect(f['ngl_hde']).toBeCloseTo((8 * 64 + 12 * 144 + 6 * 324 + 729) / 27, 12);
});

test('each voxel is counted once; with α as wide as the bins, levels do not matter', () => {
  fc.assert(
    fc.property(anySample, (sample) => {
      const { bins } = sample.discretised!;
      const flat = sampleOfLevels(sample.size, sample.intensity, { morphological: sample.morphological });
      const wide = valuesOf(ngldm, sample, '3D', { kernels, texture: { ngldm_alpha: bins } });
      expect(wide['ngl_dc_perc']).toBe(1);
      expect(wide['ngl_hde']).toBeCloseTo(valuesOf(ngldm, flat, '3D')['ngl_hde'] as number, 9);
    }),
  );
});

test('kernel and reference count the same dependences', () => {
  for (const sample of VARIETY) {
    for (const [distance, alpha] of [
      [1, 0],
      [1, 1],
      [2, 0],
      [3, 40],
      [1, 70000],
    ] as const) {
      if (distance > 1 && sample.size[0] * sample.size[1] * sample.size[2] > 4500) continue;
      const padded = paddedLevels(sample, distance, alpha === 0 ? 'rank' : 'level', null)!;
      for (const planar of [false, true]) {
        const a = dependencesByKernel(padded, alpha, planar, kernels);
        const b = dependencesReference(padded, alpha, planar);
        if (!planar) expect(a.volume()).toEqual(b.volume());
        else for (const z of b.slices()) expect(a.slice(z)).toEqual(b.slice(z));
      }
    }
  }
});
