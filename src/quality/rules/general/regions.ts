import type { Mask } from '../../../core/volume.ts';
import { spacingOf, toPatient } from '../../../core/geometry.ts';
import type { SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { needs, plain } from '../measuring.ts';
import type { Measurement } from '../rule.ts';

/** Longest distance between centres of voxels on the surface of a region, mm, plus one voxel edge. */
function longestDiameter({ grid, data }: Mask): number {
  const [nx, ny, nz] = grid.size;
  // Per row only the two ends can be extreme.
  const ends: (readonly [number, number, number])[] = [];
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const row = nx * (j + ny * k);
      let first = -1;
      let last = -1;
      for (let i = 0; i < nx; i++) {
        if (data[row + i] !== 1) continue;
        if (first < 0) first = i;
        last = i;
      }
      if (first < 0) continue;
      ends.push([first, j, k]);
      if (last > first) ends.push([last, j, k]);
    }
  }
  const points = ends.map(([i, j, k]) => toPatient(grid.affine, i, j, k));
  let worst = 0;
  for (let a = 0; a < points.length; a++) {
    for (let b = a + 1; b < points.length; b++) {
      const [p, q] = [points[a]!, points[b]!];
      worst = Math.max(worst, (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 + (p[2] - q[2]) ** 2);
    }
  }
  return Math.sqrt(worst) + Math.min(...spacingOf(grid.affine));
}

/** A region larger than this in rows is no small lesion: its diameter is not the question. */
const MANY_ENDS = 4000;

function rowsOf({ grid, data }: Mask): number {
  const [nx, ny, nz] = grid.size;
  let rows = 0;
  for (let r = 0; r < ny * nz; r++) {
    const from = r * nx;
    if (data.subarray(from, from + nx).includes(1)) rows++;
  }
  return rows;
}

function diameterOverThickness(c: SeriesContext): Measurement {
  const thickness = c.headers.planes > 0 ? c.headers.number('00180050') : c.series.spacing?.[2];
  if (c.masks.length === 0) return { na: 'region' };
  if (thickness === undefined || !(thickness > 0)) return needs('00180050');
  // An empty region is told by V-01 alone.
  const drawn = c.masks.filter((m) => m.data.includes(1));
  if (drawn.length === 0) return null;
  const small = drawn.filter((m) => rowsOf(m) <= MANY_ENDS);
  if (small.length === 0) return plain(Infinity);
  const diameters = small.map((m) => ({ name: m.name, mm: longestDiameter(m) }));
  const least = diameters.reduce((a, b) => (b.mm < a.mm ? b : a));
  return plain(least.mm / thickness, `${least.name}: ${least.mm.toPrecision(3)} mm`);
}

function slicesOf({ grid, data }: Mask): number {
  const [nx, ny, nz] = grid.size;
  let slices = 0;
  for (let k = 0; k < nz; k++) if (data.subarray(k * nx * ny, (k + 1) * nx * ny).includes(1)) slices++;
  return slices;
}

function regionSlices(c: SeriesContext): Measurement {
  if (c.masks.length === 0) return { na: 'region' };
  const all = c.masks.map((m) => ({ name: m.name, slices: slicesOf(m) })).filter((m) => m.slices > 0);
  if (all.length === 0) return null;
  const least = all.reduce((a, b) => (b.slices < a.slices ? b : a));
  return plain(least.slices, least.name);
}

/** Measurements of G-07. */
export const REGION_MEASURES: Readonly<Record<string, Measure>> = {
  diameter_over_thickness: diameterOverThickness,
  region_slices: regionSlices,
};
