import type { Size3, Vec3 } from '../../core/geometry.ts';

/**
 * Squared distance of every voxel centre to the centre of the nearest voxel 1, mm², Infinity when there is none; for axes
 * at right angles: the least of all, axis by axis.
 */
export function distanceReference(mask: Uint8Array, size: Size3, spacing: Vec3): Float64Array {
  let current = Float64Array.from(mask, (v) => (v === 1 ? 0 : Infinity));
  const strides = [1, size[0], size[0] * size[1]];
  for (const axis of [0, 1, 2] as const) {
    const stride = strides[axis];
    const n = size[axis];
    current = current.map((_, i) => {
      const at = Math.floor(i / stride) % n;
      const first = i - at * stride;
      let least = Infinity;
      for (let k = 0; k < n; k++) {
        const d = (at - k) * spacing[axis];
        least = Math.min(least, current[first + k * stride] + d * d);
      }
      return least;
    });
  }
  return current;
}
