import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import type { Volume } from '../../core/volume.ts';
import { shadedHead } from '../bias-field/shaded.testing.ts';
import { momentsOf, sortedUnder } from '../normalise/masked-values.ts';
import { landmarksOf, standardScale } from '../normalise/nyul/index.ts';
import { majorPeaks, stripeOf } from '../normalise/white-stripe/reference.ts';
import { STEPS } from './registry.ts';
import { preprocess } from './run.ts';
import { STEP_IDS } from './step.ts';

/** Three tissues without shading in float64, as a·I + b. */
function brain(a = 1, b = 0, seed = 1): { volume: Volume; mask: Uint8Array } {
  const { volume, labels, clean } = shadedHead({ edge: 32 });
  const random = new Random(seed);
  const data = Float64Array.from(clean, (v) => a * (v + (v > 0 ? 4 * random.normal() : 0)) + b);
  return { volume: { ...volume, data }, mask: labels.map((l) => Number(l > 0)) };
}
const farthest = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
};
const figure = (done: ReturnType<typeof preprocess>, id: string) =>
  done.steps.at(-1)!.figures.find((f) => f.id === id)!.value!;

describe('registry', () => {
  it('has every step once, with texts, bounds and a source', () => {
    expect(STEPS.map((s) => s.id).sort()).toEqual([...STEP_IDS].sort());
    for (const step of STEPS) {
      expect(step.source.length).toBeGreaterThan(10);
      for (const text of [step.label, step.help, ...step.parameters.flatMap((p) => [p.label, p.help])]) {
        for (const language of ['en', 'ru', 'zh'] as const)
          expect(text?.[language].length).toBeGreaterThan(0);
      }
    }
  });
});

describe('white stripe', () => {
  it('makes the stripe 0 ± 1, and scaled and shifted images equal to 1e-6', () => {
    for (const weighting of ['t1', 't2']) {
      const steps = [{ id: 'white-stripe', parameters: { weighting } }] as const;
      const plain = brain();
      const first = preprocess(plain.volume, steps, plain.mask, [], null);
      expect(Math.abs(figure(first, 'mean_after'))).toBeLessThan(1e-6);
      expect(Math.abs(figure(first, 'sd_after') - 1)).toBeLessThan(1e-6);
      for (const [a, b] of [
        [3.7, 0],
        [0.01, 250],
        [12, -40],
      ] as const) {
        const other = brain(a, b);
        const second = preprocess(other.volume, steps, other.mask, [], null);
        expect(farthest(first.volume.data, second.volume.data)).toBeLessThan(1e-6);
      }
    }
  });
  it('takes white matter, the rightmost peak, for T1 and the highest for T2', () => {
    const { volume, mask } = brain();
    const sorted = sortedUnder(volume.data, mask);
    expect(Math.abs(stripeOf(sorted, 't1', 0.05, 1)!.peak - 150)).toBeLessThan(2);
    const counts = [60, 100, 150].map((v) => sorted.filter((x) => Math.abs(x - v) < 10).length);
    const highest = [60, 100, 150][counts.indexOf(Math.max(...counts))]!;
    expect(Math.abs(stripeOf(sorted, 't2', 0.05, 1)!.peak - highest)).toBeLessThan(2);
  });
  it('finds peaks between places by their parabola, and no peak in a tail', () => {
    // Through (0, 0.5), (1, 1), (2, 0.75): vertex at 1 + 0.5·(0.5 − 0.75)/(0.5 − 2 + 0.75) = 1.1667.
    const peaks = majorPeaks({ lower: 10, step: 2, values: Float64Array.of(0.5, 1, 0.75, 0, 0.1, 0) });
    expect(peaks.map((p) => p.place)).toEqual([10 + 2 * (1 + 1 / 6)]);
  });
});

describe('z-score and reference tissue', () => {
  it('z: mean 0, deviation of the scale; equal for scaled and shifted images', () => {
    const steps = [{ id: 'z-score', parameters: { scale: 100 } }] as const;
    const [one, two] = [brain(), brain(5, 77)];
    const first = preprocess(one.volume, steps, one.mask, [], null);
    const { mean, deviation } = momentsOf(sortedUnder(first.volume.data, one.mask));
    expect(mean).toBeCloseTo(0, 9);
    expect(deviation).toBeCloseTo(100, 9);
    const second = preprocess(two.volume, steps, two.mask, [], null);
    expect(farthest(first.volume.data, second.volume.data)).toBeLessThan(1e-6);
  });
  it('ratio: the tissue becomes 100; needs a region', () => {
    const { volume, mask } = brain();
    const steps = [{ id: 'reference-tissue', parameters: { centre: 'mean' } }] as const;
    const done = preprocess(volume, steps, mask, [], null);
    expect(momentsOf(sortedUnder(done.volume.data, mask)).mean).toBeCloseTo(100, 9);
    const scaled = brain(9);
    expect(
      farthest(done.volume.data, preprocess(scaled.volume, steps, scaled.mask, [], null).volume.data),
    ).toBeLessThan(1e-6);
    expect(() => preprocess(volume, steps, null, [], null)).toThrow(/step_needs_region/);
  });
});

