import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { RefusedInput } from '../../core/refusal.ts';
import { readMgh } from './read.ts';

function made(axes: readonly number[], type: number, body: number, good = 1): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(284 + body);
  const v = new DataView(file.buffer);
  [1, ...axes, type].forEach((n, i) => v.setInt32(4 * i, n));
  v.setInt16(28, good);
  // Steps of 2, 3 and 4 mm along left, inferior and anterior; RAS (5, 6, 7) at voxel (size / 2).
  [2, 3, 4, -1, 0, 0, 0, 0, -1, 0, 1, 0, 5, 6, 7].forEach((x, i) => v.setFloat32(30 + 4 * i, x));
  return file;
}

const refusal = (bytes: Uint8Array): string => {
  try {
    readMgh(bytes, 'a.mgz');
  } catch (error) {
    if (error instanceof RefusedInput) return error.kind;
    throw error;
  }
  return 'accepted';
};

describe('readMgh', () => {
  it('reads values, frames, geometry and repetition time', () => {
    const file = made([2, 4, 6, 2], 4, 2 * 96 + 20);
    const v = new DataView(file.buffer);
    for (let i = 0; i < 96; i++) v.setInt16(284 + 2 * i, i - 48);
    v.setFloat32(284 + 192, 2500);
    for (const bytes of [file, gzipSync(file)]) {
      const image = readMgh(bytes, 'a.mgz');
      expect([image.size, image.count, image.storedType, image.timeStep]).toEqual([
        [2, 4, 6],
        2,
        'int16',
        2.5,
      ]);
      expect([...image.data]).toEqual(Array.from({ length: 96 }, (_, i) => i - 48));
      // RAS origin: (5 + 2·1, 6 - 4·3, 7 + 3·2) = (7, -6, 13), so LPS (-7, 6, 13).
      expect(image.affine.origin).toEqual([-7, 6, 13]);
      expect(image.affine.matrix.map((s) => s.map((x) => x + 0))).toEqual([
        [2, 0, 0],
        [0, 0, -3],
        [0, -4, 0],
      ]);
    }
  });

  it.each([
    ['uint8', 0, 1],
    ['int32', 1, 4],
    ['float32', 3, 4],
    ['uint16', 10, 2],
  ] as const)('type %s', (name, code, width) => {
    expect(readMgh(made([1, 1, 1, 1], code, width), 'a.mgh').storedType).toBe(name);
  });

  it('takes the coronal default without orientation and says so', () => {
    const image = readMgh(made([2, 2, 2, 1], 0, 8, 0), 'a.mgh');
    expect(image.affine.matrix.map((s) => s.map((x) => x + 0))).toEqual([
      [1, 0, 0],
      [0, 0, -1],
      [0, -1, 0],
    ]);
    expect(image.warnings).toHaveLength(1);
  });

  it('refuses what cannot be', () => {
    expect(refusal(made([2, 2, 2, 1], 0, 7))).toBe('truncated');
    expect(refusal(gzipSync(made([2, 2, 2, 1], 0, 7)))).toBe('truncated');
    expect(refusal(gzipSync(made([900, 900, 900, 1], 0, 0)))).toBe('truncated');
    expect(refusal(made([30000, 30000, 30000, 1], 3, 8))).toBe('too_large');
    expect(refusal(made([2, -2, 2, 1], 0, 8))).toBe('bad_nifti');
    expect(refusal(made([2, 2, 2, 1], 7, 8))).toBe('unsupported_encoding');
    expect(refusal(new Uint8Array(10))).toBe('truncated');
  });
});
