import { spacingOf, toPatient } from '../../core/geometry.ts';
import type { Volume } from '../../core/volume.ts';
import { centreOf, toPhantom, type Pose } from './pose.ts';
import { boxAround } from './region-values.ts';
import type { Insert } from './template.ts';

/** How fine detail passes: share of contrast kept at each frequency. */
export interface EdgeTransfer {
  /** mm⁻¹. */
  readonly frequencies: readonly number[];
  readonly transfer: readonly number[];
  /** Frequency at which half is kept, mm⁻¹; null when all frequencies up to the last keep more. */
  readonly half: number | null;
}

/** Width of the radial bins, as a share of the pixel: finer than the pixels, since the rim crosses them everywhere. */
const FINE = 0.2;

/**
 * Task transfer function from the rim of a rod (AAPM TG-233): values by distance from the rod's axis make the edge spread,
 * its slope the line spread, smoothed ends tapered to zero, and |DFT| over its value at 0 the transfer. Slices in the
 * middle two thirds of the rod are used. Null where the rim is not seen whole or has no contrast.
 */
export function edgeTransfer({ grid, data }: Volume, pose: Pose, insert: Insert): EdgeTransfer | null {
  const [nx, ny] = grid.size;
  const spacing = spacingOf(grid.affine);
  const pixel = Math.max(spacing[0], spacing[1]);
  const radius = insert.radii[0];
  const reach = Math.min(0.75 * radius, 12 * pixel);
  const step = FINE * pixel;
  const bins = Math.floor((2 * reach) / step);
  const sums = new Float64Array(bins);
  const counts = new Float64Array(bins);
  const middle = centreOf(pose, insert);
  const outer = radius + reach;
  const { low, high } = boxAround(grid.affine, grid.size, pose, middle, [outer, outer, insert.halfLength]);
  for (let k = low[2]; k <= high[2]; k++) {
    for (let j = low[1]; j <= high[1]; j++) {
      for (let i = low[0]; i <= high[0]; i++) {
        const at = i + nx * (j + ny * k);
        const [x, y, z] = toPhantom(pose, toPatient(grid.affine, i, j, k));
        if (Math.abs(z - middle[2]) > 0.66 * insert.halfLength) continue;
        const bin = Math.floor((Math.hypot(x - middle[0], y - middle[1]) - radius + reach) / step);
        if (bin < 0 || bin >= bins || Number.isNaN(data[at])) continue;
        sums[bin]! += data[at]!;
        counts[bin]! += 1;
      }
    }
  }
  const edge = withoutGaps(sums.map((s, n) => s / counts[n]!));
  if (bins < 16 || !edge) return null;
  const line = Float64Array.from({ length: bins - 1 }, (_, n) => (edge[n + 1]! - edge[n]!) / step);
  const taper = line.map((v, n) => v * Math.sin((Math.PI * (n + 0.5)) / line.length) ** 2);
  const zero = Math.abs(taper.reduce((s, v) => s + v, 0));
  const spread = Math.max(...edge) - Math.min(...edge);
  if (!(spread > 0) || zero * step < 0.3 * spread) return null;
  const frequencies = Array.from({ length: 120 }, (_, n) => n / 119 / pixel);
  const transfer = frequencies.map((f) => {
    let [a, b] = [0, 0];
    taper.forEach((v, n) => {
      a += v * Math.cos(2 * Math.PI * f * n * step);
      b += v * Math.sin(2 * Math.PI * f * n * step);
    });
    // Bins average over a step, and the slope is taken over one: both are undone.
    const blur = f === 0 ? 1 : (Math.sin(Math.PI * f * step) / (Math.PI * f * step)) ** 2;
    return Math.hypot(a, b) / zero / blur;
  });
  const below = transfer.findIndex((t) => t < 0.5);
  const half =
    below <= 0
      ? null
      : frequencies[below - 1]! +
        ((frequencies[below]! - frequencies[below - 1]!) * (transfer[below - 1]! - 0.5)) /
          (transfer[below - 1]! - transfer[below]!);
  return { frequencies, transfer, half };
}

/** Bins that no voxel fell into, between their neighbours; null when one in four is empty, or one at an end. */
function withoutGaps(values: Float64Array): Float64Array | null {
  const empty = values.filter(Number.isNaN).length;
  if (empty > values.length / 4 || Number.isNaN(values[0]) || Number.isNaN(values.at(-1))) return null;
  return values.map((v, n) => {
    if (!Number.isNaN(v)) return v;
    let [a, b] = [n, n];
    while (Number.isNaN(values[a])) a--;
    while (Number.isNaN(values[b])) b++;
    return values[a]! + ((values[b]! - values[a]!) * (n - a)) / (b - a);
  });
}
