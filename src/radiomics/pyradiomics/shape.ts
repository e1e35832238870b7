import type { Size3, Vec3 } from '../../core/geometry.ts';
import { diameterOf, hullOfMesh } from '../morphology/outline.ts';
import { maskMoments, type MaskMoments } from '../morphology/reference.ts';
import { eigenOf } from '../morphology/symmetric-matrix.ts';
import { rowsOf } from '../../imaging/sample-rows.ts';
import type { ClassContext, ClassValues } from './class.ts';
import { meshOfOriginal } from './mesh.ts';
import { planeDiameters } from './plane-diameters.ts';

/** Shape features of the mask; axes are 4√λ of the covariance of voxel centres, divided by N (IBSI: N − 1). */
export function shapeClass({ sample, kernels }: ClassContext): ClassValues {
  const { morphological: mask, size, spacing } = sample;
  const rows = rowsOf(sample, 'morphological', kernels);
  const moments = maskMoments(mask, rows);
  if (moments.count === 0) return 'region_empty';
  const { volume, area } = meshOfOriginal(mask, size, rows.extent!, spacing);
  const [l1, l2, l3] = eigenvalues(moments, spacing);
  const compactness = (36 * Math.PI * volume ** 2) / area ** 3;
  const [row, column, slice] = planeDiameters(mask, size, spacing);
  return {
    Compactness1: volume / (Math.sqrt(Math.PI) * area ** 1.5),
    Compactness2: compactness,
    Elongation: Math.sqrt(l2 / l1),
    Flatness: Math.sqrt(l3 / l1),
    LeastAxisLength: 4 * Math.sqrt(l3),
    MajorAxisLength: 4 * Math.sqrt(l1),
    Maximum2DDiameterColumn: column,
    Maximum2DDiameterRow: row,
    Maximum2DDiameterSlice: slice,
    Maximum3DDiameter: diameterOf(hullOfMesh(rows, spacing, kernels)),
    MeshVolume: volume,
    MinorAxisLength: 4 * Math.sqrt(l2),
    Sphericity: Math.cbrt(compactness),
    SphericalDisproportion: 1 / Math.cbrt(compactness),
    SurfaceArea: area,
    SurfaceVolumeRatio: area / volume,
    VoxelVolume: moments.count * spacing[0] * spacing[1] * spacing[2],
  };
}

/** Eigenvalues of the covariance of voxel centres, mm², falling; what is only rounding noise is 0. */
function eigenvalues({ count, first, second }: MaskMoments, spacing: Vec3): [number, number, number] {
  const covariance = (xy: number, a: 0 | 1 | 2, b: 0 | 1 | 2): number =>
    ((count * xy - first[a] * first[b]) / count ** 2) * spacing[a] * spacing[b];
  const { values } = eigenOf([
    covariance(second[0], 0, 0),
    covariance(second[1], 1, 1),
    covariance(second[2], 2, 2),
    covariance(second[3], 0, 1),
    covariance(second[4], 0, 2),
    covariance(second[5], 1, 2),
  ]);
  const noise = 1e-13 * values[0];
  const clean = (v: number): number => (v <= noise ? 0 : v);
  return [clean(values[0]), clean(values[1]), clean(values[2])];
}

/**
 * Shape features of a region in one slice, by marching squares: corners of the outline are the middles between a voxel
 * inside and its neighbour outside.
 * @returns `outside_approach` when the region spans several slices or the approach is 3D, where the original refuses
 */
export function shape2dClass({ sample, planar, kernels }: ClassContext): ClassValues {
  const { morphological: mask, size, spacing } = sample;
  const moments = maskMoments(mask, rowsOf(sample, 'morphological', kernels));
  if (moments.count === 0) return 'region_empty';
  const plane = onlySlice(mask, size);
  if (!planar || plane === null) return 'outside_approach';
  const { surface, perimeter } = outlineOf(plane, size, spacing);
  const [l1, l2] = eigenvalues(moments, spacing);
  const roundness = (2 * Math.sqrt(Math.PI * surface)) / perimeter;
  return {
    Elongation: Math.sqrt(l2 / l1),
    MajorAxisLength: 4 * Math.sqrt(l1),
    MaximumDiameter: planeDiameters(plane, [size[0], size[1], 1], spacing)[2],
    MeshSurface: surface,
    MinorAxisLength: 4 * Math.sqrt(l2),
    Perimeter: perimeter,
    PerimeterSurfaceRatio: perimeter / surface,
    PixelSurface: moments.count * spacing[0] * spacing[1],
    Sphericity: roundness,
    SphericalDisproportion: 1 / roundness,
  };
}

function onlySlice(mask: Uint8Array, [nx, ny, nz]: Size3): Uint8Array | null {
  let found: Uint8Array | null = null;
  for (let z = 0; z < nz; z++) {
    const slice = mask.subarray(nx * ny * z, nx * ny * (z + 1));
    if (!slice.includes(1)) continue;
    if (found) return null;
    found = slice;
  }
  return found;
}

/** Area and length of the outline of a plane mask; two diagonal voxels are cut off one by one. */
function outlineOf(
  mask: Uint8Array,
  [nx, ny]: Size3,
  [sx, sy]: Vec3,
): { surface: number; perimeter: number } {
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= nx || y >= ny ? 0 : mask[x + nx * y]!);
  const corner = Math.hypot(sx / 2, sy / 2);
  let surface = 0;
  let perimeter = 0;
  for (let y = -1; y < ny; y++) {
    for (let x = -1; x < nx; x++) {
      const [a, b, c, d] = [at(x, y), at(x + 1, y), at(x, y + 1), at(x + 1, y + 1)];
      const inside = a + b + c + d;
      surface += [0, 1 / 8, 1 / 2, 7 / 8, 1][inside]!;
      if (inside === 1 || inside === 3) perimeter += corner;
      else if (inside === 2) {
        if (a === d) {
          perimeter += 2 * corner;
          surface -= 1 / 4;
        } else perimeter += a === b ? sx : sy;
      }
    }
  }
  return { surface: surface * sx * sy, perimeter };
}
