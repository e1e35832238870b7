/**
 * Neighbourhood grey tone differences (IBSI IPET) as whole numbers. With c neighbours of sum S around a voxel of level
 * i, |i − S/c| = |i·c − S|/c, so sums of |i·c − S| for each level and each c are exact, in whatever order they are taken.
 */
export interface ToneDifferences {
  /** Columns for each level: index c is the number of neighbours; c = 0 is never filled. */
  readonly columns: number;
  /** Voxels, [level][neighbours]. */
  readonly voxels: Float64Array;
  /** Σ|i·c − S|, [level][neighbours]. */
  readonly differences: Float64Array;
}

export interface ToneCounts {
  readonly slices: () => readonly number[];
  readonly slice: (z: number) => ToneDifferences;
  readonly volume: () => ToneDifferences;
}

/** The same for several slices together. */
export function mergedTones(all: readonly ToneDifferences[]): ToneDifferences {
  const { columns } = all[0]!;
  const voxels = new Float64Array(all[0]!.voxels.length);
  const differences = new Float64Array(voxels.length);
  for (const t of all) {
    for (let k = 0; k < voxels.length; k++) {
      voxels[k]! += t.voxels[k]!;
      differences[k]! += t.differences[k]!;
    }
  }
  return { columns, voxels, differences };
}
