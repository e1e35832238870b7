import { spacingOf } from '../../../core/geometry.ts';
import { Random } from '../../../core/random.ts';
import type { Volume } from '../../../core/volume.ts';
import { firstVolume, type SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { median, plain } from '../measuring.ts';
import { isMap, isProjection } from '../image-type.ts';
import { noiseOf, pixelFacts } from '../pixels.ts';
import type { Measurement } from '../rule.ts';

/** Places that gradients are taken at, and the distance over which they are taken, voxels. */
const POINTS = 20_000;
const REACH = 3;
const ROUNDS = 12;
const LEAST_SNR = 12;

/**
 * Range of the smooth multiplicative field in the body, largest over smallest. The logarithm of the field is a quadratic
 * in place; its gradient is fitted to gradients of the logarithm of the image by least squares with Tukey's weights.
 * Within a tissue the image varies as the field does; edges between tissues are outliers and lose their weight.
 */
function fieldRange(c: SeriesContext): Measurement {
  const volume = firstVolume(c);
  if (!volume) return { na: 'pixels' };
  // Maps and projections hold no signal of the coil.
  const type = c.headers.text('00080008');
  if (volume.unit !== 'arbitrary' || isMap(type) || isProjection(type)) return null;
  // Noise of this size is larger than what the field adds from one voxel to the next.
  if (!(pixelFacts(volume).foregroundMean > LEAST_SNR * noiseOf(volume))) return { na: 'structure' };
  const sites = gradientSites(volume);
  if (sites.length < 300) return { na: 'structure' };
  const field = fittedField(sites);
  let low = Infinity;
  let high = -Infinity;
  for (const { place } of sites) {
    const value = valueAt(field, place);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return plain(Math.exp(high - low));
}

interface Site {
  /** Place from the middle of the volume, in tenths of a metre. */
  readonly place: readonly [number, number, number];
  readonly axis: 0 | 1 | 2;
  /** Change of the logarithm per tenth of a metre. */
  readonly slope: number;
}

function gradientSites(volume: Volume): Site[] {
  const { data, grid } = volume;
  const { threshold } = pixelFacts(volume);
  const [nx, ny, nz] = grid.size;
  const edges = spacingOf(grid.affine).map((e) => e / 100) as [number, number, number];
  const random = new Random(1);
  const steps = [1, nx, nx * ny] as const;
  const sizes = [nx, ny, nz] as const;
  const sites: Site[] = [];
  for (let n = 0; n < 6 * POINTS && sites.length < POINTS; n++) {
    const at = sizes.map((s) => Math.floor(random.uniform() * s)) as [number, number, number];
    const axis = (n % 3) as 0 | 1 | 2;
    if (at[axis] + REACH >= sizes[axis]) continue;
    const i = at[0] + nx * (at[1] + ny * at[2]);
    let inside = true;
    for (let d = 0; d <= REACH && inside; d++) inside = data[i + d * steps[axis]]! > threshold;
    if (!inside) continue;
    const far = i + REACH * steps[axis];
    at[axis] += REACH / 2;
    sites.push({
      place: at.map((v, a) => (v - (sizes[a]! - 1) / 2) * edges[a]!) as [number, number, number],
      axis,
      slope: Math.log(data[far]! / data[i]!) / (REACH * edges[axis]),
    });
  }
  return sites;
}

/** Terms x, y, z, x², y², z², xy, xz, yz: their derivative along an axis at a place. */
function derivatives([x, y, z]: Site['place'], axis: number): number[] {
  const row = new Array<number>(9).fill(0);
  row[axis] = 1;
  row[3 + axis] = 2 * [x, y, z][axis]!;
  if (axis === 0) [row[6], row[7]] = [y, z];
  if (axis === 1) [row[6], row[8]] = [x, z];
  if (axis === 2) [row[7], row[8]] = [x, y];
  return row;
}

const valueAt = (c: readonly number[], [x, y, z]: Site['place']): number =>
  [x, y, z, x * x, y * y, z * z, x * y, x * z, y * z].reduce((sum, t, n) => sum + c[n]! * t, 0);

function fittedField(sites: readonly Site[]): number[] {
  const rows = sites.map((s) => derivatives(s.place, s.axis));
  let field = new Array<number>(9).fill(0);
  let weights = new Float64Array(sites.length).fill(1);
  for (let round = 0; round < ROUNDS; round++) {
    field = leastSquares(rows, sites, weights);
    const residuals = sites.map((s, n) => s.slope - rows[n]!.reduce((sum, r, k) => sum + r * field[k]!, 0));
    // Tukey's biweight with its usual constant, on the robust deviation of the residuals.
    const scale = 4.685 * 1.4826 * median(residuals.map(Math.abs));
    if (!(scale > 0)) break;
    weights = Float64Array.from(residuals, (r) => (Math.abs(r) < scale ? (1 - (r / scale) ** 2) ** 2 : 0));
  }
  return field;
}

/** Normal equations of nine unknowns with a whiff of ridge, by elimination with pivots. */
function leastSquares(rows: readonly number[][], sites: readonly Site[], weights: Float64Array): number[] {
  const n = 9;
  const a = Array.from({ length: n }, () => new Float64Array(n + 1));
  rows.forEach((row, s) => {
    const w = weights[s]!;
    if (w === 0) return;
    for (let p = 0; p < n; p++) {
      for (let q = 0; q < n; q++) a[p]![q]! += w * row[p]! * row[q]!;
      a[p]![n]! += w * row[p]! * sites[s]!.slope;
    }
  });
  const trace = a.reduce((sum, r, p) => sum + r[p]!, 0);
  for (let p = 0; p < n; p++) a[p]![p]! += 1e-9 * trace + 1e-12;
  for (let p = 0; p < n; p++) {
    let best = p;
    for (let q = p + 1; q < n; q++) if (Math.abs(a[q]![p]!) > Math.abs(a[best]![p]!)) best = q;
    [a[p], a[best]] = [a[best]!, a[p]!];
    for (let q = 0; q < n; q++) {
      if (q === p) continue;
      const f = a[q]![p]! / a[p]![p]!;
      for (let k = p; k <= n; k++) a[q]![k]! -= f * a[p]![k]!;
    }
  }
  return a.map((row, p) => row[n]! / row[p]!);
}

/** Measurements of M-14 and M-15. */
export const SHADING_MEASURES: Readonly<Record<string, Measure>> = {
  bias_field_range: fieldRange,
  not_normalised: ({ series, reference, answers }) => {
    if (series.unit !== 'arbitrary' || !reference) return null;
    return plain(answers.normalised === 1 ? 0 : 1);
  },
};
