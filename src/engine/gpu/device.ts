let asked: Promise<GPUDevice | null> | undefined;

/** The GPU of this realm, asked for once; null where there is none (Node, old browsers, a blocked driver). */
export function gpuDevice(): Promise<GPUDevice | null> {
  asked ??= request().catch(() => null);
  return asked;
}

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
