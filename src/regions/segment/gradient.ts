import type { Size3, Vec3 } from '../../core/geometry.ts';
import type { Values } from './method.ts';

/**
 * Length of the gradient, intensity a mm: central differences, one-sided at the border. 0 where a value is missing.
 * A ramp of 3 a mm along one axis has 3 everywhere.
 */
export function gradientMagnitude(values: Values, size: Size3, spacing: Vec3): Float32Array {
  const [nx, ny, nz] = size;
  const out = new Float32Array(values.length);
  for (let z = 0, i = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++, i++) {
        const dx = slope(values, i, x, nx, 1, spacing[0]);
        const dy = slope(values, i, y, ny, nx, spacing[1]);
        const dz = slope(values, i, z, nz, nx * ny, spacing[2]);
        const g = Math.sqrt(dx * dx + dy * dy + dz * dz);
        out[i] = g >= 0 ? g : 0;
      }
  return out;
}

function slope(v: Values, i: number, at: number, n: number, step: number, h: number): number {
  if (n === 1) return 0;
  if (at === 0) return (v[i + step]! - v[i]!) / h;
  if (at === n - 1) return (v[i]! - v[i - step]!) / h;
  return (v[i + step]! - v[i - step]!) / (2 * h);
}
