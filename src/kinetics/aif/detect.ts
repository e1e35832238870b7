import type { Localised } from '../../core/localised.ts';
import { median } from './bolus-shape.ts';
import { checkedSettings, type DetectionSettings } from './detection-settings.ts';
import { curveOf } from './region.ts';
import { connectedGroups } from './voxel-groups.ts';
import { bolusStep, checkBlock, globalBaseline, measureVoxels, type DynamicBlock } from './voxel-shapes.ts';

/** The criteria, in the order in which a voxel must pass them. */
export const INPUT_CRITERIA = ['height', 'arrival', 'width', 'noise'] as const;
export type InputCriterion = (typeof INPUT_CRITERIA)[number];

export const CRITERION_TEXTS: Readonly<Record<InputCriterion, Localised>> = {
  height: { en: 'High peak', ru: 'Высокий пик', zh: '峰值高' },
  arrival: { en: 'Early arrival', ru: 'Ранний приход', zh: '到达早' },
  width: { en: 'Narrow first pass', ru: 'Узкий первый пассаж', zh: '首过窄' },
  noise: { en: 'Quiet baseline', ru: 'Спокойный исходный уровень', zh: '基线噪声低' },
};

/** One voxel that passed every criterion. */
export interface InputCandidate {
  readonly voxel: number;
  /** As measured: height in the unit of the block, arrival and width in s, noise as a share of the height. */
  readonly measured: Readonly<Record<InputCriterion, number>>;
  /** Share of the enhancing voxels that are worse, 0 to 1, by criterion. */
  readonly scores: Readonly<Record<InputCriterion, number>>;
  /** Product of the scores. */
  readonly score: number;
  /** Number of the connected group, 0 the best one. */
  readonly group: number;
  readonly chosen: boolean;
}

export interface DetectedInput {
  /** Best first. */
  readonly candidates: readonly InputCandidate[];
  /** Voxels of the mean curve. */
  readonly chosen: readonly number[];
  /** Null when no voxel passed. */
  readonly mean: Float64Array | null;
  readonly deviation: Float64Array | null;
  /** Frames before the bolus, as found from the strongest voxels. */
  readonly baselineFrames: number;
  /** Voxels that enhance by more than five times their noise, against which the scores are ranked. */
  readonly enhancing: number;
  /** Voxels left after each criterion. */
  readonly left: Readonly<Record<InputCriterion, number>>;
  /** Limits that the criteria came to: height at least, arrival and width at most (s), noise at most. */
  readonly limits: Readonly<Record<InputCriterion, number>>;
}

/**
 * Looks for arterial voxels: among the voxels that enhance, those with a high, early and narrow first pass over a quiet
 * baseline; of the connected groups of them (26 neighbours) the best, and of that the best voxels. Voxels with a frame
 * that is NaN are left out. Finding nothing is an answer, not an error.
 *
 * @throws RefusedInput `settings_invalid`, or `inconsistent_attributes` for sizes and times that do not fit.
 */
