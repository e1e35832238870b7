import type { JobContext } from '../../core/job-context.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import type { Localised } from '../../core/localised.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { compareMasks } from '../../regions/compare.ts';
import { benchCase, LADDER, SHAPES, type Shape } from './cases.ts';
import { methodTools, type BenchTool } from './tools.ts';

export interface BenchOptions {
  /** Ids of tools; default: all. */
  readonly tools?: readonly string[];
  /** Noise drawn anew this often for each case, 2 or more. */
  readonly repeats: number;
}

/** Mean and 95 % confidence interval (Student's t) over the repeats; the interval is null for fewer than two. */
export interface Estimate {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** A tool on one rung of the ladder. */
export interface BenchRow {
  readonly tool: string;
  readonly label: Localised;
  readonly shape: Shape;
  readonly contrastToNoise: number;
  /** Null when the tool had no answer on any repeat. */
  readonly dice: Estimate | null;
  /** Volume over the true one less 1, %. */
  readonly bias: Estimate | null;
  /** Coefficient of variation of the volume over the repeats, %. */
  readonly variation: number | null;
  readonly hd95: Estimate | null;
  /** Repeats without an answer. */
  readonly failed: number;
  /** SPEC R69: |bias| ≤ 15 %, variation ≤ 15 %, Dice ≥ 0.85, and an answer every time. */
  readonly pass: boolean;
}

const LIMITS = { bias: 15, variation: 15, dice: 0.85 };

/**
 * Runs tools on spheres, ellipsoids and spiculated lesions down a ladder of contrast to noise.
 * @throws RefusedInput `settings_invalid` for an unknown tool or repeats out of 2 – 50
 */
export function runSegmentationBench(
  { tools: asked, repeats }: BenchOptions,
  kernels: KernelModule | null,
  job: JobContext = {},
): BenchRow[] {
  if (!Number.isInteger(repeats) || repeats < 2 || repeats > 50)
    throw new RefusedInput('settings_invalid', { name: 'repeats', expected: '2 – 50', received: repeats });
  const all = methodTools(kernels, job);
  for (const id of asked ?? [])
    if (!all.some((t) => t.id === id))
      throw new RefusedInput('settings_invalid', {
        name: 'tools',
        expected: all.map((t) => t.id).join(', '),
        received: id,
      });
  return measureTools(
    all.filter((t) => !asked || asked.includes(t.id)),
    repeats,
    job,
  );
}

export function measureTools(tools: readonly BenchTool[], repeats: number, job: JobContext = {}): BenchRow[] {
  const rungs = SHAPES.flatMap((shape) => LADDER.map((contrastToNoise) => ({ shape, contrastToNoise })));
  return tools.flatMap((tool, t) =>
    rungs.map((rung, n) => {
      job.checkCancelled?.();
      job.onProgress?.((t + n / rungs.length) / tools.length, tool.label.en);
      return measure(tool, rung.shape, rung.contrastToNoise, repeats);
    }),
  );
}

function measure(tool: BenchTool, shape: Shape, contrastToNoise: number, repeats: number): BenchRow {
  const found = Array.from({ length: repeats }, (_, r) => {
    const c = benchCase(shape, contrastToNoise, 1000 + r);
    const data = tool.segment(c);
    if (!data?.includes(1)) return null;
    return compareMasks(c.truth, { ...c.truth, data });
  }).filter((c) => c !== null);
  const bias = estimate(found.map((c) => 100 * c.volumeDifference!));
  const dice = estimate(found.map((c) => c.dice!));
  const variation = variationOf(found.map((c) => c.voxels[1]));
  const failed = repeats - found.length;
  return {
    tool: tool.id,
    label: tool.label,
    shape,
    contrastToNoise,
    dice,
    bias,
    variation,
    hd95: estimate(found.map((c) => c.hd95!)),
    failed,
    pass:
      failed === 0 &&
      dice!.mean >= LIMITS.dice &&
      Math.abs(bias!.mean) <= LIMITS.bias &&
      (variation ?? 0) <= LIMITS.variation,
  };
}

/** Two-sided 95 % points of Student's t by degrees of freedom from 1. */
const T95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

function estimate(values: readonly number[]): Estimate | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((s, v) => s + v, 0) / n;
  if (n < 2) return { mean, low: null, high: null };
  const deviation = Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / (n - 1));
  // Beyond ten values the normal point is near enough on the safe side with the last of the list.
  const half = ((T95[n - 2] ?? T95.at(-1)!) * deviation) / Math.sqrt(n);
  return { mean, low: mean - half, high: mean + half };
}

function variationOf(volumes: readonly number[]): number | null {
  if (volumes.length < 2) return null;
  const mean = volumes.reduce((s, v) => s + v, 0) / volumes.length;
  const squares = volumes.reduce((s, v) => s + (v - mean) ** 2, 0);
  return (100 * Math.sqrt(squares / (volumes.length - 1))) / mean;
}
