import { toPatient, toVoxel, type Vec3 } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import { centreOf, toPatientFrom, toPhantom, type Pose } from './pose.ts';
import type { Insert, PhantomTemplate } from './template.ts';

/** Why a region or a quantity has no value. */
export type NotMeasured =
  /** Less than nine tenths of the region lies in the image. */
  | 'outside_image'
  /** Fewer than ten voxels: too coarse for this insert. */
  | 'too_few_voxels'
  /** A region that it needs has no value, or no truth was entered. */
  | 'needs_regions'
  /** The headers do not state the slice thickness that it is compared with. */
  | 'needs_thickness'
  /** The image does not allow it: no contrast, an end that is not seen, no variation. */
  | 'no_result';

/** Voxels of a region: their values, and where they lie. */
export interface RegionValues {
  readonly values: Float64Array;
  /** Index of each voxel in the image. */
  readonly indices: Int32Array;
  /** Share of the region that lies in the image, 0 to 1. */
  readonly coverage: number;
}

/** Radii and half length of the part that is measured. */
export function measuredPart({ inner }: PhantomTemplate, { use, radii, halfLength }: Insert): Vec3 {
  const share = use === 'material' || use === 'low-contrast' || use === 'low-contrast-surround' ? inner : 1;
  return [radii[0] * share, radii[1] * share, halfLength * share];
}

/** The voxels whose centres lie in the measured part of an insert; NaN voxels (padding) are left out. */
export function regionValues(
  { grid, data }: Volume,
  template: PhantomTemplate,
  pose: Pose,
  insert: Insert,
): RegionValues {
  const [a, b, c] = measuredPart(template, insert);
  const middle = centreOf(pose, insert);
  const { low, high } = boxAround(grid.affine, grid.size, pose, middle, [a, b, c]);
  const values: number[] = [];
  const indices: number[] = [];
  for (let k = low[2]; k <= high[2]; k++) {
    for (let j = low[1]; j <= high[1]; j++) {
      for (let i = low[0]; i <= high[0]; i++) {
        const [x, y, z] = toPhantom(pose, toPatient(grid.affine, i, j, k));
        const [u, v, w] = [(x - middle[0]) / a, (y - middle[1]) / b, (z - middle[2]) / c];
        const inside =
          insert.shape === 'sphere' ? u * u + v * v + w * w < 1 : u * u + v * v < 1 && Math.abs(w) <= 1;
        if (!inside) continue;
        const at = i + grid.size[0] * (j + grid.size[1] * k);
        if (Number.isNaN(data[at])) continue;
        values.push(data[at]!);
        indices.push(at);
      }
    }
  }
  return {
    values: Float64Array.from(values),
    indices: Int32Array.from(indices),
    coverage: shareInside(grid, pose, middle, [a, b, c]),
  };
}

/** Share of places on the rim and the axis of a region that lie in voxels of the image. */
function shareInside({ size, affine }: Volume['grid'], pose: Pose, middle: Vec3, [a, b, c]: Vec3): number {
  const voxelOf = toVoxel(affine);
  let inside = 0;
  for (const height of [-1, 0, 1]) {
    for (let n = 0; n < 9; n++) {
      const [u, v] = n === 8 ? [0, 0] : [Math.cos((n * Math.PI) / 4), Math.sin((n * Math.PI) / 4)];
      const at = voxelOf(toPatientFrom(pose, [middle[0] + a * u, middle[1] + b * v, middle[2] + c * height]));
      if (at.every((x, axis) => x > -0.5 && x < size[axis]! - 0.5)) inside++;
    }
  }
  return inside / 27;
}

/** Voxel box that holds a region, within the image; empty (high < low) when they do not meet. */
export function boxAround(
  affine: Volume['grid']['affine'],
  size: Volume['grid']['size'],
  pose: Pose,
  middle: Vec3,
  reach: Vec3,
) {
  const voxelOf = toVoxel(affine);
  const [low, high] = [
    [Infinity, Infinity, Infinity],
    [-Infinity, -Infinity, -Infinity],
  ];
  for (let corner = 0; corner < 8; corner++) {
    const at = [0, 1, 2].map((n) => middle[n]! + (corner & (1 << n) ? 1 : -1) * reach[n]!) as unknown as Vec3;
    voxelOf(toPatientFrom(pose, at)).forEach((v, n) => {
      low[n] = Math.min(low[n]!, v);
      high[n] = Math.max(high[n]!, v);
    });
  }
  return {
    low: low.map((v) => Math.max(0, Math.floor(v))) as [number, number, number],
    high: high.map((v, n) => Math.min(size[n]! - 1, Math.ceil(v))) as [number, number, number],
  };
}
