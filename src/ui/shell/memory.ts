interface MemoryMeter {
  measureUserAgentSpecificMemory?: () => Promise<{ readonly bytes: number }>;
  memory?: { readonly usedJSHeapSize: number };
}

/**
 * Memory of the page and its workers in bytes where the browser tells (Chromium, cross-origin isolated), else the
 * page's own heap, else null.
 */
export async function usedMemory(): Promise<number | null> {
  const meter = performance as MemoryMeter;
  if (crossOriginIsolated && meter.measureUserAgentSpecificMemory) {
    try {
      return (await meter.measureUserAgentSpecificMemory()).bytes;
    } catch {
      // Refused in some frames: the heap is the next best.
    }
  }
  return meter.memory?.usedJSHeapSize ?? null;
}
