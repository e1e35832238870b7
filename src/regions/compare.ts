import { determinant, sameGrid, toPatient } from '../core/geometry.ts';
import { RefusedInput } from '../core/refusal.ts';
import type { Mask } from '../core/volume.ts';
import { PointTree, type PointList } from './point-tree.ts';

/** Agreement of two regions on one grid. Distances in mm, volumes in mm³; null where a region is empty. */
export interface MaskComparison {
  readonly dice: number | null;
  readonly jaccard: number | null;
  /** Largest distance from a surface voxel of one region to the surface of the other. */
  readonly hausdorff: number | null;
  /** The greater of the two 95th percentiles of these distances. */
  readonly hd95: number | null;
  /** Mean of the distances from both surfaces, each surface voxel counted once. */
  readonly assd: number | null;
  readonly voxels: readonly [number, number];
  readonly volumes: readonly [number, number];
  /** Second volume less the first, as a share of the first. */
  readonly volumeDifference: number | null;
}

/**
 * Overlap and surface distances of two masks. The surface of a region are its voxels with one of six neighbours
 * outside (also the outside of the image); distances run between voxel centres in mm, so they hold on anisotropic,
 * oblique and tilted grids. Two cubes of 10³ voxels of 1 mm, shifted by one: Dice 0.9, Jaccard 9/11, mean 164/488.
 * @throws RefusedInput `region_grid_differs` when the masks do not share a grid.
 */
export function compareMasks(a: Mask, b: Mask): MaskComparison {
  if (!sameGrid(a.grid, b.grid)) {
    throw new RefusedInput('region_grid_differs', {
      expected: a.grid.size.join('×'),
      received: b.grid.size.join('×'),
    });
  }
  let both = 0;
  const voxels: [number, number] = [0, 0];
  for (let i = 0; i < a.data.length; i++) {
    voxels[0] += a.data[i];
    voxels[1] += b.data[i];
    both += a.data[i] & b.data[i];
  }
  const voxel = Math.abs(determinant(a.grid.affine));
  const volumes = [voxels[0] * voxel, voxels[1] * voxel] as const;
  const sizes = {
    voxels,
    volumes,
    volumeDifference: voxels[0] === 0 ? null : (voxels[1] - voxels[0]) / voxels[0],
  };
  if (voxels[0] === 0 || voxels[1] === 0)
    return { dice: null, jaccard: null, hausdorff: null, hd95: null, assd: null, ...sizes };
  const [surfaceA, surfaceB] = [surfaceOf(a), surfaceOf(b)];
  const there = distancesFrom(surfaceA, new PointTree(surfaceB.slice()));
  const back = distancesFrom(surfaceB, new PointTree(surfaceA));
  const mean =
    (there.reduce((s, d) => s + d, 0) + back.reduce((s, d) => s + d, 0)) / (there.length + back.length);
  return {
    dice: (2 * both) / (voxels[0] + voxels[1]),
    jaccard: both / (voxels[0] + voxels[1] - both),
    hausdorff: Math.max(there[there.length - 1], back[back.length - 1]),
    hd95: Math.max(percentile(there, 0.95), percentile(back, 0.95)),
    assd: mean,
    ...sizes,
  };
}

/** Centres of the voxels of the region that have a neighbour outside, mm. */
function surfaceOf({ grid, data }: Mask): PointList {
  const [nx, ny, nz] = grid.size;
  const points: number[] = [];
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        if (data[i] === 0) continue;
        const inner =
          x > 0 &&
          y > 0 &&
          z > 0 &&
          x < nx - 1 &&
          y < ny - 1 &&
          z < nz - 1 &&
          data[i - 1] &&
          data[i + 1] &&
          data[i - nx] &&
          data[i + nx] &&
          data[i - nx * ny] &&
          data[i + nx * ny];
        if (!inner) points.push(...toPatient(grid.affine, x, y, z));
      }
    }
  }
  return Float64Array.from(points);
}

/** Distances from each point to the nearest of the tree, mm, rising. */
function distancesFrom(points: PointList, tree: PointTree): Float64Array {
  const found = new Float64Array(points.length / 3);
  for (let i = 0; i < found.length; i++) {
    found[i] = tree.distance(points[3 * i], points[3 * i + 1], points[3 * i + 2]);
  }
  return found.sort();
}

/** Linear interpolation between ranks, as numpy's default. */
function percentile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(sorted.length - 1, low + 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}
