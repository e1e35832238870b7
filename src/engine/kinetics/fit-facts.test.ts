import { expect, it } from 'vitest';
import { fitFactsOf, runsP } from './fit-facts.ts';
import type { KineticResult } from './request.ts';

it('runs test of residuals: two runs of 6 above and 5 below', () => {
  // Mean 2·6·5/11 + 1 = 6.4545, variance 5.4545·4.4545/10 = 2.4298, z = −4.4545/1.5588 = −2.8578.
  const p = runsP([1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1], new Float64Array(11));
  expect(p).toBeCloseTo(0.004266, 5);
  expect(runsP([1, 1, -1, -1], [0, 0, 0, 0])).toBeUndefined();
});

it('facts of a fit by hand: a triangle of plasma, four voxels', () => {
  // From 10 to 30 s up to 6 mmol/L at 20 s, then 0.6 mmol/L until 400 s: half the height from 15 s to 25.56 s.
  const seconds = Float64Array.of(0, 5, 10, 15, 20, 25, 30, 35, 400);
  const result = {
    input: { seconds, plasma: Float64Array.of(0, 0, 0, 3, 6, 3.3, 0.6, 0.6, 0.6) },
    mean: { curve: Float64Array.of(0, 0, 0, 1, 2, 1.5, 1, 1, 1), fitted: new Float64Array(9), fit: {} },
    maps: [{ id: 'r2', volume: { data: Float32Array.of(0.5, 0.75, 1, NaN) } }],
    voxels: Uint32Array.of(0, 1, 2, 3),
    counts: { converged: 6, at_bound: 1, failed: 1, no_enhancement: 3 },
    seconds,
  } as unknown as KineticResult;
  expect(fitFactsOf(result)).toEqual({
    inputPeak: 6,
    inputOverTissue: 3,
    inputFrames: 3,
    inputTail: 0.6,
    medianR2: 0.75,
    failedPercent: 25,
  });
});
