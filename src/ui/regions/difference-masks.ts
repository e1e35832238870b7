import type { Grid } from '../../core/geometry.ts';
import type { Difference } from '../../regions/difference.ts';
import type { ShownMask } from '../viewer/draw.ts';

/** Only the first, only the second, both: told apart by lightness too. */
export const DIFFERENCE_COLOURS = [
  [255, 140, 60],
  [80, 170, 255],
  [230, 230, 230],
] as const;

/** Three masks on the grid of the image that show where two regions differ. */
export function differenceMasks(
  { box: { low, high }, labels }: Difference,
  grid: Grid,
  names: readonly [string, string, string],
  opacity: number,
): ShownMask[] {
  const [nx, ny, nz] = grid.size;
  const all = names.map(() => new Uint8Array(nx * ny * nz));
  let at = 0;
  for (let z = low[2]; labels.length > 0 && z < high[2]; z++)
    for (let y = low[1]; y < high[1]; y++)
      for (let x = low[0]; x < high[0]; x++) {
        const label = labels[at++]!;
        if (label > 0) all[label - 1]![x + nx * (y + ny * z)] = 1;
      }
  return all.map((data, n) => ({
    mask: { grid, data, name: names[n]!, colour: DIFFERENCE_COLOURS[n]! },
    visible: true,
    opacity,
  }));
}
