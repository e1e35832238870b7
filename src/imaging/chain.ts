import type { Finding } from '../core/finding.ts';
import { determinant, sameGrid, spacingOf, voxelCount, type Size3, type Vec3 } from '../core/geometry.ts';
import type { JobContext } from '../core/job-context.ts';
import type { KernelModule } from '../core/kernel-module.ts';
import { RefusedInput } from '../core/refusal.ts';
import type { Mask, Volume } from '../core/volume.ts';
import { chainFindings } from './chain-findings.ts';
import type { ChainSettings } from './chain-settings.ts';
import { checkChainSettings } from './check-settings.ts';
import {
  extentOf,
  imageDiagnostics,
  regionDiagnostics,
  RunningSummary,
  type Diagnostic,
  type IntensitySummary,
} from './diagnostics.ts';
import { discretiseWithin } from './discretise.ts';
import type { RegionSample } from './region-sample.ts';
import {
  isIdentity,
  oldPosition,
  planGrid,
  type AxisPlan,
  type Box,
  type GridPlan,
} from './resample/plan.ts';
import { resampleBox, roundHalfEven, type SampleSource } from './resample/resample.ts';
import { resegment } from './resegment.ts';

/** Around the region: enough for the 1 cm³ sphere (radius 6.2035 mm) of the local intensity peak. */
const SPHERE_MARGIN = 7;
/** Largest box, voxels: its arrays and their copies then stay within 3 GB. */
export const MOST_VOXELS = 2 ** 27;
/** Ties of the mask threshold are met in exact arithmetic; this forgives the rounding of the sums. */
const TIE = 1e-9;

export interface ChainOptions {
  /** Also the intensities of the whole image before and after interpolation: a pass over all of it. */
  readonly wholeImage?: boolean;
  readonly context?: JobContext;
}

export interface PreparedRegion {
  readonly sample: RegionSample;
  /** Where the sample's box starts in the image after interpolation. */
  readonly from: Vec3;
  readonly diagnostics: readonly Diagnostic[];
  readonly findings: readonly Finding[];
  /** What each step did, in order, for the report. */
  readonly provenance: readonly ChainStep[];
}

