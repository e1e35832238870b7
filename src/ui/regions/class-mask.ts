import type { Size3 } from '../../core/geometry.ts';
import type { SegmentationOutcome } from '../../regions/segment/segment.ts';

/** One class of a segmentation on the grid of the image. */
export function classMask(
  { box: { from, to }, labels }: Pick<Extract<SegmentationOutcome, { outcome: 'done' }>, 'box' | 'labels'>,
  label: number,
  [nx, ny, nz]: Size3,
): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(nx * ny * nz);
  let at = 0;
  for (let z = from[2]; z < to[2]; z++)
    for (let y = from[1]; y < to[1]; y++)
      for (let x = from[0]; x < to[0]; x++, at++) data[x + nx * (y + ny * z)] = labels[at] === label ? 1 : 0;
  return data;
}
