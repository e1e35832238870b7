import { expect, it } from 'vitest';
import { loadKernels } from '../engine/wasm/kernels.ts';
import { discretise } from './discretise.ts';

const settings = { method: 'FBN', bins: 64, width: 25 } as const;

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
    expect(discretise(image, mask, { ...settings, method }, lower, kernels)).toEqual(plain);
    expect(typeof plain).toBe('object');
  }
});

it('puts 0, 25, 50 and 100 into four bins of 25 as by hand, the highest into the last', async () => {
  const image = Float64Array.of(0, 25, 50, 100, -7);
  const made = discretise(
    image,
    Uint8Array.of(1, 1, 1, 1, 0),
    { ...settings, bins: 4 },
    null,
    await loadKernels(),
  );
  expect(made).toMatchObject({ levels: Uint16Array.of(1, 2, 3, 4, 0), lower: 0, width: 25 });
});
