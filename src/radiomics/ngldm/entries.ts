import { paddedLevels, sampleIndex } from '../padded-levels.ts';
import type { SliceMatrixView } from '../slice-matrix.ts';
import { eachDependence } from './reference.ts';

/** Voxels with the neighbours that depend on them; the voxel itself counts, so columns start at 1. */
export const dependenceEntries: SliceMatrixView = {
  columns: 'dependence',
  directed: false,
  centred: true,
  entries(sample, texture, _, meet) {
    const levels = paddedLevels(sample, texture.distance, 'level', null);
    if (levels === null) return;
    const place = sampleIndex(levels, sample);
    eachDependence(levels, [0, levels.size[2]], texture.ngldm_alpha, true, (level, members) => {
      meet(level, members.length, members.map(place), 1);
    });
  },
};
