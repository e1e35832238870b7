import type { Size3, Vec3 } from '../../core/geometry.ts';
import type { Volume, VolumeData } from '../../core/volume.ts';

/**
 * Intensity between voxels, trilinear. Within half a voxel of the grid's border the border's values hold; beyond it, and
 * where a voxel with a share in the result is NaN, the result is NaN.
 * @param x, y, z voxel index; whole numbers are voxel centres
 */
export function sampleAt(data: VolumeData, size: Size3, x: number, y: number, z: number): number {
  const [nx, ny, nz] = size;
  if (!(x >= -0.5 && y >= -0.5 && z >= -0.5 && x <= nx - 0.5 && y <= ny - 0.5 && z <= nz - 0.5)) return NaN;
  const hold = (at: number, count: number) => (at < 0 ? 0 : at > count - 1 ? count - 1 : at);
  const below = (at: number, count: number) => Math.min(Math.floor(at), Math.max(count - 2, 0));
  const [hx, hy, hz] = [hold(x, nx), hold(y, ny), hold(z, nz)];
  const [lx, ly, lz] = [below(hx, nx), below(hy, ny), below(hz, nz)];
  const [fx, fy, fz] = [hx - lx, hy - ly, hz - lz];
  let sum = 0;
  for (let corner = 0; corner < 8; corner++) {
    const [cx, cy, cz] = [corner & 1, (corner >> 1) & 1, corner >> 2];
    const weight = (cx ? fx : 1 - fx) * (cy ? fy : 1 - fy) * (cz ? fz : 1 - fz);
    // A neighbour without a share is not read: it may lie outside, or be padding.
    if (weight > 0) sum += weight * data[lx + cx + nx * (ly + cy + ny * (lz + cz))]!;
  }
  return sum;
}

export interface Profile {
  /** Distance from the first end, mm, or voxels where there is no geometry. */
  readonly along: Float64Array;
  readonly values: Float64Array;
}

const MOST_SAMPLES = 2000;

/**
 * Intensities along a straight line between two voxel indices, at even steps of no more than half a voxel, both ends
 * included.
 * @param length distance of the ends, in the unit of the result
 */
export function profileBetween({ data, grid }: Volume, a: Vec3, b: Vec3, length: number): Profile {
  const far = Math.max(...a.map((v, axis) => Math.abs(b[axis]! - v)));
  const steps = Math.max(1, Math.min(MOST_SAMPLES, Math.ceil(2 * far)));
  const [along, values] = [new Float64Array(steps + 1), new Float64Array(steps + 1)];
  for (let i = 0; i <= steps; i++) {
    const share = i / steps;
    const at = (axis: 0 | 1 | 2) => a[axis] + share * (b[axis] - a[axis]);
    along[i] = share * length;
    values[i] = sampleAt(data, grid.size, at(0), at(1), at(2));
  }
  return { along, values };
}

export interface Neighbourhood {
  /** Voxels with a value. */
  readonly count: number;
  readonly mean: number;
  /** Standard deviation of a sample, n − 1; NaN for one voxel. */
  readonly deviation: number;
}

/** Mean and standard deviation of the box of `side` voxels around one, cut at the border of the grid; NaN left out. */
export function neighbourhoodOf({ data, grid: { size } }: Volume, voxel: Vec3, side: number): Neighbourhood {
  const reach = (side - 1) >> 1;
  const span = (axis: 0 | 1 | 2) =>
    [Math.max(0, voxel[axis] - reach), Math.min(size[axis] - 1, voxel[axis] + reach)] as const;
  const [[x0, x1], [y0, y1], [z0, z1]] = [span(0), span(1), span(2)];
  let [count, mean, squares] = [0, 0, 0];
  for (let z = z0; z <= z1; z++) {
    for (let y = y0; y <= y1; y++) {
      for (let x = x0; x <= x1; x++) {
        const value = data[x + size[0] * (y + size[1] * z)]!;
        if (!Number.isFinite(value)) continue;
        // Welford's update: no cancellation for values far from zero.
        const step = value - mean;
        mean += step / ++count;
        squares += step * (value - mean);
      }
    }
  }
  return {
    count,
    mean: count > 0 ? mean : NaN,
    deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : NaN,
  };
}
