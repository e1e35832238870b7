import type { DecodedPixels } from '../core/instance.ts';
import type { FrameRef, Series } from '../core/series.ts';
import type { Volume, VolumeData } from '../core/volume.ts';
import type { Affine } from '../core/geometry.ts';

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
  /** Puts one plane at slice `k`: stored values rescaled, padding as NaN; of colour, the mean of the samples. */
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
    put(k, plane, pixels) {
      const at = k * nx * ny;
      const perFrame = pixels.columns * pixels.rows;
      const { samples, values } = pixels;
      const [tx, ty] = plane.tile ?? [0, 0];
      const first = plane.frame * perFrame + ty * ny * pixels.columns + tx * nx;
      const { slope, intercept, padding } = plane;
      for (let j = 0; j < ny; j++) {
        const from = first + j * pixels.columns;
        const to = at + j * nx;
        if (samples === 1) for (let i = 0; i < nx; i++) data[to + i] = values[from + i] * slope + intercept;
        else {
          for (let i = 0; i < nx; i++) {
            const p = (from + i) * samples;
            data[to + i] = ((values[p] + values[p + 1] + values[p + 2]) / 3) * slope + intercept;
          }
        }
        if (!padding) continue;
        for (let i = 0; i < nx; i++) {
          const v = values[from + i];
          if (v >= padding[0] && v <= padding[1]) data[to + i] = NaN;
        }
      }
    },
  };
}
