import type { Finding } from './finding.ts';
import type { Grid, Vec3 } from './geometry.ts';

/** A closed planar polygon of an RTSTRUCT, points in patient mm (LPS). */
export interface Contour {
  readonly points: readonly Vec3[];
  readonly referencedSop?: string;
}

/** A region as its source holds it: contours (RTSTRUCT) or voxels on the source's own grid (SEG, label maps). */
export interface RegionSource {
  readonly id: string;
  readonly name: string;
  readonly colour: readonly [number, number, number];
  readonly origin: 'rtstruct' | 'seg' | 'labelmap' | 'drawn';
  readonly file: string;
  readonly frameOfReference: string;
  /** SeriesInstanceUID that the object says it belongs to, when it does. */
  readonly referencedSeries?: string;
  readonly shape:
    | { readonly kind: 'contours'; readonly contours: readonly Contour[] }
    | {
        readonly kind: 'voxels';
        readonly grid: Grid;
        readonly data: Uint8Array;
        /** Grid of the file, when `grid` is only the box of it that holds the region. */
        readonly within?: Grid;
      };
  readonly findings: readonly Finding[];
}
