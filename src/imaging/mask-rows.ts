/**
 * Calls back for each row along x that holds a voxel of the mask, with the row's y and z and the index of its first
 * and last voxel. Empty stretches are skipped by the platform's own search, so an empty image costs little.
 */
export function forEachMaskRow(
  mask: Uint8Array,
  nx: number,
  ny: number,
  visit: (y: number, z: number, first: number, last: number) => void,
): void {
  for (let first = mask.indexOf(1); first !== -1;) {
    const row = Math.floor(first / nx);
    const end = (row + 1) * nx;
    visit(row % ny, Math.floor(row / ny), first, mask.lastIndexOf(1, end - 1));
    first = mask.indexOf(1, end);
  }
}

/** Are all voxels from `first` to `last` of a row inside the mask? Found by the platform's own search too. */
export const isUnbroken = (mask: Uint8Array, first: number, last: number): boolean =>
  !mask.subarray(first, last + 1).includes(0);
