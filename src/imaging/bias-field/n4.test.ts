import { describe, expect, it } from 'vitest';
import { checkValues } from '../../core/parameters.ts';
import { Random } from '../../core/random.ts';
import type { StepContext } from '../preprocess/step.ts';
import { n4 } from './index.ts';
import { transform } from './fourier.ts';
import { shadedHead } from './shaded.testing.ts';
import { sharpened } from './sharpen.ts';
import { fitLattice, ownPlaces, splineValues } from './spline-lattice.ts';
import { jointVariation } from './tissue-figures.ts';

const run = (context: Partial<StepContext> & Pick<StepContext, 'volume' | 'mask'>, given = {}) =>
  n4.run({
    region: null,
    references: [],
    values: checkValues(n4.parameters, given),
    kernels: null,
    job: {},
    ...context,
  });

function correlation(a: ArrayLike<number>, b: ArrayLike<number>, inside: (i: number) => boolean): number {
  let [n, sa, sb, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (!inside(i)) continue;
    n++;
    sa += a[i]!;
    sb += b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
    ab += a[i]! * b[i]!;
  }
  return (n * ab - sa * sb) / Math.sqrt((n * aa - sa * sa) * (n * bb - sb * sb));
}
function variation(values: number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / (values.length - 1)) / mean;
}

const figureOf = (done: ReturnType<typeof run>, id: string) => done.figures.find((f) => f.id === id)!.value!;

describe('n4', () => {
  it.each([0.2, 0.35, 0.6, 0.9])('removes a known field of strength %s', (strength) => {
    const { volume, labels, field } = shadedHead({ strength });
    const mask = labels.map((l) => Number(l > 0));
    const done = run({ volume, mask });
    expect(correlation(done.field!, field, (i) => mask[i] === 1)).toBeGreaterThan(0.99);
    for (const tissue of [1, 2, 3]) {
      const at = [...labels.keys()].filter((i) => labels[i] === tissue);
      expect(variation(at.map((i) => field[i]!))).toBeGreaterThan(0.03);
      // What is left of the field in each tissue.
      expect(variation(at.map((i) => done.field![i]! / field[i]!))).toBeLessThan(0.02);
    }
    // With the noise, in the two tissues whose noise alone is below 2 %.
    for (const tissue of [2, 3]) {
      const at = [...labels.keys()].filter((i) => labels[i] === tissue);
      expect(variation(at.map((i) => done.volume.data[i]!))).toBeLessThan(0.02);
    }
    expect(figureOf(done, 'cov_after')).toBeLessThan(0.3 * figureOf(done, 'cov_before'));
    expect(figureOf(done, 'cjv_after')).toBeLessThan(0.3 * figureOf(done, 'cjv_before'));
    expect(done.figures.find((f) => f.id === 'field_range')!.verdict).toBe(strength > 0.3 ? 'warn' : 'pass');
  });

  it('leaves an image without a field nearly as it is, and its scale alone', () => {
    const { volume, labels } = shadedHead({ strength: 0 });
    const done = run({ volume, mask: labels.map((l) => Number(l > 0)) });
    expect(figureOf(done, 'field_range')).toBeLessThan(1.05);
    let logs = 0;
    let n = 0;
    labels.forEach((l, i) => {
      if (l === 0) return;
      logs += Math.log(done.field![i]!);
      n++;
    });
    expect(logs / n).toBeCloseTo(0, 6);
  });

  it('measures a region of one tissue before and after', () => {
    const { volume, labels } = shadedHead();
    const region = labels.map((l) => Number(l > 0));
    const done = run({ volume, mask: region, region });
    expect(figureOf(done, 'region_cov_after')).toBeLessThan(figureOf(done, 'region_cov_before'));
  });

  it('refuses what holds no signal and what is flat, and stops when told to', () => {
    const { volume, labels } = shadedHead({ edge: 16 });
    const mask = labels.map((l) => Number(l > 0));
    const negative = { ...volume, data: volume.data.map((v) => v - 200) };
    expect(() => run({ volume: negative, mask, region: mask })).toThrow(/step_not_positive/);
    const flat = { ...volume, data: volume.data.map(() => 5) };
    expect(() => run({ volume: flat, mask })).toThrow(/step_flat/);
    const stop = () => {
      throw new Error('stopped');
    };
    expect(() => run({ volume, mask, job: { checkCancelled: stop } })).toThrow('stopped');
  });
});

