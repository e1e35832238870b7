let asked: Promise<GPUDevice | null> | undefined;

/** The GPU of this realm, asked for once; null where there is none (Node, old browsers, a blocked driver). */
export function gpuDevice(): Promise<GPUDevice | null> {
  asked ??= request().catch(() => null);
  return asked;
}

/** What there is of a GPU, without starting it: its name as far as the browser tells it, or why there is none. */
export async function gpuFound(): Promise<{ readonly name: string } | { readonly missing: MissingGpu }> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu as GPU | undefined;
  if (!gpu) return { missing: 'no_webgpu' };
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (!adapter) return { missing: 'no_gpu' };
  const { vendor, architecture, description } = adapter.info;
  return { name: description || [vendor, architecture].filter(Boolean).join(' ') || 'GPU' };
}

/** `no_webgpu`: the platform has no such interface; `no_gpu`: it has, but offers no adapter. */
export type MissingGpu = 'no_webgpu' | 'no_gpu';

async function request(): Promise<GPUDevice | null> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu as GPU | undefined;
  const adapter = await gpu?.requestAdapter();
  if (!adapter) return null;
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxStorageBufferBindingSize, maxBufferSize },
  });
  // The next job asks anew.
  void device.lost.then(() => (asked = undefined));
  return device;
}
