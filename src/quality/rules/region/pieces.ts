import type { Size3 } from '../../../core/geometry.ts';
import type { Mask } from '../../../core/volume.ts';
import { boxOf } from '../region-box.ts';

/** A connected piece of a region or of what it leaves out. */
export interface Piece {
  readonly voxels: number;
  /** Linear index into the image of its first voxel. */
  readonly first: number;
  /** Does it reach the border of the box that was looked at? */
  readonly open: boolean;
}

/**
 * Connected pieces of the voxels that are `value` within the box of a region: of the region itself over faces, edges and
 * corners (26 neighbours), or of its holes over faces alone (6), so that a wall of voxels that touch by corners is closed.
 */
export function piecesOf({ grid, data }: Mask, value: 0 | 1): Piece[] {
  const box = boxOf(grid.size, data);
  if (!box) return [];
  const [lo, hi] = box as readonly [number[], number[]];
  const [nx, ny] = grid.size;
  const size: Size3 = [hi[0]! - lo[0]! + 1, hi[1]! - lo[1]! + 1, hi[2]! - lo[2]! + 1];
  const at = (x: number, y: number, z: number) => lo[0]! + x + nx * (lo[1]! + y + ny * (lo[2]! + z));
  const left = new Uint8Array(size[0] * size[1] * size[2]);
  for (let z = 0, i = 0; z < size[2]; z++)
    for (let y = 0; y < size[1]; y++)
      for (let x = 0; x < size[0]; x++, i++) left[i] = data[at(x, y, z)] === value ? 1 : 0;
  const steps = value === 1 ? ALL_STEPS : FACE_STEPS;
  const stack = new Int32Array(left.length);
  const found: Piece[] = [];
  for (let start = 0; start < left.length; start++) {
    if (left[start] === 0) continue;
    let [voxels, open, top] = [0, false, 0];
    stack[top++] = start;
    left[start] = 0;
    while (top > 0) {
      const i = stack[--top]!;
      voxels++;
      const x = i % size[0];
      const y = Math.floor(i / size[0]) % size[1];
      const z = Math.floor(i / (size[0] * size[1]));
      for (const [dx, dy, dz] of steps) {
        const [u, v, w] = [x + dx, y + dy, z + dz];
        if (u < 0 || v < 0 || w < 0 || u >= size[0] || v >= size[1] || w >= size[2]) {
          open = true;
          continue;
        }
        const n = u + size[0] * (v + size[1] * w);
        if (left[n] === 0) continue;
        left[n] = 0;
        stack[top++] = n;
      }
    }
    const first = at(
      start % size[0],
      Math.floor(start / size[0]) % size[1],
      Math.floor(start / (size[0] * size[1])),
    );
    found.push({ voxels, first, open });
  }
  return found;
}

const NEAR = [-1, 0, 1];
const ALL_STEPS = NEAR.flatMap((z) => NEAR.flatMap((y) => NEAR.map((x) => [x, y, z] as const))).filter((s) =>
  s.some((d) => d !== 0),
);
const FACE_STEPS = ALL_STEPS.filter((s) => s.filter((d) => d !== 0).length === 1);
