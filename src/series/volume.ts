import type { Affine } from '../core/geometry.ts';
import type { DecodedPixels, StoredValues } from '../core/instance.ts';
import { RefusedInput } from '../core/refusal.ts';
import type { FrameRef, Series } from '../core/series.ts';
import type { Volume, VolumeData } from '../core/volume.ts';

/** Where a series without geometry is drawn: unit voxels at the origin. */
const NOWHERE: Affine = {
  origin: [0, 0, 0],
  matrix: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
};

/** A volume that is filled plane by plane, as pixels arrive, in any order. */
export interface FillingVolume {
  readonly volume: Volume;
  /**
   * Puts one plane at slice `k`: stored values rescaled, padding as NaN; of colour, the mean of the samples.
   * @throws RefusedInput `inconsistent_attributes` when the decoded picture cannot hold the plane.
   */
  readonly put: (k: number, plane: FrameRef, pixels: DecodedPixels) => void;
}

/**
 * Starts the volume of one phase. `allocate` gives the array, shared between threads where the page may do so.
 * Slices lie in order along +normal of the image plane, x fastest.
 */
export function startVolume(
  series: Series,
  allocate: (voxels: number) => VolumeData = (n) => new Float32Array(n),
): FillingVolume {
  const [nx, ny, nz] = series.size;
  const data = allocate(nx * ny * nz);
  const volume: Volume = {
    grid: { size: [nx, ny, nz], affine: series.affine ?? NOWHERE },
    data,
    unit: series.unit,
    modality: series.modality,
  };
  return {
    volume,
    put: (k, plane, pixels) => putPlane(data.subarray(k * nx * ny, (k + 1) * nx * ny), nx, ny, plane, pixels),
  };
}

function putPlane(
  out: VolumeData,
  nx: number,
  ny: number,
  plane: FrameRef,
  { columns, rows, frames, samples, values }: DecodedPixels,
): void {
  const [tx, ty] = plane.tile ?? [0, 0];
  const fits = plane.tile ? (tx + 1) * nx <= columns && (ty + 1) * ny <= rows : nx === columns && ny === rows;
  if (!fits || plane.frame >= frames || values.length < (plane.frame + 1) * columns * rows * samples)
    throw new RefusedInput('inconsistent_attributes', {
      expected: `${nx}×${ny}`,
      received: `${columns}×${rows}×${frames}`,
    });
  const first = plane.frame * columns * rows + ty * ny * columns + tx * nx;
  if (samples > 1) return putColour(out, nx, ny, columns, first, plane, samples, values);
  // Whole planes are one run; tiles are a run a row.
  const [runs, length] = plane.tile ? [ny, nx] : [1, nx * ny];
  for (let r = 0; r < runs; r++) {
    const from = first + r * columns;
    rescale(values.subarray(from, from + length), out.subarray(r * length, (r + 1) * length), plane);
  }
}

/** `out = stored · slope + intercept`, padding as NaN; one loop for each kind of array, so that each stays fast. */
function rescale(stored: StoredValues, out: VolumeData, { slope, intercept, padding }: FrameRef): void {
  if (slope === 1 && intercept === 0) out.set(stored);
  else if (stored instanceof Int16Array)
    for (let i = 0; i < out.length; i++) out[i] = stored[i] * slope + intercept;
  else if (stored instanceof Uint16Array)
    for (let i = 0; i < out.length; i++) out[i] = stored[i] * slope + intercept;
  else if (stored instanceof Uint8Array)
    for (let i = 0; i < out.length; i++) out[i] = stored[i] * slope + intercept;
  else for (let i = 0; i < out.length; i++) out[i] = stored[i] * slope + intercept;
  if (!padding) return;
  const [low, high] = padding;
  for (let i = 0; i < out.length; i++) if (stored[i] >= low && stored[i] <= high) out[i] = NaN;
}

/** Colour is shown, not measured: the mean of the first three samples. */
function putColour(
  out: VolumeData,
  nx: number,
  ny: number,
  columns: number,
  first: number,
  { slope, intercept }: FrameRef,
  samples: number,
  values: StoredValues,
): void {
  const used = Math.min(3, samples);
  for (let j = 0; j < ny; j++) {
    for (let i = 0; i < nx; i++) {
      const p = (first + j * columns + i) * samples;
      let sum = 0;
      for (let s = 0; s < used; s++) sum += values[p + s];
      out[i + nx * j] = (sum / used) * slope + intercept;
    }
  }
}
