import { paddedLevels, sampleIndex } from '../padded-levels.ts';
import type { SliceMatrixView } from '../slice-matrix.ts';
import { eachZone } from '../zones-reference.ts';

/** Zones by their size. */
export const zoneEntries: SliceMatrixView = {
  columns: 'size',
  directed: false,
  centred: false,
  entries(sample, _, __, meet) {
    const levels = paddedLevels(sample, 1, 'level', null);
    if (levels === null) return;
    const place = sampleIndex(levels, sample);
    eachZone(levels, [0, levels.size[2]], true, (level, members) => {
      meet(level, members.length, members.map(place), 1);
    });
  },
};
