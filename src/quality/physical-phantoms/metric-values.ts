import { toVoxel, type Vec3 } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import { line, type Line } from '../../statistics/agreement/linearity.ts';
import { isNoValue } from '../../statistics/outcome.ts';
import { edgeTransfer } from './edge-transfer.ts';
import { extentAlong } from './extent.ts';
import type { MetricId } from './metrics.ts';
import { coldContrast, discMean, hotContrast, lungResidual, nemaBackground } from './nema-contrast.ts';
import { noisePower, type NoisePower } from './noise-power.ts';
import { centreOf, toPatientFrom, type Pose } from './pose.ts';
import { crossedRampThickness, wireRampThickness } from './ramps.ts';
import type { NotMeasured, RegionValues } from './region-values.ts';
import { sampler } from './sample.ts';
import type { Insert, PhantomTemplate, RegionUse } from './template.ts';
import { ghostingRatio, integralUniformity } from './uniformity.ts';

/** A region with its voxels, mean and SD in the unit of the template. */
export interface InsertValues {
  readonly insert: Insert;
  readonly found: RegionValues;
  readonly mean: number;
  readonly sd: number;
  readonly reason?: NotMeasured;
}

interface MetricContext {
  readonly volume: Volume;
  readonly template: PhantomTemplate;
  readonly pose: Pose;
  readonly factor: number;
  readonly regions: readonly InsertValues[];
  readonly second?: Volume;
  /** Slice thickness that the headers state, mm. */
  readonly thickness?: number;
}

type Value = number | NotMeasured;

/** A metric of a placed phantom, or why there is none. */
export function metricValue(id: string, context: MetricContext): Value {
  const compute = Object.hasOwn(VALUES, id) ? VALUES[id as MetricId] : undefined;
  if (!compute) return 'no_result';
  const value = compute(context);
  return typeof value === 'number' && !Number.isFinite(value) ? 'no_result' : (value ?? 'no_result');
}

const of = ({ regions }: MetricContext, use: RegionUse): InsertValues[] =>
  regions.filter((r) => r.insert.use === use && r.reason === undefined);

const one = (context: MetricContext, use: RegionUse): InsertValues | undefined => of(context, use)[0];

/** Materials with a value and a truth. */
const pairs = (context: MetricContext) => of(context, 'material').filter((r) => r.insert.truth !== null);

function fitted(context: MetricContext): Line | null {
  const found = pairs(context);
  const fit = line(
    found.map((r) => r.insert.truth!),
    found.map((r) => r.mean),
  );
  return isNoValue(fit) ? null : fit;
}

const centreMean = (c: MetricContext): Value => one(c, 'centre')?.mean ?? 'needs_regions';

/** Biases in per cent of materials whose truth is not zero. */
const biases = (c: MetricContext): number[] =>
  pairs(c)
    .filter((r) => r.insert.truth !== 0)
    .map((r) => (100 * (r.mean - r.insert.truth!)) / r.insert.truth!);

function signalToNoise(c: MetricContext): Value {
  const centre = one(c, 'centre');
  if (!centre) return 'needs_regions';
  if (!c.second) return centre.sd === 0 ? 'no_result' : centre.mean / centre.sd;
  if (c.second.data.length !== c.volume.data.length) return 'no_result';
  const differences = Array.from(
    centre.found.indices,
    (at) => c.factor * (c.volume.data[at]! - c.second!.data[at]!),
  );
  const mean = differences.reduce((s, v) => s + v, 0) / differences.length;
  const sd = Math.sqrt(differences.reduce((s, v) => s + (v - mean) ** 2, 0) / (differences.length - 1));
  return sd === 0 ? 'no_result' : (Math.SQRT2 * centre.mean) / sd;
}

