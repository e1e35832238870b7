import { transform } from './fourier.ts';

const BINS = 200;
/** Twice the bins and more, a power of two, so that the blur does not come round. */
const PADDED = 512;

export interface Sharpening {
  /** Full width at half maximum of the blur that the field is taken to cause, in units of the logarithm. */
  readonly width: number;
  /** Noise term of the Wiener filter. */
  readonly noise: number;
}

/**
 * What each value is expected to be without the field (Sled, Zijdenbos, Evans 1998, eq. 10 to 12): the histogram V of the
 * values is taken as a true one, U, blurred by a Gaussian F; U is found by a Wiener filter, Û = V̂ · conj(F̂) / (|F̂|² + Z²), and
 * E[u|v] = (F ⊗ (u·U))(v) / (F ⊗ U)(v).
 * @param values logarithms, read where `mask` is 1
 * @returns E[u|v] at the voxels of the mask, 0 elsewhere; null when all values are equal
 */
export function sharpened(
  values: Float64Array,
  mask: Float64Array,
  { width, noise }: Sharpening,
): Float64Array | null {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (mask[i] === 0) continue;
    if (values[i]! < low) low = values[i]!;
    if (values[i]! > high) high = values[i]!;
  }
  const step = (high - low) / (BINS - 1);
  if (!(step > 0)) return null;
  const expected = expectedOf(histogramOf(values, mask, low, step), low, step, width, noise);
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (mask[i] === 0) continue;
    const at = (values[i]! - low) / step;
    const bin = Math.min(BINS - 2, Math.floor(at));
    out[i] = expected[bin]! + (at - bin) * (expected[bin + 1]! - expected[bin]!);
  }
  return out;
}

/** Counts that go to the two nearest bins by nearness. */
function histogramOf(values: Float64Array, mask: Float64Array, low: number, step: number): Float64Array {
  const counts = new Float64Array(BINS);
  for (let i = 0; i < values.length; i++) {
    if (mask[i] === 0) continue;
    const at = (values[i]! - low) / step;
    const bin = Math.min(BINS - 2, Math.floor(at));
    counts[bin]! += 1 - (at - bin);
    counts[bin + 1]! += at - bin;
  }
  return counts;
}

/** E[u|v] at the middles of the bins. */
function expectedOf(
  counts: Float64Array,
  low: number,
  step: number,
  width: number,
  noise: number,
): Float64Array {
  const offset = (PADDED - BINS) >> 1;
  const blur = blurSpectrum(width / step);
  const re = new Float64Array(PADDED);
  re.set(counts, offset);
  const im = new Float64Array(PADDED);
  transform(re, im, false);
  for (let k = 0; k < PADDED; k++) {
    const gain = blur[k]! / (blur[k]! ** 2 + noise);
    re[k]! *= gain;
    im[k]! *= gain;
  }
  transform(re, im, true);
  const plain = re.map((u) => Math.max(0, u));
  const weighted = plain.map((u, n) => u * (low + (n - offset) * step));
  const top = blurred(weighted, blur);
  const bottom = blurred(plain, blur);
  const expected = new Float64Array(BINS);
  for (let n = 0; n < BINS; n++) {
    const share = bottom[n + offset]!;
    expected[n] = share > 1e-12 ? top[n + offset]! / share : low + n * step;
  }
  return expected;
}

/** Spectrum of a Gaussian of unit area around 0, `fwhm` in bins: real, since the Gaussian is even. */
function blurSpectrum(fwhm: number): Float64Array {
  const exponent = (4 * Math.log(2)) / fwhm ** 2;
  const re = new Float64Array(PADDED);
  let area = 0;
  for (let n = 0; n < PADDED; n++) {
    re[n] = Math.exp(-exponent * Math.min(n, PADDED - n) ** 2);
    area += re[n]!;
  }
  for (let n = 0; n < PADDED; n++) re[n]! /= area;
  transform(re, new Float64Array(PADDED), false);
  return re;
}

function blurred(data: Float64Array, blur: Float64Array): Float64Array {
  const re = data.slice();
  const im = new Float64Array(PADDED);
  transform(re, im, false);
  for (let k = 0; k < PADDED; k++) {
    re[k]! *= blur[k]!;
    im[k]! *= blur[k]!;
  }
  transform(re, im, true);
  return re;
}
