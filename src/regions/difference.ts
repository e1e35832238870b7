import type { Mask } from '../core/volume.ts';
import { boxAround, boxOf, boxSize, gridOfBox, type VoxelBox } from './box.ts';
import type { Grid } from '../core/geometry.ts';

/** Values of the label map of two regions. */
export const ONLY_FIRST = 1;
export const ONLY_SECOND = 2;
export const BOTH = 3;

/** Where two regions agree and differ: a label map of the box around both, empty when both are. */
export interface Difference {
  readonly box: VoxelBox;
  readonly grid: Grid;
  /** 0 neither, 1 only the first, 2 only the second, 3 both; x fastest. */
  readonly labels: Uint8Array;
  /** Voxels of each label 1, 2, 3. */
  readonly counts: readonly [number, number, number];
}

/** The label map of two masks on one grid. */
export function differenceOf(a: Mask, b: Mask): Difference {
  const { size } = a.grid;
  const box = boxAround(boxOf(a.data, size), boxOf(b.data, size)) ?? { low: [0, 0, 0], high: [0, 0, 0] };
  const [wide, tall, deep] = boxSize(box);
  const labels = new Uint8Array(wide * tall * deep);
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  for (let z = 0, to = 0; z < deep; z++) {
    for (let y = 0; y < tall; y++) {
      const row = box.low[0] + size[0] * (box.low[1] + y + size[1] * (box.low[2] + z));
      for (let x = 0; x < wide; x++, to++) {
        const label = a.data[row + x] | (b.data[row + x] << 1);
        labels[to] = label;
        counts[label]++;
      }
    }
  }
  return { box, grid: gridOfBox(a.grid, box), labels, counts: [counts[1], counts[2], counts[3]] };
}
