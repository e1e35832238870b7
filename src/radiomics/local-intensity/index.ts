import type { KernelModule } from '../../core/kernel-module.ts';
import { extentOf } from '../../imaging/diagnostics.ts';
import type { Family, FamilyContext, FeatureDefinition, FeatureValue } from '../family.ts';
import { allAbsent, featureValues } from '../feature-values.ts';
import type { RegionSample } from '../region-sample.ts';
import { regionValues } from '../region-values.ts';
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
      zh: '中心位于区域内的所有 1 cm³ 球中,最高的平均强度。',
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
  const values = regionValues(sample);
  if (values.length === 0) return allAbsent(DEFINITIONS, ['3D'], 'region_empty');
  const means = kernels === null ? peaksReference(sample) : peaksByKernel(sample, values.length, kernels);
  let brightest = -Infinity;
  let local = -Infinity;
  let global = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const mean = means[i]!;
    if (values[i]! > brightest || (values[i] === brightest && mean > local)) {
      brightest = values[i]!;
      local = mean;
    }
    if (mean > global) global = mean;
  }
  return featureValues(DEFINITIONS, { loc_peak_loc: local, loc_peak_glob: global });
}

function peaksByKernel(sample: RegionSample, count: number, kernels: KernelModule): Float64Array {
  const { image, intensity, size, spacing } = sample;
  const { arena, call } = kernels;
  const [nx, ny, nz] = size;
  const rows = sphereRows(spacing);
  const reach = rows.reduce((most, half, i) => (i % 3 === 2 ? Math.max(most, half) : most), 0);
  arena.reset();
  const running = 8 * (nx + 1 + 2 * reach) * ny * nz + 16;
  const sums = arena.alloc(running);
  const filled = arena.alloc(running);
  const line = arena.alloc(16 * (nx + 2));
  const pixels = arena.alloc(image.byteLength);
  const mask = arena.alloc(intensity.byteLength);
  const table = arena.alloc(rows.byteLength);
  const out = arena.alloc(8 * count);
  new Float64Array(arena.buffer, pixels, image.length).set(image);
  new Uint8Array(arena.buffer, mask, intensity.length).set(intensity);
  new Int32Array(arena.buffer, table, rows.length).set(rows);
  call(
    'local_intensity_peaks',
    pixels,
    mask,
    nx,
    ny,
    nz,
    table,
    rows.length / 3,
    reach,
    sums,
    filled,
    line,
    wholeSpheres(sample, rows),
    out,
  );
  return new Float64Array(arena.buffer, out, count).slice();
}

/** Voxels in a sphere when all spheres of the region lie inside the box and no voxel lacks a value; else 0. */
function wholeSpheres({ image, intensity, size }: RegionSample, rows: Int32Array): number {
  let voxels = 0;
  const reach = [0, 0, 0];
  for (let r = 0; r < rows.length; r += 3) {
    voxels += 2 * rows[r + 2]! + 1;
    [rows[r + 2]!, rows[r]!, rows[r + 1]!].forEach((n, a) => (reach[a] = Math.max(reach[a]!, n)));
  }
  const { lo, hi } = extentOf(intensity, size)!;
  if (reach.some((n, a) => lo[a]! < n || hi[a]! + n > size[a]!)) return 0;
  let gaps = 0;
  for (let i = 0; i < image.length; i++) gaps += image[i]! - image[i]!; // 0, or NaN where a value is missing
  return gaps === 0 ? voxels : 0;
}