/** The noise of the centre region, a square that fits into its circle, in every slice that the region covers. */
function noise(c: MetricContext): NoisePower | NotMeasured {
  const centre = one(c, 'centre');
  if (!centre) return 'needs_regions';
  const { grid } = c.volume;
  const voxelOf = toVoxel(grid.affine);
  const middle = voxelOf(toPatientFrom(c.pose, centreOf(c.pose, centre.insert)));
  const slices = [...centre.found.indices].map((at) => Math.floor(at / (grid.size[0] * grid.size[1])));
  const pixel = Math.max(Math.hypot(...grid.affine.matrix[0]), Math.hypot(...grid.affine.matrix[1]));
  const edge = Math.min(64, Math.floor((Math.SQRT2 * centre.insert.radii[0]) / pixel));
  const [first, last] = [slices[0]!, slices.at(-1)!];
  return noisePower(c.volume, [middle[0], middle[1]], edge, first, last) ?? 'no_result';
}

/** Each rod from the line of the others: its density by that line against its own, per cent. */
function leaveOneOut(c: MetricContext): Value {
  const found = pairs(c).filter((r) => r.insert.truth !== 0);
  if (found.length < 4) return 'needs_regions';
  const errors = found.map((own) => {
    const others = found.filter((r) => r !== own);
    const fit = line(
      others.map((r) => r.insert.truth!),
      others.map((r) => r.mean),
    );
    if (isNoValue(fit) || fit.slope.value === 0) return NaN;
    const density = (own.mean - fit.intercept) / fit.slope.value;
    return Math.abs((100 * (density - own.insert.truth!)) / own.insert.truth!);
  });
  return Math.max(...errors);
}

function recovery(which: 'largest' | 'smallest', how: 'mean' | 'max') {
  return (c: MetricContext): Value => {
    const spheres = of(c, 'material').filter(
      (r) => r.insert.shape === 'sphere' && (r.insert.truth ?? 0) !== 0,
    );
    spheres.sort((a, b) => b.insert.radii[0] - a.insert.radii[0]);
    const all = c.template.inserts.filter((i) => i.shape === 'sphere' && i.use === 'material');
    const radii = all.map((i) => i.radii[0]);
    const wanted = which === 'largest' ? Math.max(...radii) : Math.min(...radii);
    const sphere = spheres.find((r) => r.insert.radii[0] === wanted);
    if (!sphere) return 'needs_regions';
    const value = how === 'mean' ? sphere.mean : c.factor * Math.max(...sphere.found.values);
    return value / sphere.insert.truth!;
  };
}

/** Share of the radii at which lines beside the middle run. */
const BESIDE = 0.4;

/** Extent less the true one: across through the middle; along the axis the median of five lines, since inserts stand in some. */
function extent(axis: 0 | 1 | 2) {
  return ({ volume, template: { body, inserts }, pose }: MetricContext): Value => {
    const half = [body.radii[0], body.radii[1], body.halfLength][axis]!;
    const large = inserts.find((i) => i.use === 'large' || i.use === 'centre');
    const [x, y] = body.radii.map((r) => BESIDE * r) as [number, number];
    const lines: readonly Vec3[] =
      axis === 2
        ? [
            [0, 0, 0],
            [x, 0, 0],
            [-x, 0, 0],
            [0, y, 0],
            [0, -y, 0],
          ]
        : [[0, 0, large?.centre[2] ?? 0]];
    const read = sampler(volume);
    const found = lines
      .flatMap((off) => extentAlong(read, pose, axis, half, off) ?? [])
      .sort((a, b) => a - b);
    return found.length === 0 ? 'no_result' : found[Math.floor((found.length - 1) / 2)]! - 2 * half;
  };
}

function sliceThickness({ volume, pose, template: { inserts } }: MetricContext): Value {
  const ramps = inserts.filter((i) => i.use === 'ramp');
  const wires = inserts.filter((i) => i.use === 'wire-ramp');
  if (ramps.length < 2 && wires.length === 0) return 'needs_regions';
  return (
    (ramps.length >= 2
      ? crossedRampThickness(volume, pose, ramps)
      : wireRampThickness(volume, pose, wires)) ?? 'no_result'
  );
}

