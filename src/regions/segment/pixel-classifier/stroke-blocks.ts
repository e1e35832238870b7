import type { Size3 } from '../../../core/geometry.ts';

/** Edges of the cubes that are tried, voxels, and how many pieces each class needs. */
const EDGES = [8, 4, 2];
const PIECES = 5;

/**
 * Which piece of the strokes each mark belongs to: marks of one class in one cube of 8³ voxels. Neighbours look alike, so an
 * accuracy is honest only where whole pieces are kept back; strokes too short for five pieces of each class are cut into smaller
 * cubes, and at last into single voxels.
 * @returns number of the piece of each mark, from 0
 */
export function strokeBlocks(voxels: Uint32Array, classes: Uint8Array, [nx, ny]: Size3): Uint32Array {
  for (const edge of EDGES) {
    const numbers = new Map<string, number>();
    const perClass = new Map<number, number>();
    const blocks = Uint32Array.from(voxels, (v, m) => {
      const at = [v % nx, Math.floor(v / nx) % ny, Math.floor(v / (nx * ny))];
      const key = [classes[m], ...at.map((a) => Math.floor(a / edge))].join();
      let block = numbers.get(key);
      if (block === undefined) {
        numbers.set(key, (block = numbers.size));
        perClass.set(classes[m]!, (perClass.get(classes[m]!) ?? 0) + 1);
      }
      return block;
    });
    if ([...perClass.values()].every((n) => n >= PIECES)) return blocks;
  }
  return Uint32Array.from(voxels.keys());
}

/** The rows of each block; without blocks each row is its own. */
export function rowsByBlock(count: number, blocks: Uint32Array | undefined): readonly (readonly number[])[] {
  const rows: number[][] = [];
  for (let r = 0; r < count; r++) (rows[blocks ? blocks[r]! : r] ??= []).push(r);
  return rows;
}
