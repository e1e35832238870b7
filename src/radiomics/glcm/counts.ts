/**
 * Pairs of neighbouring grey levels, counted by direction (IBSI LFYI). Each matrix holds, at [i−1][j−1] of K × K, the
 * pairs of a voxel of rank i and the voxel δ steps along the direction with rank j; opposite directions are added
 * by the formulas.
 */
export interface PairCounts {
  /** K: number of ranks. */
  readonly ranks: number;
  /** Grey level of each rank; index 0 is not used. */
  readonly values: Uint32Array;
  /** N_g. */
  readonly bins: number;
  /** Slices that hold voxels of the region, by the numbers that `slice` takes. */
  readonly slices: () => readonly number[];
  /** The four in-plane matrices of one slice. */
  readonly slice: (z: number) => Uint32Array[];
  /** The 13 matrices of the volume. */
  readonly volume: () => Uint32Array[];
}

/** Most ranks that are counted: 13 matrices and their scratch then take 350 MB. */
export const MOST_RANKS = 2047;