export function detectInput(block: DynamicBlock, given: Partial<DetectionSettings> = {}): DetectedInput {
  const settings = checkedSettings(given);
  checkBlock(block);
  const baselineFrames = globalBaseline(block);
  const found = measureVoxels(block, baselineFrames);
  const count = found.voxel.length;
  const rank = {
    height: ranks(found.height, 1),
    arrival: ranks(found.arrival, -1),
    width: ranks(found.width, -1),
    noise: ranks(found.noise, -1),
  };
  const high = quantile(
    found.height.toSorted((a, b) => a - b),
    settings.heightPercentile / 100,
  );
  const strong = Array.from({ length: count }, (_, n) => n).filter((n) => found.height[n]! >= high);
  const latest =
    leading(strong.map((n) => found.arrival[n]!)) +
    settings.arrivalWindow * bolusStep(block.times, baselineFrames);
  const early = strong.filter((n) => found.arrival[n]! <= latest);
  const limits = {
    height: high,
    arrival: latest,
    width: settings.widthFactor * leading(early.map((n) => found.width[n]!)),
    noise: settings.largestNoise,
  };
  const passes: Record<InputCriterion, (n: number) => boolean> = {
    height: (n) => found.height[n]! >= limits.height,
    arrival: (n) => found.arrival[n]! <= limits.arrival,
    width: (n) => found.width[n]! <= limits.width,
    noise: (n) => found.noise[n]! <= limits.noise,
  };
  const left: Record<InputCriterion, number> = { height: 0, arrival: 0, width: 0, noise: 0 };
  let passing = Array.from({ length: count }, (_, n) => n);
  for (const criterion of INPUT_CRITERIA) {
    passing = passing.filter(passes[criterion]);
    left[criterion] = passing.length;
  }

  const scored = passing.map((n) => {
    const scores = {
      height: rank.height[n]!,
      arrival: rank.arrival[n]!,
      width: rank.width[n]!,
      noise: rank.noise[n]!,
    };
    return {
      voxel: found.voxel[n]!,
      measured: {
        height: found.height[n]!,
        arrival: found.arrival[n]!,
        width: found.width[n]!,
        noise: found.noise[n]!,
      },
      scores,
      score: scores.height * scores.arrival * scores.width * scores.noise,
    };
  });
  scored.sort((a, b) => b.score - a.score || a.voxel - b.voxel);
  const groups = bestGroups(scored, block.size, settings);
  const groupOf = new Map(groups.flatMap((group, g) => group.map((voxel) => [voxel, g] as const)));
  const heightOf = new Map(scored.map((c) => [c.voxel, c.measured.height]));
  const chosen = typicalOf(groups[0] ?? [], (v) => heightOf.get(v)!, settings.voxels);
  const isChosen = new Set(chosen);
  const curve = chosen.length > 0 ? curveOf(block, chosen) : null;
  return {
    candidates: scored.map((c) => ({ ...c, group: groupOf.get(c.voxel)!, chosen: isChosen.has(c.voxel) })),
    chosen,
    mean: curve?.mean ?? null,
    deviation: curve?.deviation ?? null,
    baselineFrames,
    enhancing: count,
    left,
    limits,
  };
}

/**
 * The voxels whose height is nearest the middle of the full-height ones of a group (80 % of its 90th percentile or more).
 * The very highest are not taken: they are the highest partly by noise, and their mean would be too high.
 */
function typicalOf(group: readonly number[], heightOf: (voxel: number) => number, wanted: number): number[] {
  const heights = group.map(heightOf).toSorted((a, b) => a - b);
  const full = group.filter((v) => heightOf(v) >= 0.8 * quantile(heights, 0.9));
  const middle = median(full.map(heightOf));
  const distance = (v: number) => Math.abs(heightOf(v) - middle);
  return full.toSorted((a, b) => distance(a) - distance(b) || a - b).slice(0, wanted);
}

/** Groups of connected voxels, best first: large enough ones before others, then by the mean score of their best. */
function bestGroups(
  scored: readonly { voxel: number; score: number }[],
  size: readonly [number, number, number],
  { voxels, smallestGroup }: DetectionSettings,
): number[][] {
  const scoreOf = new Map(scored.map((c) => [c.voxel, c.score]));
  const groups = connectedGroups(
    scored.map((c) => c.voxel),
    size,
  ).map((group) => {
    const sorted = group.toSorted((a, b) => scoreOf.get(b)! - scoreOf.get(a)! || a - b);
    const best = sorted.slice(0, voxels);
    const mean = best.reduce((sum, v) => sum + scoreOf.get(v)!, 0) / best.length;
    return { sorted, mean, enough: sorted.length >= smallestGroup };
  });
  groups.sort(
    (a, b) => Number(b.enough) - Number(a.enough) || b.mean - a.mean || a.sorted[0]! - b.sorted[0]!,
  );
  return groups.map((g) => g.sorted);
}

/** Share of values that are worse (lower for sign 1, higher for −1), ties counted half, 0 to 1. */
function ranks(values: readonly number[], sign: 1 | -1): Float64Array {
  const order = values.map((_, n) => n).sort((a, b) => sign * (values[a]! - values[b]!) || a - b);
  const rank = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let n = from; n < to; n++) rank[order[n]!] = (from + to) / 2 / order.length;
    from = to;
  }
  return rank;
}

/** Value at a share of a sorted list, without interpolation; NaN of nothing. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;

/** The best (smallest) value that is not a stray: the 1 % point, or the tenth where that is later. */
function leading(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(9, Math.floor(0.01 * sorted.length)))] ?? NaN;
}
