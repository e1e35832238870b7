import type { KernelModule } from '../core/kernel-module.ts';
import { maskRows, type MaskRows } from './mask-rows.ts';
import type { RegionSample } from './region-sample.ts';

const known = new WeakMap<RegionSample, Map<Uint8Array, MaskRows>>();

/** Keeps the rows of a mask of a sample, which is not to change any more. */
export function rememberRows(sample: RegionSample, mask: Uint8Array, rows: MaskRows): void {
  let ofSample = known.get(sample);
  if (!ofSample) known.set(sample, (ofSample = new Map()));
  ofSample.set(mask, rows);
}

/** The rows of a sample's morphological or intensity mask; found once. */
export function rowsOf(
  sample: RegionSample,
  which: 'morphological' | 'intensity',
  kernels: KernelModule | null,
): MaskRows {
  const mask = sample[which];
  const before = known.get(sample)?.get(mask);
  if (before) return before;
  const rows = maskRows(mask, sample.size, kernels);
  rememberRows(sample, mask, rows);
  return rows;
}
