import { RefusedInput } from '../../core/refusal.ts';
import type { SignalBlock } from '../signal/conversion.ts';
import { bolusShape, shapeAbove } from './bolus-shape.ts';
import { curveOf } from './region.ts';

/** A block of concentrations or enhancements with its grid and times. */
export interface DynamicBlock extends SignalBlock {
  /** Voxels along each axis; voxel (i, j, k) is `i + size[0] * (j + size[1] * k)`. */
  readonly size: readonly [number, number, number];
  /** s, rising, one a frame. */
  readonly times: ArrayLike<number>;
}

const STRONGEST = 0.005;
/** Height of the peak and mean from the peak on, over the noise of the baseline, of a voxel that enhances. */
const ENHANCEMENT = 5;
const REMAINING = 2;

/** Refuses a block whose sizes do not fit or whose times do not rise. */
export function checkBlock({ data, frames, voxels, size, times }: DynamicBlock): void {
  const expect = (what: string, expected: number, received: number) => {
    if (received !== expected)
      throw new RefusedInput('inconsistent_attributes', { what, expected, received });
  };
  expect('size', voxels, size[0] * size[1] * size[2]);
  expect('signal', frames * voxels, data.length);
  expect('times', frames, times.length);
  if (frames < 3)
    throw new RefusedInput('inconsistent_attributes', { what: 'frames', expected: '≥ 3', received: frames });
  for (let f = 1; f < frames; f++)
    if (!(times[f]! > times[f - 1]!))
      throw new RefusedInput('inconsistent_attributes', {
        what: `times ${f + 1}`,
        expected: `> ${times[f - 1]} s`,
        received: times[f]!,
      });
}

/** First passes of the enhancing voxels, list by list. */
export interface MeasuredVoxels {
  readonly voxel: number[];
  readonly height: number[];
  readonly arrival: number[];
  readonly width: number[];
  readonly noise: number[];
}

/** Shape of the first pass of every voxel that enhances by more than five times its noise and stays enhanced. */
export function measureVoxels(
  { data, frames, voxels, times }: DynamicBlock,
  baselineFrames: number,
): MeasuredVoxels {
  const found: MeasuredVoxels = { voxel: [], height: [], arrival: [], width: [], noise: [] };
  const curve = new Float64Array(frames);
  for (let v = 0; v < voxels; v++) {
    let [sum, squares, peak, whole] = [0, 0, 0, true];
    for (let f = 0; f < frames; f++) {
      const value = data[f * voxels + v]!;
      if (!Number.isFinite(value)) whole = false;
      curve[f] = value;
      if (value > curve[peak]!) peak = f;
      if (f < baselineFrames) sum += value;
    }
    if (!whole || peak < baselineFrames) continue;
    const baseline = sum / baselineFrames;
    for (let f = 0; f < baselineFrames; f++) squares += (curve[f]! - baseline) ** 2;
    const noise = baselineFrames > 1 ? Math.sqrt(squares / (baselineFrames - 1)) : 0;
    const height = curve[peak]! - baseline;
    let after = 0;
    for (let f = peak; f < frames; f++) after += curve[f]! / (frames - peak);
    // A single noisy frame falls back to the baseline at once; blood does not.
    if (!(height > ENHANCEMENT * noise && after - baseline > REMAINING * noise)) continue;
    const { arrival, width } = shapeAbove(curve, times, baseline, peak);
    found.voxel.push(v);
    found.height.push(height);
    found.arrival.push(arrival);
    found.width.push(width);
    found.noise.push(noise / height);
  }
  return found;
}

/** Frames before the bolus in the mean of the strongest voxels, at least one. */
export function globalBaseline({ data, frames, voxels, times }: DynamicBlock): number {
  const heights = new Float64Array(voxels).fill(-Infinity);
  for (let v = 0; v < voxels; v++) {
    let [most, whole] = [-Infinity, true];
    for (let f = 0; f < frames; f++) {
      const value = data[f * voxels + v]!;
      if (!Number.isFinite(value)) whole = false;
      if (value > most) most = value;
    }
    if (whole) heights[v] = most - data[v]!;
  }
  const order = Array.from(heights.keys())
    .filter((v) => heights[v]! > 0)
    .sort((a, b) => heights[b]! - heights[a]!);
  const strongest = order.slice(0, Math.max(1, Math.ceil(STRONGEST * order.length)));
  if (strongest.length === 0) return 1;
  const { mean } = curveOf({ data, frames, voxels }, strongest);
  return Math.max(1, bolusShape(mean, times).baselineFrames);
}

/** Time between the frames at the arrival, s. */
export function bolusStep(times: ArrayLike<number>, baselineFrames: number): number {
  const f = Math.min(Math.max(1, baselineFrames), times.length - 1);
  return times[f]! - times[f - 1]!;
}