export interface ChainStep {
  readonly step:
    | 'normalisation'
    | 'rounding'
    | 'interpolation'
    | 'mask_interpolation'
    | 'resegmentation'
    | 'discretisation';
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/**
 * The IBSI image chain around one region: rounding on load, interpolation of image and mask, rounding,
 * re-segmentation, discretisation. Only a box around the region is computed, with the numbers that the whole image
 * would give. The 2D approach keeps the third axis.
 * @throws RefusedInput `settings_invalid`, `region_grid_differs`, `inconsistent_attributes` (no usable voxel size)
 *   or `too_large` (with interpolation: `settings_invalid`, the spacing being too fine).
 */
export function prepareRegion(
  volume: Volume,
  mask: Mask,
  settings: ChainSettings,
  kernels: KernelModule | null,
  { wholeImage = false, context = {} }: ChainOptions = {},
): PreparedRegion {
  checkChainSettings(settings);
  const { size } = volume.grid;
  const spacing = usableSpacing(volume);
  if (!sameGrid(volume.grid, mask.grid)) {
    throw new RefusedInput('region_grid_differs', {
      expected: size.join('×'),
      received: mask.grid.size.join('×'),
      region: mask.name,
    });
  }
  const { interpolation: inter } = settings;
  const wanted = inter === null ? [null, null, null] : [...inter.spacing];
  if (settings.approach === '2D') wanted[2] = null;
  const plan = planGrid(size, spacing, wanted);
  const newSize: Size3 = [plan[0].newSize, plan[1].newSize, plan[2].newSize];
  const newSpacing: Vec3 = [plan[0].newSpacing, plan[1].newSpacing, plan[2].newSpacing];
  const source: SampleSource = { size, data: volume.data, round: settings.image.round_on_load };
  const roundAfter = inter !== null && inter.round && !plan.every(isIdentity);

  context.checkCancelled?.();
  const before = extentOf(mask.data, size);
  const initial = before && summaryUnder(volume, mask.data, before.lo, before.hi, source.round);
  const region = before && interpolatedMask(mask, settings, plan, before, kernels);
  const tight = region && extentOf(region.data, region.size);
  context.onProgress?.(0.3);
  context.checkCancelled?.();

  const box = boxAround(tight && region ? { extent: tight, at: region.box.lo } : null, plan, settings);
  const size3: Size3 = [box.hi[0] - box.lo[0], box.hi[1] - box.lo[1], box.hi[2] - box.lo[2]];
  if (voxelCount(size3) > MOST_VOXELS) {
    throw tooManyVoxels(size3, inter !== null);
  }
  const image = resampleBox(source, plan, box, inter?.image ?? 'nearest', kernels);
  if (roundAfter) for (let i = 0; i < image.length; i++) image[i] = roundHalfEven(image[i]!);
  const morphological = region ? moved(region, box, size3) : new Uint8Array(voxelCount(size3));
  context.onProgress?.(0.7);
  context.checkCancelled?.();

  const intensity = morphological.slice();
  const gaps = takeOutGaps(image, intensity);
  const morphologicalExtent = extentOf(morphological, size3);
  const wholeIntensity = gaps === 0 ? morphologicalExtent : extentOf(intensity, size3);
  const interpolated = summarise(image, intensity);
  const same = !resegment(image, intensity, settings.resegmentation);
  const keptExtent = same ? wholeIntensity : extentOf(intensity, size3);
  const kept = same ? interpolated : summarise(image, intensity);
  const range = settings.resegmentation.range;
  const extremes = [kept?.min ?? Infinity, kept?.max ?? -Infinity] as const;
  const lower = range?.[0] ?? null;
  const levels = discretiseWithin(extremes, image, intensity, settings.discretisation, lower, kernels);
  const discretised = typeof levels === 'string' ? null : levels;
  context.onProgress?.(0.9);

  const whole = wholeImage ? wholeImageSummaries(volume, settings, plan, kernels, context) : null;
  const diagnostics = [
    ...imageDiagnostics('initial image', 'init_img', size, spacing, whole?.before ?? null),
    ...imageDiagnostics('interpolated image', 'interp_img', newSize, newSpacing, whole?.after ?? null),
    ...regionDiagnostics('initial ROI', 'init_roi', size, before, before, initial),
    ...regionDiagnostics(
      'interpolated ROI',
      'interp_roi',
      newSize,
      wholeIntensity,
      morphologicalExtent,
      interpolated,
    ),
    ...regionDiagnostics('resegmented ROI', 'reseg_roi', newSize, keptExtent, morphologicalExtent, kept),
  ];
  const sample: RegionSample = {
    size: size3,
    spacing: newSpacing,
    unit: volume.unit,
    image,
    morphological,
    intensity,
    atImageBorder: [
      box.lo[0] === 0,
      box.hi[0] === newSize[0],
      box.lo[1] === 0,
      box.hi[1] === newSize[1],
      box.lo[2] === 0,
      box.hi[2] === newSize[2],
    ],
    discretised,
    resegmentationRange: range,
  };
  const findings = chainFindings({
    region: mask.name,
    unit: volume.unit,
    settings,
    plan,
    sheared: isSheared(volume, spacing),
    initialVoxels: before?.count ?? 0,
    voxels: wholeIntensity?.count ?? 0,
    kept: keptExtent?.count ?? 0,
    gaps,
    initial,
    interpolated,
    final: kept,
    levels,
    image,
    intensity,
  });
  return {
    sample,
    from: box.lo,
    diagnostics,
    findings,
    provenance: provenanceOf(settings, plan, roundAfter, discretised),
  };
}

/** A box that memory does not hold: because of the spacing asked for, or of the image itself. */
function tooManyVoxels(size: Size3, interpolated: boolean): RefusedInput {
  const received = size.join('×');
  return interpolated
    ? new RefusedInput('settings_invalid', {
        key: 'interpolation.spacing',
        expected: `at most ${MOST_VOXELS} voxels around the region`,
        received,
      })
    : new RefusedInput('too_large', { expected: `${MOST_VOXELS}`, received });
}

/** Takes voxels without a value out of the mask, in place; returns how many. */
function takeOutGaps(image: Float64Array, mask: Uint8Array): number {
  let gaps = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0 || Number.isFinite(image[i]!)) continue;
    mask[i] = 0;
    gaps++;
  }
  return gaps;
}

/**
 * Voxel edges of a volume, mm.
 * @throws RefusedInput `inconsistent_attributes` when they are no positive numbers
 */
export function usableSpacing({ grid }: Volume): Vec3 {
  const spacing = spacingOf(grid.affine);
  const volume = determinant(grid.affine);
  if (spacing.every((s) => s > 0 && Number.isFinite(s)) && Number.isFinite(volume) && volume !== 0)
    return spacing;
  throw new RefusedInput('inconsistent_attributes', {
    attribute: 'voxel size',
    expected: 'positive numbers in mm',
    received: spacing.join(' × '),
  });
}