const placesOf = ({ template }: MetricContext): Insert[] =>
  template.inserts.filter((i) => i.use === 'background');

/** Contrast of the sphere of a diameter, as NEMA NU 2 defines it for hot and for cold spheres. */
function nemaContrast(diameter: number, kind: 'hot' | 'cold') {
  return (c: MetricContext): Value => {
    const { volume, pose, template } = c;
    const sphere = template.inserts.find(
      (i) => i.use === 'material' && i.shape === 'sphere' && Math.round(2 * i.radii[0]) === diameter,
    );
    const [truth, filled] = [sphere?.truth ?? null, template.body.value];
    if (!sphere || truth === null || filled === null || filled === 0) return 'needs_regions';
    // A sphere filled like its background has no contrast to recover.
    if (kind === 'hot' ? truth <= filled : truth >= filled) return 'needs_regions';
    const background = nemaBackground(volume, pose, placesOf(c), diameter);
    if (!background) return placesOf(c).length === 0 ? 'needs_regions' : 'outside_image';
    const disc = discMean(volume, pose, centreOf(pose, sphere), diameter);
    if (Number.isNaN(disc)) return 'outside_image';
    return kind === 'hot'
      ? hotContrast(disc, background.mean, truth / filled)
      : coldContrast(disc, background.mean);
  };
}

const nemaVariability =
  (diameter: number) =>
  (c: MetricContext): Value => {
    const places = placesOf(c);
    if (places.length === 0) return 'needs_regions';
    return nemaBackground(c.volume, c.pose, places, diameter)?.variability ?? 'outside_image';
  };

/** Half of the ends of a lung insert that is left out, mm: they are blurred. */
const LUNG_END = 20;

function lung(c: MetricContext): Value {
  const insert = c.template.inserts.find((i) => i.use === 'material' && i.shape === 'rod' && i.truth === 0);
  if (!insert || placesOf(c).length === 0) return 'needs_regions';
  const background = nemaBackground(c.volume, c.pose, placesOf(c), 37);
  if (!background) return 'outside_image';
  const half = Math.max(0, insert.halfLength - LUNG_END);
  const value = lungResidual(c.volume, c.pose, insert, background.mean, half);
  return Number.isNaN(value) ? 'outside_image' : value;
}

