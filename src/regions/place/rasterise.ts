import type { Finding } from '../../core/finding.ts';
import { toVoxel, voxelCount, type Grid, type Vec3 } from '../../core/geometry.ts';
import type { Contour } from '../../core/region.ts';
import { regionFinding } from '../texts.ts';
import { overlapInPart } from './overlap.ts';
import { crossesItself } from './self-crossing.ts';
import { clipped, onFineLattice, PlaneFill, polygonArea, type Polygon } from './polygon.ts';

/** Contours off their slice by less than this share of the slice distance lie on it, and on one plane together. */
const ON_SLICE = 0.05;
/** A contour that rises through more than this many slices is not drawn on slices of this image. */
const MOST_RISE = 1;
const MOST_NAMED = 12;

/** A contour in the lattice of the image. */
interface Outline {
  readonly polygon: Polygon;
  /** Mean slice coordinate. */
  readonly depth: number;
  readonly rise: number;
  readonly area: number;
}

/**
 * Contours to voxels on the image's own grid: a voxel is inside when its centre is (see {@link PlaneFill}). Contours of
 * one plane are filled together by the even-odd rule. Each plane of contours belongs to the slice nearest to it, at most
 * half a slice away; where several planes claim a slice (contours drawn on thinner slices), the nearest one has it.
 *
 * This reproduces the masks published with the CT phantom of IBSI 1 (125 256 voxels) and with STS_001 voxel for voxel.
 */
export function rasterise(
  contours: readonly Contour[],
  grid: Grid,
  region: string,
): { data: Uint8Array; findings: Finding[] } {
  const [nx, ny, nz] = grid.size;
  const data = new Uint8Array(voxelCount(grid.size));
  const voxel = toVoxel(grid.affine);
  const outlines = contours.map(({ points }) => outlineOf(points, voxel));
  const flat = outlines.filter((o) => o.rise <= MOST_RISE);
  const planes = planesOf(flat);
  const area = sumOf(outlines, (o) => o.area);
  const counts = {
    across: outlines.length - flat.length,
    lost: 0,
    unused: 0,
    off: 0,
    twice: 0,
    overlapping: 0,
    crossing: 0,
  };
  const filled = new Map<number, Outline[]>();
  let outside = 0;
  for (const plane of planes) {
    const slice = Math.round(plane[0].depth);
    if (slice < 0 || slice >= nz) {
      counts.lost += plane.length;
      outside += sumOf(plane, (o) => o.area);
      continue;
    }
    outside += sumOf(plane, (o) => areaOutside(o, nx, ny));
    const rival = filled.get(slice);
    const better = !rival || Math.abs(plane[0].depth - slice) < Math.abs(rival[0].depth - slice);
    counts.unused += better ? (rival?.length ?? 0) : plane.length;
    if (better) filled.set(slice, plane);
  }
  const fill = new PlaneFill(nx, ny);
  for (const [slice, plane] of filled) {
    const distinct = withoutTwins(plane);
    counts.twice += plane.length - distinct.length;
    for (const o of distinct) {
      if (Math.abs(o.depth - slice) + o.rise / 2 > ON_SLICE) counts.off++;
      if (crossesItself(o.polygon)) counts.crossing++;
      fill.add(o.polygon);
    }
    fill.write(data, slice * nx * ny);
    const polygons = distinct.map((o) => o.polygon);
    if (overlapInPart(polygons, nx, ny)) counts.overlapping++;
  }
  const share = area > 0 ? outside / area : 0;
  return { data, findings: findingsOf(region, counts, share, skippedSlices([...filled.keys()])) };
}

function findingsOf(
  region: string,
  counts: Readonly<
    Record<'across' | 'lost' | 'unused' | 'off' | 'twice' | 'overlapping' | 'crossing', number>
  >,
  outsideShare: number,
  skipped: readonly number[],
): Finding[] {
  const findings: Finding[] = [];
  const say = (key: Parameters<typeof regionFinding>[0], severity: Finding['severity'], count: number) => {
    if (count > 0) findings.push(regionFinding(key, severity, region, { count }));
  };
  say('V-07', 'warn', counts.off);
  say('V-07-across', 'fail', counts.across);
  say('V-07-unused', 'warn', counts.unused);
  say('V-07-lost', 'warn', counts.lost);
  say('R-twice', 'warn', counts.twice);
  say('V-07-overlap', 'warn', counts.overlapping);
  say('V-07-crossing', 'warn', counts.crossing);
  if (outsideShare > 1e-3) {
    const percent = Number((100 * outsideShare).toPrecision(3));
    findings.push(regionFinding('V-01-clipped', outsideShare > 0.05 ? 'fail' : 'warn', region, { percent }));
  }
  if (skipped.length > 0) {
    const named = skipped.slice(0, MOST_NAMED).map((s) => s + 1);
    const slices = named.join(', ') + (skipped.length > MOST_NAMED ? ' …' : '');
    findings.push(regionFinding('V-06', 'warn', region, { slices, count: skipped.length }));
  }
  return findings;
}

function outlineOf(points: readonly Vec3[], voxel: (p: Vec3) => [number, number, number]): Outline {
  let low = Infinity;
  let high = -Infinity;
  let sum = 0;
  const polygon = points.map((p) => {
    const [i, j, k] = voxel(p);
    low = Math.min(low, k);
    high = Math.max(high, k);
    sum += k;
    return [onFineLattice(i), onFineLattice(j)] as const;
  });
  return { polygon, depth: sum / points.length, rise: high - low, area: polygonArea(polygon) };
}

function areaOutside({ polygon, area }: Outline, columns: number, rows: number): number {
  const far = polygon.some(([x, y]) => x < -0.5 || y < -0.5 || x > columns - 0.5 || y > rows - 0.5);
  return far ? area - polygonArea(clipped(polygon, columns, rows)) : 0;
}

/** Contours that lie on one plane, in order of depth. */
function planesOf(outlines: readonly Outline[]): Outline[][] {
  const planes: Outline[][] = [];
  for (const outline of [...outlines].sort((a, b) => a.depth - b.depth)) {
    const plane = planes.at(-1);
    if (plane && outline.depth - plane[0].depth < ON_SLICE) plane.push(outline);
    else planes.push([outline]);
  }
  return planes;
}

/** A contour that is written twice would cut itself out by the even-odd rule; it counts once. */
function withoutTwins(plane: readonly Outline[]): readonly Outline[] {
  if (plane.length === 1) return plane;
  const seen = new Set<string>();
  return plane.filter(({ polygon }) => {
    const key = polygon
      .map(([x, y]) => `${x} ${y}`)
      .sort()
      .join();
    return !seen.has(key) && seen.add(key);
  });
}

/** Slices between the first and the last contour that have none. */
function skippedSlices(filled: readonly number[]): number[] {
  const sorted = [...filled].sort((a, b) => a - b);
  const out: number[] = [];
  for (let n = 1; n < sorted.length; n++) for (let s = sorted[n - 1] + 1; s < sorted[n]; s++) out.push(s);
  return out;
}

const sumOf = (outlines: readonly Outline[], of: (o: Outline) => number): number =>
  outlines.reduce((sum, o) => sum + of(o), 0);
