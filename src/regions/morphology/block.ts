import type { Size3, Vec3 } from '../../core/geometry.ts';
import { boxSize } from '../box.ts';
import { packBox, packedBox, unpackBox, type PackedMask } from '../document/packed-mask.ts';

/** The bytes of a region with room around, which may reach beyond the image: morphology knows no border. */
export interface Block {
  /** Voxel index of the first byte; may be negative. */
  readonly low: Vec3;
  readonly size: Size3;
  readonly data: Uint8Array;
}

/** A region with a margin of zeros around; null when it is empty. */
export function blockOf(mask: PackedMask, margin: Vec3): Block | null {
  const box = packedBox(mask);
  if (box === null) return null;
  const inner = boxSize(box);
  const size: Size3 = [inner[0] + 2 * margin[0], inner[1] + 2 * margin[1], inner[2] + 2 * margin[2]];
  const low: Vec3 = [box.low[0] - margin[0], box.low[1] - margin[1], box.low[2] - margin[2]];
  const bytes = unpackBox(mask, box);
  const data = new Uint8Array(size[0] * size[1] * size[2]);
  for (let z = 0, from = 0; z < inner[2]; z++) {
    for (let y = 0; y < inner[1]; y++, from += inner[0]) {
      const to = margin[0] + size[0] * (y + margin[1] + size[1] * (z + margin[2]));
      data.set(bytes.subarray(from, from + inner[0]), to);
    }
  }
  return { low, size, data };
}

/** The part of a block inside the image, as its mask. */
export function packBlock({ low, size, data }: Block, image: Size3): PackedMask {
  const from = low.map((v) => Math.max(0, v));
  const to = low.map((v, a) => Math.min(image[a], v + size[a]));
  const inner = from.map((v, a) => Math.max(0, to[a] - v));
  const bytes = new Uint8Array(inner[0] * inner[1] * inner[2]);
  for (let z = 0, at = 0; z < inner[2]; z++) {
    for (let y = 0; y < inner[1]; y++, at += inner[0]) {
      const start = from[0] - low[0] + size[0] * (y + from[1] - low[1] + size[1] * (z + from[2] - low[2]));
      bytes.set(data.subarray(start, start + inner[0]), at);
    }
  }
  const [x, y, z] = from;
  return packBox(image, { low: [x, y, z], high: [x + inner[0], y + inner[1], z + inner[2]] }, bytes);
}
