import type { FitFacts } from '../../quality/rules/context.ts';
import { normalTails } from '../../statistics/distributions/distributions.ts';
import type { KineticResult } from './request.ts';

/** After this time from arrival the plasma is past the first pass and the rush of recirculation, s. */
const TAIL_SECONDS = 300;

/** What the rules on fits (M-12, M-22) ask of one, in their units; what it does not have is left out. */
export function fitFactsOf({ input, mean, maps, voxels, counts, seconds }: KineticResult): FitFacts {
  const plasma = Array.from(input.plasma, (v) => (Number.isFinite(v) ? v : 0));
  const peak = Math.max(0, ...plasma);
  const tissue = mean ? Math.max(0, ...mean.curve) : 0;
  const fitted = counts.converged + counts.at_bound + counts.failed;
  const r2 = valuesOf(maps.find((m) => m.id === 'r2')?.volume.data, voxels);
  const tail = tailOf(input.seconds, plasma, peak);
  const runs = mean && mean.fit.status !== 'no_enhancement' ? runsP(mean.curve, mean.fitted) : undefined;
  return {
    inputPeak: peak,
    ...(tissue > 0 && { inputOverTissue: peak / tissue }),
    ...(peak > 0 && { inputFrames: framesAbove(input.seconds, plasma, peak / 2, seconds) }),
    ...(tail !== undefined && { inputTail: tail }),
    ...(r2.length > 0 && { medianR2: medianOf(r2) }),
    ...(fitted > 0 && { failedPercent: (100 * (counts.at_bound + counts.failed)) / fitted }),
    ...(runs !== undefined && { residualRunsP: runs }),
  };
}

const valuesOf = (data: ArrayLike<number> | undefined, voxels: Uint32Array): number[] =>
  data ? Array.from(voxels, (at) => data[at]!).filter(Number.isFinite) : [];

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[at]! : (sorted[at - 1]! + sorted[at]!) / 2;
}

/** Frames of the series within the width of the first pass at half its height, linear between the samples of the input. */
function framesAbove(
  times: ArrayLike<number>,
  plasma: readonly number[],
  half: number,
  frames: ArrayLike<number>,
): number {
  const top = plasma.reduce((best, v, i) => (v > plasma[best]! ? i : best), 0);
  const crossing = (inner: number, outer: number): number => {
    const [a, b] = [plasma[inner]!, plasma[outer]!];
    return times[inner]! + ((a - half) / (a - b)) * (times[outer]! - times[inner]!);
  };
  let [from, to] = [top, top];
  while (from > 0 && plasma[from - 1]! >= half) from--;
  while (to < plasma.length - 1 && plasma[to + 1]! >= half) to++;
  const start = from > 0 ? crossing(from, from - 1) : times[from]!;
  const end = to < plasma.length - 1 ? crossing(to, to + 1) : times[to]!;
  return Array.from(frames).filter((s) => s >= start && s <= end).length;
}

/** Concentration five minutes after arrival (a tenth of the peak), mmol/L; undefined when the input ends before. */
function tailOf(times: ArrayLike<number>, plasma: readonly number[], peak: number): number | undefined {
  const arrival = plasma.findIndex((v) => v > 0.1 * peak);
  if (arrival < 0) return undefined;
  const after = times[arrival]! + TAIL_SECONDS;
  for (let i = arrival + 1; i < plasma.length; i++) {
    if (times[i]! < after) continue;
    const share = (after - times[i - 1]!) / (times[i]! - times[i - 1]!);
    return plasma[i - 1]! + share * (plasma[i]! - plasma[i - 1]!);
  }
  return undefined;
}

/** Runs on either side below which the normal approximation of their number is no good. */
const FEWEST = 5;

/**
 * Wald and Wolfowitz's runs test on the signs of residuals, two-sided p by the normal approximation:
 * mean 2·n₁n₂/n + 1, variance (mean − 1)(mean − 2)/(n − 1). Undefined with too few of one sign.
 */
export function runsP(curve: ArrayLike<number>, fitted: ArrayLike<number>): number | undefined {
  const signs = Array.from(curve, (v, i) => Math.sign(v - fitted[i]!)).filter((s) => s === 1 || s === -1);
  const above = signs.filter((s) => s > 0).length;
  const below = signs.length - above;
  if (above < FEWEST || below < FEWEST) return undefined;
  const runs = 1 + signs.slice(1).filter((s, i) => s !== signs[i]).length;
  const mean = (2 * above * below) / signs.length + 1;
  const variance = ((mean - 1) * (mean - 2)) / (signs.length - 1);
  return 2 * normalTails(Math.abs(runs - mean) / Math.sqrt(variance)).upper;
}
