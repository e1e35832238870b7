import { runSelfTest, type SelfTestRow } from '../../quality/self-test/self-test.ts';
import { loadKernels } from '../wasm/kernels.ts';
import type { Job } from './job.ts';

/** The IBSI digital phantom on one backend; empty when the platform lacks it. */
export const selfTestJob: Job<{ readonly backend: 'wasm' | 'reference' }, readonly SelfTestRow[]> = {
  async run({ backend }) {
    if (backend === 'reference') return { value: runSelfTest(null) };
    const kernels = await loadKernels();
    return { value: kernels === null ? [] : runSelfTest(kernels) };
  },
};
