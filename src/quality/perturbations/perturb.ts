import { scale, spacingOf, type Grid, type Size3, type Vec3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import { Random } from '../../core/random.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import { toPatient } from '../../core/geometry.ts';
import { checkChainSettings } from '../../imaging/check-settings.ts';
import { isIdentity, oldPosition, planGrid } from '../../imaging/resample/plan.ts';
import { roundHalfEven } from '../../imaging/resample/resample.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import { smooth } from '../../regions/segment/smooth.ts';
import { withContour, withVolume, type BoxedMask } from './boundary.ts';
import { estimateNoise, withNoise } from './noise.ts';
import type { Perturbation, PerturbationRanges } from './perturbation.ts';
import { placed, type Lattice } from './placed.ts';

/** Full width at half maximum in standard deviations: 2√(2 ln 2). */
const FWHM = 2 * Math.sqrt(2 * Math.LN2);
/** The 1 cm³ sphere of the local intensity peak, mm. */
const SPHERE = 6.3;

/** Voxels that a spline coefficient still feels to 1e-7. */
const SPLINE_REACH = 12;

/** An image and its region, cut out of the whole. */
export interface Cut {
  readonly volume: Volume;
  readonly mask: Mask;
  /** Size of the whole image, and where the box starts in it: the lattice of interpolation is that of the whole. */
  readonly whole: { readonly size: Size3; readonly from: Vec3 };
}

/** The box around a region that every run of a study needs, so that workers are sent that and not the whole image. */
export function cutAround(
  volume: Volume,
  mask: Mask,
  ranges: PerturbationRanges,
  settings: ExtractionSettings,
): Cut {
  const { size, affine } = volume.grid;
  const spacing = spacingOf(affine);
  const lo: [number, number, number] = [...size];
  const hi: [number, number, number] = [-1, -1, -1];
  for (let z = 0, at = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) {
      for (let x = 0; x < size[0]; x++, at++) {
        if (mask.data[at] === 0) continue;
        [x, y, z].forEach((v, a) => {
          if (v < lo[a]!) lo[a] = v;
          if (v > hi[a]!) hi[a] = v;
        });
      }
    }
  }
  if (hi[0] < 0) return { volume, mask, whole: { size, from: [0, 0, 0] } };
  const extent = [0, 1, 2].map((a) => (hi[a]! - lo[a]! + 1) * spacing[a]!);
  const radius = Math.max(...extent) / 2;
  const turned = radius * Math.sqrt(2) * Math.sin((ranges.rotation * Math.PI) / 180);
  const grown = radius * (Math.cbrt(1 + ranges.volume) - 1) + 2 * Math.max(...spacing);
  const steps = [0, 1, 2].map((a) =>
    Math.max(spacing[a]!, settings.interpolation?.spacing[a] ?? 0, ...ranges.spacings),
  );
  const margin = SPHERE + turned + grown + 4 * ranges.contour + (3 * ranges.filter) / FWHM;
  const beyond = ranges.translation + (settings.interpolation?.image === 'cubic' ? SPLINE_REACH : 0);
  const reach = (a: number) => (margin + 2 * steps[a]!) / spacing[a]! + beyond;
  const from = [0, 1, 2].map((a) => Math.max(0, Math.floor(lo[a]! - reach(a)))) as unknown as Vec3;
  const to = [0, 1, 2].map((a) => Math.min(size[a]!, Math.ceil(hi[a]! + 1 + reach(a)))) as unknown as Vec3;
  const cut: Size3 = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
  const grid: Grid = { size: cut, affine: { ...affine, origin: toPatient(affine, ...from) } };
  const data = new Float64Array(cut[0] * cut[1] * cut[2]);
  const inside = new Uint8Array(data.length);
  for (let z = 0; z < cut[2]; z++) {
    for (let y = 0; y < cut[1]; y++) {
      const source = from[0] + size[0] * (from[1] + y + size[1] * (from[2] + z));
      const target = cut[0] * (y + cut[1] * z);
      data.set(volume.data.subarray(source, source + cut[0]), target);
      inside.set(mask.data.subarray(source, source + cut[0]), target);
    }
  }
  return { volume: { ...volume, grid, data }, mask: { ...mask, grid, data: inside }, whole: { size, from } };
}

/**
 * One run, in the order of Zwanenburg et al. 2019: noise and post-filter on the voxels as they came; then one interpolation
 * that moves image and mask together onto the grid that features are taken from; then the region's volume and contour on
 * that grid. The settings that come back interpolate no more. A run whose ranges are all zero, without interpolation, gives
 * back what came in.
 * @param sigma noise of the image, see {@link noiseOf}: the same for all runs
 * @throws RefusedInput `settings_invalid` as the image chain does
 */
