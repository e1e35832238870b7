import { spacingOf } from '../../../core/geometry.ts';
import type { Mask, Volume } from '../../../core/volume.ts';
import { motionBetween } from '../../../kinetics/motion/measure.ts';
import { phasesBeforeArrival } from '../arrival.ts';
import { firstVolume, type SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { median, percent, plain } from '../measuring.ts';
import { noiseOf, pixelFacts } from '../pixels.ts';
import { boxOf } from '../region-runs.ts';
import { MOST_VOXELS, type Measurement } from '../rule.ts';
import { isDynamic } from './headers.ts';

const everyPhase =
  (measure: (volumes: readonly Volume[], c: SeriesContext) => Measurement): Measure =>
  (c) => {
    if (!isDynamic(c)) return null;
    return c.volumes.size < c.series.size[3] ? { na: 'pixels' } : measure([...c.volumes.values()], c);
  };

const PHASE = { en: 'Phase', ru: 'Фаза', zh: '期相' };

/** Phases that motion is measured in, at most: spread over the series, the first among them. */
const MOVED_PHASES = 16;

function motion(volumes: readonly Volume[], { masks }: SeriesContext): Measurement {
  const step = Math.max(1, Math.ceil(volumes.length / MOVED_PHASES));
  const looked = volumes.map((_, p) => p).filter((p) => p % step === 0 || p === volumes.length - 1);
  const box = masks[0] && boxOf(masks[0]);
  const region = box && {
    from: [box[0][0]!, box[0][1]!, box[0][2]!] as const,
    to: [box[1][0]!, box[1][1]!, box[1][2]!] as const,
  };
  const found = motionBetween(
    looked.map((p) => volumes[p]!),
    0,
    region,
  );
  const measured = found.map((m) => (m.status === 'measured' ? m.pixels : NaN));
  const known = measured.filter((p) => !Number.isNaN(p));
  // The reference is one of them.
  if (known.length < 2) return { na: 'structure' };
  const worst = Math.max(...known);
  return {
    value: worst,
    detail: `${looked[measured.indexOf(worst)]! + 1}`,
    evidence: {
      kind: 'curve',
      x: looked.map((p) => p + 1),
      y: measured,
      xLabel: PHASE,
      yLabel: { en: 'Displacement, pixels', ru: 'Смещение, пикселей', zh: '位移，像素' },
      lines: [1, 2],
    },
  };
}

/** NEMA MS-1: mean signal of the body times √2 over the standard deviation of the difference of two phases. */
function differenceSnr(volumes: readonly Volume[]): Measurement {
  const [a, b] = volumes as [Volume, Volume];
  // The agent between the two would count as noise.
  const before = phasesBeforeArrival(volumes, 0.1);
  if (before !== undefined && before < 2) return { na: 'phases' };
  const { threshold } = pixelFacts(a);
  let [n, sum, difference, squares] = [0, 0, 0, 0];
  for (let i = 0; i < a.data.length; i++) {
    const v = a.data[i]!;
    if (!(v > threshold)) continue;
    const d = b.data[i]! - v;
    if (d - d !== 0) continue;
    n++;
    sum += (v + b.data[i]!) / 2;
    difference += d;
    squares += d * d;
  }
  if (n < 2) return { na: 'structure' };
  const deviation = Math.sqrt(Math.max(0, squares / n - (difference / n) ** 2));
  return plain(deviation === 0 ? Infinity : (Math.SQRT2 * (sum / n)) / deviation);
}

/**
 * ACR percent signal ghosting on any image: mean of the background before and behind the object along phase encoding,
 * less that beside it, over twice the mean of the object. Background strips are three to ten voxels wide.
 */
function ghosting(c: SeriesContext): Measurement {
  const volume = firstVolume(c);
  if (!volume) return { na: 'pixels' };
  const direction = c.headers.text('00181312');
  if (direction === undefined) return { na: 'tags', tags: ['00181312'] };
  const { data, grid } = volume;
  const { threshold, foregroundMean } = pixelFacts(volume);
  const [nx, ny, nz] = grid.size;
  const found: number[] = [];
  for (let k = Math.floor(nz / 4); k < Math.max(Math.floor((3 * nz) / 4), Math.floor(nz / 4) + 1); k++) {
    const slice = data.subarray(k * nx * ny, (k + 1) * nx * ny);
    const box = objectBox(slice, nx, ny, threshold);
    if (!box) continue;
    const [i0, i1, j0, j1] = box;
    const strips = {
      left: meanOf(slice, nx, Math.max(0, i0 - 12), i0 - 2, j0, j1),
      right: meanOf(slice, nx, i1 + 2, Math.min(nx, i1 + 12), j0, j1),
      top: meanOf(slice, nx, i0, i1, Math.max(0, j0 - 12), j0 - 2),
      bottom: meanOf(slice, nx, i0, i1, j1 + 2, Math.min(ny, j1 + 12)),
    };
    if (Object.values(strips).some(Number.isNaN)) continue;
    const across = (strips.left + strips.right) / 2;
    const along = (strips.top + strips.bottom) / 2;
    // COL: phase encoding runs along columns, from top to bottom of the picture.
    found.push((direction === 'COL' ? along - across : across - along) / (2 * foregroundMean));
  }
  return found.length === 0 ? { na: 'structure' } : plain(100 * Math.max(0, median(found)));
}

/** Box of the object in a slice, half open, leaving out specks; undefined when it fills the slice or is not there. */
function objectBox(slice: ArrayLike<number>, nx: number, ny: number, threshold: number) {
  const columns = new Uint32Array(nx);
  const rows = new Uint32Array(ny);
  for (let j = 0; j < ny; j++)
    for (let i = 0; i < nx; i++) {
      if (!(slice[j * nx + i]! > threshold)) continue;
      columns[i]!++;
      rows[j]!++;
    }
  const i0 = columns.findIndex((n) => n > 0.05 * ny);
  const j0 = rows.findIndex((n) => n > 0.05 * nx);
  const i1 = columns.findLastIndex((n) => n > 0.05 * ny) + 1;
  const j1 = rows.findLastIndex((n) => n > 0.05 * nx) + 1;
  return i0 < 0 || j0 < 0 ? undefined : ([i0, i1, j0, j1] as const);
}

/** Mean of a box with three voxels or more on each side; NaN of a thinner one, or one of zeros that were blanked. */
function meanOf(
  slice: ArrayLike<number>,
  nx: number,
  i0: number,
  i1: number,
  j0: number,
  j1: number,
): number {
  if (i1 - i0 < 3 || j1 - j0 < 3) return NaN;
  let sum = 0;
  for (let j = j0; j < j1; j++) for (let i = i0; i < i1; i++) sum += slice[j * nx + i]!;
  return sum === 0 ? NaN : sum / ((i1 - i0) * (j1 - j0));
}

const NEAR = 20; // mm
const FEWEST = 20;

/**
 * Voids beside pile-up: voxels below a tenth of the median around the region with a voxel within three steps that is
 * above two and a half times it and brighter than any tissue, half as bright again as the 95th percentile of the body.
 * Without the latter, cortical bone beside fat on T1 passes for metal (55 voxels in STS_001, whose CT shows none).
 * Around means within 20 mm of the region's box.
 */
function voidNearRegion(c: SeriesContext): Measurement {
  const volume = firstVolume(c);
  if (!volume) return { na: 'pixels' };
  if (c.masks.length === 0) return { na: 'region' };
  const found = c.masks.map((m) => voidsAround(volume, m));
  const worst = found.reduce((a, b) => (b.length > a.length ? b : a));
  return {
    value: worst.length < FEWEST ? 0 : worst.length,
    ...(worst.length >= FEWEST && {
      evidence: { kind: 'voxels', indices: worst.slice(0, MOST_VOXELS), count: worst.length, phase: 0 },
    }),
  };
}

/** Voxels that a percentile is taken from, at most. */
const SAMPLED = 100_000;

/** The 95th percentile of the body. */
function brightest(volume: Volume): number {
  const { data } = volume;
  const { threshold, foreground } = pixelFacts(volume);
  const every = Math.max(1, Math.floor(foreground / SAMPLED));
  const taken: number[] = [];
  for (let i = 0, n = 0; i < data.length; i++)
    if (data[i]! > threshold && n++ % every === 0) taken.push(data[i]!);
  const sorted = Float32Array.from(taken).sort();
  return sorted[Math.floor(0.95 * sorted.length)] ?? Infinity;
}

function voidsAround(volume: Volume, mask: Mask): Uint32Array {
  const { data, grid } = volume;
  const box = boxOf(mask);
  if (!box) return new Uint32Array();
  const reach = spacingOf(grid.affine).map((e) => Math.ceil(NEAR / e));
  const lo = box[0].map((v, a) => Math.max(0, v - reach[a]!));
  const hi = box[1].map((v, a) => Math.min(grid.size[a]! - 1, v + reach[a]!));
  const [nx, ny] = grid.size;
  const around: number[] = [];
  for (let k = lo[2]!; k <= hi[2]!; k++)
    for (let j = lo[1]!; j <= hi[1]!; j++)
      for (let i = lo[0]!; i <= hi[0]!; i++) around.push(i + nx * (j + ny * k));
  const usual = median(around.map((i) => data[i]!));
  const least = Math.max(2.5 * usual, 1.5 * brightest(volume));
  const bright = new Set(around.filter((i) => data[i]! > least));
  if (bright.size < FEWEST) return new Uint32Array();
  const steps = [1, nx, nx * ny].flatMap((s) => [1, 2, 3].flatMap((n) => [n * s, -n * s]));
  return Uint32Array.from(
    around.filter((i) => data[i]! < 0.1 * usual && steps.some((s) => bright.has(i + s))),
  );
}

/** Voxels of the region, or of the body, that a diffusion series judges. */
function diffusion(judge: (low: number, high: number, b: number, noise: number) => boolean): Measure {
  return (c) => {
    const { bValues } = c.series;
    if (!bValues || bValues.length < 2) return null;
    const lowest = bValues.indexOf(Math.min(...bValues));
    const highest = bValues.indexOf(Math.max(...bValues));
    const low = c.volumes.get(lowest);
    const high = c.volumes.get(highest);
    if (!low || !high) return { na: 'pixels' };
    const b = bValues[highest]! - bValues[lowest]!;
    const { threshold } = pixelFacts(low);
    const noise = noiseOf(high);
    const mask = c.masks[0]?.data;
    let [n, bad] = [0, 0];
    for (let i = 0; i < low.data.length; i++) {
      if (mask ? mask[i] !== 1 : !(low.data[i]! > threshold)) continue;
      n++;
      if (judge(low.data[i]!, high.data[i]!, b, noise)) bad++;
    }
    return n === 0 ? { na: 'structure' } : plain(percent(bad, n));
  };
}

/** Measurements of M-06, M-16 to M-18, M-20 and M-21. */
export const MR_PIXEL_MEASURES: Readonly<Record<string, Measure>> = {
  baseline_phases: everyPhase((volumes) => {
    const found = phasesBeforeArrival(volumes, 0.1);
    return found === undefined ? { na: 'structure' } : plain(found);
  }),
  motion: everyPhase(motion),
  difference_snr: everyPhase(differenceSnr),
  ghosting,
  adc_out_of_range: diffusion((low, high, b) => {
    const adc = Math.log(low / high) / b;
    return !(adc > 0 && adc < 4e-3);
  }),
  at_noise_floor: diffusion((_, high, __, noise) => !(high > 3 * noise)),
  void_near_region: voidNearRegion,
};