/** Do the axes of the grid stand at other angles than right ones? */
export function isSheared({ grid }: Volume, spacing: Vec3): boolean {
  return Math.abs(determinant(grid.affine)) < 0.999 * spacing[0] * spacing[1] * spacing[2];
}

/** Mean, minimum and maximum under a mask; null when it is empty. */
export function summarise(image: ArrayLike<number>, mask: Uint8Array): IntensitySummary | null {
  const s = new RunningSummary();
  s.addAll(image, mask);
  return s.result;
}

function summaryUnder(
  { grid, data }: Volume,
  mask: Uint8Array,
  lo: Vec3,
  hi: Vec3,
  round: boolean,
): IntensitySummary | null {
  const s = new RunningSummary();
  const [nx, ny] = grid.size;
  const values = new Float64Array(hi[0] - lo[0]);
  for (let k = lo[2]; k < hi[2]; k++) {
    for (let j = lo[1]; j < hi[1]; j++) {
      const row = nx * (j + ny * k);
      values.set(data.subarray(row + lo[0], row + hi[0]));
      if (round) for (let i = 0; i < values.length; i++) values[i] = roundHalfEven(values[i]!);
      s.addAll(values, mask.subarray(row + lo[0], row + hi[0]));
    }
  }
  return s.result;
}

interface PlacedMask {
  readonly data: Uint8Array;
  readonly size: Size3;
  readonly box: Box;
}

/** New voxels inside the region: those whose interpolated mask value reaches the threshold. */
function interpolatedMask(
  mask: Mask,
  { interpolation }: ChainSettings,
  plan: GridPlan,
  { lo, hi }: { lo: Vec3; hi: Vec3 },
  kernels: KernelModule | null,
): PlacedMask {
  const range = (p: AxisPlan, from: number, to: number): [number, number] => {
    if (isIdentity(p)) return [from, to];
    const reach = 4; // beyond this a cubic spline of a 0/1 mask stays far below any threshold
    return [
      Math.min(p.newSize - 1, Math.max(0, Math.floor((from - reach - p.start) / p.step))),
      Math.max(1, Math.min(p.newSize, Math.ceil((to - 1 + reach - p.start) / p.step) + 1)),
    ];
  };
  const spans = [
    range(plan[0], lo[0], hi[0]),
    range(plan[1], lo[1], hi[1]),
    range(plan[2], lo[2], hi[2]),
  ] as const;
  const box: Box = {
    lo: [spans[0][0], spans[1][0], spans[2][0]],
    hi: [spans[0][1], spans[1][1], spans[2][1]],
  };
  const size: Size3 = [box.hi[0] - box.lo[0], box.hi[1] - box.lo[1], box.hi[2] - box.lo[2]];
  if (voxelCount(size) > MOST_VOXELS) {
    throw tooManyVoxels(size, interpolation !== null);
  }
  const data = new Uint8Array(voxelCount(size));
  if (interpolation === null || plan.every(isIdentity)) {
    const [nx, ny] = mask.grid.size;
    for (let k = 0, at = 0; k < size[2]; k++) {
      for (let j = 0; j < size[1]; j++, at += size[0]) {
        const row = nx * (lo[1] + j + ny * (lo[2] + k)) + lo[0];
        data.set(mask.data.subarray(row, row + size[0]), at);
      }
    }
    return { data, size, box };
  }
  const source = { size: mask.grid.size, data: mask.data, round: false };
  const values = resampleBox(source, plan, box, interpolation.mask, kernels);
  const threshold = interpolation.mask_threshold - TIE;
  for (let i = 0; i < values.length; i++) if (values[i]! >= threshold) data[i] = 1;
  return { data, size, box };
}

/** The region's bounding box with a margin, inside the image; one voxel when the region is empty. */
function boxAround(
  region: { extent: { lo: Vec3; hi: Vec3 }; at: Vec3 } | null,
  plan: GridPlan,
  { families, texture }: ChainSettings,
): Box {
  if (region === null) return { lo: [0, 0, 0], hi: [1, 1, 1] };
  const sphere = families === null || families.includes('local_intensity');
  const lo: [number, number, number] = [0, 0, 0];
  const hi: [number, number, number] = [0, 0, 0];
  for (const a of [0, 1, 2] as const) {
    const p = plan[a];
    const margin = Math.max(1, texture.distance, sphere ? Math.ceil(SPHERE_MARGIN / p.newSpacing) : 0);
    lo[a] = Math.max(0, region.at[a] + region.extent.lo[a] - margin);
    hi[a] = Math.min(p.newSize, region.at[a] + region.extent.hi[a] + margin);
  }
  return { lo, hi };
}

