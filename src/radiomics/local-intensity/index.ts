import type { Size3, Vec3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import { extentOf } from '../../imaging/diagnostics.ts';
import type { Family, FamilyContext, FeatureDefinition, FeatureValue } from '../family.ts';
import { allAbsent, featureValues } from '../feature-values.ts';
import type { RegionSample } from '../region-sample.ts';
import { peaksReference, sphereRows } from './reference.ts';
import { withReadings } from '../reading.ts';
import { READINGS } from './readings.ts';

const DEFINITIONS: readonly FeatureDefinition[] = [
  {
    tag: 'loc_peak_loc',
    ibsi: 'VJGA',
    name: 'Local intensity peak',
    formula: String.raw`F = \frac{1}{|S(k^*)|}\sum_{l \in S(k^*)} x_l,\quad k^*=\arg\max_k x_k,\quad S(k)=\{l:\|r_l-r_k\|\le 6.2035\,\mathrm{mm}\}`,
    unit: 'intensity',
    range: [null, null],
    help: {
      en: 'Mean intensity in a sphere of 1 cm³ around the brightest voxel (SUVpeak in PET).',
      ru: 'Средняя интенсивность в шаре объёмом 1 см³ вокруг самого яркого вокселя (SUVpeak в ПЭТ).',
      zh: '以最亮体素为中心、体积 1 cm³ 的球内平均强度(PET 中的 SUVpeak)。',
    },
  },
  {
    tag: 'loc_peak_glob',
    ibsi: '0F91',
    name: 'Global intensity peak',
    formula: String.raw`F = \max_k \frac{1}{|S(k)|}\sum_{l \in S(k)} x_l`,
    unit: 'intensity',
    range: [null, null],
    help: {
      en: 'The highest mean intensity in any sphere of 1 cm³ centred in the region.',
      ru: 'Наибольшая средняя интенсивность среди шаров объёмом 1 см³ с центром в области.',
      zh: '中心位于区域内的所有 1 cm³ 球中，最高的平均强度。',
    },
  },
];

/** Local intensity (IBSI 9ST6): means in a sphere of 1 cm³, into which voxels outside the region count too. */
export const localIntensity: Family = {
  id: 'local_intensity',
  ibsi: '9ST6',
  label: { en: 'Local intensity', ru: 'Локальная интенсивность', zh: '局部强度' },
  features: withReadings(DEFINITIONS, READINGS),
  aggregations: ['3D'],
  compute,
};

function compute({ sample, kernels }: FamilyContext): FeatureValue[] {
  const { image, intensity } = sample;
  const extent = extentOf(intensity, sample.size);
  if (extent === null) return allAbsent(DEFINITIONS, ['3D'], 'region_empty');
  const means = kernels === null ? peaksReference(sample) : peaksByKernel(sample, extent, kernels);
  let brightest = -Infinity;
  let local = -Infinity;
  let global = -Infinity;
  for (let i = 0, at = 0; at < means.length; i++) {
    if (intensity[i] === 0) continue;
    const mean = means[at++]!;
    const value = image[i]!;
    if (value > brightest || (value === brightest && mean > local)) {
      brightest = value;
      local = mean;
    }
    if (mean > global) global = mean;
  }
  return featureValues(DEFINITIONS, { loc_peak_loc: local, loc_peak_glob: global });
}

/** Bytes of running sums at a time: a slab then stays small in memory, and mostly in the caches. */
const SLAB_BYTES = 2 ** 25;

function peaksByKernel(
  sample: RegionSample,
  { count, lo, hi }: { count: number; lo: Vec3; hi: Vec3 },
  kernels: KernelModule,
): Float64Array {
  const { image, intensity, size, spacing } = sample;
  const [nx, ny, nz] = size;
  const rows = sphereRows(spacing);
  let reach = 0;
  let ahead = 0; // slices that a sphere covers on either side
  for (let r = 0; r < rows.length; r += 3) {
    reach = Math.max(reach, rows[r + 2]!);
    ahead = Math.max(ahead, rows[r + 1]!);
  }
  const whole = wholeSpheres(sample, rows, lo, hi);
  const slice = nx * ny;
  const perSlice = 16 * (nx + 1 + 2 * reach) * ny;
  const thick = Math.max(2 * ahead + 1, Math.floor(SLAB_BYTES / perSlice) - 2 * ahead);
  const means = new Float64Array(count);
  let filled = 0;
  for (let z = lo[2]; z < hi[2]; z += thick) {
    const end = Math.min(hi[2], z + thick);
    const from = Math.max(0, z - ahead);
    const to = Math.min(nz, end + ahead);
    // Voxels of the slab's own slices only; the neighbours come in as image.
    const own = new Uint8Array(slice * (to - from));
    own.set(intensity.subarray(slice * z, slice * end), slice * (z - from));
    let voxels = 0;
    for (let i = 0; i < own.length; i++) voxels += own[i]!;
    const part = image.subarray(slice * from, slice * to);
    means.set(slabByKernel(part, own, [nx, ny, to - from], rows, reach, whole, voxels, kernels), filled);
    filled += voxels;
  }
  return means;
}

function slabByKernel(
  image: Float64Array,
  mask: Uint8Array,
  [nx, ny, nz]: Size3,
  rows: Int32Array,
  reach: number,
  whole: number,
  voxels: number,
  { arena, call }: KernelModule,
): Float64Array {
  arena.reset();
  const running = 8 * (nx + 1 + 2 * reach) * ny * nz + 16;
  const sums = arena.room(running);
  const filled = arena.room(running);
  const line = arena.alloc(16 * (nx + 2));
  const pixels = arena.room(image.byteLength);
  const inside = arena.room(mask.byteLength);
  const table = arena.room(rows.byteLength);
  const out = arena.room(8 * voxels);
  new Float64Array(arena.buffer, pixels, image.length).set(image);
  new Uint8Array(arena.buffer, inside, mask.length).set(mask);
  new Int32Array(arena.buffer, table, rows.length).set(rows);
  const spheres = [table, rows.length / 3, reach] as const;
  call('local_intensity_peaks', pixels, inside, nx, ny, nz, ...spheres, sums, filled, line, whole, out);
  return new Float64Array(arena.buffer, out, voxels);
}

/** Voxels in a sphere when all spheres of the region lie inside the box and no voxel lacks a value; else 0. */
function wholeSpheres({ image, size }: RegionSample, rows: Int32Array, lo: Vec3, hi: Vec3): number {
  let voxels = 0;
  const reach = [0, 0, 0];
  for (let r = 0; r < rows.length; r += 3) {
    voxels += 2 * rows[r + 2]! + 1;
    [rows[r + 2]!, rows[r]!, rows[r + 1]!].forEach((n, a) => (reach[a] = Math.max(reach[a]!, n)));
  }
  if (reach.some((n, a) => lo[a]! < n || hi[a]! + n > size[a]!)) return 0;
  let gaps = 0;
  for (let i = 0; i < image.length; i++) gaps += image[i]! - image[i]!; // 0, or NaN where a value is missing
  return gaps === 0 ? voxels : 0;
}
