import { expect, it } from 'vitest';
import { loadKernels } from '../engine/wasm/kernels.ts';
import { discretise, type NoLevels } from './discretise.ts';
import { levelCountsOf } from './level-counts.ts';
import { maskRows } from './mask-rows.ts';
import type { Discretised } from './region-sample.ts';

const settings = { method: 'FBN', bins: 64, width: 25 } as const;

const countsOf = (made: Discretised | NoLevels): Uint32Array | null =>
  typeof made === 'string' ? null : levelCountsOf(made, null);

it.each([1, 2, 7, 16384, 40001])('gives %i voxels the same levels by kernel and without', async (n) => {
  const kernels = await loadKernels();
  expect(kernels).not.toBeNull();
  let seed = 7;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const image = Float64Array.from({ length: n }, () => Math.round(4000 * random() - 1000) / 4);
  const mask = Uint8Array.from(image, (_, i) => Number(i === 0 || (random() < 0.6 && (i >> 9) % 3 !== 1)));
  for (const method of ['FBN', 'FBS'] as const) {
    const lower = method === 'FBS' ? -250 : null;
    const plain = discretise(image, mask, { ...settings, method }, lower);
    const fast = { rows: maskRows(mask, [n, 1, 1], kernels), kernels: kernels! };
    const fastest = discretise(image, mask, { ...settings, method }, lower, fast);
    expect(fastest).toEqual(plain);
    expect(countsOf(fastest)).toEqual(countsOf(plain));
    expect(typeof plain).toBe('object');
  }
});

it('puts 0, 25, 50 and 100 into four bins of 25 as by hand, the highest into the last', async () => {
  const kernels = (await loadKernels())!;
  const image = Float64Array.of(0, 25, 50, 100, -7);
  const mask = Uint8Array.of(1, 1, 1, 1, 0);
  const fast = { rows: maskRows(mask, [5, 1, 1], kernels), kernels };
  const made = discretise(image, mask, { ...settings, bins: 4 }, null, fast);
  expect(made).toMatchObject({ levels: Uint16Array.of(1, 2, 3, 4, 0), lower: 0, width: 25 });
});
