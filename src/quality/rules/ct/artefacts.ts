import { spacingOf } from '../../../core/geometry.ts';
import type { Mask, Volume } from '../../../core/volume.ts';
import type { SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { median, percent, plain } from '../measuring.ts';
import { noiseOf } from '../pixels.ts';
import type { Measurement } from '../rule.ts';
import { boxOf } from '../region-runs.ts';
import { onVolume } from './pixels.ts';

const BODY = -500; // HU
/** The body counts as cut where it reaches this deep from the edge of the field without a break, mm. */
const DEPTH = 8;
const ANGLES = 720;

interface Truncation {
  /** Share of the edge that is cut in each slice, percent. */
  readonly share: Float64Array;
  /** Cut places of the edge as slice, column, row. */
  readonly places: readonly (readonly [k: number, i: number, j: number])[];
}

const truncations = new WeakMap<Volume, Truncation>();

/**
 * Where the body leaves the field: the circle inscribed in the picture when its corners hold no body (the usual
 * reconstruction circle), the border of the picture otherwise.
 */
function truncationOf(volume: Volume): Truncation {
  const before = truncations.get(volume);
  if (before) return before;
  const { data, grid } = volume;
  const [nx, ny, nz] = grid.size;
  const [dx, dy] = spacingOf(grid.affine);
  const share = new Float64Array(nz);
  const places: [number, number, number][] = [];
  const [cx, cy] = [(nx - 1) / 2, (ny - 1) / 2];
  const round = cornersEmpty(volume);
  for (let k = 0; k < nz; k++) {
    let cut = 0;
    for (let a = 0; a < ANGLES; a++) {
      const angle = (2 * Math.PI * a) / ANGLES;
      const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
      const radius = round
        ? Math.min(cx, cy)
        : Math.min(cx / Math.max(1e-9, Math.abs(ux)), cy / Math.max(1e-9, Math.abs(uy)));
      const step = 1 / Math.hypot(ux * dx, uy * dy); // voxels a millimetre along the ray
      let inside = true;
      // The outermost voxels may be smoothed by the edge itself.
      for (let mm = 1.5 * Math.max(dx, dy); mm <= DEPTH && inside; mm += Math.min(dx, dy)) {
        const r = radius - mm * step;
        const i = Math.round(cx + ux * r);
        const j = Math.round(cy + uy * r);
        inside = data[i + nx * (j + ny * k)]! > BODY;
      }
      if (!inside) continue;
      cut++;
      places.push([k, Math.round(cx + ux * radius), Math.round(cy + uy * radius)]);
    }
    share[k] = percent(cut, ANGLES);
  }
  const found = { share, places };
  truncations.set(volume, found);
  return found;
}

function cornersEmpty({ data, grid: { size } }: Volume): boolean {
  const [nx, ny, nz] = size;
  const corner = Math.max(1, Math.floor(0.1 * Math.min(nx, ny)));
  for (let k = 0; k < nz; k += Math.max(1, nz >> 3)) {
    for (let j = 0; j < corner; j++) {
      for (let i = 0; i < corner - j; i++) {
        for (const [x, y] of [
          [i, j],
          [nx - 1 - i, j],
          [i, ny - 1 - j],
          [nx - 1 - i, ny - 1 - j],
        ])
          if (data[x! + nx * (y! + ny * k)]! > BODY) return false;
      }
    }
  }
  return true;
}

const SLICE = { en: 'Slice', ru: 'Срез', zh: '切片' };

/** A picture smaller than the field it was reconstructed in was cropped: its border is no edge of the field. */
function isCropped({ series, headers }: SeriesContext): boolean {
  const diameter = headers.number('00181100');
  if (diameter === undefined || !series.spacing) return false;
  return Math.max(series.size[0] * series.spacing[0], series.size[1] * series.spacing[1]) < 0.98 * diameter;
}

function truncatedPerimeter(volume: Volume, c: SeriesContext): Measurement {
  if (isCropped(c)) return { na: 'structure' };
  const { share } = truncationOf(volume);
  const worst = Math.max(...share);
  return {
    value: worst,
    detail: worst > 0 ? `${share.indexOf(worst) + 1}` : '',
    evidence: {
      kind: 'curve',
      x: Array.from(share, (_, k) => k + 1),
      y: [...share],
      xLabel: SLICE,
      yLabel: { en: 'Edge that is cut, %', ru: 'Обрезанная доля края, %', zh: '被截断的边缘比例，%' },
    },
  };
}

/** Beyond this distance it is told how far the box of the region is, which is less than the region itself, mm. */
const EXACT = 12;

/** Least distance of a place at the edge from the voxels of a region, mm. */
function distanceTo(mask: Mask, places: Truncation['places']): number {
  const { data, grid } = mask;
  const box = boxOf(mask);
  if (!box) return Infinity;
  const [lo, hi] = box;
  const edges = spacingOf(grid.affine);
  const [nx, ny] = grid.size;
  const beyond = (v: number, a: number) => edges[a]! * Math.max(0, lo[a]! - v, v - hi[a]!);
  let least = Infinity;
  for (const [pk, pi, pj] of places) {
    const toBox = Math.hypot(beyond(pi, 0), beyond(pj, 1), beyond(pk, 2));
    if (toBox >= Math.min(least, EXACT)) {
      least = Math.min(least, toBox);
      continue;
    }
    const reach = edges.map((e) => Math.ceil(EXACT / e));
    let near = EXACT;
    for (let k = Math.max(lo[2]!, pk - reach[2]!); k <= Math.min(hi[2]!, pk + reach[2]!); k++)
      for (let j = Math.max(lo[1]!, pj - reach[1]!); j <= Math.min(hi[1]!, pj + reach[1]!); j++)
        for (let i = Math.max(lo[0]!, pi - reach[0]!); i <= Math.min(hi[0]!, pi + reach[0]!); i++) {
          if (data[i + nx * (j + ny * k)] !== 1) continue;
          near = Math.min(near, Math.hypot((pi - i) * edges[0], (pj - j) * edges[1], (pk - k) * edges[2]));
        }
    least = Math.min(least, near);
  }
  return least;
}

function truncationToRegion(volume: Volume, c: SeriesContext): Measurement {
  if (isCropped(c)) return null;
  const { masks } = c;
  const { places, share } = truncationOf(volume);
  if (!(Math.max(...share) > 1)) return null;
  if (masks.length === 0) return { na: 'region' };
  return plain(Math.min(...masks.map((m) => distanceTo(m, places))));
}

/** Muscle, organs and blood: fat beside muscle is no streak. */
const SOFT = [-60, 160] as const;
const RING = 10; // mm
const SECTORS = 180;
/** Structures of anatomy are wider than streaks: this many sectors either side give the local level. */
const SMOOTH = 8;

/**
 * Spread of the mean around a region over angle, streak by streak: means of soft tissue in rays of 10 mm outside the
 * region's circle in its middle slice, less their running median over ±16°, over the noise of the image.
 */
function streakIndex(volume: Volume, { masks }: SeriesContext): Measurement {
  if (masks.length === 0) return { na: 'region' };
  const noise = noiseOf(volume);
  if (!(noise > 0)) return { na: 'structure' };
  const found = masks.flatMap((m) => angularSpread(volume, m) ?? []);
  return found.length === 0 ? { na: 'structure' } : plain(Math.max(...found) / noise);
}

function angularSpread({ data, grid }: Volume, mask: Mask): number | undefined {
  const box = boxOf(mask);
  if (!box) return undefined;
  const [lo, hi] = box;
  const [nx, ny] = grid.size;
  const [dx, dy] = spacingOf(grid.affine);
  const k = (lo[2]! + hi[2]!) >> 1;
  const [ci, cj] = [(lo[0]! + hi[0]!) / 2, (lo[1]! + hi[1]!) / 2];
  const inner = Math.hypot((hi[0]! - lo[0]! + 1) * dx, (hi[1]! - lo[1]! + 1) * dy) / 2;
  const means = Array.from({ length: SECTORS }, (_, s) => {
    const angle = (2 * Math.PI * s) / SECTORS;
    let n = 0;
    let sum = 0;
    for (let r = inner; r <= inner + RING; r += Math.min(dx, dy)) {
      const i = Math.round(ci + (r * Math.cos(angle)) / dx);
      const j = Math.round(cj + (r * Math.sin(angle)) / dy);
      if (i < 0 || j < 0 || i >= nx || j >= ny) continue;
      const v = data[i + nx * (j + ny * k)]!;
      if (!(v > SOFT[0] && v < SOFT[1])) continue;
      n++;
      sum += v;
    }
    return n < 3 ? NaN : sum / n;
  });
  // Around a lesion in the lung or beside bone there is no ring of one tissue to judge by.
  if (means.filter(Number.isNaN).length > 0.2 * SECTORS) return undefined;
  const residuals = means.flatMap((m, s) => {
    const around = Array.from(
      { length: 2 * SMOOTH + 1 },
      (_, d) => means[(s + d - SMOOTH + SECTORS) % SECTORS]!,
    ).filter((v) => !Number.isNaN(v));
    return Number.isNaN(m) ? [] : [m - median(around)];
  });
  return Math.sqrt(residuals.reduce((sum, r) => sum + r * r, 0) / residuals.length);
}

/** Measurements of C-12 and C-13. */
export const CT_ARTEFACT_MEASURES: Readonly<Record<string, Measure>> = {
  truncated_perimeter: onVolume(truncatedPerimeter),
  truncation_to_region: onVolume(truncationToRegion),
  streak_index: onVolume(streakIndex),
};
