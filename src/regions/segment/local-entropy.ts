import type { Size3 } from '../../core/geometry.ts';
import type { Values } from './method.ts';

const BINS = 16;

/**
 * Shannon entropy (bits) of the intensities around each voxel, within `radius` voxels along each axis, in 16 equal
 * bins between the least and the greatest active value. A voxel alone in its bin has 0; two bins, half each, give 1.
 * The window moves along the first axis, so that only its leading and trailing face are counted.
 */
export function localEntropy(values: Values, active: Uint8Array, size: Size3, radius: number): Float32Array {
  const bins = binsOf(values, active);
  const [nx, ny, nz] = size;
  const out = new Float32Array(values.length);
  const most = (2 * radius + 1) ** 3;
  // c·log2 c for every count.
  const term = Float64Array.from({ length: most + 1 }, (_, c) => (c === 0 ? 0 : c * Math.log2(c)));
  const counts = new Int32Array(BINS);
  for (let z = 0; z < nz; z++) {
    const [z0, z1] = [Math.max(0, z - radius), Math.min(nz - 1, z + radius)];
    for (let y = 0; y < ny; y++) {
      const [y0, y1] = [Math.max(0, y - radius), Math.min(ny - 1, y + radius)];
      counts.fill(0);
      let total = 0;
      let sum = 0;
      const face = (x: number, sign: 1 | -1) => {
        for (let k = z0; k <= z1; k++)
          for (let j = y0; j <= y1; j++) {
            const bin = bins[x + nx * (j + ny * k)]!;
            if (bin === BINS) continue;
            sum -= term[counts[bin]!]!;
            counts[bin]! += sign;
            sum += term[counts[bin]!]!;
            total += sign;
          }
      };
      for (let x = 0; x < Math.min(nx, radius); x++) face(x, 1);
      for (let x = 0; x < nx; x++) {
        if (x + radius < nx) face(x + radius, 1);
        if (x - radius - 1 >= 0) face(x - radius - 1, -1);
        out[x + nx * (y + ny * z)] = total > 0 ? Math.max(0, Math.log2(total) - sum / total) : 0;
      }
    }
  }
  return out;
}

/** Bin of each voxel; 16 for those that do not count. */
function binsOf(values: Values, active: Uint8Array): Uint8Array {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (active[i] === 0) continue;
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  const scale = high > low ? BINS / (high - low) : 0;
  return Uint8Array.from(values, (v, i) =>
    active[i] === 0 ? BINS : Math.min(BINS - 1, Math.floor((v - low) * scale)),
  );
}
