import type { Grid } from '../../core/geometry.ts';
import type { RegionSource } from '../../core/region.ts';
import { placeRegion } from '../../regions/place/place.ts';
import type { Job } from './job.ts';

interface PlaceInput {
  readonly source: RegionSource;
  readonly target: { readonly grid: Grid; readonly frameOfReference: string; readonly uid: string };
  readonly resample: boolean;
}

/** Brings a region onto the grid of an image. */
export const placeRegionJob: Job<PlaceInput, ReturnType<typeof placeRegion>> = {
  run({ source, target, resample }) {
    const placed = placeRegion(source, target, { resample });
    return { value: placed, transfer: [placed.mask.data.buffer as ArrayBuffer] };
  },
};
