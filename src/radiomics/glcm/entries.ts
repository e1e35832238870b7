import { DIRECTIONS, IN_PLANE } from '../directions.ts';
import { paddedLevels, sampleIndex } from '../padded-levels.ts';
import type { SliceMatrixView } from '../slice-matrix.ts';
import { eachPair } from './reference.ts';

/** Pairs of voxels; in a symmetric matrix each is met both ways. */
export const pairEntries: SliceMatrixView = {
  columns: 'level',
  directed: true,
  centred: false,
  entries(sample, texture, direction, meet) {
    const levels = paddedLevels(sample, texture.distance, 'level', null);
    if (levels === null) return;
    const place = sampleIndex(levels, sample);
    const asked = direction === null ? DIRECTIONS.slice(0, IN_PLANE) : [DIRECTIONS[direction]!];
    for (const step of asked) {
      eachPair(levels, [0, levels.size[2]], step, (i, j, first, second) => {
        const [a, b] = [place(first), place(second)];
        meet(i, j, [a, b], 1);
        if (texture.glcm_symmetric) meet(j, i, [b, a], 1);
      });
    }
  },
};
