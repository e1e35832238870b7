import type { Size3 } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';

/** An image of 1 mm voxels from a function of the voxel index. */
export function imageOf(
  size: Size3,
  value: (x: number, y: number, z: number) => number,
  spacing: readonly [number, number, number] = [1, 1, 1],
): Volume {
  const data = new Float32Array(size[0] * size[1] * size[2]);
  for (let z = 0, i = 0; z < size[2]; z++)
    for (let y = 0; y < size[1]; y++) for (let x = 0; x < size[0]; x++) data[i++] = value(x, y, z);
  const matrix = [
    [spacing[0], 0, 0],
    [0, spacing[1], 0],
    [0, 0, spacing[2]],
  ] as const;
  return { grid: { size, affine: { origin: [0, 0, 0], matrix } }, data, unit: 'arbitrary', modality: 'MR' };
}

/** A mask from a function of the voxel index. */
export function markOf(size: Size3, value: (x: number, y: number, z: number) => number): Uint8Array {
  return Uint8Array.from(imageOf(size, value).data);
}

export function dice(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    both += a[i]! & b[i]!;
    sum += a[i]! + b[i]!;
  }
  return (2 * both) / sum;
}
