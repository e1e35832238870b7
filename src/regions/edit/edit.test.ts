import { describe, expect, it } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import type { Vec3 } from '../../core/geometry.ts';
import { checkValues, type ParameterValues } from '../../core/parameters.ts';
import type { Volume } from '../../core/volume.ts';
import { countVoxels, emptyMask, unpackMask, type PackedMask } from '../document/packed-mask.ts';
import { gridOf, maskWhere } from '../regions.testing.ts';
import { APPLY } from './apply.ts';
import { interpolateShapes } from './fill-between/interpolate.ts';
import type { OperationId } from './operation.ts';
import { operationOf, OPERATIONS } from './registry.ts';
import { glimpseThreshold } from './threshold/glimpse.ts';

const kernels = await loadKernels();
const grid = gridOf([40, 40, 20], [1, 1, 2]);

/** A PET-like image: two hot balls of maximum 10 and 6 on a background of 1. */
const image: Volume = {
  grid,
  unit: 'SUVbw',
  modality: 'PT',
  data: Float32Array.from({ length: 32000 }, (_, i) => {
    const [x, y, z] = [i % 40, Math.floor(i / 40) % 40, 2 * Math.floor(i / 1600)];
    const a = 10 - Math.hypot(x - 12, y - 12, z - 12);
    const b = 6 - Math.hypot(x - 28, y - 28, z - 24);
    return Math.max(1, a, b);
  }),
};

function run(
  id: OperationId,
  values: ParameterValues,
  given: { mask?: PackedMask; other?: PackedMask; seed?: Vec3; kernels?: null } = {},
) {
  const operation = operationOf(id);
  return APPLY[id](
    {
      grid,
      image,
      mask: given.mask ?? emptyMask(grid.size),
      other: given.other ?? null,
      seed: given.seed ?? null,
      kernels: given.kernels === null ? null : kernels,
      context: {},
    },
    checkValues(operation.parameters, values),
  );
}

const ball = (centre: Vec3, radius: number) =>
  maskWhere(grid, (p) => Math.hypot(p[0] - centre[0], p[1] - centre[1], p[2] - centre[2]) <= radius);

describe('thresholds', () => {
  it('fixed SUV and range take the same voxels', () => {
    const fixed = run('threshold', { method: 'suv', suv: 4 });
    const range = run('threshold', { method: 'range', low: 4, high: 10 });
    expect(unpackMask(fixed.mask)).toEqual(unpackMask(range.mask));
    expect(countVoxels(fixed.mask)).toBe(
      countVoxels(ball([12, 12, 12], 6)) + countVoxels(ball([28, 28, 24], 2)),
    );
    expect(run('threshold', { method: 'suv', suv: 4, largest: true }).mask).toEqual(ball([12, 12, 12], 6));
  });

  it.each([
    [41, 6 * 0.41],
    [50, 3],
  ])('%i % of the maximum inside a rough region', (percent, low) => {
    const rough = ball([28, 28, 24], 8);
    const { mask, facts } = run(
      'threshold',
      { method: 'percent', percent, where: 'region' },
      { mask: rough },
    );
    expect(facts['low']).toBeCloseTo(low, 6);
    expect(unpackMask(mask)).toEqual(unpackMask(ball([28, 28, 24], 6 - low)));
  });

  it('Otsu and Ridler-Calvard lie between background and lesion', () => {
    for (const method of ['otsu', 'ridler-calvard']) {
      const { low } = run('threshold', { method }).facts;
      expect(low).toBeGreaterThan(1.2);
      expect(low).toBeLessThan(8);
    }
  });

  it('a glimpse holds the three slices on screen as the whole preview has them, and says when it cannot', () => {
    const { parameters } = operationOf('threshold');
    const at = [12, 13, 6] as const;
    const region = ball([12, 12, 12], 6);
    const known: ParameterValues[] = [
      { low: 2, high: 7 },
      { method: 'suv', suv: 3 },
      { low: 4, where: 'region' },
    ];
    for (const values of known) {
      const whole = unpackMask(run('threshold', values, { mask: region }).mask);
      const seen = new Uint8Array(whole.length).fill(7);
      expect(glimpseThreshold(image, checkValues(parameters, values), unpackMask(region), at, seen)).toBe(
        true,
      );
      seen.forEach((v, i) => {
        const p = [i % 40, Math.floor(i / 40) % 40, Math.floor(i / 1600)];
        const onScreen = p.some((x, axis) => x === at[axis]);
        if (v !== (onScreen ? whole[i] : 7)) throw new Error(`${v} at ${p.join()}`);
      });
    }
    const unknown: ParameterValues[] = [{ method: 'otsu' }, { low: 1, largest: true }];
    for (const values of unknown) {
      const seen = new Uint8Array(32000).fill(7);
      expect(glimpseThreshold(image, checkValues(parameters, values), null, at, seen)).toBe(false);
      expect(seen.every((v) => v === 7)).toBe(true);
    }
  });

  it('an upside-down range and an empty region are refused', () => {
    expect(() => run('threshold', { method: 'range', low: 5, high: 4 })).toThrow('settings_invalid');
    expect(() => run('threshold', { method: 'percent', where: 'region' })).toThrow('settings_invalid');
  });
});

