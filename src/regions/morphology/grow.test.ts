import { describe, expect, it } from 'vitest';
import { loadKernels } from '../../../tests/kernels.ts';
import { Random } from '../../core/random.ts';
import type { Size3, Vec3 } from '../../core/geometry.ts';
import { borderedIndex, borderedSize, grow } from './grow.ts';
import type { Neighbours } from './grow-reference.ts';

const kernels = await loadKernels();

function bordered(size: Size3, inside: (x: number, y: number, z: number) => boolean): Uint8Array {
  const [ox, oy, oz] = borderedSize(size);
  const data = new Uint8Array(ox * oy * oz);
  for (let z = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) {
      for (let x = 0; x < size[0]; x++) if (inside(x, y, z)) data[borderedIndex(size, x, y, z)] = 1;
    }
  }
  return data;
}

describe('growing', () => {
  const size: Size3 = [3, 3, 3];

  it.each([
    [6, 1],
    [18, 2],
    [26, 3],
  ] as const)('over %i neighbours reaches %i of the voxels of a staircase', (neighbours, reached) => {
    // Voxels (0,0,0), (1,1,0) over an edge, (2,2,1) over a corner.
    const stairs = (x: number, y: number, z: number) => x === y && z === (x === 2 ? 1 : 0);
    for (const k of [null, kernels]) {
      expect(grow({ size, data: bordered(size, stairs) }, [0, 0, 0], neighbours, k)).toBe(reached);
    }
  });

  it('from a voxel outside reaches nothing', () => {
    for (const k of [null, kernels]) {
      expect(grow({ size, data: bordered(size, (x) => x === 2) }, [0, 0, 0], 26, k)).toBe(0);
    }
  });

  it('kernel and reference mark the same voxels', () => {
    const random = new Random(5);
    for (const [share, neighbours] of [
      [0.25, 26],
      [0.3, 18],
      [0.4, 6],
      [0.7, 6],
      [0.7, 26],
    ] as const satisfies readonly (readonly [number, Neighbours])[]) {
      const big: Size3 = [37, 20, 15];
      const start = bordered(big, () => random.uniform() < share);
      const seed: Vec3 = [18, 10, 7];
      start[borderedIndex(big, ...seed)] = 1;
      const [a, b] = [start.slice(), start.slice()];
      expect(grow({ size: big, data: a }, seed, neighbours, kernels)).toBe(
        grow({ size: big, data: b }, seed, neighbours, null),
      );
      expect(a).toEqual(b);
    }
  });
});
