import { describe, expect, test } from 'vitest';
import { Random } from '../../core/random.ts';
import { loadKernels } from '../../../tests/kernels.ts';
import type { Size3, Vec3 } from '../../core/geometry.ts';
import { decimalOf, planGrid, type Box, type Interpolant } from './plan.ts';
import { resampleBox, roundHalfEven } from './resample.ts';

const kernels = await loadKernels();
const noise = (n: number, seed: number): Float64Array => {
  const r = new Random(seed);
  return Float64Array.from({ length: n }, () => Math.round(2000 * r.uniform() - 1000));
};
const wholeBox = (plan: ReturnType<typeof planGrid>): Box => ({
  lo: [0, 0, 0],
  hi: [plan[0].newSize, plan[1].newSize, plan[2].newSize],
});

describe('the new grid', () => {
  test('has ⌈n·s/s′⌉ voxels and the same centre', () => {
    // 204 voxels of 0.9765625 mm to 2 mm: 99.6 → 100; the centres of both grids lie at 101.5 old voxels.
    const [x, , z] = planGrid([204, 201, 60], [0.9765625, 0.9765625, 3], [2, 2, 2]);
    expect([x.newSize, z.newSize]).toEqual([100, 90]);
    expect(x.start + ((x.newSize - 1) / 2) * x.step).toBeCloseTo(101.5, 12);
    expect(z.start).toBeCloseTo(29.5 - 44.5 * (2 / 3), 12);
  });

  test('noise in the spacing adds no voxel', () => {
    expect(planGrid([60, 60, 60], [3.0000001, 3, 2.9999999], [2, 2, 2]).map((p) => p.newSize)).toEqual([
      90, 90, 90,
    ]);
  });

  test('a spacing in single precision is the decimal that it stands for', () => {
    const single = [Math.fround(0.7), Math.fround(1.1), Math.fround(4.3)] as const;
    const wanted = [1.5, 1.1, 1.5];
    expect(planGrid([52, 44, 14], single, wanted)).toEqual(planGrid([52, 44, 14], [0.7, 1.1, 4.3], wanted));
    expect(decimalOf(0.48828125)).toBe(0.48828125);
  });

  test.each([0, -1, NaN, Infinity])('refuses a spacing of %s', (s) => {
    expect(() => planGrid([4, 4, 4], [1, 1, 1], [s, null, null])).toThrow(RangeError);
  });
});

test('rounding takes halves to the even neighbour', () => {
  expect([0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, -2.6].map((x) => roundHalfEven(x) + 0)).toEqual([
    0, 2, 2, 0, -2, 2, -3,
  ]);
});

describe.each([
  ['reference', null],
  ['kernel', kernels],
] as const)('interpolation by the %s', (_, backend) => {
  const along = (data: number[], spacing: number, method: Interpolant): number[] => {
    const size: Size3 = [data.length, 1, 1];
    const plan = planGrid(size, [1, 1, 1], [spacing, null, null]);
    return [
      ...resampleBox(
        { size, data: Float64Array.from(data), round: false },
        plan,
        wholeBox(plan),
        method,
        backend,
      ),
    ];
  };

  test('linear: by hand', () => {
    // centres of 6 half voxels over 3 voxels: −0.25, 0.25 … 2.25; outside the border repeats
    expect(along([0, 10, 40], 0.5, 'linear')).toEqual([0, 2.5, 7.5, 17.5, 32.5, 40]);
  });

  test('nearest: by hand', () => {
    expect(along([0, 10, 40], 0.5, 'nearest')).toEqual([0, 0, 10, 10, 40, 40]);
  });

  test('cubic: agrees with scipy.ndimage.map_coordinates(order=3, mode="nearest")', () => {
    const expected = [
      -0.16197893, 0.489930336, 4.823263595, 17.660938034, 34.46267455, 41.522567529, 31.544788204,
      4.686291849, -24.079327368, -26.595859927, -4.836853733, 9.509647857,
    ];
    along([0, 10, 40, 20, -30, 5], 0.5, 'cubic').forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 6));
  });

  test('cubic: passes through the samples and reproduces a parabola inside', () => {
    const parabola = Array.from({ length: 81 }, (_, i) => (i - 40) ** 2);
    const fine = along(parabola, 1 / 3, 'cubic');
    for (const i of [90, 100, 120, 121, 150]) expect(fine[i]).toBeCloseTo(((i - 121) / 3) ** 2, 8);
  });

  test('a constant stays constant', () => {
    for (const method of ['nearest', 'linear', 'cubic'] as const) {
      for (const v of along([7, 7, 7, 7], 0.3, method)) expect(v).toBeCloseTo(7, 12);
    }
  });

  test.each(['nearest', 'linear', 'cubic'] as const)(
    '%s: a crop holds the numbers of the whole',
    (method) => {
      const size: Size3 = [60, 50, 70];
      const spacing: Vec3 = [1, 1.5, 0.8];
      const source = { size, data: noise(60 * 50 * 70, 3), round: false };
      const plan = planGrid(size, spacing, [1.3, 1, 1.1]);
      const whole = resampleBox(source, plan, wholeBox(plan), method, backend);
      const box: Box = { lo: [20, 31, 18], hi: [29, 40, 30] };
      const crop = resampleBox(source, plan, box, method, backend);
      const [nx, ny] = [plan[0].newSize, plan[1].newSize];
      let worst = 0;
      for (let z = box.lo[2], at = 0; z < box.hi[2]; z++) {
        for (let y = box.lo[1]; y < box.hi[1]; y++) {
          for (let x = box.lo[0]; x < box.hi[0]; x++, at++) {
            worst = Math.max(worst, Math.abs(crop[at]! - whole[x + nx * (y + ny * z)]!));
          }
        }
      }
      expect(worst).toBeLessThan(1e-9);
    },
  );

  test.each(['linear', 'cubic'] as const)(
    '%s: voxels without value spread to their neighbours only',
    (method) => {
      const out = along([1, 1, 1, 1, NaN, 1, 1, 1, 1], 0.5, method);
      // positions −0.25 + i/2; those strictly between 3 and 5 have voxel 4 in their linear neighbourhood
      expect(out.map((v, i) => (Number.isNaN(v) ? i : -1)).filter((i) => i >= 0)).toEqual([7, 8, 9, 10]);
      expect(out[0]).toBeCloseTo(1, 12);
    },
  );
});

test.each(['nearest', 'linear', 'cubic'] as const)('%s: kernel and reference agree', (method) => {
  const size: Size3 = [31, 22, 17];
  const source = { size, data: noise(31 * 22 * 17, 8), round: true };
  const plan = planGrid(size, [0.9, 1.1, 3], [2, 0.7, 2.2]);
  const a = resampleBox(source, plan, wholeBox(plan), method, null);
  const b = resampleBox(source, plan, wholeBox(plan), method, kernels);
  expect(b.length).toBe(a.length);
  expect(Math.max(...a.map((v, i) => Math.abs(v - b[i]!)))).toBeLessThan(1e-10);
});
