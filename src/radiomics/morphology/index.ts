import type { KernelModule } from '../../core/kernel-module.ts';
import type { Size3, Vec3 } from '../../core/geometry.ts';
import type { Family, FamilyContext, FeatureValue } from '../family.ts';
import { allAbsent, featureValues, ratio, type Outcome } from '../feature-values.ts';
import type { RegionSample } from '../region-sample.ts';
import type { MaskRows } from '../../imaging/mask-rows.ts';
import { rowsOf } from '../../imaging/sample-rows.ts';
import { pairSums } from './autocorrelation.ts';
import { caseAreas, cubeCases } from './cube-table.ts';
import { DEFINITIONS } from './definitions.ts';
import { DESCRIPTION } from './description.ts';
import { ellipsoidArea, ellipsoidVolume, enclosingEllipsoid, type SemiAxes } from './ellipsoid.ts';
import { orientedBox } from './oriented-box.ts';
import { diameterOf, hullOfMesh } from './outline.ts';
import { countCubesReference, maskMoments, weightedSums, type MaskMoments } from './reference.ts';
import { eigenOf } from './symmetric-matrix.ts';

/** The family of {@link DESCRIPTION}, computed. */
export const morphology: Family = { ...DESCRIPTION, compute };

function compute({ sample, kernels }: FamilyContext): FeatureValue[] {
  const moments = maskMoments(sample.morphological, rowsOf(sample, 'morphological', kernels));
  if (moments.count === 0) return allAbsent(DEFINITIONS, ['3D'], 'region_empty');
  return featureValues(DEFINITIONS, {
    ...shapeFeatures(sample, moments, kernels),
    ...massFeatures(sample, moments, kernels),
    ...autocorrelation(sample, kernels),
  });
}

/** Features of the morphological mask alone. */
export function shapeFeatures(
  sample: RegionSample,
  moments: MaskMoments,
  kernels: KernelModule | null,
): Record<string, Outcome> {
  const { spacing } = sample;
  const rows = rowsOf(sample, 'morphological', kernels);
  const { volume: v, area: a } = meshOf(sample, kernels);
  const axes = axesOf(moments, spacing);
  const [s1, s2, s3] = axes;
  const hull = hullOfMesh(rows, spacing, kernels);
  // The mesh ends half a voxel beyond the outermost centres.
  const box = rows.extent!.box.map((n, axis) => n * spacing[axis]!) as [number, number, number];
  const oriented = orientedBox(hull, kernels).edges;
  const ellipsoid = enclosingEllipsoid(hull.corners);
  const compactness = (36 * Math.PI * v * v) / (a * a * a);
  return {
    morph_volume: v,
    morph_vol_approx: moments.count * spacing[0] * spacing[1] * spacing[2],
    morph_area_mesh: a,
    morph_av: a / v,
    morph_comp_1: v / (Math.sqrt(Math.PI) * a ** 1.5),
    morph_comp_2: compactness,
    morph_sph_dispr: 1 / Math.cbrt(compactness),
    morph_sphericity: Math.cbrt(compactness),
    morph_asphericity: 1 / Math.cbrt(compactness) - 1,
    morph_diam: diameterOf(hull),
    morph_pca_maj_axis: 2 * s1,
    morph_pca_min_axis: 2 * s2,
    morph_pca_least_axis: 2 * s3,
    morph_pca_elongation: ratio(s2, s1, 'single_voxel'),
    morph_pca_flatness: ratio(s3, s1, 'single_voxel'),
    morph_vol_dens_aabb: v / (box[0] * box[1] * box[2]),
    morph_area_dens_aabb: a / boxArea(box),
    morph_vol_dens_ombb: v / (oriented[0] * oriented[1] * oriented[2]),
    morph_area_dens_ombb: a / boxArea(oriented),
    morph_vol_dens_aee: ratio(v, ellipsoidVolume(axes), 'not_enough_voxels'),
    morph_area_dens_aee: ratio(a, ellipsoidArea(axes), 'not_enough_voxels'),
    morph_vol_dens_mvee: v / ellipsoidVolume(ellipsoid),
    morph_area_dens_mvee: a / ellipsoidArea(ellipsoid),
    morph_vol_dens_conv_hull: v / hull.volume,
    morph_area_dens_conv_hull: a / hull.area,
  };
}

/** Features that need intensities; they have no value when re-segmentation left none. */
export function massFeatures(
  sample: RegionSample,
  moments: MaskMoments,
  kernels: KernelModule | null,
): Record<string, Outcome> {
  const { image, intensity, spacing } = sample;
  const { count, sum, first } = weightedSums(image, intensity, rowsOf(sample, 'intensity', kernels));
  if (count === 0) return { morph_com: 'region_empty', morph_integ_int: 'region_empty' };
  const shift = [0, 1, 2].map((a) => spacing[a]! * (moments.first[a]! / moments.count - first[a]! / sum));
  const { volume } = meshOf(sample, kernels);
  return {
    morph_com: sum === 0 ? 'zero_mean' : Math.hypot(...shift),
    morph_integ_int: volume * (sum / count),
  };
}

