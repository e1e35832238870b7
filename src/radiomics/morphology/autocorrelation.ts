import type { KernelModule } from '../../core/kernel-module.ts';
import { extentOf } from '../../imaging/diagnostics.ts';
import type { RegionSample } from '../region-sample.ts';
import { latticeSums, type LatticeValues, type PairSums } from './lattice-sums.ts';

/** The pairs one by one: n(n−1)/2 of them, for small regions and as the oracle of {@link latticeSums}. */
export function pairSumsReference({ image, intensity, size, spacing }: RegionSample, mean: number): PairSums {
  const [nx, ny] = size;
  const positions: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < intensity.length; i++) {
    if (intensity[i] === 0) continue;
    const row = Math.floor(i / nx);
    positions.push((i % nx) * spacing[0], (row % ny) * spacing[1], Math.floor(row / ny) * spacing[2]);
    y.push(image[i]! - mean);
  }
  let weights = 0;
  let products = 0;
  let squares = 0;
  for (let k = 0; k < y.length; k++) {
    for (let l = 0; l < k; l++) {
      const dx = positions[3 * k]! - positions[3 * l]!;
      const dy = positions[3 * k + 1]! - positions[3 * l + 1]!;
      const dz = positions[3 * k + 2]! - positions[3 * l + 2]!;
      const w = 1 / Math.sqrt(dx * dx + dy * dy + dz * dz);
      weights += w;
      products += w * y[k]! * y[l]!;
      squares += w * (y[k]! * y[k]! + y[l]! * y[l]!);
    }
  }
  return { weights: 2 * weights, products: 2 * products, squares };
}

/** Below this many voxels the pairs are counted one by one even where a kernel is at hand. */
const FEW = 1500;

/**
 * The pair sums of any region: one by one for small ones, else by Fourier transforms on the lattice, which is exact
 * but for rounding (relative difference below 1e-11, tested).
 */
export function pairSums(
  sample: RegionSample,
  count: number,
  mean: number,
  kernels: KernelModule | null,
): PairSums {
  if (count < FEW) return pairSumsReference(sample, mean);
  return latticeSums(cropToMask(sample, mean), kernels);
}

function cropToMask({ image, intensity, size, spacing }: RegionSample, mean: number): LatticeValues {
  const { lo, box } = extentOf(intensity, size)!;
  const inside = new Uint8Array(box[0] * box[1] * box[2]);
  const values = new Float64Array(inside.length);
  for (let z = 0, to = 0; z < box[2]; z++) {
    for (let y = 0; y < box[1]; y++) {
      const from = lo[0] + size[0] * (y + lo[1] + size[1] * (z + lo[2]));
      for (let x = 0; x < box[0]; x++, to++) {
        if (intensity[from + x] === 0) continue;
        inside[to] = 1;
        values[to] = image[from + x]! - mean;
      }
    }
  }
  return { size: box, spacing, inside, values };
}
