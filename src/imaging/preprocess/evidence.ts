import { spacingOf } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import { percentile, sortedUnder } from '../normalise/masked-values.ts';

const BINS = 128;

/** One axial slice to show. */
export interface SlicePicture {
  readonly columns: number;
  readonly rows: number;
  /** Edges of a pixel, mm. */
  readonly spacing: readonly [number, number];
  readonly values: Float32Array;
  /** What black and white stand for: the 1st and 99th percentile under the mask. */
  readonly window: readonly [number, number];
}

/** Values under the mask in bins of equal width. */
export interface BinnedValues {
  readonly lower: number;
  readonly width: number;
  readonly counts: readonly number[];
}

/** What one step did, to look at: the same place before and after. */
export interface StepEvidence {
  readonly id: string;
  readonly before: SlicePicture;
  readonly after: SlicePicture;
  readonly field?: SlicePicture;
  readonly histograms: { readonly before: BinnedValues; readonly after: BinnedValues };
  /** Places on the axis of intensities before the step that it held on to. */
  readonly marks: readonly number[];
}

/** Share of the way from the first slice to the last at which most of the mask lies; ½ for an empty mask. */
export function busiestSlice(mask: Uint8Array, { grid }: Volume): number {
  const [nx, ny, nz] = grid.size;
  let [best, most] = [(nz - 1) / 2, 0];
  for (let k = 0; k < nz; k++) {
    let n = 0;
    for (let i = k * nx * ny; i < (k + 1) * nx * ny; i++) n += mask[i]!;
    if (n > most) [best, most] = [k, n];
  }
  return nz > 1 ? best / (nz - 1) : 0.5;
}

/** The slice at a share of the way through a volume. */
export function slicePicture({ grid, data }: Volume, mask: Uint8Array, share: number): SlicePicture {
  const [nx, ny, nz] = grid.size;
  const k = Math.round(share * (nz - 1));
  const [dx, dy] = spacingOf(grid.affine);
  const sorted = sortedUnder(data, mask);
  const window =
    sorted.length > 0 ? ([percentile(sorted, 1), percentile(sorted, 99)] as const) : ([0, 1] as const);
  return {
    columns: nx,
    rows: ny,
    spacing: [dx, dy],
    values: Float32Array.from(data.subarray(k * nx * ny, (k + 1) * nx * ny)),
    window,
  };
}

/** Between the 0.1st and 99.9th percentile, so that single voxels do not squeeze the rest. */
export function binned(volume: Volume, mask: Uint8Array): BinnedValues {
  const sorted = sortedUnder(volume.data, mask);
  const counts = new Array<number>(BINS).fill(0);
  if (sorted.length === 0) return { lower: 0, width: 1, counts };
  const [low, high] = [percentile(sorted, 0.1), percentile(sorted, 99.9)];
  const width = (high - low) / BINS || 1;
  for (const v of sorted) {
    if (v >= low && v <= high) counts[Math.min(BINS - 1, Math.floor((v - low) / width))]!++;
  }
  return { lower: low, width, counts };
}
