import { gpuDevice } from '../gpu/device.ts';
import { selfTestOnGpu } from '../gpu/self-test.ts';
import { runSelfTest, type SelfTestRow } from '../../quality/self-test/self-test.ts';
import { loadKernels } from '../wasm/kernels.ts';
import type { BackendName } from '../api.ts';
import type { Job } from './job.ts';

/** The IBSI digital phantom on one backend; empty when the platform lacks it. */
export const selfTestJob: Job<{ readonly backend: BackendName }, readonly SelfTestRow[]> = {
  async run({ backend }) {
    if (backend === 'reference') return { value: runSelfTest(null) };
    if (backend === 'webgpu') {
      const device = await gpuDevice();
      return { value: device === null ? [] : await selfTestOnGpu(device) };
    }
    const kernels = await loadKernels();
    return { value: kernels === null ? [] : runSelfTest(kernels) };
  },
};
