import type { Mask } from '../../core/volume.ts';
import { compareMasks, type MaskComparison } from '../../regions/compare.ts';
import { differenceOf, type Difference } from '../../regions/difference.ts';
import type { Job } from './job.ts';

/** Agreement of two masks on one grid, and the map of where they differ. */
export const compareRegionsJob: Job<
  { readonly a: Mask; readonly b: Mask },
  MaskComparison & { readonly difference: Difference }
> = {
  run({ a, b }) {
    const difference = differenceOf(a, b);
    return {
      value: { ...compareMasks(a, b), difference },
      transfer: [difference.labels.buffer as ArrayBuffer],
    };
  },
};
