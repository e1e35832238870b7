import type { RegionSample } from '../region-sample.ts';

/** Radius of a sphere of 1 cm³, mm: (3/4π)^(1/3) cm. */
export const PEAK_RADIUS = 10 * Math.cbrt(3 / (4 * Math.PI));

/** Voxel offsets whose centres lie within the sphere: one row [dy, dz, half width along x] for each line of voxels. */
export function sphereRows([sx, sy, sz]: readonly number[]): Int32Array {
  const r2 = PEAK_RADIUS * PEAK_RADIUS * (1 + 1e-12);
  const rows: number[] = [];
  const reach = (spacing: number): number => Math.floor(PEAK_RADIUS / spacing + 1e-9);
  for (let k = -reach(sz!); k <= reach(sz!); k++) {
    for (let j = -reach(sy!); j <= reach(sy!); j++) {
      const left = r2 - (k * sz!) ** 2 - (j * sy!) ** 2;
      if (left >= 0) rows.push(j, k, Math.floor(Math.sqrt(left) / sx! + 1e-9));
    }
  }
  return Int32Array.from(rows);
}

/** The rows with dz ≥ 0, those of the largest half width first: the other half of the sphere mirrors them. */
export function halfSphere(spacing: readonly number[]): Int32Array {
  const rows = sphereRows(spacing);
  const upper = Array.from({ length: rows.length / 3 }, (_, r) => rows.subarray(3 * r, 3 * r + 3))
    .filter((row) => row[1]! >= 0)
    .sort((a, b) => b[2]! - a[2]!);
  return Int32Array.from(upper.flatMap((row) => [...row]));
}

/**
 * Mean of the image in the sphere around each voxel of the intensity mask, in order. Voxels outside the region count,
 * voxels outside the image or without value do not.
 */
export function peaksReference({ image, intensity, size, spacing }: RegionSample): Float64Array {
  const [nx, ny, nz] = size;
  const rows = sphereRows(spacing);
  const means: number[] = [];
  for (let z = 0, at = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, at++) {
        if (intensity[at] === 0) continue;
        let sum = 0;
        let count = 0;
        for (let r = 0; r < rows.length; r += 3) {
          const j = y + rows[r]!;
          const k = z + rows[r + 1]!;
          const half = rows[r + 2]!;
          if (j < 0 || j >= ny || k < 0 || k >= nz) continue;
          for (let i = Math.max(0, x - half); i <= Math.min(nx - 1, x + half); i++) {
            const v = image[i + nx * (j + ny * k)]!;
            if (!Number.isFinite(v)) continue;
            sum += v;
            count++;
          }
        }
        means.push(sum / count);
      }
    }
  }
  return Float64Array.from(means);
}
