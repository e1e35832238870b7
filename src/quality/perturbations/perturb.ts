import { spacingOf, type Grid, type Size3, type Vec3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import { Random } from '../../core/random.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import { toPatient } from '../../core/geometry.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import { smooth } from '../../regions/segment/smooth.ts';
import { withContour, withVolume, type BoxedMask } from './boundary.ts';
import { moved } from './moved.ts';
import { estimateNoise, withNoise } from './noise.ts';
import type { Perturbation, PerturbationRanges } from './perturbation.ts';

/** Full width at half maximum in standard deviations: 2√(2 ln 2). */
const FWHM = 2 * Math.sqrt(2 * Math.LN2);
/** The 1 cm³ sphere of the local intensity peak, mm. */
const SPHERE = 6.3;

/** An image and its region, cut out of the whole. */
export interface Cut {
  readonly volume: Volume;
  readonly mask: Mask;
}

/**
 * The box around a region that every run of a study needs, so that workers are sent that and not the whole image.
 * Interpolation to another voxel size places its grid on the middle of this box, not of the image: with it, runs agree
 * among themselves, while the features of the whole image may differ by a fraction of a voxel.
 */
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
  if (hi[0] < 0) return { volume, mask };
  const extent = [0, 1, 2].map((a) => (hi[a]! - lo[a]! + 1) * spacing[a]!);
  const radius = Math.max(...extent) / 2;
  const turned = radius * Math.sqrt(2) * Math.sin((ranges.rotation * Math.PI) / 180);
  const grown = radius * (Math.cbrt(1 + ranges.volume) - 1) + 2 * Math.max(...spacing);
  const steps = [0, 1, 2].map((a) =>
    Math.max(spacing[a]!, settings.interpolation?.spacing[a] ?? 0, ...ranges.spacings),
  );
  const margin = SPHERE + turned + grown + 4 * ranges.contour + (3 * ranges.filter) / FWHM;
  const from = [0, 1, 2].map((a) =>
    Math.max(0, Math.floor(lo[a]! - (margin + 2 * steps[a]!) / spacing[a]! - ranges.translation)),
  ) as unknown as Vec3;
  const to = [0, 1, 2].map((a) =>
    Math.min(size[a]!, Math.ceil(hi[a]! + 1 + (margin + 2 * steps[a]!) / spacing[a]! + ranges.translation)),
  ) as unknown as Vec3;
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
  return { volume: { ...volume, grid, data }, mask: { ...mask, grid, data: inside } };
}

/**
 * One run: noise, post-filter, motion of image and mask together, then the region's volume and contour, in the order of
 * Zwanenburg et al. 2019; the voxel size goes into the settings. A run whose ranges are all zero gives back what came in.
 */
export function perturbed(
  { volume, mask }: Cut,
  settings: ExtractionSettings,
  p: Perturbation,
  kernels: KernelModule | null,
): Cut & { readonly settings: ExtractionSettings } {
  const { size, affine } = volume.grid;
  const spacing = spacingOf(affine);
  // Each kind has numbers of its own, so that one left out does not change the others.
  const random = (kind: number) => new Random((p.seed ^ Math.imul(kind, 0x27d4eb2f)) >>> 0);
  let image: Float32Array | Float64Array = volume.data;
  let inside = mask.data;
  if (p.noise > 0) image = withNoise(image, p.noise * estimateNoise(image, size), random(1));
  if (p.filter > 0) image = smooth(image, size, spacing, p.filter / FWHM);
  if (p.rotation !== 0 || p.translation.some((t) => t !== 0)) {
    ({ image, mask: inside } = moved(image, inside, size, spacing, middleOf(inside, size), p));
  }
  const boxed = (): BoxedMask => ({ mask: inside, size, spacing, affine });
  if (p.volume !== 0) inside = withVolume(boxed(), p.volume, random(2), kernels);
  if (p.contour > 0) inside = withContour(boxed(), p.contour, random(3), kernels);
  return {
    volume: { ...volume, data: image },
    mask: { ...mask, data: inside },
    settings: p.spacing === null ? settings : withSpacing(settings, p.spacing),
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
