/** The families' view of the image chain's result; it is defined where it is made. */
export type { RegionSample } from '../imaging/region-sample.ts';
