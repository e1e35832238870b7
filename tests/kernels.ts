import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KernelModule } from '../src/core/kernel-module.ts';
import { instantiate } from '../src/engine/wasm/instantiate.ts';

/** The compiled kernels for Node tests; `npm run build:kernels` makes them. */
export function loadKernels(): Promise<KernelModule> {
  const file = join(import.meta.dirname, '../build/kernels.wasm');
  return instantiate(new Uint8Array(readFileSync(file)));
}
