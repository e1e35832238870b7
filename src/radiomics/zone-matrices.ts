import type { LevelMatrix } from './level-matrix.ts';

/**
 * Zones of equal grey level, joined over 26 neighbours (8 in a slice): by size for the GLSZM, by their least city-block
 * distance from the border of the morphological mask for the GLDZM. Both come from the same pass.
 */
export interface ZoneMatrices {
  readonly sizes: LevelMatrix;
  readonly distances: LevelMatrix;
}

/** How zones of a sample are found: by the kernel or by the reference. */
export interface ZoneFinder {
  readonly slice: (z: number) => ZoneMatrices;
  readonly volume: () => ZoneMatrices;
}
