import { describe, expect, it } from 'vitest';
import { arterialBlood, dynamicMr, MUSCLE, patchExchange, PROTOCOL, thighContours, TIMES } from './index.ts';
import { parkerBlood, spoiledSignal, tissueConcentration } from '../tissue-kinetics.ts';

describe('tissue kinetics', () => {
  it('has the published values of the Parker curve', () => {
    const published = [
      [0, 0.080385],
      [0.1, 2.75256],
      [0.17046, 6.069251],
      [0.25, 2.795682],
      [0.365, 1.02292],
      [0.5, 1.22472],
      [1, 0.887187],
      [2, 0.749604],
      [5, 0.452164],
    ] as const;
    for (const [minutes, value] of published)
      expect(Math.abs(parkerBlood(minutes) - value)).toBeLessThan(1e-4);
    expect(parkerBlood(-0.001)).toBe(0);
  });

  it('has the closed form of the extended Tofts model for a bi-exponential curve', () => {
    const plasma = (s: number) =>
      0.1 * (3.99 * Math.exp((-0.144 * s) / 60) + 4.78 * Math.exp((-0.0111 * s) / 60));
    const times = [30, 60, 120, 300, 600];
    const tofts = tissueConcentration({ ktrans: 0.25, ve: 0.5, vp: 0 }, plasma, 0, times);
    const extended = tissueConcentration({ ktrans: 0.25, ve: 0.5, vp: 0.05 }, plasma, 0, times);
    [0.09522836, 0.16614709, 0.25614248, 0.32455286, 0.28159801].forEach((v, n) =>
      expect(tofts[n]).toBeCloseTo(v, 7),
    );
    [0.13756017, 0.20705773, 0.29447549, 0.35687325, 0.30771376].forEach((v, n) =>
      expect(extended[n]).toBeCloseTo(v, 7),
    );
  });

  it('agrees with quadrature for the Parker curve', () => {
    const plasma = (s: number) => arterialBlood(s) / 0.55;
    const rate = MUSCLE.ktrans / MUSCLE.ve / 60;
    const end = 150;
    const steps = 200_000;
    const from = PROTOCOL.arrival;
    const h = (end - from) / steps;
    let sum = 0;
    for (let n = 0; n <= steps; n++) {
      const t = from + n * h;
      sum += (n === 0 || n === steps ? 1 : n % 2 ? 4 : 2) * plasma(t) * Math.exp(-rate * (end - t));
    }
    const expected = MUSCLE.vp * plasma(end) + ((MUSCLE.ktrans / 60) * sum * h) / 3;
    expect(Math.abs(tissueConcentration(MUSCLE, plasma, from, [end])[0]! / expected - 1)).toBeLessThan(1e-5);
  });

  it('has the published signals of a spoiled gradient echo', () => {
    const echo = { repetitionTime: 0.005, flipAngle: 20, relaxivity: 4.5 };
    expect(spoiledSignal(1000, 1.4, 0, echo)).toBeCloseTo(19.1544285, 6);
    expect(spoiledSignal(1000, 1.4, 1, echo)).toBeCloseTo(104.1747982, 6);
  });
});

describe('dynamic-mr', () => {
  const clean = dynamicMr({ noise: 0 });
  const mean = (made: typeof clean, region: string, phase: number) => {
    const mask = made.masks.find((m) => m.name === region)!;
    let sum = 0;
    let count = 0;
    mask.data.forEach((inside, at) => {
      if (inside) {
        sum += made.phases[phase]!.data[at]!;
        count++;
      }
    });
    expect(count).toBeGreaterThan(5);
    return sum / count;
  };

  it('has forty phases at rising times with at least five before the bolus', () => {
    expect(TIMES.length).toBe(40);
    TIMES.forEach((t, n) => n > 0 && expect([5, 8]).toContain(t - TIMES[n - 1]!));
    expect(TIMES.filter((t) => t < PROTOCOL.arrival).length).toBeGreaterThanOrEqual(5);
  });

  it('gives back the true concentration in every patch and in muscle when its signal is inverted', () => {
    const plasma = (s: number) => arterialBlood(s) / (1 - PROTOCOL.haematocrit);
    const cos = Math.cos((PROTOCOL.flipAngle * Math.PI) / 180);
    const places = [
      { region: 'Muscle', exchange: MUSCLE, t1: PROTOCOL.t1.muscle },
      ...Array.from({ length: 9 }, (_, n) => ({
        region: `Patch ${n + 1}`,
        exchange: patchExchange(n),
        t1: PROTOCOL.t1.tumour,
      })),
    ];
    for (const { region, exchange, t1 } of places) {
      const expected = tissueConcentration(exchange, plasma, PROTOCOL.arrival, TIMES);
      const e0 = Math.exp(-PROTOCOL.repetitionTime / t1);
      const base = mean(clean, region, 0);
      for (const phase of [9, 20, 39]) {
        const k = (((1 - e0) / (1 - cos * e0)) * mean(clean, region, phase)) / base;
        const r1 = -Math.log((1 - k) / (1 - k * cos)) / PROTOCOL.repetitionTime;
        const concentration = (r1 - 1 / t1) / PROTOCOL.relaxivity;
        expect(Math.abs(concentration - expected[phase]!), `${region} ${phase}`).toBeLessThan(
          1e-4 + 1e-3 * expected[phase]!,
        );
      }
    }
  });

  it('has Rician noise: Rayleigh in air, Gaussian in tissue', () => {
    const noisy = dynamicMr({ noise: 7 });
    const { size } = noisy.phases[0]!.grid;
    const air: number[] = [];
    for (let k = 0; k < size[2]; k++)
      for (let i = 0; i < 64; i++)
        air.push(noisy.phases[3]!.data[(i % 8) + size[0] * (Math.floor(i / 8) + size[1] * k)]!);
    const average = air.reduce((s, v) => s + v, 0) / air.length;
    expect(Math.abs(average / (7 * Math.sqrt(Math.PI / 2)) - 1)).toBeLessThan(0.05);
    // Two phases before the bolus differ by noise only: deviation √2·7.
    const mask = noisy.masks.find((m) => m.name === 'Muscle')!;
    const difference: number[] = [];
    mask.data.forEach(
      (inside, at) => inside && difference.push(noisy.phases[0]!.data[at]! - noisy.phases[1]!.data[at]!),
    );
    const spread = Math.sqrt(difference.reduce((s, v) => s + v * v, 0) / difference.length);
    expect(Math.abs(spread / (7 * Math.SQRT2) - 1)).toBeLessThan(0.1);
  });

  it('outlines what it holds', () => {
    const tumour = thighContours().find((r) => r.name === 'Tumour')!;
    expect(tumour.contours.length).toBeGreaterThan(8);
    for (const { points } of tumour.contours) expect(points.length).toBe(96);
  });
});
