import type { LevelMatrix } from '../level-matrix.ts';

/** Dependences by level (IBSI REK0), for one slice or the volume. */
export interface DependenceCounts {
  readonly slices: () => readonly number[];
  readonly slice: (z: number) => LevelMatrix;
  readonly volume: () => LevelMatrix;
}
