import type { LevelMatrix } from '../level-matrix.ts';

/** Runs of equal grey level, counted by direction (IBSI TP0I). */
export interface RunCounts {
  readonly slices: () => readonly number[];
  /** The four in-plane matrices of one slice. */
  readonly slice: (z: number) => LevelMatrix[];
  /** The 13 matrices of the volume. */
  readonly volume: () => LevelMatrix[];
}
