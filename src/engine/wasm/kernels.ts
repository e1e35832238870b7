import type { KernelModule } from '../../core/kernel-module.ts';
import { instantiate } from './instantiate.ts';
import { KERNELS_BASE64 } from './kernels.generated.ts';

let started: Promise<KernelModule | null> | undefined;

/**
 * The compiled kernels, started once a realm from bytes inside the script (the page may fetch nothing).
 * Null where the platform has no Wasm SIMD: the references then compute.
 */
export function loadKernels(): Promise<KernelModule | null> {
  started ??= instantiate(bytesOf(KERNELS_BASE64)).catch(() => null);
  return started;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
