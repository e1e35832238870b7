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
  imageDiagnostics,
  regionDiagnostics,
  RunningSummary,
  type Diagnostic,
  type IntensitySummary,
} from './diagnostics.ts';
import { discretiseWithin } from './discretise.ts';
import { maskRows, type MaskRows } from './mask-rows.ts';
import { interpolatedMask, MOST_VOXELS, moved, tooManyVoxels } from './placed-mask.ts';
import type { RegionSample } from './region-sample.ts';
import { rememberRows } from './sample-rows.ts';
import { isIdentity, oldPosition, planGrid, type Box, type GridPlan } from './resample/plan.ts';
import { resampleBox, roundHalfEven, type SampleSource } from './resample/resample.ts';
import { resegment } from './resegment.ts';

/** Around the region: enough for the 1 cm³ sphere (radius 6.2035 mm) of the local intensity peak. */
const SPHERE_MARGIN = 7;
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
  const before = maskRows(mask.data, size, kernels).extent;
  const region = before && interpolatedMask(mask, settings, plan, before, kernels);
  const untouched = plan.every(isIdentity);
  const tight = region && (untouched ? before : maskRows(region.data, region.size, kernels).extent);
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

  const drawnRows = maskRows(morphological, size3, kernels);
  const morphologicalExtent = drawnRows.extent;
  const interpolated = summaryInRows(image, morphological, drawnRows);
  // Without interpolation the drawn voxels are those of the region, and the image was rounded as it was read.
  const initial = untouched ? interpolated : before && summaryUnder(volume, mask.data, before, source.round);
  const gaps = (morphologicalExtent?.count ?? 0) - (interpolated?.count ?? 0);
  let intensity = gaps === 0 ? morphological : withoutGaps(image, morphological);
  let rows = gaps === 0 ? drawnRows : maskRows(intensity, size3, kernels);
  const wholeIntensity = rows.extent;
  let kept = interpolated;
  const { range: bounds, outlier_sigma: sigma } = settings.resegmentation;
  if (bounds !== null || sigma !== null) {
    intensity = intensity.slice();
    resegment(image, intensity, settings.resegmentation);
    rows = maskRows(intensity, size3, kernels);
    kept = summaryInRows(image, intensity, rows);
  }
  const keptExtent = rows.extent;
  const extremes = [kept?.min ?? Infinity, kept?.max ?? -Infinity] as const;
  const lower = bounds?.[0] ?? null;
  const fast = kernels && { rows, kernels };
  const levels = discretiseWithin(extremes, image, intensity, settings.discretisation, lower, fast);
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
    resegmentationRange: bounds,
  };
  rememberRows(sample, morphological, drawnRows);
  rememberRows(sample, intensity, rows);
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

/** A mask without the voxels that have no value. */
const withoutGaps = (image: Float64Array, mask: Uint8Array): Uint8Array =>
  mask.map((inside, i) => (inside === 1 && Number.isFinite(image[i]!) ? 1 : 0));

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

/** The same, of a mask whose rows are known. */
function summaryInRows(image: Float64Array, mask: Uint8Array, rows: MaskRows): IntensitySummary | null {
  const s = new RunningSummary();
  s.addRows(image, mask, rows);
  return s.result;
}

function summaryUnder(
  { grid, data }: Volume,
  mask: Uint8Array,
  { lo, hi }: { lo: Vec3; hi: Vec3 },
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
