import { describe, expect, it } from 'vitest';
import type { Affine } from '../../core/geometry.ts';
import { readNrrd } from './read.ts';
import { writeNrrd } from './write.ts';

const affine: Affine = {
  origin: [-12.1, 1 / 3, 1e-7],
  matrix: [
    [0.7, 0, -0.1],
    [0.1, 1.1, 0.2],
    [0, -0.4, 3.3],
  ],
};
const grid = { size: [3, 2, 2] as const, affine };

describe('writing NRRD', () => {
  it.each([
    ['unsigned char', Uint8Array.from({ length: 12 }, (_, i) => i % 3)],
    ['float', Float32Array.from({ length: 12 }, (_, i) => Math.fround(i / 7 - 1))],
    ['double', Float64Array.from({ length: 12 }, (_, i) => i / 7 - 1e9)],
    ['double', Float64Array.from({ length: 36 }, (_, i) => i / 3)],
  ])('%s comes back bit for bit, on the same grid', (type, data) => {
    const read = readNrrd(writeNrrd({ grid, data }), 'x.nrrd');
    expect(read).toMatchObject({
      size: [3, 2, 2],
      count: data.length / 12,
      affine,
      storedType: type,
      warnings: [],
    });
    expect([...read.data]).toEqual([...data]);
  });

  it('states what it holds in plain words', () => {
    const text = new TextDecoder('latin1').decode(writeNrrd({ grid, data: new Uint8Array(24) }));
    expect(text.slice(0, text.indexOf('\n\n')).split('\n')).toEqual([
      'NRRD0004',
      'type: unsigned char',
      'dimension: 4',
      'space: left-posterior-superior',
      'sizes: 3 2 2 2',
      'space directions: (0.7,0,-0.1) (0.1,1.1,0.2) (0,-0.4,3.3) none',
      'kinds: domain domain domain list',
      'endian: little',
      'encoding: gzip',
      'space origin: (-12.1,0.3333333333333333,1e-7)',
    ]);
  });

  it('refuses data that do not fill the grid', () => {
    expect(() => writeNrrd({ grid, data: new Uint8Array(13) })).toThrow(RangeError);
  });
});
