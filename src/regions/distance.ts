import type { Size3, Vec3 } from '../core/geometry.ts';

/**
 * Squared Euclidean distance of every voxel to the nearest 1 of a mask, mm², exact: lower envelopes of parabolas, axis
 * by axis (Felzenszwalb & Huttenlocher 2012). Infinite everywhere when the mask is empty.
 */
export function squaredDistances(mask: Uint8Array, size: Size3, spacing: Vec3): Float64Array {
  const out = new Float64Array(mask.length);
  for (let i = 0; i < mask.length; i++) out[i] = mask[i] === 1 ? 0 : Infinity;
  const [nx, ny, nz] = size;
  const strides = [1, nx, nx * ny];
  const longest = Math.max(nx, ny, nz);
  const line = new Float64Array(longest);
  const place = new Int32Array(longest);
  const border = new Float64Array(longest + 1);
  for (const axis of [0, 1, 2] as const) {
    const n = size[axis];
    const stride = strides[axis];
    const step = spacing[axis] ** 2;
    for (let start = 0; start < mask.length; start++) {
      // The first voxel of each line along this axis.
      if (Math.floor(start / stride) % n !== 0) continue;
      for (let i = 0; i < n; i++) line[i] = out[start + i * stride];
      transformLine(line, n, step, place, border);
      for (let i = 0; i < n; i++) out[start + i * stride] = line[i];
    }
  }
  return out;
}

function transformLine(f: Float64Array, n: number, step: number, place: Int32Array, border: Float64Array): void {
  let last = -1;
  for (let q = 0; q < n; q++) {
    if (f[q] === Infinity) continue;
    let from = -Infinity;
    while (last >= 0) {
      const p = place[last];
      from = (f[q] / step + q * q - (f[p] / step + p * p)) / (2 * (q - p));
      if (from > border[last]) break;
      last--;
      from = -Infinity;
    }
    last++;
    place[last] = q;
    border[last] = from;
  }
  if (last < 0) return;
  const nearest = new Float64Array(n);
  for (let q = 0, k = 0; q < n; q++) {
    while (k < last && border[k + 1] < q) k++;
    nearest[q] = step * (q - place[k]) ** 2 + f[place[k]];
  }
  f.set(nearest);
}