export function perturbed(
  { volume, mask, whole }: Cut,
  given: ExtractionSettings,
  p: Perturbation,
  kernels: KernelModule | null,
  sigma = noiseOf(given, volume),
): { volume: Volume; mask: Mask; settings: ExtractionSettings } {
  const settings = p.spacing === null ? given : withSpacing(given, p.spacing);
  checkChainSettings(settings);
  const { size, affine } = volume.grid;
  const spacing = spacingOf(affine);
  // Each kind has numbers of its own, so that one left out does not change the others.
  const random = (kind: number) => new Random((p.seed ^ Math.imul(kind, 0x27d4eb2f)) >>> 0);
  let image: Float32Array | Float64Array = volume.data;
  let inside = mask.data;
  let grid = volume.grid;
  let after = settings;
  if (settings.image.round_on_load) {
    image = image.map(roundHalfEven);
    after = { ...after, image: { ...after.image, round_on_load: false } };
  }
  if (p.noise > 0) image = withNoise(image, p.noise * sigma, random(1));
  if (p.filter > 0) image = smooth(image, size, spacing, p.filter / FWHM);
  const { interpolation } = settings;
  if (interpolation !== null || p.rotation !== 0 || p.translation.some((t) => t !== 0)) {
    const lattice = latticeOf(volume.grid, whole, settings);
    const methods = interpolation ?? { image: 'linear', mask: 'linear', mask_threshold: 0.5 };
    const ratio = spacing[1] / spacing[0];
    const got = placed(image, inside, size, lattice, middleOf(inside, size), ratio, p, methods);
    ({ image, mask: inside } = got);
    grid = { size: got.size, affine: affineOf(affine, lattice) };
    if (interpolation?.round && !lattice.plan.every(isIdentity)) image = image.map(roundHalfEven);
    after = { ...after, interpolation: null };
  }
  const boxed = (): BoxedMask => ({
    mask: inside,
    size: grid.size,
    spacing: spacingOf(grid.affine),
    affine: grid.affine,
  });
  if (p.volume !== 0) inside = withVolume(boxed(), p.volume, random(2), kernels);
  if (p.contour > 0) inside = withContour(boxed(), p.contour, random(3), kernels);
  return {
    volume: { ...volume, grid, data: image },
    mask: { ...mask, grid, data: inside },
    settings: after,
  };
}

/** Standard deviation of the noise in the box, estimated on the values that the settings load. */
export const noiseOf = ({ image }: ExtractionSettings, { data, grid: { size } }: Volume): number =>
  estimateNoise(image.round_on_load ? data.map(roundHalfEven) : data, size);

/** The part of the lattice of the whole image, at the voxel size of the settings, that lies in the box. */
function latticeOf(
  { size, affine }: Grid,
  { size: all, from: box }: Cut['whole'],
  settings: ExtractionSettings,
): Lattice {
  const wanted = [...(settings.interpolation?.spacing ?? [null, null, null])];
  if (settings.approach === '2D') wanted[2] = null;
  const plan = planGrid(all, spacingOf(affine), wanted);
  const first = (a: 0 | 1 | 2, edge: number) => Math.ceil((edge - 0.5 - plan[a].start) / plan[a].step - 1e-9);
  const ends = (at: (a: 0 | 1 | 2) => number): Vec3 => [at(0), at(1), at(2)];
  return {
    plan,
    box,
    from: ends((a) => Math.max(0, first(a, box[a]))),
    to: ends((a) => Math.min(plan[a].newSize, first(a, box[a] + size[a]))),
  };
}

/** Voxel edges and first voxel of a lattice, without the motion: features do not ask where a region lies. */
function affineOf(affine: Grid['affine'], { plan, from, box }: Lattice): Grid['affine'] {
  const first = ([0, 1, 2] as const).map((a) => oldPosition(plan[a], from[a]) - box[a]) as unknown as Vec3;
  const [x, y, z] = affine.matrix;
  return {
    origin: toPatient(affine, ...first),
    matrix: [scale(x, plan[0].step), scale(y, plan[1].step), scale(z, plan[2].step)],
  };
}

function withSpacing(settings: ExtractionSettings, mm: number): ExtractionSettings {
  const { approach, interpolation } = settings;
  const others = interpolation ?? {
    image: 'linear' as const,
    mask: 'linear' as const,
    mask_threshold: 0.5,
    round: false,
  };
  return { ...settings, interpolation: { ...others, spacing: [mm, mm, approach === '2D' ? null : mm] } };
}

function middleOf(mask: Uint8Array, [nx, ny, nz]: Size3): Vec3 {
  const sum = [0, 0, 0] as [number, number, number];
  let count = 0;
  for (let z = 0, at = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, at++) {
        if (mask[at] === 0) continue;
        sum[0] += x;
        sum[1] += y;
        sum[2] += z;
        count++;
      }
    }
  }
  return count === 0
    ? [(nx - 1) / 2, (ny - 1) / 2, (nz - 1) / 2]
    : [sum[0] / count, sum[1] / count, sum[2] / count];
}