describe('growing', () => {
  it('takes the one ball that was pointed at, also past the first box, and adds to the region', () => {
    for (const k of [undefined, null] as const) {
      const values = { limits: 'range', low: 1.5 };
      const { mask, facts } = run('growing', values, {
        seed: [12, 12, 6],
        ...(k === null && { kernels: k }),
      });
      expect(unpackMask(mask)).toEqual(unpackMask(ball([12, 12, 12], 8.5)));
      expect(facts['voxels']).toBe(countVoxels(mask));
      const both = run('growing', values, { seed: [28, 28, 12], mask });
      expect(countVoxels(both.mask)).toBe(countVoxels(mask) + countVoxels(ball([28, 28, 24], 4.5)));
    }
  });

  it('keeps within a distance, and within a tolerance around the point', () => {
    const near = run('growing', { limits: 'range', low: 0, reach: 3 }, { seed: [12, 12, 6] });
    expect(near.facts['voxels']).toBe(7 * 7 * 3);
    const { low, high } = run('growing', { tolerance: 0.5 }, { seed: [35, 5, 10] }).facts;
    expect([low, high]).toEqual([0.5, 1.5]);
  });

  it('the whole image, 512 voxels away from the seed and more, when nothing holds it', () => {
    expect(run('growing', { limits: 'range' }, { seed: [0, 0, 0] }).facts['voxels']).toBe(32000);
  });

  it('a point outside the image is refused', () => {
    expect(() => run('growing', {}, { seed: [40, 0, 0] })).toThrow('settings_invalid');
  });
});

describe('islands', () => {
  const two = run(
    'combine',
    { how: 'union' },
    { mask: ball([12, 12, 12], 6), other: ball([28, 28, 24], 3) },
  ).mask;

  it('keeps the largest, or those of a volume, and lists all', () => {
    const largest = run('islands', {}, { mask: two });
    expect(unpackMask(largest.mask)).toEqual(unpackMask(ball([12, 12, 12], 6)));
    expect(largest.facts).toMatchObject({ pieces: 2, kept: 1 });
    const small = countVoxels(ball([28, 28, 24], 3));
    expect(largest.pieces?.map((p) => p.voxels)).toEqual([countVoxels(ball([12, 12, 12], 6)), small]);
    const at = (volume: number) => run('islands', { keep: 'above', volume }, { mask: two }).facts['kept'];
    expect([at(2 * small), at(2 * small + 1)]).toEqual([2, 1]);
  });
});

