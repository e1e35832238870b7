import type { Taps } from './plan.ts';

/** Pole of the cubic B-spline prefilter, √3 − 2. */
const POLE = Math.sqrt(3) - 2;

/**
 * Weighted sums along one axis of an array `[outer][length][inner]`:
 * `out[o][i][n] = Σ_k weight[i,k] · source[o][index[i,k]][n]`.
 */
export function resampleAxisReference(
  source: Float64Array,
  outer: number,
  length: number,
  inner: number,
  taps: Taps,
): Float64Array {
  const { count, index, weight } = taps;
  const newLength = index.length / count;
  const out = new Float64Array(outer * newLength * inner);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < newLength; i++) {
      const at = (o * newLength + i) * inner;
      for (let k = 0; k < count; k++) {
        const w = weight[i * count + k]!;
        if (w === 0) continue;
        const from = (o * length + index[i * count + k]!) * inner;
        for (let n = 0; n < inner; n++) out[at + n]! += w * source[from + n]!;
      }
    }
  }
  return out;
}

/**
 * Samples to cubic B-spline coefficients along one axis, in place, so that the spline passes through the samples:
 * c = 6·(b₃)⁻¹ * s (Unser, Aldroubi & Eden 1993), a causal and an anticausal recursion with the pole √3 − 2.
 * Beyond both ends the signal is taken to go on for ever with its last value (nearest extrapolation), for which
 * both recursions have closed starting values.
 */
export function prefilterReference(data: Float64Array, outer: number, length: number, inner: number): void {
  const z = POLE;
  for (let o = 0; o < outer; o++) {
    for (let n = 0; n < inner; n++) {
      const at = (i: number): number => (o * length + i) * inner + n;
      const last = data[at(length - 1)]!;
      let c = data[at(0)]! / (1 - z);
      data[at(0)] = c;
      for (let i = 1; i < length; i++) {
        c = data[at(i)]! + z * c;
        data[at(i)] = c;
      }
      const limit = last / (1 - z);
      c = -z * ((c - limit) / (1 - z * z) + limit / (1 - z));
      data[at(length - 1)] = 6 * c;
      for (let i = length - 2; i >= 0; i--) {
        c = z * (c - data[at(i)]!);
        data[at(i)] = 6 * c;
      }
    }
  }
}
