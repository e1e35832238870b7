import type { StoredValues } from '../../core/instance.ts';
import { RefusedInput } from '../../core/refusal.ts';
import type { PixelModule } from './pixel-module.ts';
import { allocate, interleave, maskStored } from './stored-values.ts';

interface NativePixels {
  /** Bytes of the pixel data element, as many as are there. */
  readonly bytes: Uint8Array;
  readonly littleEndian: boolean;
  /** The element is OW: 8-bit values are packed into 16-bit words, which big endian swaps. */
  readonly words: boolean;
  readonly warnings: string[];
}

/** Bytes that the frames of this image take when they are not compressed. */
export function nativeLength(m: PixelModule): number {
  const subsampled = m.photometric.endsWith('_422') && m.samples === 3;
  const values = m.rows * m.columns * m.frames * (subsampled ? 2 : m.samples);
  return m.bitsAllocated === 1 ? Math.ceil(values / 8) : values * (m.bitsAllocated / 8);
}

/** Uncompressed pixel data to stored values. @throws RefusedInput `truncated` when bytes are missing. */
export function readNative(
  m: PixelModule,
  { bytes, littleEndian, words, warnings }: NativePixels,
): StoredValues {
  const needed = nativeLength(m);
  if (bytes.length < needed)
    throw new RefusedInput('truncated', { what: 'pixel data', expected: needed, received: bytes.length });
  if (bytes.length > needed + 1) warnings.push(`pixel data ${bytes.length - needed} bytes too long`);
  const count = m.rows * m.columns * m.samples * m.frames;
  if (m.bitsAllocated === 1) return unpackBits(m, bytes, count);
  if (m.photometric.endsWith('_422') && m.samples === 3) return expand422(m, bytes);
  const values = allocate(m, count);
  const target = new Uint8Array(values.buffer);
  const width = m.bitsAllocated / 8;
  if (littleEndian) target.set(bytes.subarray(0, needed));
  else {
    // 8-bit values in big endian words are swapped in pairs, the padding byte of an odd length among them.
    const swapped = bytes.slice(0, needed + (needed & 1));
    swap(swapped, width === 1 ? (words ? 2 : 1) : width);
    target.set(swapped.subarray(0, needed));
  }
  maskStored(values, m);
  if (!m.planar) return values;
  const perFrame = m.rows * m.columns * m.samples;
  for (let f = 0; f < m.frames; f++) {
    const frame = values.subarray(f * perFrame, (f + 1) * perFrame);
    (frame as Uint8Array).set(interleave(frame, m.samples) as Uint8Array);
  }
  return values;
}

/** Reverses the bytes of each value of `width` bytes, in place. */
function swap(bytes: Uint8Array, width: number): void {
  for (let at = 0; at + width <= bytes.length; at += width) {
    for (let a = at, b = at + width - 1; a < b; a++, b--) {
      const t = bytes[a];
      bytes[a] = bytes[b];
      bytes[b] = t;
    }
  }
}

/** One bit a pixel, the first in the lowest bit; frames follow without padding. */
function unpackBits(m: PixelModule, bytes: Uint8Array, count: number): StoredValues {
  const values = allocate({ ...m, bitsAllocated: 8 }, count);
  for (let i = 0; i < count; i++) values[i] = (bytes[i >> 3] >> (i & 7)) & 1;
  return values;
}

/** Y1 Y2 Cb Cr for each two pixels of a row to three samples a pixel (PS3.3 C.7.6.3.1.2). */
function expand422(m: PixelModule, bytes: Uint8Array): StoredValues {
  if (m.columns % 2 !== 0)
    throw new RefusedInput('inconsistent_attributes', {
      attribute: 'Columns (0028,0011)',
      expected: 'even, for colour in 4:2:2',
      received: m.columns,
    });
  if (m.bitsAllocated !== 8)
    throw new RefusedInput('unsupported_encoding', { what: `4:2:2 of ${m.bitsAllocated} bits` });
  const pairs = (m.rows * m.columns * m.frames) >> 1;
  const values = allocate(m, pairs * 6);
  for (let p = 0; p < pairs; p++) {
    const from = p * 4;
    const to = p * 6;
    values[to] = bytes[from];
    values[to + 3] = bytes[from + 1];
    values[to + 1] = values[to + 4] = bytes[from + 2];
    values[to + 2] = values[to + 5] = bytes[from + 3];
  }
  return values;
}

/** FloatPixelData and DoubleFloatPixelData. */
export function readFloats(
  m: PixelModule,
  { bytes, littleEndian }: NativePixels,
  width: 4 | 8,
): StoredValues {
  const count = m.rows * m.columns * m.samples * m.frames;
  if (bytes.length < count * width)
    throw new RefusedInput('truncated', {
      what: 'pixel data',
      expected: count * width,
      received: bytes.length,
    });
  const values = width === 4 ? new Float32Array(count) : new Float64Array(count);
  const target = new Uint8Array(values.buffer);
  target.set(bytes.subarray(0, count * width));
  if (!littleEndian) swap(target, width);
  return values;
}
