import { describe, expect, it } from 'vitest';
import { fragments } from './build.testing.ts';
import { splitFrames } from './frames.ts';

const SOI = [0xff, 0xd8];
const split = (bytes: Uint8Array, frames: number) => {
  const warnings: string[] = [];
  return { frames: splitFrames(bytes, 0, frames, warnings).map((f) => [...f]), warnings };
};
const b = (...values: number[]) => Uint8Array.from(values);

describe('fragments to frames (PS3.5 A.4)', () => {
  it('takes one fragment a frame', () => {
    expect(split(fragments([b(1, 2), b(3, 4)]), 2)).toEqual({
      frames: [
        [1, 2],
        [3, 4],
      ],
      warnings: [],
    });
  });

  it('joins all fragments of a single frame, passing over empty ones', () => {
    expect(split(fragments([b(1, 2), b(), b(3, 4)]), 1)).toEqual({ frames: [[1, 2, 3, 4]], warnings: [] });
  });

  it('goes by the offset table, which counts from the first fragment and its tag', () => {
    // Fragments of 2, 4 and 2 bytes, each behind 8 bytes of tag and length: at 0, 10 and 22
    const bytes = fragments([b(1, 2), b(3, 4, 5, 6), b(7, 8)], [0, 22]);
    expect(split(bytes, 2).frames).toEqual([
      [1, 2, 3, 4, 5, 6],
      [7, 8],
    ]);
  });

  it('goes by the beginnings of codestreams where there is no table', () => {
    const bytes = fragments([b(...SOI), b(1, 2), b(...SOI, 9, 9), b(3, 4)]);
    expect(split(bytes, 2).frames).toEqual([
      [...SOI, 1, 2],
      [...SOI, 9, 9, 3, 4],
    ]);
  });

  it('says when a single frame comes with more', () => {
    expect(split(fragments([b(...SOI), b(...SOI)]), 1).warnings).toHaveLength(1);
    expect(split(fragments([b(1, 2), b(3, 4)], [0, 10]), 1).warnings).toHaveLength(1);
  });

  it.each<[string, Uint8Array, number, string]>([
    ['no fragment', fragments([]), 1, 'missing_pixel_data'],
    ['fragments that cannot be dealt', fragments([b(1, 2), b(3, 4), b(5, 6)]), 2, 'decode_failed'],
    [
      'a table that points between fragments',
      fragments([b(1, 2), b(3, 4), b(5, 6)], [0, 11]),
      2,
      'decode_failed',
    ],
    ['a table that runs backwards', fragments([b(1, 2), b(3, 4), b(5, 6)], [10, 0]), 2, 'decode_failed'],
    ['fewer fragments than frames', fragments([b(1, 2)]), 2, 'decode_failed'],
    ['no end', fragments([b(1, 2)]).subarray(0, -8), 1, 'truncated'],
    ['a fragment past the end', fragments([b(1, 2)]).subarray(0, -9), 1, 'truncated'],
    ['another tag among the fragments', fragments([b(1, 2)]).fill(0x11, 8, 10), 1, 'malformed'],
    ['nothing', b(), 1, 'truncated'],
  ])('refuses %s', (_, bytes, frames, kind) => {
    expect(() => split(bytes, frames)).toThrow(kind);
  });
});