describe('a ring', () => {
  it('is cut off where the body ends, and whole when asked', () => {
    const data = Float32Array.from({ length: 32000 }, (_, i) => (i % 40 < 20 ? 40 : -1000));
    const ct: Volume = { grid, unit: 'HU', modality: 'CT', data };
    const operation = operationOf('ring');
    const apply = (values: ParameterValues) =>
      APPLY.ring(
        { grid, image: ct, mask: ball([17, 20, 20], 4), other: null, seed: null, kernels, context: {} },
        checkValues(operation.parameters, values),
      );
    const [cut, whole] = [apply({ outer: 6 }), apply({ outer: 6, body: false })];
    const inside = maskWhere(grid, ([x]) => x < 20);
    expect(unpackMask(cut.mask)).toEqual(
      unpackMask(run('combine', { how: 'intersection' }, { mask: whole.mask, other: inside }).mask),
    );
    expect(cut.facts['outside']).toBe(countVoxels(whole.mask) - countVoxels(cut.mask));
    expect(cut.facts['outside']).toBeGreaterThan(100);
    expect(() => apply({ inner: 6, outer: 6 })).toThrow('settings_invalid');
  });
});

describe('combining', () => {
  const [a, b] = [ball([15, 15, 15], 6), ball([19, 15, 15], 6)];
  const count = (how: string) => run('combine', { how }, { mask: a, other: b }).facts['voxels']!;

  it('obeys the laws of sets', () => {
    expect(count('union') + count('intersection')).toBe(countVoxels(a) + countVoxels(b));
    expect(count('difference') + count('intersection')).toBe(countVoxels(a));
    expect(count('symmetric-difference')).toBe(count('union') - count('intersection'));
    expect(count('intersection')).toBeGreaterThan(0);
  });
});

describe('filling between slices', () => {
  it.each([0, 1, 2] as const)(
    'between discs of 10 and 20 mm the middle one has 15 mm, across axis %i',
    (normal) => {
      const cube = gridOf([49, 49, 49], [1, 1, 1]);
      const radius = (s: number) => (s === 10 ? 10 : s === 20 ? 20 : -1);
      const drawn = maskWhere(cube, (p) => {
        const [u, v] = p.filter((_, axis) => axis !== normal);
        return Math.hypot(u - 24, v - 24) <= radius(p[normal]);
      });
      const { mask, filled } = interpolateShapes(drawn, cube, normal, kernels);
      expect(filled).toBe(9);
      const bytes = unpackMask(mask);
      const strides = [1, 49, 49 * 49];
      const [u, v] = [0, 1, 2].filter((axis) => axis !== normal);
      for (let s = 11; s < 20; s++) {
        let area = 0;
        for (let i = 0; i < 49 * 49; i++) {
          area += bytes[s * strides[normal] + (i % 49) * strides[u] + Math.floor(i / 49) * strides[v]];
        }
        // Radius by area, to a third of a voxel.
        expect(Math.abs(Math.sqrt(area / Math.PI) - s)).toBeLessThan(0.35);
      }
      expect(interpolateShapes(mask, cube, normal, kernels).filled).toBe(0);
    },
  );
});

describe('the registry', () => {
  it('every operation has its texts, and starts that fit its own bounds', () => {
    for (const { label, help, parameters, facts, id } of OPERATIONS) {
      for (const language of ['en', 'ru', 'zh'] as const) {
        expect(label[language].length).toBeGreaterThan(1);
        expect(help[language].length).toBeGreaterThan(20);
        for (const p of [...parameters, ...facts]) expect(p.label[language]).not.toBe('');
      }
      expect(() => checkValues(parameters)).not.toThrow();
      expect(operationOf(id).id).toBe(id);
    }
    expect(new Set(OPERATIONS.map((o) => o.id)).size).toBe(OPERATIONS.length);
  });

  it('a value out of bounds, of another kind or of a strange name is refused by name', () => {
    const { parameters } = operationOf('margin');
    const wrong: ParameterValues[] = [
      { distance: 101 },
      { distance: 'far' },
      { distance: NaN },
      { width: 3 },
    ];
    for (const values of wrong) {
      expect(() => checkValues(parameters, values)).toThrow(Object.keys(values)[0]);
    }
  });
});