/** Moran's I and Geary's C (IBSI N365, NPT7), over all pairs of voxels. */
export function autocorrelation(
  sample: RegionSample,
  kernels: KernelModule | null,
): { morph_moran_i: Outcome; morph_geary_c: Outcome } {
  const { image, intensity } = sample;
  const { count: n, sum } = weightedSums(image, intensity, rowsOf(sample, 'intensity', kernels));
  if (n === 0) return { morph_moran_i: 'region_empty', morph_geary_c: 'region_empty' };
  if (n === 1) return { morph_moran_i: 'single_voxel', morph_geary_c: 'single_voxel' };
  const mean = sum / n;
  let [variation, min, max] = [0, Infinity, -Infinity];
  for (let i = 0; i < intensity.length; i++) {
    if (intensity[i] === 0) continue;
    const x = image[i]!;
    variation += (x - mean) ** 2;
    if (x < min) min = x;
    if (x > max) max = x;
  }
  if (min === max) return { morph_moran_i: 'flat_region', morph_geary_c: 'flat_region' };
  const { weights, products, squares } = pairSums(sample, n, mean, kernels);
  return {
    morph_moran_i: ((n / weights) * products) / variation,
    // Σ w (x_k − x_l)² = 2 Σ w y_k² − 2 Σ w y_k y_l
    morph_geary_c: ((n - 1) / (2 * weights)) * ((2 * squares - 2 * products) / variation),
  };
}

const meshes = new WeakMap<RegionSample, { volume: number; area: number }>();

/** Volume (mm³) and area (mm²) of the mesh around the morphological mask. */
export function meshOf(sample: RegionSample, kernels: KernelModule | null): { volume: number; area: number } {
  const known = meshes.get(sample);
  if (known) return known;
  const { morphological, size, spacing } = sample;
  const counts =
    kernels === null
      ? countCubesReference(morphological, size)
      : countCubes(morphological, size, rowsOf(sample, 'morphological', kernels), kernels);
  const areas = caseAreas(spacing);
  const cases = cubeCases();
  let volume = 0;
  let area = 0;
  counts.forEach((count, bits) => {
    volume += count * cases[bits]!.volume;
    area += count * areas[bits]!;
  });
  const mesh = { volume: volume * spacing[0] * spacing[1] * spacing[2], area };
  meshes.set(sample, mesh);
  return mesh;
}

function countCubes(
  mask: Uint8Array,
  [nx, ny, nz]: Size3,
  rows: MaskRows,
  { arena, call }: KernelModule,
): Uint32Array {
  const { lo, hi } = rows.extent!;
  arena.reset();
  const counts = arena.alloc(1024);
  if (lo.every((n) => n > 0) && hi[0] < nx && hi[1] < ny && hi[2] < nz) {
    // The box has its layer of zeros already; of the slices, those that hold the region and one on each side.
    const slices = mask.subarray(nx * ny * (lo[2] - 1), nx * ny * (hi[2] + 1));
    const at = arena.room(slices.length + 32);
    new Uint8Array(arena.buffer, at, slices.length).set(slices);
    call('morphology_cubes', at, nx - 2, ny - 2, hi[2] - lo[2], counts);
  } else {
    const padded = arena.alloc((nx + 2) * (ny + 2) * (nz + 2) + 32);
    const bytes = new Uint8Array(arena.buffer);
    for (let z = 0; z < nz; z++) {
      for (let y = 0; y < ny; y++) {
        const from = nx * (y + ny * z);
        bytes.set(mask.subarray(from, from + nx), padded + 1 + (nx + 2) * (y + 1 + (ny + 2) * (z + 1)));
      }
    }
    call('morphology_cubes', padded, nx, ny, nz, counts);
  }
  return new Uint32Array(arena.buffer, counts, 256).slice();
}

/**
 * Semi-axes 2√λ of the ellipsoid with the region's second moments (voxel centres, mm), falling. The covariance is
 * divided by N − 1: the manual does not say, and only so do the reference values come out (9.31 against 9.24 mm).
 */
function axesOf({ count, first, second }: MaskMoments, spacing: Vec3): SemiAxes {
  const [sx, sy, sz] = spacing;
  const m = first.map((f) => f / count) as [number, number, number];
  const covariance = (xy: number, x: number, y: number): number =>
    count === 1 ? 0 : (xy / count - m[x]! * m[y]!) * (count / (count - 1));
  const { values } = eigenOf([
    covariance(second[0], 0, 0) * sx * sx,
    covariance(second[1], 1, 1) * sy * sy,
    covariance(second[2], 2, 2) * sz * sz,
    covariance(second[3], 0, 1) * sx * sy,
    covariance(second[4], 0, 2) * sx * sz,
    covariance(second[5], 1, 2) * sy * sz,
  ]);
  const noise = 1e-13 * values[0];
  const axis = (v: number): number => (v <= noise ? 0 : 2 * Math.sqrt(v));
  return [axis(values[0]), axis(values[1]), axis(values[2])];
}

const boxArea = ([a, b, c]: Vec3): number => 2 * (a * b + a * c + b * c);
