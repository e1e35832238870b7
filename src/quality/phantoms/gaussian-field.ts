import type { Size3, Vec3 } from '../../core/geometry.ts';
import type { Random } from '../../core/random.ts';

/** Fills an array with independent standard normal numbers, both of each Box-Muller pair. */
export function fillNormal(random: Random, out: Float32Array): void {
  const n = out.length;
  for (let i = 0; i < n; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
    const angle = 2 * Math.PI * random.uniform();
    out[i] = radius * Math.cos(angle);
    if (i + 1 < n) out[i + 1] = radius * Math.sin(angle);
  }
}

/**
 * A correlated Gaussian random field of mean 0 and variance 1: white noise filtered by a Gaussian of standard
 * deviation `width` mm along each axis, and divided by the root of the sum of its squared weights. Its correlation at
 * a distance d is exp(−d²/(4·width²)), the correlation of the filter with itself; the correlation length, where it
 * falls to 1/e, is 2·width. Noise beyond the border is drawn too, so the field is stationary up to its faces.
 *
 * @param size voxels along each axis @param spacing mm
 * @returns `size[0]·size[1]·size[2]` values, x fastest.
 */
export function gaussianField(random: Random, size: Size3, spacing: Vec3, width: number): Float32Array {
  const kernels = spacing.map((edge) => gaussianWeights(width / edge));
  const padded = size.map((n, axis) => n + kernels[axis]!.length - 1) as unknown as Size3;
  let field = new Float32Array(padded[0] * padded[1] * padded[2]);
  fillNormal(random, field);
  let extent: Size3 = padded;
  for (const axis of [0, 1, 2] as const) {
    const to = extent.map((n, at) => (at === axis ? size[at] : n)) as unknown as Size3;
    field = filterAxis(field, extent, to, axis, kernels[axis]!);
    extent = to;
  }
  return field;
}

/** Gaussian weights out to four standard deviations, whose squares sum to one: they keep the variance of white noise. */
function gaussianWeights(deviation: number): Float64Array {
  const reach = Math.ceil(4 * deviation);
  const w = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    i === reach ? 1 : Math.exp(-0.5 * ((i - reach) / deviation) ** 2),
  );
  const norm = Math.sqrt(w.reduce((sum, v) => sum + v * v, 0));
  return w.map((v) => v / norm);
}

/** Filters along one axis without padding; `to` is shorter than `from` along it by the kernel less one. */
function filterAxis(
  source: Float32Array,
  from: Size3,
  to: Size3,
  axis: 0 | 1 | 2,
  weights: Float64Array,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(to[0] * to[1] * to[2]);
  const step = axis === 0 ? 1 : axis === 1 ? from[0] : from[0] * from[1];
  for (let k = 0; k < to[2]; k++) {
    for (let j = 0; j < to[1]; j++) {
      const row = from[0] * (j + from[1] * k);
      const target = to[0] * (j + to[1] * k);
      for (let t = 0; t < weights.length; t++) {
        const w = weights[t]!;
        const start = row + t * step;
        for (let i = 0; i < to[0]; i++) out[target + i]! += w * source[start + i]!;
      }
    }
  }
  return out;
}
