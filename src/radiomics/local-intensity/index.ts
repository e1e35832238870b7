import type { Vec3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import type { Family, FamilyContext, FeatureValue } from '../family.ts';
import { allAbsent, featureValues } from '../feature-values.ts';
import type { RegionSample } from '../region-sample.ts';
import { DEFINITIONS } from './definitions.ts';
import { DESCRIPTION } from './description.ts';
import { rowsOf } from '../../imaging/sample-rows.ts';
import { halfSphere, peaksReference, sphereRows } from './reference.ts';

/** The family of {@link DESCRIPTION}, computed. */
export const localIntensity: Family = { ...DESCRIPTION, compute };

function compute({ sample, kernels }: FamilyContext): FeatureValue[] {
  const extent = rowsOf(sample, 'intensity', kernels).extent;
  if (extent === null) return allAbsent(DEFINITIONS, ['3D'], 'region_empty');
  const { local, global } = kernels === null ? peaksPlainly(sample) : peaksByKernel(sample, extent, kernels);
  return featureValues(DEFINITIONS, { loc_peak_loc: local, loc_peak_glob: global });
}

interface Peaks {
  readonly local: number;
  readonly global: number;
}

function peaksPlainly(sample: RegionSample): Peaks {
  const { image, intensity } = sample;
  const means = peaksReference(sample);
  let [brightest, local, global] = [-Infinity, -Infinity, -Infinity];
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
  return { local, global };
}

/** Bytes of the image that go to the kernel at a time: a slab then stays small in memory. */
const SLAB_BYTES = 2 ** 25;

function peaksByKernel(sample: RegionSample, extent: Extent, kernels: KernelModule): Peaks {
  const whole = wholeSpheres(sample, extent);
  // Only the kernel's pass tells whether some voxel has no value; they are counted then.
  return (
    (whole > 0 ? slabsByKernel(sample, extent, whole, kernels) : null) ??
    slabsByKernel(sample, extent, 0, kernels)!
  );
}

interface Extent {
  readonly lo: Vec3;
  readonly hi: Vec3;
}

function slabsByKernel(
  { image, intensity, size, spacing }: RegionSample,
  { lo, hi }: Extent,
  whole: number,
  { arena, call }: KernelModule,
): Peaks | null {
  const [nx, ny, nz] = size;
  const rows = halfSphere(spacing);
  const count = rows.length / 3;
  const reach = rows[2]!;
  const ahead = rows.reduce((most, n, i) => (i % 3 === 1 ? Math.max(most, n) : most), 0);
  const slice = nx * ny;
  const thick = Math.max(2 * ahead + 1, Math.floor(SLAB_BYTES / (8 * slice)) - 2 * ahead);
  const most = slice * Math.min(nz, thick + 2 * ahead);
  arena.reset();
  const pixels = arena.room(8 * most + 16);
  const inside = arena.room(most + 16);
  const table = arena.room(rows.byteLength);
  const best = arena.room(24);
  const scratch = arena.room(call('local_intensity_scratch', nx, ny, count, reach, ahead, whole));
  new Int32Array(arena.buffer, table, rows.length).set(rows);
  const found = new Float64Array(arena.buffer, best, 3).fill(-Infinity);
  const spheres = [table, count, reach, ahead, whole, scratch, best] as const;
  for (let z = lo[2]; z < hi[2]; z += thick) {
    const end = Math.min(hi[2], z + thick);
    const from = Math.max(0, z - ahead);
    const to = Math.min(nz, end + ahead);
    const part = slice * (to - from);
    new Float64Array(arena.buffer, pixels, part).set(image.subarray(slice * from, slice * to));
    new Uint8Array(arena.buffer, inside, part).set(intensity.subarray(slice * from, slice * to));
    const own = [z - from, end - from] as const;
    if (!call('local_intensity_peaks', pixels, inside, nx, ny, to - from, ...own, ...spheres)) return null;
  }
  return { local: found[1]!, global: found[2]! };
}

/** Voxels in a sphere when all spheres of the region lie inside the box; else 0. */
function wholeSpheres({ size, spacing }: RegionSample, { lo, hi }: Extent): number {
  const rows = sphereRows(spacing);
  let voxels = 0;
  const reach = [0, 0, 0];
  for (let r = 0; r < rows.length; r += 3) {
    voxels += 2 * rows[r + 2]! + 1;
    [rows[r + 2]!, rows[r]!, rows[r + 1]!].forEach((n, a) => (reach[a] = Math.max(reach[a]!, n)));
  }
  return reach.some((n, a) => lo[a]! < n || hi[a]! + n > size[a]!) ? 0 : voxels;
}
