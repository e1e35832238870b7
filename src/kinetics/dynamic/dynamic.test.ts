import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { framesBeforeArrival } from './arrival.ts';
import { gatherCurves, meanCurve } from './gather.ts';

describe('curves of a region', () => {
  const phases = [0, 1, 2].map((f) => Float32Array.from({ length: 6 }, (_, i) => 10 * f + i));
  const mask = Uint8Array.of(0, 1, 0, 0, 1, 0);

  it('stand voxel after voxel, in the order of the volume', () => {
    const block = gatherCurves(phases, mask);
    expect([...block.voxels]).toEqual([1, 4]);
    expect([...block.curves]).toEqual([1, 11, 21, 4, 14, 24]);
    expect([...meanCurve(block)!]).toEqual([2.5, 12.5, 22.5]);
  });

  it('a voxel with padding is left out of the mean', () => {
    const holed = phases.map((p, f) => (f === 1 ? p.map((v, i) => (i === 4 ? Number.NaN : v)) : p));
    expect([...meanCurve(gatherCurves(holed, mask))!]).toEqual([1, 11, 21]);
    const all = phases.map((p) => p.map(() => Number.NaN));
    expect(meanCurve(gatherCurves(all, mask))).toBeUndefined();
  });

  it('refuses an empty region and phases of two sizes', () => {
    expect(() => gatherCurves(phases, new Uint8Array(6))).toThrow(RefusedInput);
    expect(() => gatherCurves([...phases, new Float32Array(5)], mask)).toThrow(RefusedInput);
  });
});

describe('arrival of the contrast agent', () => {
  const bolus = (arrival: number) =>
    Array.from(
      { length: 40 },
      (_, f) =>
        100 +
        (f < arrival ? 0 : 80 * Math.exp(-(f - arrival) / 15) * (1 - Math.exp(-(f - arrival + 1) / 1.5))),
    );

  it.each([1, 3, 8, 20])('is found after %i frames', (arrival) => {
    expect(framesBeforeArrival(bolus(arrival))).toBe(arrival);
  });
  it('is found in noise, mostly to the frame', () => {
    const random = new Random(5);
    let right = 0;
    for (let n = 0; n < 100; n++)
      if (Math.abs(framesBeforeArrival(bolus(8).map((v) => v + 3 * random.normal())) - 8) <= 1) right++;
    expect(right).toBeGreaterThan(90);
  });
  it('is found where contrast darkens', () => {
    expect(framesBeforeArrival(bolus(8).map((v) => 300 - v))).toBe(8);
  });
  it('never takes all frames, nor none', () => {
    expect(framesBeforeArrival([5, 5, 5, 5])).toBeLessThan(4);
    expect(framesBeforeArrival([9, 5, 5, 5])).toBeGreaterThan(0);
  });
});
