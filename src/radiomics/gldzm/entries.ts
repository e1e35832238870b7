import { paddedLevels, paddedMask, sampleIndex } from '../padded-levels.ts';
import type { SliceMatrixView } from '../slice-matrix.ts';
import { distanceReference, eachZone } from '../zones-reference.ts';

/** Zones by their least distance from the border of the region. */
export const depthEntries: SliceMatrixView = {
  columns: 'distance',
  directed: false,
  centred: false,
  entries(sample, _, __, meet) {
    const levels = paddedLevels(sample, 1, 'level', null);
    if (levels === null) return;
    const place = sampleIndex(levels, sample);
    const distances = distanceReference(paddedMask(sample, levels), levels.size, true);
    eachZone(levels, [0, levels.size[2]], true, (level, members) => {
      const depth = members.reduce((least, v) => Math.min(least, distances[v]!), Infinity);
      meet(level, depth, members.map(place), 1);
    });
  },
};
