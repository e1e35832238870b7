import type { Size3, Vec3 } from '../../core/geometry.ts';
import type { Values } from './method.ts';

/**
 * Gaussian blur of σ mm along each axis, as far as 3 σ. At the border and beside voxels without a value the weights
 * that are left are brought to 1, so a constant stays that constant. Voxels with no value in reach become NaN.
 * @param values first axis fastest; NaN where there is no value
 */
export function smooth(values: Values, size: Size3, spacing: Vec3, sigma: number): Float32Array {
  const holes = values.some((v) => !Number.isFinite(v));
  const sum = new Float32Array(values);
  const weight = holes ? new Float32Array(values.length) : null;
  if (weight)
    for (let i = 0; i < sum.length; i++) {
      weight[i] = Number(Number.isFinite(sum[i]));
      if (weight[i] === 0) sum[i] = 0;
    }
  for (const axis of [0, 1, 2] as const) {
    const kernel = gaussian(sigma / spacing[axis]);
    if (kernel.length === 1 || size[axis] === 1) continue;
    alongAxis(sum, size, axis, kernel, weight === null);
    if (weight) alongAxis(weight, size, axis, kernel, false);
  }
  if (weight) for (let i = 0; i < sum.length; i++) sum[i] = weight[i]! > 1e-6 ? sum[i]! / weight[i]! : NaN;
  return sum;
}

/** Half of the kernel, from the middle on; sum over both halves 1. */
function gaussian(sigma: number): Float64Array {
  const reach = Math.round(3 * sigma);
  const half = Float64Array.from({ length: reach + 1 }, (_, i) =>
    i === 0 ? 1 : Math.exp(-0.5 * (i / sigma) ** 2),
  );
  const total = half.reduce((s, v) => s + 2 * v, 0) - 1;
  return half.map((v) => v / total);
}

/** Convolves along one axis, in place; `normalised` divides by the weights inside the image. */
function alongAxis(
  data: Float32Array,
  size: Size3,
  axis: 0 | 1 | 2,
  half: Float64Array,
  normalised: boolean,
): void {
  const n = size[axis];
  const step = axis === 0 ? 1 : axis === 1 ? size[0] : size[0] * size[1];
  const reach = half.length - 1;
  const inside = new Float64Array(n).fill(1);
  if (normalised)
    for (let i = 0; i < n; i++) {
      let s = half[0]!;
      for (let r = 1; r <= reach; r++) s += half[r]! * (Number(i >= r) + Number(i + r < n));
      inside[i] = s;
    }
  const line = new Float64Array(n);
  const lines = data.length / n;
  for (let l = 0; l < lines; l++) {
    const first = axis === 0 ? l * n : (l % step) + Math.floor(l / step) * step * n;
    for (let i = 0; i < n; i++) line[i] = data[first + i * step]!;
    for (let i = 0; i < n; i++) {
      let s = half[0]! * line[i]!;
      for (let r = 1; r <= reach; r++) {
        const [a, b] = [i - r, i + r];
        if (a >= 0) s += half[r]! * line[a]!;
        if (b < n) s += half[r]! * line[b]!;
      }
      data[first + i * step] = s / inside[i]!;
    }
  }
}
