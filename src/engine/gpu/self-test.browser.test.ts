import { describe, expect, test } from 'vitest';
import { runSelfTest } from '../../quality/self-test/self-test.ts';
import { selfTestOnGpu } from './self-test.ts';

// Needs Chromium with --enable-unsafe-webgpu --use-webgpu-adapter=swiftshader.

const adapter = await navigator.gpu?.requestAdapter();
const device = adapter ? await adapter.requestDevice() : null;

describe.skipIf(device === null)('the self-test on the GPU', () => {
  test('agrees with every published GLCM value of the digital phantom, and with the reference to the last bit', async () => {
    const rows = await selfTestOnGpu(device!);
    expect(rows).toHaveLength(150);
    expect(rows.filter((r) => !r.pass)).toEqual([]);
    expect(rows).toEqual(runSelfTest(null).filter((r) => r.family === 'glcm'));
  });
});
