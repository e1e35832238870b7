import { normalTails } from '../distributions/distributions.ts';
import { CUSUM, cusumWidening, type CusumSettings } from './cusum.ts';
import { baselines, type Knowledge } from './run-length.ts';

/** States that a sum is followed on. */
const STATES = 40;

/**
 * Shares of series whose upper sum has not passed h after 1, 2 … runs from N(mean, sd), by the Markov chain of Brook and Evans
 * (Biometrika 1972;59:539): states of width 2h/(2m − 1) about 0, w, 2w …
 */
function upperLeft(mean: number, sd: number, { reference, interval }: CusumSettings, runs: number): number[] {
  const width = (2 * interval) / (2 * STATES - 1);
  const below = (z: number) => normalTails((z + reference - mean) / sd).lower;
  // From one state to another only their distance counts.
  const steps = Array.from({ length: 2 * STATES - 1 }, (_, i) => {
    const d = (i - STATES + 1) * width;
    return below(d + width / 2) - below(d - width / 2);
  });
  const toZero = Array.from({ length: STATES }, (_, from) => below(-from * width + width / 2));
  let now = new Float64Array(STATES);
  now[0] = 1;
  const left: number[] = [];
  for (let run = 0; run < runs; run++) {
    const next = new Float64Array(STATES);
    for (let from = 0; from < STATES; from++) {
      const share = now[from]!;
      next[0]! += share * toZero[from]!;
      for (let to = 1; to < STATES; to++) next[to]! += share * steps[to - from + STATES - 1]!;
    }
    now = next;
    left.push(now.reduce((s, v) => s + v, 0));
  }
  return left;
}

/** Average run length of both sums of a stable device, mean and SD known: 465 for k = ½, h = 5 (Montgomery, table 9.3). */
export function cusumAverageRunLength(settings: CusumSettings = CUSUM): number {
  const one = 1 + upperLeft(0, 1, settings, 20_000).reduce((s, v) => s + v, 0);
  return one / 2;
}

/**
 * Probability that the cumulative sums of a stable device ring at least once in a number of runs; at most the sum of the upper
 * and the lower, which hardly ever ring together. With a baseline of n runs averaged over those that n runs may give.
 */
export function cusumFalseAlarm(
  runs: number,
  knowledge: Knowledge = { known: true },
  settings: CusumSettings = CUSUM,
  widening?: number,
): number {
  if (knowledge.known) return 2 * (1 - upperLeft(0, 1, settings, runs).at(-1)!);
  const wide = widening ?? cusumWidening(knowledge.n, knowledge.kind);
  return baselines(knowledge.n, 12).reduce((sum, { mean, sd, weight }) => {
    const unit = sd * wide;
    const upper = 1 - upperLeft(-mean / unit, 1 / unit, settings, runs).at(-1)!;
    const lower = 1 - upperLeft(mean / unit, 1 / unit, settings, runs).at(-1)!;
    return sum + weight * Math.min(1, upper + lower);
  }, 0);
}