describe('spline lattice', () => {
  it('has spline values that sum to 1', () => {
    expect(splineValues(0)).toEqual([1 / 6, 4 / 6, 1 / 6, 0]);
    expect(splineValues(0.3).reduce((a, b) => a + b)).toBeCloseTo(1, 15);
  });
  it('fits as the sum over all control points says (Lee 1997, eq. 5)', () => {
    const size = [3, 4, 2] as const;
    const values = Float64Array.from({ length: 24 }, (_, i) => Math.sin(i));
    const mask = Float64Array.from(values, (_, i) => Number(i % 5 !== 0));
    const masked = values.map((v, i) => v * mask[i]!);
    const { control } = fitLattice(masked, mask, size, [1, 1, 1], ownPlaces(size));
    const axis = (n: number, i: number) => splineValues(i / (n - 1));
    const top = new Float64Array(64);
    const bottom = new Float64Array(64);
    for (let i = 0; i < 24; i++) {
      if (mask[i] === 0) continue;
      const [x, y, z] = [
        axis(3, i % 3),
        axis(4, Math.floor(i / 3) % 4),
        axis(2, Math.floor(i / 12)),
      ] as const;
      const w = Array.from({ length: 64 }, (_, c) => x[c % 4]! * y[(c >> 2) % 4]! * z[c >> 4]!);
      const squares = w.reduce((sum, v) => sum + v * v, 0);
      w.forEach((v, c) => {
        top[c]! += (v ** 3 * values[i]!) / squares;
        bottom[c]! += v * v;
      });
    }
    control.forEach((v, c) => expect(v).toBeCloseTo(bottom[c]! > 1e-12 ? top[c]! / bottom[c]! : 0, 12));
  });
});

describe('sharpening', () => {
  it('transforms there and back, with the hand values of four samples', () => {
    const [re, im] = [Float64Array.of(1, 2, 3, 4), new Float64Array(4)];
    transform(re, im, false);
    [10, -2, -2, -2].forEach((v, n) => expect(re[n]).toBeCloseTo(v, 12));
    [0, 2, 0, -2].forEach((v, n) => expect(im[n]).toBeCloseTo(v, 12));
    transform(re, im, true);
    [1, 2, 3, 4].forEach((v, n) => expect(re[n]).toBeCloseTo(v, 12));
  });
  it('draws blurred values towards their peak', () => {
    const random = new Random(3);
    const values = Float64Array.from({ length: 20000 }, (_, i) => (i % 2) + 0.08 * random.normal());
    const out = sharpened(values, new Float64Array(20000).fill(1), { width: 0.15, noise: 0.01 })!;
    const spread = (peak: number, v: Float64Array) =>
      Math.sqrt(v.filter((_, i) => i % 2 === peak).reduce((s, x) => s + (x - peak) ** 2, 0) / 10000);
    for (const peak of [0, 1]) expect(spread(peak, out)).toBeLessThan(0.6 * spread(peak, values));
  });
});

describe('coefficient of joint variation', () => {
  it('is the sum of the deviations over the distance of the means', () => {
    const of = (mean: number, deviation: number) => ({ mean, deviation, count: 2 });
    expect(jointVariation(of(10, 1), of(20, 2))).toBeCloseTo(0.3, 12);
    expect(jointVariation(of(10, 1), of(10, 2))).toBeNull();
  });
});