const VALUES: Readonly<Record<MetricId, (context: MetricContext) => Value | null | undefined>> = {
  'centre-mean': centreMean,
  'water-ct-number': centreMean,
  uniformity: (c) => {
    const [centre, edges] = [one(c, 'centre'), of(c, 'edge')];
    if (!centre || edges.length === 0) return 'needs_regions';
    return Math.max(...edges.map((e) => Math.abs(e.mean - centre.mean)));
  },
  noise: (c) => one(c, 'centre')?.sd ?? 'needs_regions',
  'signal-to-noise': signalToNoise,
  'low-contrast-cnr': (c) => {
    const [rod, beside] = [one(c, 'low-contrast'), one(c, 'low-contrast-surround')];
    if (!rod || !beside) return 'needs_regions';
    return Math.abs(rod.mean - beside.mean) / beside.sd;
  },
  'linearity-slope': (c) => fitted(c)?.slope.value ?? 'needs_regions',
  'linearity-intercept': (c) => fitted(c)?.intercept ?? 'needs_regions',
  'linearity-r2': (c) => fitted(c)?.rSquared ?? 'needs_regions',
  'linearity-deviation': (c) => {
    const fit = fitted(c);
    if (!fit) return 'needs_regions';
    return Math.max(
      ...pairs(c).map((r) => Math.abs(r.mean - fit.intercept - fit.slope.value * r.insert.truth!)),
    );
  },
  'mean-bias': (c) => {
    const all = biases(c);
    return all.length === 0 ? 'needs_regions' : all.reduce((s, v) => s + v, 0) / all.length;
  },
  'largest-bias': (c) => {
    const all = biases(c);
    return all.length === 0 ? 'needs_regions' : Math.max(...all.map(Math.abs));
  },
  // Of the insert of the largest truth, which is water in a diffusion phantom.
  'random-error': (c) => {
    const [first] = pairs(c).sort((a, b) => b.insert.truth! - a.insert.truth!);
    return first && first.mean !== 0 ? (100 * first.sd) / Math.abs(first.mean) : 'needs_regions';
  },
  'integral-uniformity': (c) => {
    const large = one(c, 'large');
    return large ? integralUniformity(c.volume, large.found) : 'needs_regions';
  },
  ghosting: (c) => {
    const large = one(c, 'large');
    const [along, across] = [of(c, 'ghost-along'), of(c, 'ghost-across')].map((l) => l.map((r) => r.mean));
    return large && along!.length === 2 && across!.length === 2
      ? ghostingRatio(along!, across!, large.mean)
      : 'needs_regions';
  },
  'diameter-x': extent(0),
  'diameter-y': extent(1),
  length: extent(2),
  'suv-accuracy': (c) => {
    const [centre, truth] = [one(c, 'centre'), c.template.body.value];
    return centre && truth !== null && truth !== 0 ? centre.mean / truth : 'needs_regions';
  },
  'recovery-largest': recovery('largest', 'mean'),
  'recovery-smallest': recovery('smallest', 'mean'),
  'recovery-largest-max': recovery('largest', 'max'),
  'recovery-smallest-max': recovery('smallest', 'max'),
  'calibration-slope': (c) => fitted(c)?.slope.value ?? 'needs_regions',
  'calibration-intercept': (c) => fitted(c)?.intercept ?? 'needs_regions',
  'calibration-r2': (c) => fitted(c)?.rSquared ?? 'needs_regions',
  'calibration-bias': leaveOneOut,
  'noise-power-integral': (c) => {
    const got = noise(c);
    return typeof got === 'string' ? got : got.integralOverVariance;
  },
  'noise-frequency': (c) => {
    const got = noise(c);
    return typeof got === 'string' ? got : got.meanFrequency;
  },
  'ttf-half': (c) => {
    const rods = of(c, 'material').filter((r) => r.insert.shape === 'rod' && r.insert.truth !== null);
    const background = c.template.body.value ?? 0;
    // The rod of moderate contrast that is nearest to 120 units over the body: acrylic in the ACR phantom.
    const rod = rods.sort(
      (a, b) =>
        Math.abs(Math.abs(a.insert.truth! - background) - 120) -
        Math.abs(Math.abs(b.insert.truth! - background) - 120),
    )[0];
    return rod ? edgeTransfer(c.volume, c.pose, rod.insert)?.half : 'needs_regions';
  },
  'slice-thickness': sliceThickness,
  'slice-thickness-error': (c) => {
    const measured = sliceThickness(c);
    if (typeof measured !== 'number') return measured;
    return c.thickness === undefined ? 'needs_thickness' : measured - c.thickness;
  },
  'hot-contrast-10': nemaContrast(10, 'hot'),
  'hot-contrast-13': nemaContrast(13, 'hot'),
  'hot-contrast-17': nemaContrast(17, 'hot'),
  'hot-contrast-22': nemaContrast(22, 'hot'),
  'hot-contrast-28': nemaContrast(28, 'hot'),
  'hot-contrast-37': nemaContrast(37, 'hot'),
  'cold-contrast-28': nemaContrast(28, 'cold'),
  'cold-contrast-37': nemaContrast(37, 'cold'),
  'background-variability-10': nemaVariability(10),
  'background-variability-13': nemaVariability(13),
  'background-variability-17': nemaVariability(17),
  'background-variability-22': nemaVariability(22),
  'background-variability-28': nemaVariability(28),
  'background-variability-37': nemaVariability(37),
  'lung-residual': lung,
};
