import { spacingOf, toVoxel } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import { centreOf, toPatientFrom, type Pose } from './pose.ts';
import type { Insert } from './template.ts';
import type { Vec3 } from '../../core/geometry.ts';

/** Planes in which the background is read: the middle of the spheres, 1 and 2 cm to both sides, mm along the axis. */
const PLANES = [-20, -10, 0, 10, 20] as const;
/** Diameter of the discs over which a lung insert is read, mm. */
const LUNG_DISC = 30;
/** Points across a pixel: a disc takes the parts of pixels that lie in it. */
const PARTS = 5;

/** Background of one disc size: mean of all discs and their variability. */
export interface NemaBackground {
  readonly mean: number;
  /** N, per cent. */
  readonly variability: number;
  readonly discs: number;
}

/**
 * Mean over a disc across the phantom's axis: the voxel nearest to each point of a lattice five times finer than the pixels,
 * so that pixels on the rim count with the part of them that lies inside. NaN where the disc leaves the image.
 */
export function discMean({ grid, data }: Volume, pose: Pose, centre: Vec3, diameter: number): number {
  const voxelOf = toVoxel(grid.affine);
  const step = Math.min(...spacingOf(grid.affine).slice(0, 2)) / PARTS;
  const radius = diameter / 2;
  const reach = Math.ceil(radius / step);
  const [nx, ny, nz] = grid.size;
  let sum = 0;
  let count = 0;
  for (let b = -reach; b <= reach; b++) {
    for (let a = -reach; a <= reach; a++) {
      const [x, y] = [(a + 0.5) * step, (b + 0.5) * step];
      if (x * x + y * y > radius * radius) continue;
      const at = voxelOf(toPatientFrom(pose, [centre[0] + x, centre[1] + y, centre[2]]));
      const [i, j, k] = at.map(Math.round) as [number, number, number];
      if (i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz) return NaN;
      sum += data[i + nx * (j + ny * k)]!;
      count++;
    }
  }
  return sum / count;
}

/**
 * Background for spheres of a diameter: the means over discs as large as the sphere at each place, in five planes;
 * N = 100·SD/mean of the discs, SD with ÷(K − 1) (NEMA NU 2-2018, section 7: twelve places, K = 60).
 */
export function nemaBackground(
  volume: Volume,
  pose: Pose,
  places: readonly Insert[],
  diameter: number,
): NemaBackground | null {
  const means = places.flatMap((place) => {
    const [x, y, z] = centreOf(pose, place);
    return PLANES.map((dz) => discMean(volume, pose, [x, y, z + dz], diameter));
  });
  const mean = means.reduce((s, v) => s + v, 0) / means.length;
  if (means.length < 2 || !(mean > 0)) return null;
  const sd = Math.sqrt(means.reduce((s, v) => s + (v - mean) ** 2, 0) / (means.length - 1));
  return { mean, variability: (100 * sd) / mean, discs: means.length };
}

/** Hot contrast Q_H = 100·(C_H/C_B − 1)/(a_H/a_B − 1), per cent. 3.1 of 4 filled: 70. */
export const hotContrast = (hot: number, background: number, ratio: number): number =>
  (100 * (hot / background - 1)) / (ratio - 1);

/** Cold contrast Q_C = 100·(1 − C_C/C_B), per cent. 0.25 over a background of 1: 75. */
export const coldContrast = (cold: number, background: number): number => 100 * (1 - cold / background);

/**
 * Lung residual: 100·C_lung/C_B, per cent, discs of 30 mm in the lung insert, C_B the background for 37 mm; the mean over
 * the slices whose planes lie within ± `half` mm of its middle (NEMA reports each slice and their mean).
 */
export function lungResidual(
  volume: Volume,
  pose: Pose,
  lung: Insert,
  background: number,
  half: number,
): number {
  const [x, y, z] = centreOf(pose, lung);
  const step = spacingOf(volume.grid.affine)[2];
  const count = Math.floor(half / step);
  const means = Array.from({ length: 2 * count + 1 }, (_, n) =>
    discMean(volume, pose, [x, y, z + (n - count) * step], LUNG_DISC),
  );
  return (100 * means.reduce((s, v) => s + v, 0)) / means.length / background;
}
