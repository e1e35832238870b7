import { spacingOf } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import type { RegionValues } from './region-values.ts';

/**
 * Percent integral uniformity 100·(1 − (max − min)/(max + min)), where max and min are the largest and smallest means over
 * a disc of 1 cm² that lies whole in the region, in the slice where the region has most voxels (ACR MR phantom test
 * guidance; MRAP). Null where no disc fits, and where signals sum to nothing.
 */
export function integralUniformity({ grid, data }: Volume, { indices }: RegionValues): number | null {
  const [nx, ny] = grid.size;
  const [dx, dy] = spacingOf(grid.affine);
  const plane = nx * ny;
  const bySlice = new Map<number, number[]>();
  for (const at of indices) {
    const k = Math.floor(at / plane);
    bySlice.set(k, [...(bySlice.get(k) ?? []), at]);
  }
  const slice = [...bySlice.values()].sort((a, b) => b.length - a.length)[0];
  if (!slice) return null;
  const radius = Math.sqrt(100 / Math.PI);
  const disc: number[] = [];
  for (let j = -Math.ceil(radius / dy); j <= Math.ceil(radius / dy); j++) {
    for (let i = -Math.ceil(radius / dx); i <= Math.ceil(radius / dx); i++) {
      if ((i * dx) ** 2 + (j * dy) ** 2 <= radius * radius) disc.push(i + nx * j);
    }
  }
  const inside = new Set(slice);
  let [low, high] = [Infinity, -Infinity];
  for (const at of slice) {
    let sum = 0;
    let whole = true;
    for (const step of disc) {
      if (!inside.has(at + step)) {
        whole = false;
        break;
      }
      sum += data[at + step]!;
    }
    if (!whole) continue;
    const mean = sum / disc.length;
    low = Math.min(low, mean);
    high = Math.max(high, mean);
  }
  return high >= low && high + low !== 0 ? 100 * (1 - (high - low) / (high + low)) : null;
}

/** |(top + bottom) − (left + right)| / (2·large), of mean signals (ACR MR phantom test guidance). */
export function ghostingRatio(
  along: readonly number[],
  across: readonly number[],
  large: number,
): number | null {
  if (along.length !== 2 || across.length !== 2 || large === 0) return null;
  return Math.abs(along[0]! + along[1]! - (across[0]! + across[1]!)) / (2 * large);
}
