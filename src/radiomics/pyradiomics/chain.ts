import { sameGrid, voxelCount, type Size3, type Vec3 } from '../../core/geometry.ts';
import type { KernelModule } from '../../core/kernel-module.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { Mask, Volume, VolumeData } from '../../core/volume.ts';
import {
  isSheared,
  summarise,
  usableSpacing,
  type ChainStep,
  type PreparedRegion,
} from '../../imaging/chain.ts';
import { chainFindings } from '../../imaging/chain-findings.ts';
import { checkChainSettings } from '../../imaging/check-settings.ts';
import { extentOf, imageDiagnostics, regionDiagnostics } from '../../imaging/diagnostics.ts';
import { MOST_VOXELS } from '../../imaging/placed-mask.ts';
import { boxSize, isIdentity, oldPosition } from '../../imaging/resample/plan.ts';
import { meanAndDeviation, resegment } from '../../imaging/resegment.ts';
import type { RegionSample } from '../region-sample.ts';
import type { ExtractionSettings } from '../settings.ts';
import { discretiseByEdges } from './bin-edges.ts';
import { boxOfRegion, cornerGrid, resampledValues, type PixelType } from './resample.ts';

/** The region as the original prepares it: `sample` for intensities and textures, its morphological mask for shape. */
export type PyradiomicsRegion = Omit<PreparedRegion, 'from'>;

/**
 * The image chain of PyRadiomics around one region, in its order: normalisation over the whole image, resampling on
 * the corner-aligned grid, re-segmentation, bins. Cropping before it (`preCrop`, `padDistance`) changes no value.
 * @throws RefusedInput as the IBSI chain, and `settings_invalid` where PyRadiomics has no such setting.
 */
export function preparePyradiomics(
  volume: Volume,
  mask: Mask,
  settings: ExtractionSettings,
  kernels: KernelModule | null,
): PyradiomicsRegion {
  checkChainSettings(settings);
  checkProfile(settings);
  const { size } = volume.grid;
  const spacing = usableSpacing(volume);
  if (!sameGrid(volume.grid, mask.grid)) {
    throw new RefusedInput('region_grid_differs', {
      expected: size.join('×'),
      received: mask.grid.size.join('×'),
      region: mask.name,
    });
  }
  const { interpolation } = settings;
  const before = extentOf(mask.data, size);
  const bounds = before ?? { lo: [0, 0, 0] as const, hi: [1, 1, 1] as const };
  const plan = cornerGrid(size, spacing, interpolation?.spacing ?? [null, null, null], bounds);
  const resampling = !plan.every(isIdentity);
  const box = resampling ? boxOfRegion(plan, bounds) : { lo: bounds.lo, hi: bounds.hi };
  const boxed = boxSize(box);
  if (voxelCount(boxed) > MOST_VOXELS) {
    throw new RefusedInput('too_large', { expected: `${MOST_VOXELS}`, received: boxed.join('×') });
  }
  const normalised = settings.pyradiomics.normalize ? normalise(volume.data, settings) : null;
  const data = normalised ?? volume.data;
  const pixels = resampling && normalised === null ? pixelTypeOf(volume.data) : 'float64';
  const source = { size, data };
  const resampled = { grid: volume.grid, plan, box, bounds };
  const image = resampledValues(source, resampled, interpolation?.image ?? 'nearest', pixels, kernels);
  const drawn = { size, data: mask.data };
  const morphological = Uint8Array.from(resampledValues(drawn, resampled, 'nearest', 'float64', kernels));

  const intensity = morphological.map((inside, i) => (inside === 1 && Number.isFinite(image[i]!) ? 1 : 0));
  const gaps = morphological.reduce((n, inside, i) => n + inside - intensity[i]!, 0);
  const interpolated = extentOf(intensity, boxed);
  const interpolatedValues = summarise(image, intensity);
  const thresholds = thresholdsOf(image, intensity, settings);
  resegment(image, intensity, { range: thresholds, outlier_sigma: settings.resegmentation.outlier_sigma });
  const kept = extentOf(intensity, boxed);
  const keptValues = summarise(image, intensity);
  const shape = settings.pyradiomics.resegment_shape ? intensity : within(morphological, boxed, kept);
  const levels = discretiseByEdges(image, intensity, settings.discretisation);

  const newSize: Size3 = [plan[0].newSize, plan[1].newSize, plan[2].newSize];
  const newSpacing: Vec3 = [plan[0].newSpacing, plan[1].newSpacing, plan[2].newSpacing];
  const initialValues = before && summarise(volume.data, mask.data);
  const drawnExtent = extentOf(morphological, boxed);
  const sample: RegionSample = {
    size: boxed,
    spacing: newSpacing,
    unit: settings.pyradiomics.normalize ? 'arbitrary' : volume.unit,
    image,
    morphological: shape,
    intensity,
    atImageBorder: [true, true, true, true, true, true],
    discretised: typeof levels === 'string' ? null : levels,
    resegmentationRange: thresholds,
  };
  return {
    sample,
    diagnostics: [
      ...imageDiagnostics('initial image', 'init_img', size, spacing, null),
      ...imageDiagnostics('interpolated image', 'interp_img', newSize, newSpacing, null),
      ...regionDiagnostics('initial ROI', 'init_roi', size, before, before, initialValues),
      ...regionDiagnostics(
        'interpolated ROI',
        'interp_roi',
        newSize,
        interpolated,
        drawnExtent,
        interpolatedValues,
      ),
      ...regionDiagnostics('resegmented ROI', 'reseg_roi', newSize, kept, drawnExtent, keptValues),
    ],
    findings: chainFindings({
      region: mask.name,
      unit: sample.unit,
      settings,
      plan,
      sheared: isSheared(volume, spacing),
      initialVoxels: before?.count ?? 0,
      voxels: interpolated?.count ?? 0,
      kept: kept?.count ?? 0,
      gaps,
      initial: initialValues,
      interpolated: interpolatedValues,
      final: keptValues,
      levels,
      image,
      intensity,
    }),
    provenance: provenanceOf(settings, plan, thresholds, sample),
  };
}

