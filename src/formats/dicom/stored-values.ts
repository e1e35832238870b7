import type { StoredValues } from '../../core/instance.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { PixelModule } from './pixel-module.ts';

/** Decoded images beyond this are refused before anything is allocated. */
const MOST_DECODED = 2 * 2 ** 30;

/** An array for `count` stored values of this image. @throws RefusedInput `too_large`. */
export function allocate({ bitsAllocated, signed }: PixelModule, count: number): StoredValues {
  const width = Math.max(1, bitsAllocated >> 3);
  if (count * width > MOST_DECODED)
    throw new RefusedInput('too_large', { size: count * width, limit: MOST_DECODED, what: 'pixels' });
  if (width === 1) return signed ? new Int8Array(count) : new Uint8Array(count);
  if (width === 2) return signed ? new Int16Array(count) : new Uint16Array(count);
  return signed ? new Int32Array(count) : new Uint32Array(count);
}

/**
 * Keeps the BitsStored bits below HighBit, sign-extended where the representation is signed; in place. What lies in
 * the other bits (old overlays) is dropped.
 */
export function maskStored(
  values: StoredValues,
  { bitsAllocated, bitsStored, highBit, signed }: PixelModule,
): void {
  const shift = highBit + 1 - bitsStored;
  if (bitsStored === bitsAllocated && shift === 0) return;
  if (bitsStored >= 32) return;
  const mask = bitsStored === 32 ? 0xffffffff : 2 ** bitsStored - 1;
  const up = 32 - bitsStored;
  if (signed) for (let i = 0; i < values.length; i++) values[i] = ((values[i] >> shift) << up) >> up;
  else for (let i = 0; i < values.length; i++) values[i] = (values[i] >>> shift) & mask;
}

/** Planes of samples (RRR…GGG…BBB…) to interleaved samples (RGBRGB…), one frame. */
export function interleave(values: StoredValues, samples: number): StoredValues {
  const out = values.slice();
  const count = values.length / samples;
  for (let s = 0; s < samples; s++)
    for (let i = 0; i < count; i++) out[i * samples + s] = values[s * count + i];
  return out;
}
