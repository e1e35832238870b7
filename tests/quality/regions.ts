import type { Mask, Volume } from '../../src/core/volume.ts';

/** A ball in the middle of a volume or `aside` of it, cut to so many slices, as the region of a test. */
export const ball =
  (radius: number, slices = Infinity, name = 'Ball', aside = 0) =>
  ({ grid }: Volume): Mask[] => {
    const [nx, ny, nz] = grid.size;
    const middle = nz >> 1;
    const data = new Uint8Array(nx * ny * nz);
    for (let k = 0; k < nz; k++)
      for (let j = 0; j < ny; j++)
        for (let i = 0; i < nx; i++)
          if (
            Math.hypot(i - nx / 2 - aside, j - ny / 2, k - middle) <= radius &&
            Math.abs(k - middle) < slices / 2
          )
            data[i + nx * (j + ny * k)] = 1;
    return [{ grid, data, name, colour: [255, 0, 0] }];
  };
