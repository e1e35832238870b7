import type { RegionSample } from './region-sample.ts';
import type { TextureSettings } from './settings.ts';

/** What a step to the right in a matrix means: another grey level, a longer run, a larger zone, … */
export type ColumnKind = 'level' | 'length' | 'size' | 'distance' | 'dependence' | 'tone';

/**
 * One entry of a matrix with what it counts in the image: grey level, column, voxels by their place in the sample and
 * the amount that it adds to its cell.
 */
export type MeetEntry = (level: number, column: number, voxels: readonly number[], amount: number) => void;

/** How a room shows its matrix for one slice. */
export interface SliceMatrixView {
  readonly columns: ColumnKind;
  /** Entries have a direction, so that one of the four of the slice can be looked at alone. */
  readonly directed: boolean;
  /** The first of an entry's voxels is the one counted, the others its neighbours. */
  readonly centred: boolean;
  /** Meets every entry of a sample of one slice with grey levels; `direction` null: all four together. */
  readonly entries: (
    sample: RegionSample,
    texture: TextureSettings,
    direction: number | null,
    meet: MeetEntry,
  ) => void;
}

/** A matrix of one slice as a picture: every cell with its value and the voxels behind it. */
export interface SliceMatrix {
  readonly columns: ColumnKind;
  readonly directed: boolean;
  readonly centred: boolean;
  /** Rows are the grey levels 1 … `bins`. */
  readonly bins: number;
  /** What each column stands for: the levels, lengths, sizes … ; `tone` has 1 for n_i and 2 for s_i. */
  readonly headings: readonly number[];
  /** Value of each cell, row by row. */
  readonly values: Float64Array;
  /** Members of cell c are those from `members[c]` up to `members[c + 1]`. */
  readonly members: Uint32Array;
  /** Voxels of member m are `voxels[first[m]]` up to `voxels[first[m + 1]]`. */
  readonly first: Uint32Array;
  /** Places in the slice, x + columns·y. */
  readonly voxels: Uint32Array;
}

/** Columns are numbered through up to here; beyond, only those that occur are shown. */
const THROUGH = 24;

/**
 * The matrix of a sample of one slice, counted entry by entry with the room's reference, so that every cell can say
 * what it counts. The entries of a cell stand in the order in which they were met.
 * @param sample one slice with grey levels
 */
export function sliceMatrix(
  view: SliceMatrixView,
  sample: RegionSample,
  texture: TextureSettings,
  direction: number | null = null,
): SliceMatrix {
  const bins = sample.discretised?.bins ?? 0;
  const levels: number[] = [];
  const columns: number[] = [];
  const amounts: number[] = [];
  const starts: number[] = [0];
  const places: number[] = [];
  view.entries(sample, texture, direction, (level, column, voxels, amount) => {
    levels.push(level);
    columns.push(column);
    amounts.push(amount);
    for (const v of voxels) places.push(v);
    starts.push(places.length);
  });
  const headings = headingsOf(view.columns, columns, bins);
  const columnOf = new Map(headings.map((heading, at) => [heading, at]));
  const cellOf = (entry: number): number =>
    (levels[entry]! - 1) * headings.length + columnOf.get(columns[entry]!)!;

  const values = new Float64Array(bins * headings.length);
  const members = new Uint32Array(values.length + 1);
  for (let e = 0; e < levels.length; e++) {
    values[cellOf(e)]! += amounts[e]!;
    members[cellOf(e) + 1]!++;
  }
  for (let c = 0; c < values.length; c++) members[c + 1]! += members[c]!;
  const next = members.slice();
  const order = new Uint32Array(levels.length);
  for (let e = 0; e < levels.length; e++) order[next[cellOf(e)]!++] = e;
  const first = new Uint32Array(levels.length + 1);
  const voxels = new Uint32Array(places.length);
  order.forEach((e, m) => {
    const own = places.slice(starts[e], starts[e + 1]);
    voxels.set(own, first[m]);
    first[m + 1] = first[m]! + own.length;
  });
  const { directed, centred } = view;
  return { columns: view.columns, directed, centred, bins, headings, values, members, first, voxels };
}

function headingsOf(kind: ColumnKind, met: readonly number[], bins: number): number[] {
  if (kind === 'tone') return [1, 2];
  const last = kind === 'level' ? bins : met.reduce((most, c) => Math.max(most, c), 1);
  if (kind === 'level' || last <= THROUGH) return Array.from({ length: last }, (_, k) => k + 1);
  return [...new Set(met)].sort((a, b) => a - b);
}
