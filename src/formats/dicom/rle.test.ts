import { describe, expect, it } from 'vitest';
import { decodeRle } from './rle.ts';

/** An RLE frame: header of 16 words, then the segments one after the other. */
function frame(...segments: readonly (readonly number[])[]): Uint8Array {
  const header = new Uint32Array(16);
  header[0] = segments.length;
  let at = 64;
  segments.forEach((s, i) => {
    header[i + 1] = at;
    at += s.length;
  });
  return Uint8Array.from([...new Uint8Array(header.buffer), ...segments.flat()]);
}

describe('RLE (PS3.5 Annex G)', () => {
  it('reads literals, runs, and passes over −128', () => {
    // 3 literals 1 2 3; nothing; 4 times 9
    expect([...decodeRle(frame([2, 1, 2, 3, 128, 253, 9]), 7, 1, 1)]).toEqual([1, 2, 3, 9, 9, 9, 9]);
  });

  it('reads the longest run and the longest row of literals', () => {
    const row = Array.from({ length: 128 }, (_, i) => i);
    expect([...decodeRle(frame([127, ...row, 129, 7]), 256, 1, 1)]).toEqual([
      ...row,
      ...Array<number>(128).fill(7),
    ]);
  });

  it('puts the most significant byte plane first, and interleaves the samples', () => {
    expect([...decodeRle(frame([1, 0x12, 0x56], [1, 0x34, 0x78]), 2, 1, 2)]).toEqual([
      0x34, 0x12, 0x78, 0x56,
    ]);
    expect([...decodeRle(frame([1, 1, 2], [1, 3, 4], [1, 5, 6]), 2, 3, 1)]).toEqual([1, 3, 5, 2, 4, 6]);
  });

  it('ignores padding behind the pixels', () => {
    expect([...decodeRle(frame([1, 5, 6, 0, 0, 0]), 2, 1, 1)]).toEqual([5, 6]);
  });

  it.each<[string, Uint8Array, number, number]>([
    ['a header that is cut', new Uint8Array(63), 1, 1],
    ['too few segments', frame([0, 1]), 1, 2],
    ['too many segments', frame([0, 1], [0, 1]), 1, 1],
    ['a segment too short by a pixel', frame([1, 5, 6]), 3, 1],
    ['literals that reach past their segment', frame([3, 5, 6]), 4, 1],
    ['a run without its value', frame([0, 5, 253]), 2, 1],
    ['a segment that begins behind the frame', frame([1, 5, 6]).fill(255, 4, 8), 2, 1],
    ['a segment that begins inside the header', frame([1, 5, 6]).fill(8, 4, 5), 2, 1],
  ])('refuses %s', (_, bytes, pixels, width) => {
    expect(() => decodeRle(bytes, pixels, 1, width)).toThrow('decode_failed');
  });
});
