import { describe, expect, it } from 'vitest';
import { MODEL_FREE, MODEL_FREE_IDS } from './definitions.ts';
import { modelFree, MODEL_FREE_STATUSES, type ModelFreeSettings } from './model-free.ts';

const one = (values: number[], seconds: number[], settings: Partial<ModelFreeSettings>) => {
  const made = modelFree(Float64Array.from(values), Float64Array.from(seconds), {
    kind: 'signal',
    baseline: 1,
    early: 1,
    ...settings,
  });
  const value = Object.fromEntries(MODEL_FREE_IDS.map((id) => [id, made.maps[id][0]])) as Record<
    (typeof MODEL_FREE_IDS)[number],
    number
  >;
  return { value, status: MODEL_FREE_STATUSES[made.status[0]], unavailable: made.unavailable };
};

describe('model-free curves', () => {
  it('has percent enhancement, ratio and type of three phases', () => {
    const seconds = [0, 407, 761];
    const washOut = one([100, 250, 200], seconds, {}).value;
    expect(washOut['percent-enhancement']).toBe(150);
    expect(washOut['signal-enhancement-ratio']).toBe(1.5);
    expect(washOut['maximum-enhancement']).toBe(150);
    expect(washOut['curve-type']).toBe(3);
    expect(washOut['wash-out-slope']).toBeCloseTo(-50 / (354 / 60), 5);
    // Exactly 10 % of the early value is still a plateau.
    expect(one([100, 200, 220], seconds, {}).value['curve-type']).toBe(2);
    expect(one([100, 200, 180], seconds, {}).value['curve-type']).toBe(2);
    expect(one([100, 200, 221], seconds, {}).value['curve-type']).toBe(1);
    expect(one([100, 200, 179], seconds, {}).value['curve-type']).toBe(3);
  });

  it('says what three phases of six minutes can not give', () => {
    const { value, unavailable, status } = one([100, 250, 200], [0, 407, 761], { blood: [100, 900, 500] });
    expect(value.iauc60).toBeNaN();
    expect(value['iauc90-blood-normalised']).toBeNaN();
    expect(unavailable).toEqual({
      iauc60: 'too_few_frames',
      iauc90: 'too_few_frames',
      'iauc60-blood-normalised': 'too_few_frames',
      'iauc90-blood-normalised': 'too_few_frames',
    });
    expect(status).toBe('valid');
    expect(one([100, 250], [0, 60], {}).unavailable).toMatchObject({
      'curve-type': 'too_few_frames',
      'signal-enhancement-ratio': 'too_few_frames',
      'wash-out-slope': 'too_few_frames',
    });
  });

  it('finds the foot of a straight rise between frames, at uneven steps', () => {
    // Concentration 0 until 23 s, then 0.02 mmol/L a second to 73 s, then level: C = 1 at 73.
    const seconds = [0, 5, 12, 20, 30, 36, 50, 62, 73, 80, 100, 120, 140];
    const ramp = (t: number) => Math.min(1, Math.max(0, 0.02 * (t - 23)));
    const { value } = one(seconds.map(ramp), seconds, { kind: 'concentration', baseline: 4, early: 8 });
    expect(value['arrival-time']).toBeCloseTo(23, 4);
    expect(value['time-to-peak']).toBeCloseTo(73 - value['arrival-time'], 4);
    expect(value['wash-in-slope']).toBeCloseTo(60 / value['time-to-peak'], 4);
    // Up for 50 s to 73 s, then level for 10 and 40 s: 25 + 10 and 25 + 40 mmol/L·s.
    expect(value.iauc60).toBeCloseTo(35 / 60, 5);
    expect(value.iauc90).toBeCloseTo(65 / 60, 5);
    expect(value['percent-enhancement']).toBeNaN();
  });

  it('has the area of the closed Tofts curve', () => {
    // C(t) of Ktrans 0.25, ve 0.5 and the bi-exponential plasma of Tofts and Kermode; its integral over the first
    // minute is 0.0911856 mmol/L·min (SPEC R35), from the antiderivative of the sum of exponentials.
    const terms = [
      [3.99, 0.144],
      [4.78, 0.0111],
    ] as const;
    const tofts = (t: number) =>
      t < 0
        ? 0
        : 0.1 *
          0.25 *
          terms.reduce((s, [a, m]) => s + (a * (Math.exp(-0.5 * t) - Math.exp(-m * t))) / (m - 0.5), 0);
    const seconds = Array.from({ length: 401 }, (_, n) => 0.5 * n);
    const curve = seconds.map((s) => tofts((s - 20) / 60));
    const { value } = one(curve, seconds, { kind: 'concentration', baseline: 40, early: 120, blood: curve });
    const exact = terms.reduce(
      (s, [a, m]) => s + (0.025 * a * ((1 - Math.exp(-0.5)) / 0.5 - (1 - Math.exp(-m)) / m)) / (m - 0.5),
      0,
    );
    expect(exact).toBeCloseTo(0.0911856, 7);
    // The rise bends, so that its first secant comes to the baseline early, by less than a second.
    expect(Math.abs(value['arrival-time'] - 20)).toBeLessThan(1);
    expect(Math.abs(value.iauc60 / exact - 1)).toBeLessThan(0.03);
    expect(value['iauc60-blood-normalised']).toBeCloseTo(1, 6);
    expect(value['iauc90-blood-normalised']).toBeCloseTo(1, 6);
  });

  it('arrives at the foot of a step, and passes over a spike of the baseline', () => {
    const seconds = [0, 5, 10, 15, 20, 25, 30, 35, 40, 100];
    const step = [100, 100, 100, 100, 400, 400, 400, 400, 400, 400];
    expect(one(step, seconds, { baseline: 4, early: 4 }).value['arrival-time']).toBe(15);
    const spike = [100, 130, 100, 100, 400, 400, 400, 400, 400, 400];
    const { value } = one(spike, seconds, { baseline: 4, early: 4 });
    expect(value['arrival-time']).toBeGreaterThanOrEqual(15);
    expect(value['arrival-time']).toBeLessThan(16);
    const shifted = one(
      step,
      seconds.map((s) => s + 1000),
      { baseline: 4, early: 4 },
    );
    expect(shifted.value['arrival-time']).toBe(15);
  });

  it('has exact areas of a step, both ends interpolated', () => {
    // 0 to 15 s, a straight rise to 300 % at 20 s, then level: 5·300/2 + 55·300 %·s in 60 s.
    const seconds = [0, 5, 10, 15, 20, 33, 47, 70, 90, 130];
    const step = [100, 100, 100, 100, 400, 400, 400, 400, 400, 400];
    const { value } = one(step, seconds, { baseline: 4, early: 4 });
    expect(value.iauc60).toBeCloseTo((750 + 55 * 300) / 60, 4);
    expect(value.iauc90).toBeCloseTo((750 + 85 * 300) / 60, 4);
    const ending = one(step.slice(0, 8), seconds.slice(0, 8), { baseline: 4, early: 4 });
    expect(ending.value.iauc60).toBeNaN();
  });

  it('measures wash-out between the times that are set', () => {
    const seconds = [0, 10, 20, 60, 120, 200];
    const values = [100, 100, 300, 280, 250, 900];
    const { value } = one(values, seconds, { baseline: 2, early: 2, washOut: { from: 20, to: 120 } });
    // 200, 180, 150 % at 20, 60, 120 s: a straight line of −0.5 %/s.
    expect(value['wash-out-slope']).toBeCloseTo(-30, 5);
  });

  it('marks voxels without an answer, and never gives them a number', () => {
    const seconds = [0, 10, 20, 30, 40];
    const voxels = [
      [0, 0, 0, 50, 60],
      [-4, -4, -4, 50, 60],
      [100, Number.NaN, 100, 200, 200],
      [100, 90, 95, 94, 93],
      [100, 100, 100, 200, 180],
    ];
    const frameMajor = Float32Array.from(seconds.flatMap((_, f) => voxels.map((v) => v[f])));
    const { maps, status } = modelFree(frameMajor, Float64Array.from(seconds), {
      kind: 'signal',
      baseline: 3,
      early: 3,
    });
    expect(Array.from(status, (s) => MODEL_FREE_STATUSES[s])).toEqual([
      'no_baseline',
      'no_baseline',
      'not_finite',
      'no_enhancement',
      'valid',
    ]);
    for (const id of MODEL_FREE_IDS) for (const v of [0, 1, 2]) expect(maps[id][v], id).toBeNaN();
    expect(maps['arrival-time'][3]).toBeNaN();
    expect(maps['percent-enhancement'][3]).toBeCloseTo((100 * (94 - 95)) / 95, 4);
    expect(maps['percent-enhancement'][4]).toBe(100);
    expect(maps['curve-type'][4]).toBe(2);
  });

  it('refuses what is no dynamic series', () => {
    const settings = { kind: 'signal', baseline: 1, early: 1 } as const;
    const run = (n: number, seconds: number[], changed = {}) =>
      modelFree(new Float32Array(n), Float64Array.from(seconds), { ...settings, ...changed });
    expect(() => run(4, [0, 1, 2])).toThrow('settings_invalid');
    expect(() => run(3, [0, 2, 2])).toThrow('settings_invalid');
    expect(() => run(1, [0])).toThrow('settings_invalid');
    expect(() => run(3, [0, 1, 2], { baseline: 0 })).toThrow('settings_invalid');
    expect(() => run(3, [0, 1, 2], { early: 0 })).toThrow('settings_invalid');
    expect(() => run(3, [0, 1, 2], { early: 2, late: 1 })).toThrow('settings_invalid');
    expect(() => run(3, [0, 1, 2], { blood: [1, 2] })).toThrow('settings_invalid');
  });

  it('has a name, a sentence and a source for every map', () => {
    for (const id of MODEL_FREE_IDS) {
      const d = MODEL_FREE[id];
      expect(d.id).toBe(id);
      for (const l of ['en', 'ru', 'zh'] as const) {
        expect(d.name[l].length).toBeGreaterThan(1);
        expect(d.sentence[l].length).toBeGreaterThan(10);
      }
      expect(d.source.length).toBeGreaterThan(10);
    }
  });
});