describe('Nyúl and histogram matching', () => {
  it('has the landmarks of 0 to 100, and their average as scale', () => {
    const sorted = Float64Array.from({ length: 101 }, (_, i) => i);
    expect(landmarksOf(sorted)).toEqual([1, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 99]);
    const scale = standardScale([
      [0, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 100],
      [0, 2, 4, 6, 8, 10, 12, 14, 16, 17, 18, 19, 20],
    ]);
    // Second: 10·100/20 = 50 → (40 + 50)/2 at the sixth landmark.
    expect(scale[5]).toBe(45);
    expect([scale[0], scale[12]]).toEqual([0, 100]);
  });
  it('brings landmarks onto the scale, whatever the scale of the image', () => {
    const references = [brain(1, 0, 2), brain(2, 30, 3), brain(0.5, 5, 4)].map((r) => r.volume);
    const [one, two] = [brain(), brain(7, 3)];
    const first = preprocess(one.volume, [{ id: 'nyul' }], one.mask, references, null);
    expect(figure(first, 'landmark_error')).toBeLessThan(0.05);
    expect(figure(first, 'images')).toBe(3);
    const second = preprocess(two.volume, [{ id: 'nyul' }], two.mask, references, null);
    expect(farthest(first.volume.data, second.volume.data)).toBeLessThan(1e-6);
    expect(() => preprocess(one.volume, [{ id: 'nyul' }], one.mask, references.slice(1, 2), null)).toThrow(
      /step_needs_references/,
    );
  });
  it('brings percentiles onto those of the reference', () => {
    const [one, two] = [brain(3, 10, 5), brain()];
    const done = preprocess(
      one.volume,
      [{ id: 'histogram-matching', parameters: { points: 50 } }],
      null,
      [two.volume],
      null,
    );
    expect(figure(done, 'quantile_error')).toBeLessThan(0.05 * figure(done, 'quantile_error_before'));
  });
});

describe('isotropic voxels', () => {
  it('keeps the centre and the volume, and the values of a ramp', () => {
    const data = Float64Array.from({ length: 4 * 4 * 5 }, (_, i) => Math.floor(i / 16));
    const affine = {
      origin: [0, 0, 0],
      matrix: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 2],
      ],
    } as const;
    const volume: Volume = { grid: { size: [4, 4, 5], affine }, data, unit: 'arbitrary', modality: 'MR' };
    const region = new Uint8Array(80).fill(1);
    const done = preprocess(volume, [{ id: 'isotropic' }], region, [], null);
    expect(done.volume.grid.size).toEqual([4, 4, 10]);
    // Centres coincide: old middle at z = 4 mm, new one 4.5 voxels of 1 mm from −0.5 mm.
    expect(done.volume.grid.affine.origin[2]).toBeCloseTo(-0.5, 12);
    // New voxel 3 lies at 2.5 mm = old index 1.25.
    expect(done.volume.data[3 * 16]).toBeCloseTo(1.25, 12);
    expect(figure(done, 'volume_before')).toBeCloseTo(0.16, 12);
    expect(figure(done, 'volume_after')).toBeCloseTo(0.16, 12);
    expect(figure(done, 'region_change')).toBeCloseTo(0, 9);
    expect(done.normalised).toBe(false);
  });
});

describe('a chain', () => {
  it('keeps settings, figures and evidence of each step', () => {
    const { volume, labels } = shadedHead({ edge: 32 });
    const stages: string[] = [];
    const done = preprocess(
      volume,
      [
        { id: 'n4', parameters: { shrink: 2 } },
        { id: 'isotropic', parameters: { spacing: 5 } },
        { id: 'white-stripe' },
      ],
      labels.map((l) => Number(l > 0)),
      [],
      null,
      { onProgress: (_, what) => what && stages.push(what) },
    );
    expect(done.steps.map((s) => s.id)).toEqual(['n4', 'isotropic', 'white-stripe']);
    expect(done.steps[0]!.parameters).toMatchObject({ shrink: 2, fwhm: 0.15, noise: 0.01, levels: 4 });
    expect(done.normalised).toBe(true);
    expect(new Set(stages)).toEqual(new Set(['n4', 'isotropic', 'white-stripe']));
    const [n4] = done.evidence;
    expect(n4!.field!.values.length).toBe(32 * 32);
    expect(done.evidence[1]!.after.columns).toBe(done.volume.grid.size[0]);
    for (const { histograms } of done.evidence) {
      expect(histograms.after.counts.reduce((a, b) => a + b)).toBeGreaterThan(1000);
    }
  });
  it('refuses no steps, unknown steps and settings out of bounds before it starts', () => {
    const { volume } = brain();
    expect(() => preprocess(volume, [], null, [], null)).toThrow(/settings_invalid/);
    expect(() => preprocess(volume, [{ id: 'magic' as 'n4' }], null, [], null)).toThrow(/magic/);
    expect(() => preprocess(volume, [{ id: 'n4', parameters: { levels: 9 } }], null, [], null)).toThrow(
      /levels/,
    );
  });
});
