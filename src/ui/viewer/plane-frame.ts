import { toPatient, toVoxel, type Grid, type Vec3 } from '../../core/geometry.ts';
import { hasGeometry, type Plane } from './planes.ts';

/**
 * A place on a plane in plane pixels: whole numbers are voxel corners, the middle of the first pixel is (0.5, 0.5).
 * The voxel index counts the other way: whole numbers are voxel centres, as in `core/geometry`.
 */
export interface Place {
  readonly column: number;
  readonly row: number;
}

/** Voxel index, fractional, of a place on a slice of a plane. (0.5, 0.5) is the centre of a voxel. */
export function voxelAt(plane: Plane, slice: number, { column, row }: Place): Vec3 {
  const voxel: [number, number, number] = [0, 0, 0];
  voxel[plane.across] = (plane.flipAcross ? plane.columns - column : column) - 0.5;
  voxel[plane.down] = (plane.flipDown ? plane.rows - row : row) - 0.5;
  voxel[plane.normal] = slice;
  return voxel;
}

/** Where a voxel index, fractional, lies on its plane: inverse of {@link voxelAt}, with the slice it lies in. */
export function placeAt(plane: Plane, voxel: Vec3): Place & { readonly slice: number } {
  const [across, down] = [voxel[plane.across] + 0.5, voxel[plane.down] + 0.5];
  return {
    column: plane.flipAcross ? plane.columns - across : across,
    row: plane.flipDown ? plane.rows - down : down,
    slice: voxel[plane.normal],
  };
}

/** Patient position, mm LPS, of a place on a slice; null without geometry. */
export function patientAt(grid: Grid, plane: Plane, slice: number, place: Place): Vec3 | null {
  if (plane.name === 'stack' || !hasGeometry(grid.affine)) return null;
  return toPatient(grid.affine, ...voxelAt(plane, slice, place));
}

/** How another grid is met while one walks over a slice: its voxel index at plane (0, 0), and its steps. */
export interface Crossing {
  readonly origin: Vec3;
  readonly across: Vec3;
  readonly down: Vec3;
}

/**
 * Voxels of `other` along a slice of `grid`: place (column, row) lies at `origin + column·across + row·down` of the other
 * grid, in its voxels. Both must have geometry and one frame of reference.
 * @throws RangeError when the steps of `other` span no volume
 */
export function crossingOf(grid: Grid, plane: Plane, slice: number, other: Grid): Crossing {
  const inverse = toVoxel(other.affine);
  const at = (column: number, row: number) =>
    inverse(toPatient(grid.affine, ...voxelAt(plane, slice, { column, row })));
  const [origin, right, below] = [at(0, 0), at(1, 0), at(0, 1)];
  const from = (v: Vec3): Vec3 => [v[0] - origin[0], v[1] - origin[1], v[2] - origin[2]];
  return { origin, across: from(right), down: from(below) };
}
