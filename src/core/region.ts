import type { Finding } from './finding.ts';
import type { Grid, Vec3 } from './geometry.ts';

/** A closed planar polygon of an RTSTRUCT, points in patient mm (LPS). */
export interface Contour {
  readonly points: readonly Vec3[];
  readonly referencedSop?: string;
}

/** Who drew a region: a person, a person with a tool's help, or a tool alone (SegmentAlgorithmType of PS3.3 C.8.20.2). */
export interface Authorship {
  readonly how: 'MANUAL' | 'SEMIAUTOMATIC' | 'AUTOMATIC';
  /** Name of the tool or program; empty for a hand without one. */
  readonly tool: string;
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
  /** How it was drawn, when the source says so. */
  readonly authorship?: Authorship;
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
