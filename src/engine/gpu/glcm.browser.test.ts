import { describe, expect, test } from 'vitest';
import { countReference } from '../../radiomics/glcm/reference.ts';
import { paddedLevels } from '../../radiomics/padded-levels.ts';
import { firstDifference, randomLevels, VARIETY } from '../../radiomics/texture.testing.ts';
import { countPairsOnGpu } from './glcm.ts';

// The shader against the plain loops. Needs Chromium with --enable-unsafe-webgpu --use-webgpu-adapter=swiftshader.

const adapter = await navigator.gpu?.requestAdapter();
const device = adapter ? await adapter.requestDevice() : null;

describe.skipIf(device === null)('GLCM on the GPU', () => {
  const samples = [...VARIETY, randomLevels([60, 50, 40], 64, 77), randomLevels([60, 50, 40], 90, 78)];

  test.each([1, 2])(
    'counts the same pairs at distance %i, in shared and in global memory',
    async (distance) => {
      for (const sample of samples) {
        const padded = paddedLevels(sample, distance, 'rank', null)!;
        if (padded.ranks > 400) continue;
        const expected = countReference(padded).volume();
        const got = await countPairsOnGpu(device!, padded);
        expect(got?.map((m, d) => firstDifference(m, expected[d]!))).toEqual(new Array(13).fill(-1));
      }
    },
  );

  test('counts the four directions of all slices together', async () => {
    const padded = paddedLevels(VARIETY[0]!, 1, 'rank', null)!;
    const counts = countReference(padded);
    const sums = counts.slices().map((z) => counts.slice(z));
    const got = await countPairsOnGpu(device!, padded, true);
    got!.forEach((m, d) => {
      const expected = m.map((_, c) => sums.reduce((n, slice) => n + slice[d]![c]!, 0));
      expect(firstDifference(m, expected)).toBe(-1);
    });
    expect(got).toHaveLength(4);
  });

  test('says when the matrices are too large for the device', async () => {
    const padded = { ...paddedLevels(VARIETY[0]!, 1, 'rank', null)!, ranks: 8000 };
    expect(await countPairsOnGpu(device!, padded)).toBeNull();
  });
});