/** The pixel type that the file had, as far as the values tell. */
function pixelTypeOf(data: VolumeData): PixelType {
  if (data.every((x) => Number.isInteger(x) || Number.isNaN(x))) return 'whole';
  return data instanceof Float32Array ? 'float32' : 'float64';
}

function checkProfile({ discretisation, pyradiomics: p }: ExtractionSettings): void {
  const demand = (ok: boolean, key: string, expected: string, received: unknown): void => {
    if (!ok) throw new RefusedInput('settings_invalid', { key, expected, received: String(received) });
  };
  const positive = (x: number): boolean => x > 0 && Number.isFinite(x);
  demand(discretisation.method !== 'none', 'discretisation.method', 'FBS, FBN', discretisation.method);
  demand(positive(p.normalize_scale), 'pyradiomics.normalize_scale', 'above 0', p.normalize_scale);
  demand(
    p.remove_outliers === null || positive(p.remove_outliers),
    'pyradiomics.remove_outliers',
    'above 0, or null',
    p.remove_outliers,
  );
  demand(
    Number.isFinite(p.voxel_array_shift),
    'pyradiomics.voxel_array_shift',
    'number',
    p.voxel_array_shift,
  );
  demand(
    p.distances === null ||
      (p.distances.length > 0 &&
        p.distances.length <= 10 &&
        p.distances.every((d) => Number.isInteger(d) && d >= 1 && d <= 10)),
    'pyradiomics.distances',
    'whole numbers from 1 to 10',
    p.distances,
  );
}

/**
 * (x − mean)/deviation over all voxels of the image, the deviation with N − 1; then outliers to their bound; then the
 * scale.
 */
function normalise(data: VolumeData, { pyradiomics: p }: ExtractionSettings): Float64Array {
  let n = 0;
  let sum = 0;
  for (const x of data) {
    if (!Number.isFinite(x)) continue;
    n++;
    sum += x;
  }
  const mean = sum / n;
  let squares = 0;
  for (const x of data) if (Number.isFinite(x)) squares += (x - mean) ** 2;
  const deviation = Math.sqrt(squares / (n - 1));
  const bound = p.remove_outliers ?? Infinity;
  return Float64Array.from(
    data,
    (x) => Math.min(bound, Math.max(-bound, (x - mean) / deviation)) * p.normalize_scale,
  );
}

/** The re-segmentation range in intensities of the image. */
function thresholdsOf(
  image: Float64Array,
  mask: Uint8Array,
  { resegmentation: { range }, pyradiomics: { resegment_mode: mode } }: ExtractionSettings,
): readonly [number | null, number | null] | null {
  if (range === null || mode === 'absolute') return range;
  const of = (f: (x: number) => number): [number | null, number | null] => [
    range[0] === null ? null : f(range[0]),
    range[1] === null ? null : f(range[1]),
  ];
  if (mode === 'relative') {
    const max = summarise(image, mask)?.max ?? 0;
    return of((share) => share * max);
  }
  const { mean, deviation } = meanAndDeviation(image, mask);
  return of((n) => mean + n * deviation);
}

/** The mask inside a bounding box: the original cuts the drawn mask to the box of the re-segmented one. */
function within(mask: Uint8Array, [nx, ny]: Size3, box: { lo: Vec3; hi: Vec3 } | null): Uint8Array {
  const out = new Uint8Array(mask.length);
  if (box === null) return out;
  const { lo, hi } = box;
  for (let z = lo[2]; z < hi[2]; z++) {
    for (let y = lo[1]; y < hi[1]; y++) {
      const row = nx * (y + ny * z);
      out.set(mask.subarray(row + lo[0], row + hi[0]), row + lo[0]);
    }
  }
  return out;
}

function provenanceOf(
  { pyradiomics: p, interpolation, approach, discretisation }: ExtractionSettings,
  plan: ReturnType<typeof cornerGrid>,
  thresholds: readonly [number | null, number | null] | null,
  { discretised }: RegionSample,
): ChainStep[] {
  const steps: ChainStep[] = [];
  if (p.normalize) {
    steps.push({
      step: 'normalisation',
      facts: { scale: p.normalize_scale, remove_outliers: p.remove_outliers ?? 'none' },
    });
  }
  if (!plan.every(isIdentity)) {
    const first = plan.map((axis) => oldPosition(axis, 0)).join(', ');
    const from = plan.map((axis) => axis.oldSpacing).join('×');
    const to = plan.map((axis) => axis.newSpacing).join('×');
    const method = interpolation?.image ?? 'nearest';
    steps.push({
      step: 'interpolation',
      facts: { approach, method, from, to, first_voxel_at: first, grid: 'corner' },
    });
    steps.push({ step: 'mask_interpolation', facts: { method: 'nearest' } });
  }
  if (thresholds !== null) {
    const range = `${thresholds[0] ?? '−∞'} … ${thresholds[1] ?? '∞'}`;
    steps.push({ step: 'resegmentation', facts: { mode: p.resegment_mode, range } });
  }
  if (discretised !== null) {
    const { bins, lower, width } = discretised;
    steps.push({ step: 'discretisation', facts: { method: discretisation.method, bins, lower, width } });
  }
  return steps;
}
