import type { Size3 } from '../core/geometry.ts';
import type { VolumeData } from '../core/volume.ts';
import { packMask, type PackedMask } from './document/packed-mask.ts';

/** The voxels whose value lies in the closed range; a voxel without value (NaN) never does. */
export function thresholdReference(values: VolumeData, size: Size3, low: number, high: number): PackedMask {
  const inside = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) inside[i] = values[i] >= low && values[i] <= high ? 1 : 0;
  return packMask(inside, size);
}
