import { paddedLevels, sampleIndex } from '../padded-levels.ts';
import type { SliceMatrixView } from '../slice-matrix.ts';
import { eachTone } from './reference.ts';

/** Voxels with their neighbours: column 1 counts them (n_i), column 2 sums how far they differ (s_i). */
export const toneEntries: SliceMatrixView = {
  columns: 'tone',
  directed: false,
  centred: true,
  entries(sample, texture, _, meet) {
    const levels = paddedLevels(sample, texture.distance, 'level', null);
    if (levels === null) return;
    const place = sampleIndex(levels, sample);
    eachTone(levels, [0, levels.size[2]], true, (level, sum, centre, around) => {
      const voxels = [centre, ...around].map(place);
      meet(level, 1, voxels, 1);
      meet(level, 2, voxels, Math.abs(level - sum / around.length));
    });
  },
};
