import { RefusedInput } from '../../core/refusal.ts';
import type { MethodDefinition } from './method.ts';

/**
 * Why a voxel has no concentration; the index is its code in a status map. Frames without an answer are NaN in the
 * curve, never clipped; the status names the first reason met.
 */
export const CONVERSION_STATUS = [
  'ok',
  'baseline-not-positive', // mean signal before contrast is 0, negative or not a number
  'native-t1-not-valid', // T1 is 0, negative or not a number, or the B1 factor is
  'signal-not-finite',
  'signal-out-of-reach', // no concentration gives such a signal: it is above saturation, or negative
] as const;
export type ConversionStatus = (typeof CONVERSION_STATUS)[number];

export type Curve = Float32Array | Float64Array;

/** Signals of many voxels: value of voxel v in frame f at `f * voxels + v`. */
export interface SignalBlock {
  readonly data: Curve;
  readonly frames: number;
  readonly voxels: number;
}

/**
 * Converts one voxel. Writes a value or NaN for every frame into `out` and returns the index of the first status met.
 *
 * @param r10 relaxation rate before contrast, 1/s; methods that need none ignore it.
 * @param b1 true over nominal flip angle.
 */
export type VoxelConversion = (
  signal: ArrayLike<number>,
  baseline: number,
  r10: number,
  b1: number,
  out: Float64Array,
) => number;

export type MethodValues = Readonly<Record<string, number>>;

/** A way from signal to concentration or enhancement. */
export interface SignalMethod extends MethodDefinition {
  /** `mM`, `HU` or `%`. */
  readonly resultUnit: string;
  readonly needsNativeT1: boolean;
  /**
   * Checks the settings and prepares the conversion of voxels.
   * @throws RefusedInput `settings_invalid` names the setting that is missing or out of range.
   */
  readonly prepare: (values: MethodValues) => VoxelConversion;
}

/** The settings of a method, defaults filled in and ranges checked; `settings_invalid` names the faulty one. */
export function checkedValues(method: MethodDefinition, given: MethodValues): MethodValues {
  const values: Record<string, number> = {};
  for (const { id, unit, range, default: standard } of method.parameters) {
    const value = Object.hasOwn(given, id) ? given[id]! : standard;
    const [low, high] = range;
    if (
      value === null ||
      Number.isNaN(value) ||
      (low !== null && value < low) ||
      (high !== null && value > high)
    )
      throw new RefusedInput('settings_invalid', {
        key: id,
        expected: `${low ?? '−∞'} … ${high ?? '∞'} ${unit}`.trim(),
        received: value === null ? '—' : value,
      });
    values[id] = value;
  }
  return values;
}

/** Mean of the frames before contrast; NaN when one of them is. */
export function baselineMean(signal: ArrayLike<number>, frames: readonly number[]): number {
  let sum = 0;
  for (const frame of frames) sum += signal[frame]!;
  return sum / frames.length;
}

/** Refuses a choice of baseline frames that is empty, repeated or outside the series. */
function checkBaseline(chosen: readonly number[], frames: number): void {
  const ok =
    chosen.length > 0 &&
    new Set(chosen).size === chosen.length &&
    chosen.every((f) => Number.isInteger(f) && f >= 0 && f < frames);
  if (!ok)
    throw new RefusedInput('settings_invalid', {
      key: 'baselineFrames',
      expected: `0 … ${frames - 1}`,
      received: chosen.slice(0, 20).join(', ') || '—',
    });
}

export interface ConvertedCurve {
  readonly values: Float64Array;
  readonly baseline: number;
  readonly status: ConversionStatus;
  /** Frames that are NaN. */
  readonly failedFrames: number;
}

/**
 * Concentration (or enhancement) of one voxel or one mean curve.
 *
 * @param r10 rate before contrast, 1/s.
 * @param baselineFrames indices, from 0, of the frames before contrast.
 */
export function convertCurve(
  method: SignalMethod,
  values: MethodValues,
  signal: ArrayLike<number>,
  r10: number,
  baselineFrames: readonly number[],
  b1 = 1,
): ConvertedCurve {
  checkBaseline(baselineFrames, signal.length);
  const out = new Float64Array(signal.length);
  const baseline = baselineMean(signal, baselineFrames);
  const code = method.prepare(values)(signal, baseline, r10, b1, out);
  return { values: out, baseline, status: CONVERSION_STATUS[code]!, failedFrames: countNaN(out) };
}

export interface ConvertedBlock {
  /** Same layout and precision as the signals. */
  readonly data: Curve;
  readonly baseline: Float64Array;
  /** Index into {@link CONVERSION_STATUS}, one a voxel. */
  readonly status: Uint8Array;
  /** Frames that are NaN, one count a voxel. */
  readonly failedFrames: Uint32Array;
}

/**
 * Concentration (or enhancement) of every voxel of a block. A voxel or frame without an answer is NaN and counted.
 *
 * @param r10 one rate for all, or one a voxel (1/s).
 * @param b1 one factor for all, or one a voxel.
 * @throws RefusedInput `settings_invalid` or, for lengths that do not fit, `inconsistent_attributes`.
 */
export function convertBlock(
  method: SignalMethod,
  values: MethodValues,
  block: SignalBlock,
  r10: number | ArrayLike<number>,
  baselineFrames: readonly number[],
  b1: number | ArrayLike<number> = 1,
): ConvertedBlock {
  const { data, frames, voxels } = block;
  checkLength('signal', data.length, frames * voxels);
  if (typeof r10 !== 'number') checkLength('t1', r10.length, voxels);
  if (typeof b1 !== 'number') checkLength('b1', b1.length, voxels);
  checkBaseline(baselineFrames, frames);
  const convert = method.prepare(values);
  const out = data instanceof Float32Array ? new Float32Array(data.length) : new Float64Array(data.length);
  const baseline = new Float64Array(voxels);
  const status = new Uint8Array(voxels);
  const failedFrames = new Uint32Array(voxels);
  const curve = new Float64Array(frames);
  const result = new Float64Array(frames);
  for (let v = 0; v < voxels; v++) {
    for (let f = 0, at = v; f < frames; f++, at += voxels) curve[f] = data[at]!;
    baseline[v] = baselineMean(curve, baselineFrames);
    const rate = typeof r10 === 'number' ? r10 : r10[v]!;
    const factor = typeof b1 === 'number' ? b1 : b1[v]!;
    status[v] = convert(curve, baseline[v]!, rate, factor, result);
    failedFrames[v] = countNaN(result);
    for (let f = 0, at = v; f < frames; f++, at += voxels) out[at] = result[f]!;
  }
  return { data: out, baseline, status, failedFrames };
}

function checkLength(what: string, received: number, expected: number): void {
  if (received !== expected) throw new RefusedInput('inconsistent_attributes', { what, expected, received });
}

function countNaN(values: Float64Array): number {
  let count = 0;
  for (const value of values) if (Number.isNaN(value)) count++;
  return count;
}
