import { expect, test } from 'vitest';
import { loadKernels } from '../../tests/kernels.ts';
import { Random } from '../core/random.ts';
import { maskRows } from './mask-rows.ts';

const kernels = await loadKernels();

test.each([null, kernels])('finds two rows, one with a gap, and their box', (backend) => {
  const mask = new Uint8Array(4 * 3 * 2);
  for (const at of [5, 7, 20]) mask[at] = 1; // (1, 1, 0), (3, 1, 0), (0, 2, 1)
  const rows = maskRows(mask, [4, 3, 2], backend);
  const figures = [0, 1].map((r) => [
    rows.y(r),
    rows.z(r),
    rows.first(r),
    rows.last(r),
    rows.voxelsOf(r),
    rows.start(r),
  ]);
  expect(figures).toEqual([
    [1, 0, 5, 7, 2, 4],
    [2, 1, 20, 20, 1, 20],
  ]);
  expect(rows.extent).toEqual({ count: 3, lo: [0, 1, 0], hi: [4, 3, 2], box: [4, 2, 2] });
  expect(maskRows(new Uint8Array(24), [4, 3, 2], backend).extent).toBeNull();
});

test.skipIf(kernels === null).each([1, 5, 16, 17, 32, 63])(
  'rows of %i voxels by kernel and without',
  (nx) => {
    for (const share of [0.02, 0.5, 1]) {
      const r = new Random(nx);
      const mask = Uint8Array.from({ length: nx * 35 }, () => Number(r.uniform() < share));
      const [a, b] = [null, kernels].map((k) => maskRows(mask, [nx, 7, 5], k));
      expect(b!.count).toBe(a!.count);
      for (let n = 0; n < a!.count; n++) {
        expect([b!.y(n), b!.z(n), b!.first(n), b!.last(n), b!.voxelsOf(n)]).toEqual([
          a!.y(n),
          a!.z(n),
          a!.first(n),
          a!.last(n),
          a!.voxelsOf(n),
        ]);
      }
    }
  },
);
