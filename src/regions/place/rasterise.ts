import type { Finding } from '../../core/finding.ts';
import { toVoxel, voxelCount, type Grid } from '../../core/geometry.ts';
import type { Contour } from '../../core/region.ts';
import { regionFinding } from '../texts.ts';
import { flipInside, polygonArea, type Polygon } from './polygon.ts';

/** Contours off their slice by less than this share of the slice distance lie on it. */
const ON_SLICE = 0.05;

/**
 * Contours to voxels on the image's own grid: a voxel is inside when its centre is (see `flipInside`). Each contour
 * belongs to the slice nearest to it, at most half a slice away.
 */
export function rasterise(contours: readonly Contour[], grid: Grid, region: string): { data: Uint8Array; findings: Finding[] } {
  const [nx, ny, nz] = grid.size;
  const data = new Uint8Array(voxelCount(grid.size));
  const voxel = toVoxel(grid.affine);
  const filled = new Set<number>();
  let off = 0;
  let lost = 0;
  let area = 0;
  let outside = 0;
  for (const { points } of contours) {
    const at = points.map(voxel);
    const mean = at.reduce((s, p) => s + p[2], 0) / at.length;
    const slice = Math.round(mean);
    const polygon: Polygon = at.map(([i, j]) => [i, j]);
    const size = polygonArea(polygon);
    area += size;
    if (slice < 0 || slice >= nz) {
      lost++;
      outside += size;
      continue;
    }
    if (Math.max(...at.map((p) => Math.abs(p[2] - slice))) > ON_SLICE) off++;
    outside += size - polygonArea(clipped(polygon, nx, ny));
    filled.add(slice);
    flipInside(polygon, nx, ny, data, slice * nx * ny);
  }
  const findings: Finding[] = [];
  if (off > 0) findings.push(regionFinding('V-07', 'warn', region, { count: off }));
  if (lost > 0) findings.push(regionFinding('V-07-lost', 'warn', region, { count: lost }));
  const share = area > 0 ? outside / area : 0;
  if (share > 1e-3) findings.push(regionFinding('V-01-clipped', share > 0.05 ? 'fail' : 'warn', region, { percent: Number((100 * share).toPrecision(3)) }));
  const skipped = skippedSlices(filled);
  if (skipped.length > 0) findings.push(regionFinding('V-06', 'warn', region, { slices: skipped.slice(0, 12).map((s) => s + 1).join(', ') }));
  return { data, findings };
}

/** Slices between the first and the last contour that have none. */
function skippedSlices(filled: ReadonlySet<number>): number[] {
  const sorted = [...filled].sort((a, b) => a - b);
  const out: number[] = [];
  for (let s = sorted[0] + 1; s < sorted[sorted.length - 1]; s++) if (!filled.has(s)) out.push(s);
  return out;
}

/** The part of a polygon over the image (Sutherland-Hodgman); pixels reach half a voxel beyond their centres. */
function clipped(polygon: Polygon, columns: number, rows: number): Polygon {
  const sides: readonly (readonly [axis: 0 | 1, limit: number, keep: 1 | -1])[] = [
    [0, -0.5, 1],
    [0, columns - 0.5, -1],
    [1, -0.5, 1],
    [1, rows - 0.5, -1],
  ];
  let current: (readonly [number, number])[] = [...polygon];
  for (const [axis, limit, keep] of sides) {
    const inside = (p: readonly [number, number]) => keep * (p[axis] - limit) >= 0;
    const next: (readonly [number, number])[] = [];
    current.forEach((p, i) => {
      const before = current[(i + current.length - 1) % current.length];
      if (inside(p) !== inside(before)) {
        const t = (limit - before[axis]) / (p[axis] - before[axis]);
        next.push([before[0] + t * (p[0] - before[0]), before[1] + t * (p[1] - before[1])]);
      }
      if (inside(p)) next.push(p);
    });
    current = next;
  }
  return current;
}
