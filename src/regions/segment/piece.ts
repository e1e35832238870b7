import type { Size3 } from '../../core/geometry.ts';

/**
 * Of the voxels of one class, those that hang together over faces with the voxel that was pointed at; where that voxel is
 * of another class, the largest piece, of equal ones the first.
 * @param labels class of each voxel of the box, first axis fastest
 * @returns 1 in the piece
 */
export function pieceOf(labels: Uint8Array, size: Size3, label: number, at: number): Uint8Array<ArrayBuffer> {
  const flood = floodOf(labels, size, label);
  if (labels[at] === label) {
    const piece = new Uint8Array(labels.length);
    flood(at, piece, 1);
    return piece;
  }
  // Two marks: what was met, and the largest piece so far, which is flooded again at the end.
  const met = new Uint8Array(labels.length);
  let [best, most] = [-1, 0];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== label || met[i] !== 0) continue;
    const count = flood(i, met, 1);
    if (count > most) [best, most] = [i, count];
  }
  const piece = new Uint8Array(labels.length);
  if (best >= 0) flood(best, piece, 1);
  return piece;
}

/** Marks everything of the class that is reached from a voxel over faces; returns how many voxels that are. */
function floodOf(labels: Uint8Array, [nx, ny, nz]: Size3, label: number) {
  const plane = nx * ny;
  const stack: number[] = [];
  return (from: number, marks: Uint8Array, mark: number): number => {
    let count = 0;
    const meet = (i: number) => {
      if (labels[i] !== label || marks[i] === mark) return;
      marks[i] = mark;
      count++;
      stack.push(i);
    };
    meet(from);
    while (stack.length > 0) {
      const i = stack.pop()!;
      const x = i % nx;
      const y = Math.floor(i / nx) % ny;
      const z = Math.floor(i / plane);
      if (x > 0) meet(i - 1);
      if (x < nx - 1) meet(i + 1);
      if (y > 0) meet(i - nx);
      if (y < ny - 1) meet(i + nx);
      if (z > 0) meet(i - plane);
      if (z < nz - 1) meet(i + plane);
    }
    return count;
  };
}
