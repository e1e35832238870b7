import { sameGrid } from '../../../core/geometry.ts';
import type { Mask } from '../../../core/volume.ts';
import { firstVolume, type SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { percent, plain } from '../measuring.ts';
import { boxOf } from '../region-box.ts';
import { MOST_VOXELS, type Evidence, type Measured, type Measurement } from '../rule.ts';
import { piecesOf, type Piece } from './pieces.ts';

interface Looked {
  readonly voxels: number;
  /** Pieces of the region, largest first, and closed holes. */
  readonly pieces: readonly Piece[];
  readonly holes: readonly Piece[];
}

const known = new WeakMap<Mask, Looked>();

/** Counts of one region, worked out once. */
function lookAt(mask: Mask): Looked {
  const before = known.get(mask);
  if (before) return before;
  let voxels = 0;
  for (let i = 0; i < mask.data.length; i++) voxels += mask.data[i]!;
  const looked = {
    voxels,
    pieces: piecesOf(mask, 1).sort((a, b) => b.voxels - a.voxels),
    holes: piecesOf(mask, 0).filter((p) => !p.open),
  };
  known.set(mask, looked);
  return looked;
}

/** The worst of the regions, or why there is none. Empty regions are left to V-01. */
function worstRegion(
  { masks }: SeriesContext,
  worse: 'larger' | 'smaller',
  of: (mask: Mask) => Measured | null,
): Measurement {
  if (masks.length === 0) return { na: 'region' };
  const found = masks
    .filter((m) => lookAt(m).voxels > 0)
    .flatMap((m) => {
      const measured = of(m);
      return measured === null ? [] : [measured];
    });
  if (found.length === 0) return null;
  return found.reduce((a, b) => ((worse === 'larger' ? b.value > a.value : b.value < a.value) ? b : a));
}

export const voxelsOf = (mask: Mask): number => lookAt(mask).voxels;

const counted = (masks: readonly Mask[], bad: (m: Mask) => boolean): Measurement => {
  if (masks.length === 0) return { na: 'region' };
  const found = masks.filter(bad);
  return plain(found.length, found.map((m) => m.name).join(', '));
};

const emptyRegions: Measure = ({ masks }) => counted(masks, (m) => lookAt(m).voxels === 0);

const otherGrids: Measure = (c) => {
  const grid = firstVolume(c)?.grid;
  if (c.masks.length > 0 && !grid) return { na: 'pixels' };
  return counted(c.masks, (m) => !sameGrid(m.grid, grid!));
};

const places = (indices: readonly number[], count = indices.length): Evidence => ({
  kind: 'voxels',
  indices: Uint32Array.from(indices.slice(0, MOST_VOXELS)),
  count,
  phase: 0,
});

const withoutValue: Measure = (c) => {
  const volume = firstVolume(c);
  if (c.masks.length > 0 && !volume) return { na: 'pixels' };
  return worstRegion(c, 'larger', (m) => {
    if (m.data.length !== volume!.data.length) return null;
    const bad: number[] = [];
    for (let i = m.data.indexOf(1); i >= 0; i = m.data.indexOf(1, i + 1))
      if (Number.isNaN(volume!.data[i]!)) bad.push(i);
    return {
      ...plain(percent(bad.length, lookAt(m).voxels), m.name),
      ...(bad.length > 0 && { evidence: places(bad) }),
    };
  });
};

const pieces: Measure = (c) =>
  worstRegion(c, 'larger', (m) => {
    const { pieces: all } = lookAt(m);
    const sizes = all.slice(0, 8).map((p) => p.voxels);
    return {
      ...plain(all.length, `${m.name}: ${sizes.join(', ')}${all.length > 8 ? ', …' : ''}`),
      ...(all.length > 1 && { evidence: places(all.slice(1).map((p) => p.first)) }),
    };
  });

const smallestPiece: Measure = (c) =>
  worstRegion(c, 'smaller', (m) => {
    const { pieces: all } = lookAt(m);
    const last = all.at(-1)!;
    return all.length < 2 ? null : { ...plain(last.voxels, m.name), evidence: places([last.first]) };
  });

const holeCount: Measure = (c) =>
  worstRegion(c, 'larger', (m) => {
    const { holes } = lookAt(m);
    return {
      ...plain(holes.length, m.name),
      ...(holes.length > 0 && { evidence: places(holes.map((h) => h.first)) }),
    };
  });

const holePercent: Measure = (c) =>
  worstRegion(c, 'larger', (m) => {
    const { holes, voxels } = lookAt(m);
    return plain(
      percent(
        holes.reduce((n, h) => n + h.voxels, 0),
        voxels,
      ),
      m.name,
    );
  });

/** Voxels on the outermost rows, columns and slices; a single slice has no border across it. */
const atBorder: Measure = (c) =>
  worstRegion(c, 'larger', ({ name, grid, data }) => {
    const [nx, ny, nz] = grid.size;
    const [lo, hi] = boxOf(grid.size, data)!;
    const touches = grid.size.some((n, a) => n > 1 && (lo[a] === 0 || hi[a] === n - 1));
    if (!touches) return plain(0, name);
    const found: number[] = [];
    for (let i = data.indexOf(1); i >= 0; i = data.indexOf(1, i + 1)) {
      const x = i % nx;
      const y = Math.floor(i / nx) % ny;
      const z = Math.floor(i / (nx * ny));
      const edge =
        (nx > 1 && (x === 0 || x === nx - 1)) ||
        (ny > 1 && (y === 0 || y === ny - 1)) ||
        (nz > 1 && (z === 0 || z === nz - 1));
      if (edge) found.push(i);
    }
    return { ...plain(found.length, name), evidence: places(found) };
  });

/** Slices without the region between its first and its last. */
const skippedSlices: Measure = (c) =>
  worstRegion(c, 'larger', ({ name, grid, data }) => {
    const plane = grid.size[0] * grid.size[1];
    const [lo, hi] = boxOf(grid.size, data)!;
    const skipped: number[] = [];
    for (let k = lo[2]!; k <= hi[2]!; k++)
      if (!data.subarray(k * plane, (k + 1) * plane).includes(1)) skipped.push(k + 1);
    return plain(skipped.length, skipped.length === 0 ? name : `${name}: ${skipped.join(', ')}`);
  });

/** Measurements of V-01 and V-03 to V-06 on the masks themselves. */
export const MASK_MEASURES: Readonly<Record<string, Measure>> = {
  empty_regions: emptyRegions,
  regions_on_another_grid: otherGrids,
  region_without_value_percent: withoutValue,
  region_pieces: pieces,
  smallest_piece_voxels: smallestPiece,
  region_holes: holeCount,
  region_hole_percent: holePercent,
  region_border_voxels: atBorder,
  region_skipped_slices: skippedSlices,
};
