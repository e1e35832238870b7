import { DIRECTIONS, IN_PLANE } from '../directions.ts';
import { paddedLevels, sampleIndex } from '../padded-levels.ts';
import type { SliceMatrixView } from '../slice-matrix.ts';
import { eachRun } from './reference.ts';

/** Runs, each with its voxels from end to end. */
export const runEntries: SliceMatrixView = {
  columns: 'length',
  directed: true,
  centred: false,
  entries(sample, _, direction, meet) {
    const levels = paddedLevels(sample, 1, 'level', null);
    if (levels === null) return;
    const place = sampleIndex(levels, sample);
    const asked = direction === null ? DIRECTIONS.slice(0, IN_PLANE) : [DIRECTIONS[direction]!];
    for (const along of asked) {
      eachRun(levels, [0, levels.size[2]], along, (level, length, first, step) => {
        meet(
          level,
          length,
          Array.from({ length }, (__, k) => place(first + k * step)),
          1,
        );
      });
    }
  },
};
