import type { Mask } from '../../../core/volume.ts';
import { spacingOf, toPatient } from '../../../core/geometry.ts';
import type { SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { needs, plain } from '../measuring.ts';
import { runsOf, slicesOf } from '../region-runs.ts';
import type { Measurement } from '../rule.ts';

/** First and last voxel of each row of a region: only these can be extreme. Linear indices, two a row. */
function rowEnds(mask: Mask): number[] {
  const { count, ends } = runsOf(mask);
  const nx = mask.grid.size[0];
  const found: number[] = [];
  let row = -1;
  for (let r = 0; r < count; r++) {
    const own = Math.floor(ends[2 * r]! / nx);
    if (own !== row) found.push(ends[2 * r]!, 0);
    found[found.length - 1] = ends[2 * r + 1]! - 1;
    row = own;
  }
  return found;
}

/** Longest distance between centres of voxels on the surface of a region, mm, plus one voxel edge. */
function longestDiameter({ grid }: Mask, ends: readonly number[]): number {
  const [nx, ny] = grid.size;
  const places = Float64Array.from(
    ends.flatMap((i) => toPatient(grid.affine, i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny)))),
  );
  let worst = 0;
  for (let a = 0; a < places.length; a += 3) {
    const [x, y, z] = [places[a]!, places[a + 1]!, places[a + 2]!];
    for (let b = a + 3; b < places.length; b += 3) {
      const [dx, dy, dz] = [places[b]! - x, places[b + 1]! - y, places[b + 2]! - z];
      const square = dx * dx + dy * dy + dz * dz;
      if (square > worst) worst = square;
    }
  }
  return Math.sqrt(worst) + Math.min(...spacingOf(grid.affine));
}

/** A region larger than this in rows is no small lesion: its diameter is not the question. */
const MANY_ROWS = 4000;

function diameterOverThickness(c: SeriesContext): Measurement {
  const thickness = c.headers.planes > 0 ? c.headers.number('00180050') : c.series.spacing?.[2];
  if (c.masks.length === 0) return { na: 'region' };
  if (thickness === undefined || !(thickness > 0)) return needs('00180050');
  // An empty region is told by V-01 alone.
  const drawn = c.masks.map((mask) => ({ mask, ends: rowEnds(mask) })).filter((m) => m.ends.length > 0);
  if (drawn.length === 0) return null;
  const small = drawn.filter((m) => m.ends.length <= 2 * MANY_ROWS);
  if (small.length === 0) return plain(Infinity);
  const diameters = small.map(({ mask, ends }) => ({ name: mask.name, mm: longestDiameter(mask, ends) }));
  const least = diameters.reduce((a, b) => (b.mm < a.mm ? b : a));
  return plain(least.mm / thickness, `${least.name}: ${least.mm.toPrecision(3)} mm`);
}

function regionSlices(c: SeriesContext): Measurement {
  if (c.masks.length === 0) return { na: 'region' };
  const all = c.masks.map((m) => ({ name: m.name, slices: slicesOf(m).length })).filter((m) => m.slices > 0);
  if (all.length === 0) return null;
  const least = all.reduce((a, b) => (b.slices < a.slices ? b : a));
  return plain(least.slices, least.name);
}

/** Measurements of G-07. */
export const REGION_MEASURES: Readonly<Record<string, Measure>> = {
  diameter_over_thickness: diameterOverThickness,
  region_slices: regionSlices,
};
