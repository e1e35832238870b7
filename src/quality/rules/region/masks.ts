import { sameGrid } from '../../../core/geometry.ts';
import type { Mask } from '../../../core/volume.ts';
import { firstVolume, type SeriesContext } from '../context.ts';
import type { Measure } from '../evaluate.ts';
import { percent, plain } from '../measuring.ts';
import { boxOf, runsOf, slicesOf } from '../region-runs.ts';
import { MOST_VOXELS, type Evidence, type Measured, type Measurement } from '../rule.ts';
import { piecesOf, type Piece } from './pieces.ts';

interface Looked {
  /** Pieces of the region, largest first, and closed holes. */
  readonly pieces: readonly Piece[];
  readonly holes: readonly Piece[];
}

const known = new WeakMap<Mask, Looked>();

/** Pieces and holes of one region, worked out once. */
function lookAt(mask: Mask): Looked {
  const before = known.get(mask);
  if (before) return before;
  const looked = {
    pieces: piecesOf(mask, 1).sort((a, b) => b.voxels - a.voxels),
    holes: piecesOf(mask, 0).filter((p) => !p.open),
  };
  known.set(mask, looked);
  return looked;
}

export const voxelsOf = (mask: Mask): number => runsOf(mask).voxels;

/** The worst of the regions, or why there is none. Empty regions are left to V-01. */
function worstRegion(
  { masks }: SeriesContext,
  worse: 'larger' | 'smaller',
  of: (mask: Mask) => Measured | null,
): Measurement {
  if (masks.length === 0) return { na: 'region' };
  const found = masks
    .filter((m) => voxelsOf(m) > 0)
    .flatMap((m) => {
      const measured = of(m);
      return measured === null ? [] : [measured];
    });
  if (found.length === 0) return null;
  return found.reduce((a, b) => ((worse === 'larger' ? b.value > a.value : b.value < a.value) ? b : a));
}

const counted = (masks: readonly Mask[], bad: (m: Mask) => boolean): Measurement => {
  if (masks.length === 0) return { na: 'region' };
  const found = masks.filter(bad);
  return plain(found.length, found.map((m) => m.name).join(', '));
};

const emptyRegions: Measure = ({ masks }) => counted(masks, (m) => voxelsOf(m) === 0);

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
    const { count, ends, voxels } = runsOf(m);
    const bad: number[] = [];
    let missing = 0;
    for (let r = 0; r < count; r++)
      for (let i = ends[2 * r]!; i < ends[2 * r + 1]!; i++)
        if (Number.isNaN(volume!.data[i]!) && missing++ < MOST_VOXELS) bad.push(i);
    return {
      ...plain(percent(missing, voxels), m.name),
      ...(missing > 0 && { evidence: places(bad, missing) }),
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
    const { holes } = lookAt(m);
    return plain(
      percent(
        holes.reduce((n, h) => n + h.voxels, 0),
        voxelsOf(m),
      ),
      m.name,
    );
  });

/** Voxels on the outermost rows, columns and slices; a single slice has no border across it. */
const atBorder: Measure = (c) =>
  worstRegion(c, 'larger', (m) => {
    const [nx, ny, nz] = m.grid.size;
    const { count, ends } = runsOf(m);
    const [low, high] = boxOf(m)!;
    const touches = m.grid.size.some((n, a) => n > 1 && (low[a] === 0 || high[a] === n - 1));
    if (!touches) return plain(0, m.name);
    const found: number[] = [];
    let number = 0;
    const keep = (i: number) => {
      if (number++ < MOST_VOXELS) found.push(i);
    };
    for (let r = 0; r < count; r++) {
      const [from, to] = [ends[2 * r]!, ends[2 * r + 1]!];
      const row = Math.floor(from / nx);
      const [y, z] = [row % ny, Math.floor(row / ny)];
      if ((ny > 1 && (y === 0 || y === ny - 1)) || (nz > 1 && (z === 0 || z === nz - 1))) {
        for (let i = from; i < to; i++) keep(i);
      } else if (nx > 1) {
        if (from === row * nx) keep(from);
        if (to === (row + 1) * nx && to - 1 !== row * nx) keep(to - 1);
      }
    }
    return { ...plain(number, m.name), evidence: places(found, number) };
  });

/** Slices without the region between its first and its last. */
const skippedSlices: Measure = (c) =>
  worstRegion(c, 'larger', (m) => {
    const drawn = new Set(slicesOf(m));
    const [low, high] = boxOf(m)!;
    const skipped: number[] = [];
    for (let k = low[2]; k <= high[2]; k++) if (!drawn.has(k)) skipped.push(k + 1);
    return plain(skipped.length, skipped.length === 0 ? m.name : `${m.name}: ${skipped.join(', ')}`);
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
