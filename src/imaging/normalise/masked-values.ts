import { refusedCase } from '../../core/refusal-cases.ts';
import type { VolumeData } from '../../core/volume.ts';

/** Finite values under a mask in rising order, float64. */
export function sortedUnder(data: VolumeData, mask: Uint8Array): Float64Array {
  let n = 0;
  for (let i = 0; i < data.length; i++) if (mask[i] === 1 && Number.isFinite(data[i])) n++;
  const out = new Float64Array(n);
  for (let i = 0, at = 0; i < data.length; i++) {
    if (mask[i] === 1 && Number.isFinite(data[i])) out[at++] = data[i]!;
  }
  return out.sort();
}

/** Percentile of values in rising order, linear between ranks (Hyndman and Fan type 7): of 1, 2, 3, 4 the 50th is 2.5. */
export function percentile(sorted: Float64Array, percent: number): number {
  const at = (percent / 100) * (sorted.length - 1);
  const low = Math.floor(at);
  const value = sorted[low]!;
  const next = sorted[Math.min(sorted.length - 1, low + 1)]!;
  return value + (at - low) * (next - value);
}

/** Mean and standard deviation (n − 1) of a part of an array; deviation 0 for one value. */
export function momentsOf(
  values: Float64Array,
  from = 0,
  to = values.length,
): { mean: number; deviation: number } {
  let mean = 0;
  for (let i = from; i < to; i++) mean += values[i]!;
  mean /= to - from;
  let squares = 0;
  for (let i = from; i < to; i++) squares += (values[i]! - mean) ** 2;
  return { mean, deviation: to - from > 1 ? Math.sqrt(squares / (to - from - 1)) : 0 };
}

/** Every value through a function, in float64; NaN stays NaN. */
export function mapped(data: VolumeData, to: (value: number) => number): Float64Array {
  const out = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) out[i] = to(data[i]!);
  return out;
}

/** @throws RefusedInput when values are too few or all equal: no scale can be taken from them. */
export function needSpread(sorted: Float64Array, step: string): void {
  if (sorted.length < 2 || !(sorted.at(-1)! > sorted[0]!)) {
    throw refusedCase('step_flat', { step, received: sorted.length });
  }
}
