import type { Size3 } from '../../core/geometry.ts';

/** Pieces of a mask that hang together over faces: the number of the piece of each voxel, from 1, and voxels by number. */
export interface GridPieces {
  readonly piece: Int32Array;
  readonly voxels: readonly number[];
}

/** Pieces of a small mask, such as one of blocks; regions on the full grid have quicker ways (region/pieces.ts). */
export function gridPieces(mask: Uint8Array, [nx, ny, nz]: Size3): GridPieces {
  const piece = new Int32Array(mask.length);
  const stack = new Int32Array(mask.length);
  const voxels: number[] = [0];
  let [own, height] = [0, 0];
  const visit = (at: number) => {
    if (mask[at] === 0 || piece[at] !== 0) return;
    piece[at] = own;
    stack[height++] = at;
  };
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] === 0 || piece[seed] !== 0) continue;
    own = voxels.length;
    voxels.push(0);
    visit(seed);
    while (height > 0) {
      const at = stack[--height]!;
      voxels[own]!++;
      const i = at % nx;
      const j = Math.floor(at / nx) % ny;
      const k = Math.floor(at / (nx * ny));
      if (i > 0) visit(at - 1);
      if (i < nx - 1) visit(at + 1);
      if (j > 0) visit(at - nx);
      if (j < ny - 1) visit(at + nx);
      if (k > 0) visit(at - nx * ny);
      if (k < nz - 1) visit(at + nx * ny);
    }
  }
  return { piece, voxels };
}

/** The piece of most voxels, the first of equals; nothing of an empty mask. */
export function largestPiece(mask: Uint8Array, size: Size3): Uint8Array {
  const { piece, voxels } = gridPieces(mask, size);
  const best = voxels.reduce((a, n, p) => (n > voxels[a]! ? p : a), 0);
  return mask.map((_, at) => (best > 0 && piece[at] === best ? 1 : 0));
}
