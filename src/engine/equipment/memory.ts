import type { DeviceBook } from '../../quality/constancy/run.ts';

/** Books of devices where the browser keeps nothing: they live as long as the page, and are erased with everything. */
export const memoryBooks = new Map<string, DeviceBook>();