/** A mask of one box written into another box; what lies outside is known to be empty. */
function moved(from: PlacedMask, to: Box, size: Size3): Uint8Array {
  const out = new Uint8Array(voxelCount(size));
  const start = [0, 1, 2].map((a) => Math.max(from.box.lo[a]!, to.lo[a]!)) as [number, number, number];
  const end = [0, 1, 2].map((a) => Math.min(from.box.hi[a]!, to.hi[a]!)) as [number, number, number];
  if (end[0] <= start[0]) return out;
  for (let k = start[2]; k < end[2]; k++) {
    for (let j = start[1]; j < end[1]; j++) {
      const row =
        from.size[0] * (j - from.box.lo[1] + from.size[1] * (k - from.box.lo[2])) + start[0] - from.box.lo[0];
      out.set(
        from.data.subarray(row, row + end[0] - start[0]),
        size[0] * (j - to.lo[1] + size[1] * (k - to.lo[2])) + start[0] - to.lo[0],
      );
    }
  }
  return out;
}

/** Intensities of the whole image before and after interpolation, a few slices at a time. */
function wholeImageSummaries(
  volume: Volume,
  settings: ChainSettings,
  plan: GridPlan,
  kernels: KernelModule | null,
  context: JobContext,
): { before: IntensitySummary | null; after: IntensitySummary | null } {
  const [nx, ny, nz] = [plan[0].newSize, plan[1].newSize, plan[2].newSize];
  const { size } = volume.grid;
  const source: SampleSource = { size, data: volume.data, round: settings.image.round_on_load };
  const summaryOf = (grid: GridPlan, method: 'nearest' | 'linear' | 'cubic', round: boolean) => {
    const summary = new RunningSummary();
    const [mx, my, mz] = [grid[0].newSize, grid[1].newSize, grid[2].newSize];
    const slab = Math.max(1, Math.min(mz, Math.floor(2 ** 22 / (mx * my))));
    for (let k = 0; k < mz; k += slab) {
      context.checkCancelled?.();
      const box: Box = { lo: [0, 0, k], hi: [mx, my, Math.min(mz, k + slab)] };
      const values = resampleBox(source, grid, box, method, kernels);
      if (round) for (let i = 0; i < values.length; i++) values[i] = roundHalfEven(values[i]!);
      summary.addAll(values);
    }
    return summary.result;
  };
  const untouched = planGrid(size, [1, 1, 1], [null, null, null]);
  const before = summaryOf(untouched, 'nearest', false);
  const inter = settings.interpolation;
  if (inter === null || plan.every(isIdentity)) return { before, after: before };
  if (nx * ny * nz > 2 ** 31) return { before, after: null };
  return { before, after: summaryOf(plan, inter.image, inter.round) };
}

function provenanceOf(
  { image, interpolation, resegmentation, discretisation, approach }: ChainSettings,
  plan: GridPlan,
  rounded: boolean,
  discretised: RegionSample['discretised'],
): ChainStep[] {
  const steps: ChainStep[] = [];
  if (image.round_on_load) steps.push({ step: 'rounding', facts: { when: 'on load', rule: 'half to even' } });
  if (interpolation !== null && !plan.every(isIdentity)) {
    const from = plan.map((p) => p.oldSpacing).join('×');
    const to = plan.map((p) => p.newSpacing).join('×');
    const first = plan.map((p) => oldPosition(p, 0)).join(', ');
    steps.push({
      step: 'interpolation',
      facts: { approach, method: interpolation.image, from, to, first_voxel_at: first, rounded },
    });
    steps.push({
      step: 'mask_interpolation',
      facts: { method: interpolation.mask, threshold: interpolation.mask_threshold },
    });
  }
  const { range, outlier_sigma } = resegmentation;
  if (range !== null || outlier_sigma !== null) {
    steps.push({
      step: 'resegmentation',
      facts: {
        range: range === null ? 'none' : `${range[0] ?? '−∞'} … ${range[1] ?? '∞'}`,
        outlier_sigma: outlier_sigma ?? 'none',
      },
    });
  }
  if (discretised !== null) {
    const { bins, lower, width } = discretised;
    steps.push({ step: 'discretisation', facts: { method: discretisation.method, bins, lower, width } });
  }
  return steps;
}
